"""People in a room: seats, hands entered for them, and the address of the room"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('room_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('motion_id', sa.BigInteger(), nullable=False),
    sa.Column('stance', sa.String(), nullable=False),
    sa.Column('hands', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('entered_by', sa.BigInteger(), nullable=False),
    sa.Column('entered_at', sa.BigInteger(), nullable=False),
    sa.Column('judged_by', sa.BigInteger(), nullable=True),
    sa.Column('judged_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['judged_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['motion_id'], ['motion.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('room_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_batch_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_room_batch_motion_id'), ['motion_id'], unique=False)

    op.add_column('check_in', sa.Column('seat', sa.Integer(), nullable=True))
    op.create_index('one_person_per_seat', 'check_in', ['meeting_id', 'sitting', 'seat'], unique=True)
    op.add_column('hand', sa.Column('entered_by', sa.BigInteger(), nullable=True))
    op.add_column('vote', sa.Column('batch_id', sa.BigInteger(), nullable=True))
    op.add_column('vote_trail', sa.Column('batch_id', sa.BigInteger(), nullable=True))
    op.add_column('plan', sa.Column('room', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('plan', 'room')
    op.drop_column('vote_trail', 'batch_id')
    op.drop_column('vote', 'batch_id')
    op.drop_column('hand', 'entered_by')
    op.drop_index('one_person_per_seat', 'check_in')
    op.drop_column('check_in', 'seat')
    with op.batch_alter_table('room_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_batch_motion_id'))
        batch_op.drop_index(batch_op.f('ix_room_batch_community_id'))

    op.drop_table('room_batch')
