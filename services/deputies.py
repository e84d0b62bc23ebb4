"""The deputies a plan names (5.3.1 d, product: roles): posts offered like the four of 5.2.3."""

from datetime import datetime

from procedure.plan import PlanFields
from procedure.terms import Post, Standing
from services.case import Case
from storage.tables import PostHolder

_POSTS = (Post.RECORDER, Post.ADVISER, Post.SUPERVISOR)


def name_deputies(case: Case, fields: PlanFields, now: datetime) -> None:
    """Offer the deputies' posts; who was named before keeps their answer. `posts.ask_all` sends the messages."""
    for post in _POSTS:
        person_id = fields.deputies.get(Standing(post.value))
        row = case.uow.first(PostHolder, topic_id=case.id, post=post.value, deputy=True)
        if row is not None and row.person_id == person_id:
            continue
        if row is not None:
            case.uow.orm.delete(row)
            case.uow.flush()
        if person_id is not None:
            case.uow.add(
                PostHolder(
                    community_id=case.topic.community_id,
                    topic_id=case.id,
                    person_id=person_id,
                    post=post.value,
                    deputy=True,
                    offered_at=now,
                )
            )
