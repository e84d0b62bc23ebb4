"""Minutes: posted versions of the opinion, and what the recorder set right"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('wording_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('wording', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('posted_by', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['posted_by'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'version')
    )
    with op.batch_alter_table('wording_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wording_version_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wording_version_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('line_amendment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('speech_id', sa.BigInteger(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('before_id', sa.BigInteger(), nullable=False),
    sa.Column('after_id', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['after_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['before_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['speech_id'], ['speech.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('line_amendment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_line_amendment_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_line_amendment_meeting_id'), ['meeting_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('line_amendment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_line_amendment_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_line_amendment_community_id'))

    op.drop_table('line_amendment')
    with op.batch_alter_table('wording_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wording_version_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_wording_version_community_id'))

    op.drop_table('wording_version')
