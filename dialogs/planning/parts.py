"""What the forms around a plan share."""

from dialogs.form import Form
from dialogs.sheet.options import picked
from dialogs.sheet.questions import Options, Question, Read, as_written
from services import course


async def may(form: Form) -> None:
    """No form opens for nothing."""
    await form.read(course.allowed, topic_id=form.subject_id, action=form.kind)


def chosen(name: str, options: Options, *, title: str | None = None, optional: bool = False) -> Question:
    """One of a list; ``title`` where several forms ask under one name."""
    asks, named = f"plan-ask-{title or name}", f"plan-name-{title or name}"
    return Question(name, asks, named, options=options, optional=optional, shown=picked(options))


def typed(name: str, limit: int, *, options: Options | None = None, read: Read = as_written) -> Question:
    """Words of one's own, or one of those offered."""
    return Question(
        name, f"plan-ask-{name}", f"plan-name-{name}", limit=limit, options=options, read=read, facts={"limit": limit}
    )
