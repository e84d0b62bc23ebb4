"""The papers of a consultation as Word documents (annex B of the standard): facts in, bytes of a .docx out.

Dates are the community's calendar days; times arrive as the words people read. What a paper does not know it says
with 无; names and dates of signatures stay empty, to be written by hand. The same paper gives the same bytes.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from procedure.notice import NoticeFields
from procedure.text import visible
from services.documents.packing import packed

MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HIDDEN: Final = "依个人信息保护规定不公开"
TEMPLATES: Final = Path(__file__).parent / "templates"
RESULTS: Final = ("agreed", "ended", "reconvene", "diverted", "none")
TITLE_LENGTH: Final = 20
_NOT_IN_A_NAME: Final = re.compile(r'[\s/\\:*?"<>|.]+')


@dataclass(frozen=True, slots=True)
class Contact:
    """How the committee reaches a proposer: the four cells of table B.1 that nobody else sees."""

    name: str
    phone: str
    email: str
    address: str


@dataclass(frozen=True, slots=True)
class PublicProposal:
    """Table B.1 as it may be shown (5.4). It has no place for contact data, so none can slip in.

    ``proposer`` is a category and a label, never a name without consent; ``review`` says the record and its result.
    """

    number: int
    title: str
    proposer: str
    proposed_on: date
    reason: str
    proposal: str
    other: str
    review: str
    reviewed_on: date | None
    reviewer: str
    convener: str
    recorder: str
    adviser: str
    supervisor: str
    chair: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Table B.1 as the committee keeps it (5.1.3)."""

    public: PublicProposal
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """Figure B.1: the notice of the plan with its nine statements (5.4)."""

    community: str
    number: int
    fields: NoticeFields
    published_on: date
    issuer: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One line of table B.2: ``how`` and ``at`` tell of the check-in; a phone number has no place here."""

    number: int
    label: str
    unit: str
    post: str
    how: str
    at: str


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """Table B.2: who checked in (5.6.1 a), participants apart from observers."""

    topic: str
    time: str
    place: str
    participants: tuple[SignedIn, ...]
    observers: tuple[SignedIn, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Table B.3: the record of the consultation (5.6.1 i).

    ``voters`` None says that no vote was held. The percentages are figures without the sign. ``result`` is agreed,
    ended, reconvene, diverted or none (5.7); ``outcome`` holds the opinion's items, or the conditions of the next
    consultation. ``minutes`` is the SHA-256 of the file that holds the minutes word for word, "" when there is none.
    """

    topic: str
    subjects: str
    time: str
    place: str
    form: str
    convener: str
    chair: str
    recorder: str
    adviser: str
    supervisor: str
    course: tuple[str, ...]
    voters: int | None
    in_favour: int | None
    against: int | None
    abstain: int | None
    percent_for: str
    percent_against: str
    percent_abstain: str
    result: str
    outcome: tuple[str, ...]
    objections: str
    corrections: tuple[str, ...]
    signed_by: str
    signed_on: date | None
    number: int | None = None
    minutes: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One agreed item on table B.4: who carries it out, until when, and how far it is."""

    number: int
    text: str
    implementer: str
    due: str
    state: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupervisionRecord:
    """Table B.4: the supervisor's record of what became of the opinion (5.9.4)."""

    topic: str
    time: str
    items: tuple[ItemRow, ...]
    progress: str
    problems: str
    effects: str
    money: str
    supervision: str
    signed_by: str
    signed_on: date | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ResultNotice:
    """Figure B.2: the notice of the result (5.8 c). ``result`` as in MeetingRecord."""

    community: str
    number: int
    topic: str
    began: date
    ended: date
    result: str
    outcome: tuple[str, ...]
    arithmetic: str
    issued_on: date
    issuer: str


Paper = PublicProposal | Proposal | NoticePaper | SignInSheet | MeetingRecord | SupervisionRecord | ResultNotice

_TEMPLATE: Final[dict[type[Paper], str]] = {
    PublicProposal: "proposal",
    Proposal: "proposal",
    NoticePaper: "notice",
    SignInSheet: "sign-in",
    MeetingRecord: "record",
    SupervisionRecord: "supervision",
    ResultNotice: "result",
}
_KIND: Final[dict[type[Paper], str]] = {
    PublicProposal: "协商议题建议和审核表-B.1-公开",
    Proposal: "协商议题建议和审核表-B.1",
    NoticePaper: "协商方案公告",
    SignInSheet: "协商签到表-B.2",
    MeetingRecord: "协商记录表-B.3",
    SupervisionRecord: "监督落实记录表-B.4",
    ResultNotice: "协商结果公告",
}


def render(paper: Paper) -> bytes:
    """``paper`` as a Word document of type MIME. Reads no clock and takes no lock: run it in a worker thread.

    Raises ValueError for a result that the standard does not know (5.7).
    """
    # Word's libraries cost 35 MB that a bot that writes no paper does not need.
    from docxtpl import DocxTemplate  # noqa: PLC0415

    from services.documents.filling import environment  # noqa: PLC0415

    document = DocxTemplate(TEMPLATES / f"{_TEMPLATE[type(paper)]}.docx")
    document.render(_facts(paper), environment(), autoescape=True)
    return packed(document)


def file_name(paper: Paper) -> str:
    """What the file is called, in Chinese, by the topic's number or else its title; holds no path character."""
    number: int | None
    match paper:
        case Proposal(public=public):
            number, title = public.number, public.title
        case PublicProposal():
            number, title = paper.number, paper.title
        case NoticePaper():
            number, title = paper.number, paper.fields.topic
        case _:
            number, title = paper.number, paper.topic
    words = _NOT_IN_A_NAME.sub(" ", visible(title)).strip()[:TITLE_LENGTH].strip()
    head = f"{number}号议题" if number is not None else words or "议题"
    return f"{head}-{_KIND[type(paper)]}.docx"


def _facts(paper: Paper) -> dict[str, Any]:
    match paper:
        case Proposal(public=public, contact=contact):
            return {"paper": public, "contact": contact or Contact("", "", "", ""), "public": False}
        case PublicProposal():
            return {"paper": paper, "contact": Contact(HIDDEN, HIDDEN, HIDDEN, HIDDEN), "public": True}
        case MeetingRecord(result=result) | ResultNotice(result=result) if result not in RESULTS:
            raise ValueError(f"no such result: {result}")
        case _:
            return {"paper": paper}
