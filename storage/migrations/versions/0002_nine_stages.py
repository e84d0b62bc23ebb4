"""The nine stages around the meeting"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bind_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('made_by', sa.BigInteger(), nullable=True),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('used_at', sa.BigInteger(), nullable=True),
    sa.Column('used_by', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['used_by'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code_hash')
    )
    with op.batch_alter_table('bind_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bind_code_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bind_code_person_id'), ['person_id'], unique=False)

    op.create_table('archive',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('confirmed_at', sa.BigInteger(), nullable=True),
    sa.Column('confirmed_by', sa.BigInteger(), nullable=True),
    sa.Column('uploaded_on', sa.Date(), nullable=True),
    sa.Column('uploaded_by', sa.BigInteger(), nullable=True),
    sa.Column('proof', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['confirmed_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.ForeignKeyConstraint(['uploaded_by'], ['person.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('topic_id')
    )
    with op.batch_alter_table('archive', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_archive_community_id'), ['community_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=True),
    sa.Column('sealed', sa.String(), nullable=True),
    sa.Column('consent_at', sa.BigInteger(), nullable=False),
    sa.Column('erased_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('person_id', 'topic_id')
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_person_id'), ['person_id'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('recorded_by', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('topic_id')
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_community_id'), ['community_id'], unique=False)

    op.create_table('supervision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('updated_at', sa.BigInteger(), nullable=False),
    sa.Column('confirmed_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('topic_id')
    )
    with op.batch_alter_table('supervision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_supervision_community_id'), ['community_id'], unique=False)

    op.create_table('telling',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('delivered_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('subject', 'subject_id', 'person_id')
    )
    with op.batch_alter_table('telling', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_telling_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_telling_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_telling_topic_id'), ['topic_id'], unique=False)

    op.create_table('objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('plan_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('adopted', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_topic_id'), ['topic_id'], unique=False)

    op.create_table('telling_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('telling_id', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('way', sa.String(), nullable=False),
    sa.Column('reached', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['telling_id'], ['telling.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('telling_attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_telling_attempt_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_telling_attempt_telling_id'), ['telling_id'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.BigInteger(), nullable=False),
    sa.Column('issued_by', sa.BigInteger(), nullable=True),
    sa.Column('signed_at', sa.BigInteger(), nullable=True),
    sa.Column('signed_by', sa.BigInteger(), nullable=True),
    sa.Column('published_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['issued_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['signed_by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('topic_id', 'kind', 'version')
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_topic_id'), ['topic_id'], unique=False)

    op.create_table('follow_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('implementer', sa.String(), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('received_at', sa.BigInteger(), nullable=True),
    sa.Column('ends_at', sa.BigInteger(), nullable=True),
    sa.Column('done_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('meeting_id', 'number')
    )
    with op.batch_alter_table('follow_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_item_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_item_topic_id'), ['topic_id'], unique=False)

    op.create_table('record_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.BigInteger(), nullable=False),
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('addendum', sa.Boolean(), nullable=False),
    sa.Column('adopted', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], ),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('record_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_correction_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_correction_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_correction_topic_id'), ['topic_id'], unique=False)

    op.create_table('follow_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('community_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('ends_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['person.id'], ),
    sa.ForeignKeyConstraint(['community_id'], ['community.id'], ),
    sa.ForeignKeyConstraint(['item_id'], ['follow_item.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('follow_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_report_community_id'), ['community_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_report_item_id'), ['item_id'], unique=False)

    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subject', sa.String(), server_default='meeting', nullable=False))

    with op.batch_alter_table('group_chat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('username', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('bound_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('bound_by', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('annex', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('condition', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('corrections_until', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('signed_at', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unwilling_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('willing_by', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('building', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('category', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('unit', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('left_at', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('drafted_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('sent_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('objections_until', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('changes', sa.JSON(), server_default='{}', nullable=False))
        batch_op.alter_column('final_at',
               existing_type=sa.BIGINT(),
               nullable=True)

    with op.batch_alter_table('post_holder', schema=None) as batch_op:
        batch_op.add_column(sa.Column('offered_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('declined_at', sa.BigInteger(), nullable=True))
        batch_op.alter_column('accepted_at',
               existing_type=sa.BIGINT(),
               nullable=True)

    with op.batch_alter_table('topic', schema=None) as batch_op:
        batch_op.add_column(sa.Column('other', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('proposer_kind', sa.String(), server_default='resident', nullable=False))
        batch_op.add_column(sa.Column('table_row', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('catalogue', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('annex', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('outcome', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('registered_at', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('ended_at', sa.BigInteger(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('topic', schema=None) as batch_op:
        batch_op.drop_column('ended_at')
        batch_op.drop_column('registered_at')
        batch_op.drop_column('outcome')
        batch_op.drop_column('annex')
        batch_op.drop_column('catalogue')
        batch_op.drop_column('table_row')
        batch_op.drop_column('proposer_kind')
        batch_op.drop_column('other')

    with op.batch_alter_table('post_holder', schema=None) as batch_op:
        batch_op.alter_column('accepted_at',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.drop_column('declined_at')
        batch_op.drop_column('offered_at')

    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.alter_column('final_at',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.drop_column('changes')
        batch_op.drop_column('objections_until')
        batch_op.drop_column('sent_at')
        batch_op.drop_column('drafted_at')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('left_at')
        batch_op.drop_column('unit')
        batch_op.drop_column('category')
        batch_op.drop_column('building')

    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_column('willing_by')
        batch_op.drop_column('unwilling_at')

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_column('signed_at')
        batch_op.drop_column('corrections_until')
        batch_op.drop_column('condition')
        batch_op.drop_column('annex')

    with op.batch_alter_table('group_chat', schema=None) as batch_op:
        batch_op.drop_column('bound_by')
        batch_op.drop_column('bound_at')
        batch_op.drop_column('username')

    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_column('subject')

    with op.batch_alter_table('follow_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_report_item_id'))
        batch_op.drop_index(batch_op.f('ix_follow_report_community_id'))

    op.drop_table('follow_report')
    with op.batch_alter_table('record_correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_correction_topic_id'))
        batch_op.drop_index(batch_op.f('ix_record_correction_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_record_correction_community_id'))

    op.drop_table('record_correction')
    with op.batch_alter_table('follow_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_item_topic_id'))
        batch_op.drop_index(batch_op.f('ix_follow_item_community_id'))

    op.drop_table('follow_item')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_topic_id'))
        batch_op.drop_index(batch_op.f('ix_document_community_id'))

    op.drop_table('document')
    with op.batch_alter_table('telling_attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_telling_attempt_telling_id'))
        batch_op.drop_index(batch_op.f('ix_telling_attempt_community_id'))

    op.drop_table('telling_attempt')
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objection_topic_id'))
        batch_op.drop_index(batch_op.f('ix_objection_plan_id'))
        batch_op.drop_index(batch_op.f('ix_objection_community_id'))

    op.drop_table('objection')
    with op.batch_alter_table('telling', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_telling_topic_id'))
        batch_op.drop_index(batch_op.f('ix_telling_person_id'))
        batch_op.drop_index(batch_op.f('ix_telling_community_id'))

    op.drop_table('telling')
    with op.batch_alter_table('supervision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_supervision_community_id'))

    op.drop_table('supervision')
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_community_id'))

    op.drop_table('review')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_person_id'))
        batch_op.drop_index(batch_op.f('ix_contact_community_id'))

    op.drop_table('contact')
    with op.batch_alter_table('archive', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_archive_community_id'))

    op.drop_table('archive')
    with op.batch_alter_table('bind_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bind_code_person_id'))
        batch_op.drop_index(batch_op.f('ix_bind_code_community_id'))

    op.drop_table('bind_code')
