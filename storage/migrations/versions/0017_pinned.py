"""Which of a board's messages is pinned: the newest alone, beside the notices"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('board', sa.Column('pinned_id', sa.BigInteger(), nullable=True))
    op.execute('UPDATE board SET pinned_id = message_id WHERE person_id IS NULL')


def downgrade() -> None:
    with op.batch_alter_table('board') as board:
        board.drop_column('pinned_id')
