"""What belongs to a turn: albums, overrun, summaries, readings, points of order, files, people who cannot speak"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meeting', sa.Column('standing_chair_id', sa.BigInteger(), nullable=True))
    op.add_column('meeting', sa.Column('points_open', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('speech', sa.Column('album', sa.String(), nullable=True))
    op.add_column('speech', sa.Column('overrun_seconds', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('speech', sa.Column('read_by', sa.BigInteger(), nullable=True))
    op.add_column('speech', sa.Column('summary_id', sa.BigInteger(), nullable=True))

    op.create_table('point_of_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('content_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('upheld', sa.Boolean(), nullable=True),
    sa.Column('reason_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['content_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['reason_id'], ['content.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('point_of_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_point_of_order_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_point_of_order_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('turn_id', sa.BigInteger(), nullable=True),
    sa.Column('content_id', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('read_at', sa.BigInteger(), nullable=True),
    sa.Column('read_by', sa.BigInteger(), nullable=True),
    sa.Column('speech_id', sa.BigInteger(), nullable=True),
    sa.Column('withdrawn_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['content_id'], ['content.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['read_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['speech_id'], ['speech.id'], ),
    sa.ForeignKeyConstraint(['turn_id'], ['turn.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reading_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reading_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('speech_id', sa.BigInteger(), nullable=False),
    sa.Column('file_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('mime', sa.String(), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=True),
    sa.Column('stored_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['speech_id'], ['speech.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('speech_id')
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('attachment_due', ['due_at'], unique=False, sqlite_where=sa.text("state = 'wanted'"), postgresql_where=sa.text("state = 'wanted'"))
        batch_op.create_index(batch_op.f('ix_attachment_community_id'), ['community_id'], unique=False)

    op.create_table('hindrance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('how', sa.String(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'person_id')
    )
    with op.batch_alter_table('hindrance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hindrance_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hindrance_meeting_id'), ['meeting_id'], unique=False)


def downgrade() -> None:
    for table in ('hindrance', 'attachment', 'reading', 'point_of_order'):
        op.drop_table(table)
    for name in ('summary_id', 'read_by', 'overrun_seconds', 'album'):
        op.drop_column('speech', name)
    for name in ('points_open', 'standing_chair_id'):
        op.drop_column('meeting', name)
