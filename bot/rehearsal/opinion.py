"""The wording: the recorder writes it in private, five minutes pass, nobody asks for a correction (5.7.2 a)."""

from typing import Protocol

CORRECTION_SECONDS = 310


class Writing(Protocol):
    """Somebody who can tap and type in the private chat."""

    async def taps(self, who: str, button: str) -> object:
        """Tap the newest button with these words."""

    async def writes(self, who: str, text: str) -> object:
        """Write to the bot."""


async def recorder_writes(room: Writing) -> None:
    """The form filled in: the proposal as item 1, one item of their own, the objection raised."""
    await room.taps("recorder", "写协商意见")
    await room.taps("recorder", "就用提出人的建议")
    await room.writes("recorder", "物业公司")
    await room.taps("recorder", "30 天内…")
    await room.taps("recorder", "➕ 再加一条")
    await room.writes("recorder", "晚上十一点后自动断电，门口贴告示。")
    await room.writes("recorder", "居委会")
    await room.taps("recorder", "15 天内…")
    await room.writes("recorder", "南门东侧晚上太吵。")
    await room.taps("recorder", "发出去")
