"""Facts for the messages around plan, notice and postponement."""

from typing import Any, Final

from procedure.notice import NINE_FIELDS
from procedure.terms import Capacity
from tests.views.facts import AT, NASTY, TZ

TOPIC: Final = {"tz": TZ, "topic_id": 10**18, "topic": {"number": 3, "title": NASTY}}
NAMES: Final = [NASTY] * 40
CHANGES: Final = [
    {"field": "meets_at", "was": AT, "becomes": AT},
    {"field": "mode"},
    {"field": "room"},
    {"field": "chair", "added": NAMES, "removed": NAMES, "changed": []},
    {"field": "deputies", "added": [], "removed": [], "changed": NAMES},
    {"field": "second_official", "added": NAMES, "removed": [], "changed": []},
    {"field": "participants", "added": NAMES, "removed": NAMES, "changed": NAMES},
]
PLAN: Final = {
    "version": 9,
    "meets_at": AT,
    "place": NASTY,
    "chair": NASTY,
    "till": AT,
    "telling_id": 1,
}
SENT: Final[list[tuple[str, dict[str, Any]]]] = [
    (
        "plan_sent",
        PLAN | {"capacity": one.value, "open": asked, "asked": asked, "changes": changes, "overrun": why, "room": room},
    )
    for one in Capacity
    for room in ("", NASTY * 5)
    for asked, changes, why in ((True, CHANGES, NASTY * 99), (False, [], ""))
]

PLAN_NEWS: Final[list[tuple[str, dict[str, Any]]]] = [
    ("plan_news", {"code": "drafted", "version": 2, "meets_at": AT, "steps": ["send_plan"]}),
    ("plan_news", {"code": "unreached", "labels": NAMES, "steps": ["enter_willing"]}),
    ("plan_news", {"code": "unwilling", "label": NASTY, "steps": ["enter_willing", "draft_plan"]}),
    ("plan_news", {"code": "comes", "label": NASTY, "steps": []}),
    ("plan_news", {"code": "all_willing", "steps": ["finalize_plan"]}),
    ("plan_news", {"code": "entered", "label": NASTY, "willing": True, "steps": ["say_unwilling"]}),
    ("plan_news", {"code": "entered", "label": NASTY, "willing": False, "steps": ["say_willing"]}),
    ("plan_news", {"code": "post_yes", "label": NASTY, "posts": ["supervisor", "deputy_recorder"], "steps": []}),
    (
        "plan_news",
        {"code": "post_vacated", "label": NASTY, "posts": ["convener"], "why": NASTY, "steps": ["offer_post"]},
    ),
    ("plan_news", {"code": "post_no", "label": NASTY, "posts": ["supervisor"], "steps": []}),
    ("plan_news", {"code": "objection", "label": NASTY, "text": NASTY * 50, "steps": ["answer_objection"]}),
    ("plan_news", {"code": "adopted", "why": NASTY * 50, "steps": []}),
    ("plan_news", {"code": "not_adopted", "why": NASTY * 50, "steps": []}),
    ("plan_news", {"code": "to_revise", "steps": ["draft_plan"]}),
    ("plan_news", {"code": "joined_noticed", "meets_at": AT, "text": NASTY, "steps": []}),
    ("plan_news", {"code": "final", "meets_at": AT, "till": AT, "steps": ["publish_notice"]}),
    ("plan_news", {"code": "rules_next", "meets_at": AT, "till": AT, "steps": ["draft_rules"]}),
    ("plan_news", {"code": "postponed", "meets_at": AT, "why": NASTY * 50, "steps": ["draft_plan"]}),
]
NOTICES: Final[list[tuple[str, dict[str, Any]]]] = [
    ("notice_posted", {"fields": dict.fromkeys(NINE_FIELDS, NASTY * 20), "overrun": NASTY * 50, "meets_at": AT}),
    ("notice_posted", {"fields": dict.fromkeys(NINE_FIELDS, "张三"), "overrun": "", "meets_at": AT}),
    ("notice_paper", {"kind": "notice", "document": ["ab" * 32, "3号议题-协商方案公告.docx"]}),
    ("notice_paper", {"kind": "b1_public", "document": ["ab" * 32, "3号议题-B.1-公开.docx"]}),
    ("look_at_post", {"outbox_id": 10**18, "place": NASTY}),
    ("notice_told", {"meets_at": AT, "place": NASTY, "capacity": "stakeholder"}),
    ("notice_told", {"meets_at": AT, "place": NASTY, "room": NASTY, "capacity": "stakeholder"}),
    ("meeting_postponed", {"meets_at": AT, "why": NASTY * 50}),
    ("meeting_postponed_private", {"meets_at": AT, "why": NASTY * 50}),
]
PLANNING: Final = [(kind, TOPIC | facts) for kind, facts in (*SENT, *PLAN_NEWS, *NOTICES)]
"""(kind, facts) of all of them."""
