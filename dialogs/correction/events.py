"""What is tapped and typed in the two forms."""

from dialogs.form import Form
from procedure.text import clean_text
from services import wording
from services.wording import REQUEST_LIMIT


async def write_request(form: Form, value: str) -> None:
    """What is not right, and how it should read."""
    await form.keep(text=clean_text(value, limit=REQUEST_LIMIT, field="correction"), again=False)


async def send_request(form: Form, value: str) -> None:
    """To the chair."""
    await form.submit(wording.ask_correction, text=form.fields["text"])


async def write_again(form: Form, value: str) -> None:
    """Back to writing."""
    await form.keep(again=True)


async def keep_request(form: Form, value: str) -> None:
    """What was written before stays."""
    await form.keep(again=False)


async def choose_answer(form: Form, value: str) -> None:
    """Adopt or refuse."""
    await form.keep(adopted=value == "adopt")


async def unchoose(form: Form, value: str) -> None:
    """Back to the choice."""
    await form.keep(adopted=None)


async def write_why(form: Form, value: str) -> None:
    """The reason completes the answer."""
    reason = clean_text(value, limit=REQUEST_LIMIT, field="reason")
    fields = form.fields
    await form.submit(
        wording.decide_correction, request_id=fields["request_id"], adopted=fields["adopted"], reason=reason
    )
