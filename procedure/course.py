"""The course of a topic through its nine stages (5.1–5.9, 6): who may take which step, when.

The table beside `procedure.roles`, which holds the steps of a meeting; every button, job and forged callback about a
topic goes through `permit`, and a topic's page shows what `offered` returns.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from procedure import course_guards as guards
from procedure.course_facts import CourseFacts
from procedure.errors import OUR_RULE, RuleBroken
from procedure.fact_sheet import CLAUSE as FACTS_CLAUSE
from procedure.terms import Standing, TopicStage

Guard = Callable[[CourseFacts, datetime], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One row: who may take this step in which stages, and what must hold besides.

    ``form``: something has to be written or chosen first. ``page``: the topic's page offers it; the others have
    buttons of their own. ``barred``: to whom it is refused all the same, with which code.
    """

    name: str
    clause: str
    who: frozenset[Standing]
    stages: frozenset[TopicStage]
    guard: Guard | None = None
    form: bool = False
    page: bool = True
    barred: tuple[tuple[Standing, str], ...] = ()


_S = Standing
_T = TopicStage
_COMMITTEE: Final = frozenset({_S.COMMITTEE})
_BOTH: Final = frozenset({_S.COMMITTEE, _S.PARTY_BRANCH})
_CONVENER: Final = frozenset({_S.CONVENER})
_RECORDER: Final = frozenset({_S.RECORDER})
_SUPERVISING: Final = frozenset({_S.SUPERVISOR, _S.SUPERVISORY_COMMITTEE})
_LISTED: Final = frozenset({_S.STAKEHOLDER, _S.EXPERT, _S.UNIT, _S.SELF_JOINED, _S.OBSERVER})


def _at(*stages: TopicStage) -> frozenset[TopicStage]:
    return frozenset(stages)


_REVIEWED: Final = frozenset(TopicStage) - {_T.PROPOSED, _T.REVIEW}
_BESIDE_THE_MEETING: Final = _at(_T.PLAN, _T.NOTICE, _T.TELL, _T.FOLLOW_UP, _T.ARCHIVE, _T.WAITING)
_BEFORE_THE_PLAN_STANDS: Final = _at(_T.PROPOSED, _T.REVIEW, _T.PLAN)
_HOLDERS: Final = frozenset({_S.CONVENER, _S.RECORDER, _S.ADVISER, _S.SUPERVISOR})

_ROWS: Final = (
    Step("register_topic", "5.1.3", _COMMITTEE, _at(_T.PROPOSED)),
    Step("approve_topic", "5.2.1", _BOTH, _at(_T.REVIEW), form=True),
    Step("reject_topic", "5.2.1", _BOTH, _at(_T.REVIEW), form=True),
    Step("divert_topic", "5.2.2", _BOTH, _at(_T.REVIEW), form=True),
    Step("accept_post", "5.2.3", frozenset({_S.OFFERED}), _BESIDE_THE_MEETING, guards.post_waiting),
    Step("decline_post", "5.2.3", frozenset({_S.OFFERED}), _BESIDE_THE_MEETING, guards.post_waiting),
    Step("note_told", "5.2.4", _COMMITTEE, _REVIEWED, guards.proposer_untold, form=True),
    Step("send_plan", "5.3.2", _CONVENER, _at(_T.PLAN), guards.send_plan),
    Step("say_willing", "5.3.1 c", _LISTED, _at(_T.PLAN), guards.willing_open),
    Step("say_unwilling", "5.3.1 c", _LISTED, _at(_T.PLAN), guards.plan_sent),
    Step("object_plan", "5.3.2", _LISTED, _at(_T.PLAN), guards.window_open, form=True),
    Step("answer_objection", "5.3.2", _CONVENER, _at(_T.PLAN), guards.objection_open, form=True),
    Step("finalize_plan", "5.3.5", _CONVENER, _at(_T.PLAN), guards.finalize_plan),
    Step("record_plan_told", "5.3.2", _CONVENER | _RECORDER, _at(_T.PLAN), guards.plan_untold, form=True),
    Step("enter_willing", "5.3.1 c", _CONVENER | _RECORDER, _at(_T.PLAN), guards.willing_open, form=True),
    Step("draft_plan", "5.3.1", _CONVENER, _at(_T.PLAN), guards.draft_plan, form=True),
    Step("draft_rules", "5.5.1", _CONVENER, _at(_T.NOTICE, _T.MEETING), guards.meeting_not_open, form=True),
    Step("publish_notice", "5.4", _COMMITTEE, _at(_T.NOTICE), guards.publish_notice),
    Step("decide_annex", "5.7.1", _BOTH, _at(_T.MEETING), guards.annex_referred, form=True),
    Step(
        "challenge_vote",
        OUR_RULE,
        frozenset({_S.STAKEHOLDER}),
        _at(_T.MEETING, _T.TELL),
        guards.vote_to_challenge,
        form=True,
    ),
    Step("answer_challenge", OUR_RULE, _SUPERVISING, _at(_T.MEETING, _T.TELL), guards.challenge_waits, form=True),
    Step("ask_record_correction", "5.6.1 i", _LISTED | _CONVENER, _at(_T.TELL), guards.held, form=True),
    Step("answer_record_correction", "5.6.1 i", _RECORDER, _at(_T.TELL), guards.correction_open, form=True),
    Step(
        "name_condition",
        "5.7.2 c",
        _CONVENER | _RECORDER | _COMMITTEE,
        _at(_T.TELL),
        guards.condition_open,
        form=True,
    ),
    Step("sign_record", "5.6.1 i", _RECORDER, _at(_T.TELL), guards.sign_record),
    Step("hand_record", "5.8 a", _RECORDER, _at(_T.TELL), guards.hand_record),
    Step("publish_result", "5.8 c", _COMMITTEE, _at(_T.TELL), guards.publish_result),
    Step("record_attempt", "5.8 c", _COMMITTEE | _RECORDER, _at(_T.TELL), guards.somebody_untold, form=True),
    Step("explain_result", "5.9.1", _CONVENER, _at(_T.TELL, _T.FOLLOW_UP), guards.dissent, form=True),
    Step("note_condition", "5.7.2 c", _COMMITTEE, _at(_T.WAITING), form=True),
    Step("hand_item", "5.9.2", _COMMITTEE, _at(_T.FOLLOW_UP), guards.item_unreceived, form=True),
    Step("report_progress", "5.9.2", _COMMITTEE | {_S.IMPLEMENTER}, _at(_T.FOLLOW_UP), guards.item_open, form=True),
    Step("finish_item", "5.9.3", _COMMITTEE | {_S.IMPLEMENTER}, _at(_T.FOLLOW_UP), guards.item_open, form=True),
    Step("extend_item", "5.9.3", _SUPERVISING, _at(_T.FOLLOW_UP), guards.item_open, form=True),
    Step("write_supervision", "5.9.4", frozenset({_S.SUPERVISOR}), _at(_T.FOLLOW_UP), form=True),
    Step("publish_supervision", "5.9.4", _SUPERVISING, _at(_T.FOLLOW_UP), guards.publish_supervision),
    Step("confirm_archive", "6", frozenset({_S.SUPERVISOR}), _at(_T.ARCHIVE), guards.confirm_archive),
    Step("note_upload", "6", _COMMITTEE, _at(_T.ARCHIVE), guards.note_upload, form=True),
    Step(
        "postpone_meeting",
        "5.4",
        _CONVENER | _COMMITTEE,
        _at(_T.NOTICE, _T.MEETING),
        guards.postpone_meeting,
        form=True,
    ),
    Step(
        "attach_fact_sheet",
        FACTS_CLAUSE,
        _CONVENER | {_S.CHAIR},
        _at(_T.PLAN, _T.NOTICE, _T.MEETING),
        guards.fact_sheet_open,
        form=True,
    ),
    Step("offer_post", "5.2.3", _BOTH, _BESIDE_THE_MEETING, guards.post_open, form=True),
    Step("enter_acceptance", "5.2.3", _COMMITTEE, _BESIDE_THE_MEETING, guards.post_waiting, form=True),
    Step("vacate_post", "5.2.3", _BOTH | _HOLDERS, _BESIDE_THE_MEETING, guards.post_held, form=True),
    Step(
        "join_topic",
        OUR_RULE,
        frozenset({_S.RESIDENT}),
        _BEFORE_THE_PLAN_STANDS,
        barred=((_S.PROPOSER, "own_topic"), (_S.SUPPORTER, "already_joined")),
    ),
    Step("withdraw_support", OUR_RULE, frozenset({_S.SUPPORTER}), _BEFORE_THE_PLAN_STANDS),
)

STEPS: Final[Mapping[str, Step]] = MappingProxyType({step.name: step for step in _ROWS})
"""By name, in the order a topic's page shows them."""


def permit(name: str, standings: AbstractSet[Standing], facts: CourseFacts, now: datetime) -> None:
    """Raises RuleBroken not_your_role (``who`` may), the code of a bar, not_this_stage (``stage``, ``stages``),
    or what the guard raises.

    Raises KeyError for a name the table does not have: a fault of the program.
    """
    step = STEPS[name]
    if step.who.isdisjoint(standings):
        raise RuleBroken("not_your_role", step.clause, action=name, who=tuple(sorted(step.who)))
    for standing, code in step.barred:
        if standing in standings:
            raise RuleBroken(code, step.clause)
    if facts.stage not in step.stages:
        raise RuleBroken(
            "not_this_stage", step.clause, action=name, stage=facts.stage, stages=tuple(sorted(step.stages))
        )
    if step.guard is not None:
        step.guard(facts, now)


def offered(standings: AbstractSet[Standing], facts: CourseFacts, now: datetime) -> tuple[str, ...]:
    """Exactly the page's steps ``permit`` would allow now, in the table's order."""
    return tuple(name for name, step in STEPS.items() if step.page and _permitted(name, standings, facts, now))


def awaited(facts: CourseFacts, now: datetime) -> Mapping[str, frozenset[Standing]]:
    """Step → who could take it now: what the topic waits for, and for whom."""
    return {name: step.who for name, step in STEPS.items() if _permitted(name, step.who, facts, now)}


def check_known(name: str) -> None:
    """Raises RuleBroken no_such_step: a button of another version, or a forged one."""
    if name not in STEPS:
        raise RuleBroken("no_such_step", OUR_RULE)


def _permitted(name: str, standings: AbstractSet[Standing], facts: CourseFacts, now: datetime) -> bool:
    try:
        permit(name, standings, facts, now)
    except RuleBroken:
        return False
    return True
