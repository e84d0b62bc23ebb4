"""Questions to the experts"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('expert_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('content_id', sa.BigInteger(), nullable=False),
    sa.Column('entered_by', sa.BigInteger(), nullable=True),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('merged_into', sa.BigInteger(), nullable=True),
    sa.Column('expert_id', sa.BigInteger(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('reason_id', sa.BigInteger(), nullable=True),
    sa.Column('written_id', sa.BigInteger(), nullable=True),
    sa.Column('settled_by', sa.BigInteger(), nullable=True),
    sa.Column('settled_at', sa.BigInteger(), nullable=True),
    sa.Column('written_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['content_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['expert_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['reason_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['settled_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['written_id'], ['content.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'number')
    )
    with op.batch_alter_table('expert_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expert_question_community_id'), ['community_id'], unique=False)

    op.add_column('turn', sa.Column('question_id', sa.BigInteger(), nullable=True))
    op.add_column('meeting', sa.Column('questions_open', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('meeting', 'questions_open')
    op.drop_column('turn', 'question_id')
    with op.batch_alter_table('expert_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_expert_question_community_id'))

    op.drop_table('expert_question')
