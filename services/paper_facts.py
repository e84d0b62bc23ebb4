"""What the papers around the meeting say, taken from the rows: form B.1, the notices (annex B of the standard)."""

from dataclasses import replace
from datetime import datetime

from procedure.notice import NoticeFields
from procedure.proposing import ProposerKind
from procedure.terms import Post
from services import contacts, paper_words
from services.case import Case
from services.documents.papers import Contact, NoticePaper, Proposal, PublicProposal
from services.paper_words import in_print, printed
from storage.tables import Notice, Person, Review
from storage.vault import SealBrokenError

UNREADABLE = "读不出来：保存时的密钥已经不在"
_REVIEWS = {"approved": "同意协商", "rejected": "不列入协商", "diverted": "转入“五议两公开”民主决策程序"}
_TESTS = {"a": "是否属于协商事项", "b": "是否与公众利益相关", "c": "是否合法、合理、可行", "other": "说明"}


def issuer(case: Case) -> str:
    """Who seals a notice."""
    name = case.community.name
    return f"{name}{'村民' if name.endswith('村') else '居民'}委员会"


def name_of(case: Case, post: Post) -> str:
    """The post-holder's name: accepting the post includes that it is published (5.2.3)."""
    return person_name(case, case.holder(post))


def person_name(case: Case, person_id: int | None) -> str:
    """A post-holder's name, "" when there is nobody."""
    return "" if person_id is None else case.uow.must(Person, person_id).name


def posts(case: Case) -> dict[str, str]:
    """Post → its holder's name."""
    return {post.value: name_of(case, post) for post in Post}


def chair(case: Case) -> str:
    """Who chairs: the plan's choice, before a plan the convener (5.3.1 d)."""
    plan = case.plan
    return name_of(case, Post.CONVENER) if plan is None else person_name(case, plan.chair_id)


def public_proposal(case: Case, now: datetime) -> PublicProposal:
    """Form B.1 as it stands now, without contact data."""
    topic = case.topic
    review = case.uow.first(Review, topic_id=case.id)
    kind = paper_words.PROPOSERS[ProposerKind(topic.proposer_kind)]
    return PublicProposal(
        number=topic.number,
        title=topic.title,
        proposer=printed("{kind}({label})", kind=kind, label=case.label(topic.proposer_id)),
        proposed_on=topic.created_at.astimezone(case.tz).date(),
        reason=topic.reason,
        proposal=topic.proposal,
        other=topic.other,
        review="" if review is None else _review(review),
        reviewed_on=None if review is None else review.at.astimezone(case.tz).date(),
        reviewer="" if review is None else f"{case.community.name}两委联席会议",
        chair=chair(case),
        **posts(case),
    )


def _review(review: Review) -> str:
    said = [
        printed("{name}:{said}", name=name, said=review.reasons[key])
        for key, name in _TESTS.items()
        if review.reasons.get(key)
    ]
    if review.reasons.get("annex"):
        item = str(review.reasons["annex"]).removeprefix("D.")
        said.insert(0, printed("属于附录D所列事项（{item}）", item=item))
    return "\n".join([*said, printed("审核结果：{result}。", result=_REVIEWS[review.outcome])])


def proposal(case: Case, now: datetime) -> Proposal:
    """Form B.1 as the committee keeps it."""
    return Proposal(public_proposal(case, now), contact(case))


def contact(case: Case) -> Contact | None:
    """What the proposer gave for this topic and has not withdrawn; a lost key holds up no review."""
    try:
        given = contacts.read(case.uow, person_id=case.topic.proposer_id, topic_id=case.id)
    except SealBrokenError:
        return Contact(UNREADABLE, "", "", "")
    return None if given is None else Contact(*(given.get(name, "") for name in contacts.FIELDS))


def notice(case: Case, now: datetime) -> NoticePaper:
    """Figure B.1: the latest published notice of the latest plan. LookupError when there is none."""
    plan = case.plan
    found = None if plan is None else case.uow.first(Notice, order="-id", plan_id=plan.id)
    if found is None:
        raise LookupError("no notice has been published")
    told = NoticeFields(**found.fields)
    ours = {"participants": in_print(told.participants), "convener": in_print(told.convener)}
    return NoticePaper(
        community=case.community.name,
        number=case.topic.number,
        fields=replace(told, **ours),
        published_on=found.published_at.astimezone(case.tz).date(),
        issuer=issuer(case),
    )
