"""Facts for every kind of message, in the plain and in the most extreme form."""

from typing import Any

from bot.outbound.claim import BOARD_POSTS, WORDLESS
from services.kinds import KINDS
from tests.views import facts
from tests.views.facts import AT, HEADING, MAJORITY, NASTY, TWO_THIRDS, TZ
from tests.views.kinds_annex import ANNEX_KINDS
from tests.views.kinds_clocks import BUSY, CLOCK_KINDS, QUIET
from tests.views.kinds_experts import EXPERT_MESSAGES
from tests.views.kinds_facts import FACT_KINDS
from tests.views.kinds_following import FOLLOWING
from tests.views.kinds_items import ITEM_KINDS
from tests.views.kinds_minutes import MINUTES_KINDS
from tests.views.kinds_order import ORDER_KINDS
from tests.views.kinds_places import PLACES_KINDS
from tests.views.kinds_planning import PLANNING
from tests.views.kinds_proposing import PLACES, PROPOSING
from tests.views.kinds_room import ROOM_MESSAGES
from tests.views.kinds_supervision import SUPERVISION_KINDS

BROKEN = {"code": "hands_waiting", "clause": "5.5.3 a", "facts": {"waiting": 3}}
HANDED = {"ended": {"label": NASTY, "reason": "chair", "why": NASTY * 9}, "waiting": 500}
NEXT = {"hand_id": 7, "label": NASTY, "stance": "against", "reason": "other_side"}
MEETING = {
    "meeting_id": 10**18,
    "topic": {"number": 3, "title": NASTY},
    "state": "discussion",
    "at": AT,
    "mine": "chair",
    "console": True,
    "board": False,
    "check_in": True,
    "group_url": "https://t.me/c/123/45",
}
GUEST = {"console": False, "board": True, "check_in": False}
PERSON = {"person": {"label": NASTY, "name": NASTY}, "community": NASTY, "tz": TZ, "places": PLACES}
ENDED = ("done", "time", "chair", "silent", "silent_unspoken", "silent_lowered", "undone", "left", "muted", "blocked")
ENDS = len(ENDED)

GROUP: list[tuple[str, dict[str, Any]]] = [
    *(
        (f"ended {reason}", {"kind": "handover", "ended": {"label": "3-201 甲", "reason": reason, "why": None}})
        for reason in ENDED
    ),
    ("handover", HANDED | {"next": NEXT}),
    ("handover", HANDED | {"next": NEXT, "standing": True}),
    ("point_raised", {"label": NASTY, "text": NASTY * 9}),
    ("point_decided", {"label": NASTY, "text": NASTY * 9, "upheld": True, "why": NASTY * 9}),
    ("point_decided", {"label": NASTY, "text": NASTY * 9, "upheld": False, "why": NASTY * 9}),
    ("read_out", {"label": NASTY, "by": "recorder", "text": NASTY * 99}),
    ("read_out", {"label": NASTY, "by": "bot", "text": NASTY}),
    ("voice_summed", {"label": NASTY, "text": NASTY * 9, "reply_to": 7}),
    ("turn_warning", {"turn_id": 1, "label": NASTY, "ends_at": AT}),
    ("silence_ask", {"turn_id": 10**18, "label": NASTY, "answer_until": AT}),
    ("turn_extended", {"label": NASTY, "ends_at": AT, "why": NASTY * 9}),
    ("please_stop", {"label": NASTY}),
    ("civility_reminder", {"label": NASTY}),
    ("civility_reminder", {"label": None}),
    ("reasons_read", {"reason": NASTY * 99, "proposal": NASTY * 99, "why": NASTY * 9}),
    ("last_call", {"until": AT}),
    ("list_closed", {}),
    ("rules_shown", {"rules": facts.rules(TWO_THIRDS, 60), "round": 2, "changed": list(facts.rules())}),
    ("rules_shown", {"rules": facts.rules(MAJORITY), "round": 1, "changed": []}),
    ("rules_result", {"adopted": True, "tally": {"for": 7, "against": 3, "abstain": 2}, "roster": 12}),
    ("rules_result", {"adopted": False, "tally": {"for": 6, "against": 6, "abstain": 0}, "roster": 12}),
    ("rules_result", {"adopted": False, "tally": {"for": 0, "against": 6, "abstain": 0}, "roster": 12}),
    ("declared_open", {}),
    ("wording_posted", {"wording": facts.wording(), "version": 2, "corrections_until": AT}),
    ("wording_posted", {"wording": facts.wording(1, 0), "version": 1, "corrections_until": None}),
    ("correction_decided", {"label": NASTY, "text": NASTY * 50, "adopted": True, "why": NASTY * 9}),
    ("correction_decided", {"label": NASTY, "text": NASTY, "adopted": False, "why": NASTY}),
    ("vote_starts", {"motion_kind": "main", "roster": 500, "wording": facts.wording(), "digest8": "abababab"}),
    ("vote_starts", {"motion_kind": "rules", "roster": 12, "wording": None, "digest8": None}),
    ("adjourned", {"next_at": AT, "why": NASTY * 9, "state_left": "discussion"}),
    ("resumed_after_restart", {"lost_seconds": 90, "turn": {"label": NASTY, "ends_at": AT}, "motion": None}),
    ("resumed_after_restart", {"lost_seconds": 9, "turn": None, "motion": {"calling": "for"}}),
    ("resumed_after_restart", {"lost_seconds": 9, "turn": None, "motion": {"calling": None, "correction_until": AT}}),
    ("resumed_after_restart", {"lost_seconds": 9, "turn": None, "motion": None}),
    ("resumed_after_restart", {"lost_seconds": 9, "turn": None, "motion": None, "state": "suspended"}),
    (
        "resumed_after_restart",
        {"lost_seconds": 9, "turn": None, "motion": None, "state": "suspended", "stopped": True},
    ),
    ("sitting_resumed", {"state": "discussion"}),
    ("sitting_missed", {}),
    ("chair_replaced", {"label": NASTY}),
    *(("chair_passed_on", {"label": NASTY, "former": NASTY, "returned": back}) for back in (False, True)),
    ("chair_asked", {"label": NASTY, "until": AT}),
    ("look_please", {"outbox_id": 10**18}),
    ("hint_vote", {"calling": "for", "reply_to": 7}),
    ("hint_vote", {"calling": None, "reply_to": None}),
    ("group_status", {"meeting": facts.full_board("discussion")}),
    ("group_status", {"meeting": None}),
    ("group_status", {"meeting": None, "propose": "https://t.me/yishiting_bot?start=propose-1"}),
    ("typed_refusal", {"broken": BROKEN}),
    *(
        ("bind_answer", {"outcome": outcome, "title": NASTY, "chat": 10**13, "channel": channel, "community": NASTY})
        for outcome in (
            "bound",
            "already",
            "elsewhere",
            "no_right",
            "not_admin",
            "other_topic",
            "anonymous",
            "not_there",
        )
        for channel in (False, True)
    ),
    (
        "bind_answer",
        {
            "outcome": "choose",
            "title": NASTY,
            "chat": 10**13,
            "channel": False,
            "communities": [{"id": 10**9, "name": NASTY}] * 99,
        },
    ),
    ("bot_added", {}),
    ("board_close", {"url": "https://t.me/c/123/45"}),
    ("board_close", {"url": None}),
]
RECEIPT = {"topic_id": 10**18, "code": "AB12", "label": NASTY}
PRIVATE: list[tuple[str, dict[str, Any]]] = [
    (
        "vote_receipt",
        RECEIPT | {"stance": "for", "motion_kind": "main", "changed": False},
    ),
    (
        "vote_receipt",
        RECEIPT | {"stance": "for", "motion_kind": "rules", "changed": True},
    ),
    (
        "vote_receipt",
        RECEIPT | {"stance": "for", "motion_kind": "main", "changed": False, "room": True},
    ),
    ("clock_jumped", {"seconds": -3600}),
    ("hint_borrowed", {}),
    ("reading_waits", {"reading_id": 10**18, "label": NASTY, "text": NASTY * 99}),
    *(("speaker_gone", {"turn_id": 10**18, "label": NASTY, "how": how}) for how in ("left", "muted", "blocked")),
    ("meeting_adjourned_private", {"next_at": AT}),
    ("sitting_missed_private", {"topic_id": 10**18, "begun": True}),
    ("sitting_missed_private", {"topic_id": 10**18, "begun": False}),
    ("typed_answer", {"receipt": {"code": "hand_raised", "facts": {"place": 3, "stance": "for"}}}),
    ("typed_answer", {"broken": BROKEN}),
    ("your_turn", {"ends_at": AT}),
    ("your_turn", {"ends_at": None}),
]
RESULTS: list[tuple[str, dict[str, Any]]] = [
    (kind, {"result": facts.result(verdict, ratio), "wording": facts.wording(items), "digest": "ab" * 32} | more)
    for verdict in ("agreed", "ended", "reconvene", "none")
    for ratio in (MAJORITY, TWO_THIRDS)
    for items in (1, 9)
    for kind, more in (("result", {"told_by": "2026-11-09", "photo": "cd" * 32}), ("result_text", {}))
]
PAGES: list[tuple[str, dict[str, Any]]] = [
    ("home", {"person": None}),
    ("home", PERSON | BUSY | {"roles": ["committee", "resident"], "meetings": [MEETING] * 30}),
    ("home", PERSON | QUIET | {"roles": [], "meetings": []}),
    ("home", PERSON | QUIET | {"roles": [], "meetings": [MEETING | GUEST]}),
    ("me", {"name": NASTY, "label": NASTY, "community": NASTY, "roles": ["committee"], "language": "zh"}),
    ("slip_shown", {"label": NASTY, "name": NASTY, "community": NASTY, "number": 2**40 - 1, "others": []}),
    ("slip_shown", {"label": NASTY, "name": NASTY, "community": NASTY, "number": 0, "others": [NASTY] * 9}),
    *(
        ("slip_refused", {"why": why, "minutes": 60})
        for why in ("unknown", "used", "expired", "taken", "yours", "other_household", "wait")
    ),
    ("account_bound", {"label": NASTY}),
    ("my_contacts", {"given": []}),
    (
        "my_contacts",
        {
            "given": [
                {"contact_id": 10**18, "topic": None, "fields": None},
                *(
                    {"contact_id": 1, "topic": 3, "fields": dict.fromkeys(("name", "phone", "email", "address"), NASTY)}
                    for _ in range(99)
                ),
            ]
        },
    ),
    ("help", {}),
    ("privacy", {}),
    ("language", {}),
    ("language_set", {}),
    ("cancelled", {"form": True}),
    ("cancelled", {"form": False}),
    ("only_in_groups", {"command": "status"}),
    ("not_understood", {"file": True}),
    ("not_understood", {"file": False}),
]  # fmt: skip


def messages() -> list[tuple[str, dict[str, Any]]]:
    """(kind, facts) of everything but boards."""
    told = [(facts.get("kind", name), HEADING | {"next": None, "waiting": 0} | facts) for name, facts in GROUP[:ENDS]]
    told += [(name, HEADING | facts) for name, facts in GROUP[ENDS:] + PRIVATE + RESULTS + ITEM_KINDS]
    told += PAGES + ROOM_MESSAGES + EXPERT_MESSAGES + ANNEX_KINDS + SUPERVISION_KINDS + ORDER_KINDS
    told += MINUTES_KINDS + PLACES_KINDS
    return told + FACT_KINDS + CLOCK_KINDS + PLANNING + PROPOSING + FOLLOWING


SILENT = BOARD_POSTS | WORDLESS
SENT = frozenset(KINDS) - SILENT
