"""The supervisor's record B.4 and the upload (5.9.4, 6)."""

from collections.abc import Sequence
from typing import Final

from dialogs.following.parts import PAST, day, may, typed
from dialogs.form import Form
from dialogs.sheet.questions import Question, Sheet
from procedure.followup import SUPERVISION_FIELDS
from services import archiving, supervising

_FIELDS: Final = tuple(
    typed(name, f"sheet-supervision-{name}", supervising.TEXT_LIMIT, title=f"supervision-{name}")
    for name in SUPERVISION_FIELDS
)


async def _begin_supervision(form: Form) -> None:
    """What was written before and what was reported stand there already, to be changed in the review."""
    await may(form)
    if not form.fields:
        known = await form.read(supervising.prepared, topic_id=form.subject_id)
        await form.keep(**{name: text for name, text in known.items() if text})


async def _supervision(form: Form) -> Sequence[Question]:
    return _FIELDS


async def _send_supervision(form: Form) -> None:
    fields = {name: form.fields.get(name, "") for name in SUPERVISION_FIELDS}
    await form.submit(supervising.write_supervision, fields=fields)


async def _upload(form: Form) -> Sequence[Question]:
    return (day("day", "sheet-uploaded", PAST), typed("proof", "sheet-proof", archiving.PROOF_LIMIT))


async def _send_upload(form: Form) -> None:
    await form.submit(archiving.note_upload, day=form.fields["day"], proof=form.fields["proof"])


SHEETS: Final = (
    Sheet("write_supervision", _supervision, _send_supervision, begin=_begin_supervision),
    Sheet("note_upload", _upload, _send_upload, begin=may),
)
