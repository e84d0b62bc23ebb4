"""Order on the floor: messages removed, members muted, and what the bot may do in a group"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('removal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('speech_id', sa.BigInteger(), nullable=False),
    sa.Column('ordered_by', sa.BigInteger(), nullable=True),
    sa.Column('reason_id', sa.BigInteger(), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('removed_at', sa.BigInteger(), nullable=True),
    sa.Column('failed_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['ordered_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['reason_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['speech_id'], ['speech.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('speech_id')
    )
    op.create_index('ix_removal_community_id', 'removal', ['community_id'], unique=False)
    op.create_index('ix_removal_meeting_id', 'removal', ['meeting_id'], unique=False)
    op.create_table('restriction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('account_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('ordered_by', sa.BigInteger(), nullable=False),
    sa.Column('reason_id', sa.BigInteger(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('steps', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('ends_at', sa.BigInteger(), nullable=False),
    sa.Column('restricted_at', sa.BigInteger(), nullable=True),
    sa.Column('closed_at', sa.BigInteger(), nullable=True),
    sa.Column('why', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['ordered_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['reason_id'], ['content.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_restriction_community_id', 'restriction', ['community_id'], unique=False)
    op.create_index('ix_restriction_meeting_id', 'restriction', ['meeting_id'], unique=False)
    op.create_index('one_open_restriction', 'restriction', ['meeting_id', 'account_id'], unique=True,
    sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.add_column('group_chat', sa.Column('may_delete', sa.Boolean(), nullable=True))
    op.add_column('group_chat', sa.Column('may_mute', sa.Boolean(), nullable=True))
    op.add_column('meeting', sa.Column('muted', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('meeting', 'muted')
    op.drop_column('group_chat', 'may_mute')
    op.drop_column('group_chat', 'may_delete')
    op.drop_table('restriction')
    op.drop_table('removal')
