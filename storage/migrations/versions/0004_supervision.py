"""The supervisor's stop, void motions, challenges, a chair that is lent"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('correction', sa.String(), nullable=False),
    sa.Column('state_left', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('lifted_by', sa.BigInteger(), nullable=True),
    sa.Column('lifted_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['lifted_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('stop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stop_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stop_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('challenge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('motion_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('upheld', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['motion_id'], ['motion.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challenge_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_challenge_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_challenge_topic_id'), ['topic_id'], unique=False)

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('held', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('stopped_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('chair_lent', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('motion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('voided_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('void_clause', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('void_reason', sa.String(), nullable=True))

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('voided_at', sa.BigInteger(), nullable=True))

    _move(out_of_annex)


def downgrade() -> None:
    _move(into_annex)

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_column('voided_at')

    with op.batch_alter_table('motion', schema=None) as batch_op:
        batch_op.drop_column('void_reason')
        batch_op.drop_column('void_clause')
        batch_op.drop_column('voided_at')

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_column('chair_lent')
        batch_op.drop_column('stopped_at')
        batch_op.drop_column('held')

    op.drop_table('challenge')
    op.drop_table('stop')


Stored = dict[str, Any]


def out_of_annex(annex: Stored, held: Stored) -> tuple[Stored, Stored]:
    """What a suspended meeting's clocks need stood among the facts of annex D."""
    return {name: value for name, value in annex.items() if name != 'held'}, annex.get('held', held)


def into_annex(annex: Stored, held: Stored) -> tuple[Stored, Stored]:
    """Back among them."""
    return (annex | {'held': held} if annex and held else annex), {}


def _move(how: Callable[[Stored, Stored], tuple[Stored, Stored]]) -> None:
    bind = op.get_bind()
    meeting = sa.table('meeting', sa.column('id'), sa.column('annex', sa.JSON()), sa.column('held', sa.JSON()))
    for row in bind.execute(sa.select(meeting)).all():
        annex, held = how(row.annex or {}, row.held or {})
        if (annex, held) != (row.annex, row.held):
            bind.execute(meeting.update().where(meeting.c.id == row.id).values(annex=annex, held=held))
