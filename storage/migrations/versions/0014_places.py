"""Where a group is: its topic, the chat it was before; and who writes in it as a channel"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sender_channel',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('channel_id', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('heard_at', sa.BigInteger(), nullable=False),
    sa.Column('shut_out_by', sa.BigInteger(), nullable=True),
    sa.Column('shut_out_at', sa.BigInteger(), nullable=True),
    sa.Column('done_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['shut_out_by'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'channel_id')
    )
    with op.batch_alter_table('sender_channel', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sender_channel_community_id'), ['community_id'], unique=False)

    op.add_column('speech', sa.Column('channel_id', sa.BigInteger(), nullable=True))
    op.add_column('group_chat', sa.Column('thread_id', sa.BigInteger(), nullable=True))
    op.add_column('group_chat', sa.Column('former_chat_id', sa.BigInteger(), nullable=True))
    op.create_index('group_chat_former', 'group_chat', ['former_chat_id'], unique=True)


def downgrade() -> None:
    op.drop_index('group_chat_former', 'group_chat')
    op.drop_column('group_chat', 'former_chat_id')
    op.drop_column('group_chat', 'thread_id')
    op.drop_column('speech', 'channel_id')
    with op.batch_alter_table('sender_channel', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sender_channel_community_id'))

    op.drop_table('sender_channel')
