"""Messages are read for civility, and flags wait for the chair"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('speech', schema=None) as batch_op:
        batch_op.add_column(sa.Column('civility', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('quoted', sa.JSON(), nullable=True))
        batch_op.create_index('speech_unread', ['id'], unique=False, sqlite_where=sa.text("civility = 'unread'"), postgresql_where=sa.text("civility = 'unread'"))

    op.create_table('civility_flag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('sitting', sa.Integer(), nullable=False),
    sa.Column('speech_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('spans', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('flagged_at', sa.BigInteger(), nullable=False),
    sa.Column('handled_at', sa.BigInteger(), nullable=True),
    sa.Column('handled_by', sa.BigInteger(), nullable=True),
    sa.Column('posted_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['handled_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['speech_id'], ['speech.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('speech_id')
    )
    with op.batch_alter_table('civility_flag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_civility_flag_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_civility_flag_meeting_id'), ['meeting_id'], unique=False)


def downgrade() -> None:
    op.drop_table('civility_flag')
    with op.batch_alter_table('speech', schema=None) as batch_op:
        batch_op.drop_index('speech_unread', sqlite_where=sa.text("civility = 'unread'"), postgresql_where=sa.text("civility = 'unread'"))
        batch_op.drop_column('quoted')
        batch_op.drop_column('civility')
