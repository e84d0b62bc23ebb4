"""The picture of a result: turnout and the three sides. matplotlib is loaded when the first one is drawn."""

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Final

SIDES: Final = (("for", "赞成", "#2f7d4f"), ("against", "反对", "#b4472f"), ("abstain", "弃权", "#8a8577"))
VERDICTS: Final = {"agreed": "达成一致意见", "ended": "终止协商", "reconvene": "时机成熟后再次协商"}
INK: Final = "#2b2a27"
PAPER: Final = "#faf6ee"
FAINT: Final = "#e8e0d0"
TITLE_LENGTH: Final = 24


def result_png(title: str, outcome: dict[str, Any]) -> bytes:
    """Draw one main vote's outcome (as services.board_facts.outcome gives it); the same facts give the same bytes."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - 50 MB that most meetings need once

    figure = Figure(figsize=(8, 5), dpi=120, facecolor=PAPER)
    axes = figure.add_axes((0.14, 0.2, 0.78, 0.46))
    font = _font()
    tally, shares = outcome["tally"], outcome["percent"]
    most = max(1, outcome["roster"])
    for place, (side, name, colour) in enumerate(SIDES):
        height = len(SIDES) - place
        axes.barh(height, most, color=FAINT, height=0.5)
        axes.barh(height, tally[side], color=colour, height=0.5)
        axes.text(-most * 0.02, height, name, ha="right", va="center", fontproperties=font, fontsize=20, color=INK)
        share = f"{tally[side]} 票  {shares[side]}%"
        axes.text(most * 0.015, height + 0.3, share, va="bottom", fontproperties=font, fontsize=15, color=INK)
    axes.set_xlim(0, most)
    axes.set_ylim(0.6, len(SIDES) + 0.9)
    axes.axis("off")
    heading = title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"
    verdict = VERDICTS.get(outcome["verdict"], "")
    figure.text(0.06, 0.9, heading, fontproperties=font, fontsize=20, color=INK, va="center")
    figure.text(0.06, 0.79, f"协商表决：{verdict}", fontproperties=font, fontsize=24, color=INK, va="center")
    turnout = f"应表决 {outcome['roster']} 人，实际举手 {tally['total']} 人"
    figure.text(0.06, 0.09, turnout, fontproperties=font, fontsize=16, color=INK, va="center")
    written = BytesIO()
    figure.savefig(written, format="png", facecolor=PAPER, metadata={"Software": None})
    return written.getvalue()


def _font() -> Any:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    # Only the package's font file (Noto Sans SC, OFL) is wanted; importing it would change matplotlib's settings.
    found = find_spec("zhplot")
    assert found is not None and found.origin is not None
    return FontProperties(fname=str(next((Path(found.origin).parent / "fonts").glob("*.ttf"))))
