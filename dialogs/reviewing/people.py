"""Choosing one person of the roster for a post, the recommended first (5.2.3)."""

from typing import Any, Final

from bot.views.words import Words
from dialogs.form import Choices, Form
from dialogs.sheet.options import picked, terms
from dialogs.sheet.questions import Question
from procedure.review import advice
from procedure.terms import Post, Standing
from services import posts

_ROLES: Final = (Standing.COMMITTEE, Standing.PARTY_BRANCH, Standing.SUPERVISORY_COMMITTEE)

_USUAL: Final = frozenset({Standing.PROPOSER, *_ROLES})


async def roster(form: Form) -> list[dict[str, Any]]:
    """Everybody who may be asked."""
    found: list[dict[str, Any]] = await form.read(posts.candidates, topic_id=form.subject_id)
    return found


def standings(person: dict[str, Any]) -> set[Standing]:
    """What this person is in the community and to the topic."""
    return {Standing(role) for role in person["roles"]}


def whom(post: Post | None, name: str) -> Question:
    """Who shall hold this post; None: the post that the form's answer `post` names. Typing searches the names."""

    async def options(form: Form, narrowed: str) -> Choices:
        wanted = post or Post(form.fields["post"])
        people = [one for one in await roster(form) if _may(one, wanted) and narrowed in ("", *one["roles"])]
        people.sort(key=lambda one: (len(advice(wanted, standings(one))), standings(one).isdisjoint(_USUAL)))
        return [(str(one["id"]), _said(form.say.plain(), one)) for one in people]

    return Question(
        name,
        f"review-ask-{name}",
        f"review-name-{name}",
        options=options,
        filters=terms("standing", _ROLES),
        shown=picked(options),
    )


def _may(person: dict[str, Any], post: Post) -> bool:
    """Nobody supervises the committee they sit on (our rule)."""
    return post is not Post.SUPERVISOR or Standing.COMMITTEE not in standings(person)


def _said(plain: Words, person: dict[str, Any]) -> str:
    """Staff know people by name; the label tells namesakes apart."""
    name, label = str(person["name"]), str(person["label"])
    return label if name in label else plain("bracketed", text=name, more=label)
