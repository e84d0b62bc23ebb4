"""A discussion with something in it, up to the wording."""

from services import floor, hands, turns, wording
from storage.tables import Hand
from tests.services.room import Room
from tests.services.stages import stage

FOR = "电动车上楼充电太危险，充电棚要快点建。费用可以大家分摊。"
AGAINST = "南门进出的人多，充电棚会挡住消防通道。夜里充电噪音也大！"
RUDE = "你就是个骗子，臭不要脸！棚子离一楼窗户要有五米。"


class TalkingRoom(Room):
    """The room, with people who have something to say."""

    @stage
    def to_spoken(self) -> "TalkingRoom":
        """Two for, two against, one of them rude; the discussion is over."""
        self.to_discussion()
        self.speaks("r102", "for", FOR)
        self.speaks("r201", "against", AGAINST)
        self.speaks("r202", "for", "充电棚建在南门东侧。", "插座要能扫码付钱。")
        self.speaks("r301", "against", RUDE)
        self.acts("chair", floor.last_call)
        self.passes(61)
        self.acts("chair", wording.open_wording)
        self.deliver()
        return self

    def speaks(self, who: str, stance: str, *words: str) -> None:
        """A turn from the hand to 说完了."""
        self.acts(who, hands.raise_hand, stance=stance)
        hand = self.read(lambda uow: uow.first(Hand, order="-id", meeting_id=self.id))
        assert hand is not None
        self.acts("chair", turns.grant, hand_id=hand.id)
        self.deliver()
        for said in words:
            self.passes(1)
            self.says(who, said)
        self.acts(who, turns.yield_turn, turn_id=self.last_turn.id)
        self.deliver()
