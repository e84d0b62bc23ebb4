"""How much of one person's may wait for an answer: who piles up objections could keep a topic from going on."""

from typing import Final

from procedure.errors import OUR_RULE, RuleBroken

MOST_WAITING: Final = 3


def check_waiting(count: int) -> None:
    """Raises RuleBroken too_many_waiting (our rule) with ``most``, when so many wait already."""
    if count >= MOST_WAITING:
        raise RuleBroken("too_many_waiting", OUR_RULE, most=MOST_WAITING)
