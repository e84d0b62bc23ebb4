"""The group's members as Telegram keeps them, as far as tests of the services need them."""

from functools import cached_property
from typing import Any

from procedure.mutes import PERMISSIONS

MEMBER: dict[str, Any] = {"status": "member", "until": 0}


def restricted(until: int = 0, **permissions: bool) -> dict[str, Any]:
    """A restricted member: everything allowed but what is named."""
    return {"status": "restricted", "until": until} | dict.fromkeys(PERMISSIONS, True) | permissions


class Members:
    """Answers what the bot asks about members, and does what it asks with them."""

    def __init__(self) -> None:
        self.known: dict[int, dict[str, Any]] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def answer(self, kind: str, facts: dict[str, Any]) -> dict[str, Any] | None:
        """What Telegram finds; None for what is no question."""
        if not kind.startswith("member_"):
            return None
        self.asked.append((kind, facts))
        who = int(facts["user_id"])
        if kind == "member_look":
            member: dict[str, Any] = self.known.get(who, MEMBER)
            return member
        permissions: dict[str, bool] = facts["permissions"]
        everything = all(permissions.values())
        told: dict[str, Any] = {"status": "restricted", "until": facts["until"]} | permissions
        self.known[who] = dict(MEMBER) if everything else told
        return None


class WithMembers:
    """What has a group with members."""

    @cached_property
    def members(self) -> Members:
        """As far as the bot asks about them."""
        return Members()
