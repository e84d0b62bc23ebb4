"""What is looked up at every tap, tick and message is found without reading a whole table"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

QUEUED = sa.text("state = 'queued'")
WAITING = sa.text("state IN ('queued', 'sending')")
DIRTY = sa.text('dirty')


def upgrade() -> None:
    op.drop_index('outbox_waiting', 'outbox')
    op.create_index('outbox_queued', 'outbox', ['chat_id', 'priority', 'id'], sqlite_where=QUEUED, postgresql_where=QUEUED)
    op.create_index('board_dirty', 'board', ['id'], sqlite_where=DIRTY, postgresql_where=DIRTY)
    op.create_index('person_of_account', 'person', ['account_id', 'community_id'])
    op.drop_index('ix_person_account_id', 'person')
    op.create_index('ix_meeting_chat_id', 'meeting', ['chat_id'])


def downgrade() -> None:
    op.drop_index('ix_meeting_chat_id', 'meeting')
    op.create_index('ix_person_account_id', 'person', ['account_id'])
    op.drop_index('person_of_account', 'person')
    op.drop_index('board_dirty', 'board')
    op.drop_index('outbox_queued', 'outbox')
    op.create_index('outbox_waiting', 'outbox', ['priority', 'id'], sqlite_where=WAITING, postgresql_where=WAITING)
