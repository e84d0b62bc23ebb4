"""Which view shows which kind of message."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.views.rendered import Rendered
from bot.views.words import Words

Facts = Mapping[str, Any]
View = Callable[[Words, Facts], Rendered]
VIEWS: dict[str, View] = {}


def view(kind: str) -> Callable[[View], View]:
    """Register fn(say, facts) -> Rendered for a kind of message."""

    def register(show: View) -> View:
        if kind in VIEWS:
            raise ValueError(f"two views for {kind}")
        VIEWS[kind] = show
        return show

    return register
