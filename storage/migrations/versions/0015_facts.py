"""Fact sheets of a topic, and how many have opened them"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fact_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content_id', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('attached_by', sa.BigInteger(), nullable=False),
    sa.Column('attached_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['attached_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['content_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('topic_id', 'version')
    )
    with op.batch_alter_table('fact_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fact_sheet_community_id'), ['community_id'], unique=False)

    op.create_table('fact_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['sheet_id'], ['fact_sheet.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('sheet_id', 'person_id')
    )
    with op.batch_alter_table('fact_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fact_reading_community_id'), ['community_id'], unique=False)

    op.add_column('plan', sa.Column('fact_sheet_id', sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column('plan', 'fact_sheet_id')
    with op.batch_alter_table('fact_reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fact_reading_community_id'))

    op.drop_table('fact_reading')
    with op.batch_alter_table('fact_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fact_sheet_community_id'))

    op.drop_table('fact_sheet')
