"""Votes on single items of the wording, and who was reminded in which call"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('motion', sa.Column('nudged', sa.String(), nullable=True))
    op.add_column('wording_request', sa.Column('item', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    op.drop_column('wording_request', 'item')
    op.drop_column('motion', 'nudged')
