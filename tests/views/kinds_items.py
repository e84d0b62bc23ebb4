"""Votes on single items, and reminders of a hand that is missing, plain and extreme."""

from typing import Any

from tests.views import facts
from tests.views.facts import NASTY

PLAIN = {"number": 2, "text": NASTY, "version": 1, "alternative": ""}
OTHER = {"number": 9, "text": "条" * 300, "version": 9, "alternative": "改" * 300}
ITEM_KINDS: list[tuple[str, dict[str, Any]]] = [
    *(
        (
            "item_result",
            {"item": item, "changed": changed, "motion_id": 10**18, "result": facts.result() | {"verdict": verdict}},
        )
        for item in (PLAIN, OTHER)
        for verdict in ("adopted", "refused")
        for changed in (False, True)
    ),
    (
        "item_result",
        {"item": PLAIN, "changed": False, "motion_id": 1, "result": facts.result("none") | {"verdict": "none"}},
    ),
    *(
        ("vote_starts", {"motion_kind": "item", "roster": 500, "wording": None, "item": item, "digest8": "abababab"})
        for item in (PLAIN, OTHER)
    ),
    *(
        ("correction_decided", {"label": NASTY, "text": text, "item": 2, "adopted": True, "why": NASTY * 9})
        for text in ("", NASTY * 5)
    ),
    ("motion_annulled", {"motion_kind": "item", "item": OTHER, "broken": "5.7.2", "why": NASTY, "announced": False}),
    *(
        (
            "vote_nudge",
            {"label": NASTY, "motion_id": 10**18, "motion_kind": kind, "item": item, "calling": calling, "person": 1},
        )
        for kind, item in (("main", None), ("item", OTHER))
        for calling in ("for", "abstain", None)
    ),
    ("vote_nudge_group", {"count": 500, "motion_id": 1, "motion_kind": "main", "calling": "for", "item": None}),
    *(
        (
            "vote_roll",
            {
                "motion_id": 2**53,
                "motion_kind": "main",
                "item": None,
                "void": True,
                "counts": dict.fromkeys(("for", "against", "abstain", "missing"), 500),
                "listed": [[side, NASTY, True] for _ in range(15) for side in ("for", "against", "abstain", "missing")],
                "page": page,
                "pages": pages,
            },
        )
        for page, pages in ((1, 1), (1, 9), (5, 9), (9, 9))
    ),
    ("roll_file", {"motion_kind": "item", "item": OTHER, "document": ["ab" * 32, "表决名单.txt"]}),
]
