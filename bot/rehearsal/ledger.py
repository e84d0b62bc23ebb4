"""What the residents did and were told, kept by hand: the rules of product and standard counted out once more.

Nothing here comes from the bot's code: the order of hands (5.5.2 b), who may vote when (5.5.3), the verdict (5.7.2).
`remarks` are differences noticed on the way, each a plain line in Chinese.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rehearsal import answers
from bot.rehearsal.people import AGAINST, FOR, SELF_JOINED, STAKEHOLDER, STANCES

GRACE = timedelta(seconds=5)
UNCLEAR = timedelta(milliseconds=1500)
"""A word sent this close to the end of the grace may count either way: the board shows whole seconds."""
SPEECH, OUTSIDE, EITHER, OFFICIAL = "speech", "outside", "either", "official"


@dataclass
class Hand:
    """A hand that is up: in the order in which it was sent."""

    who: str
    stance: str
    arrival: int


@dataclass
class Turn:
    """A turn somebody was given; `until` as the board shows it, `words` the messages that belong to it."""

    who: str
    kind: str
    stance: str | None
    until: datetime | None = None
    ended: str | None = None
    counted: bool = True
    words: list[int] = field(default_factory=list)


@dataclass
class Ballot:
    """One vote: who may, which call runs (None outside the calls, "any" while hands are corrected), what was raised."""

    kind: str
    round: int
    roster: frozenset[str]
    calling: str | None = None
    hands: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    trail: int = 0

    @property
    def tally(self) -> tuple[int, int, int]:
        """For, against, abstaining."""
        counts = Counter(self.hands.values())
        return counts[STANCES[0]], counts[STANCES[1]], counts[STANCES[2]]

    @property
    def verdict(self) -> str:
        """5.7.2 in whole numbers: more than half agrees, less than a third ends it."""
        yes, total = self.tally[0], sum(self.tally)
        if total == 0:
            return "none"
        return "agreed" if 2 * yes > total else "ended" if 3 * yes < total else "reconvene"


class Ledger:
    """Kept by the residents themselves; keys are those of `people`."""

    def __init__(self, capacities: Mapping[str, str], turns_allowed: int) -> None:
        self._capacities, self._allowed = capacities, turns_allowed
        self.present: set[str] = set()
        self.hands: list[Hand] = []
        self.turns: list[Turn] = []
        self.ballots: list[Ballot] = []
        self.messages: dict[int, str] = {}
        self.edits: Counter[int] = Counter()
        self.explained = False
        self.remarks: list[str] = []
        self._arrivals = 0

    def remark(self, line: str) -> None:
        """A difference that somebody noticed."""
        self.remarks.append(line)

    # signing in

    def signs_in(self, who: str, answer: str) -> None:
        """Everybody with a place in the plan may sign in, once."""
        if who not in self._capacities:
            if answers.signed_in(answer):
                self.remark(f"{who} 不在名册上，却签到了：{answer}")
            return
        self.present.add(who)
        if not answers.signed_in(answer):
            self.remark(f"{who} 签到没有被记下：{answer}")

    # the floor

    @property
    def speaking(self) -> Turn | None:
        """The turn that runs."""
        return self.turns[-1] if self.turns and self.turns[-1].ended is None else None

    def taken(self, who: str) -> int:
        """Speeches this person has used."""
        return sum(turn.who == who and turn.kind == "speech" and turn.counted for turn in self.turns)

    def raises(self, who: str, stance: str) -> bool:
        """Whether this hand counts; if so it is up from now on."""
        self._arrivals += 1
        turn = self.speaking
        lawful = (
            self.explained
            and who in self.present
            and self._capacities.get(who) in (STAKEHOLDER, SELF_JOINED)
            and stance in (FOR, AGAINST)
            and all(hand.who != who for hand in self.hands)
            and self.taken(who) < self._allowed
            and (turn is None or turn.who != who)
        )
        if lawful:
            self.hands.append(Hand(who, stance, self._arrivals))
        return lawful

    def lowers(self, who: str) -> bool:
        """Whether a hand was up; it is down from now on."""
        kept = [hand for hand in self.hands if hand.who != who]
        lawful = self.explained and len(kept) < len(self.hands)
        self.hands = kept if lawful else self.hands
        return lawful

    def next(self) -> Hand | None:
        """5.5.2 b: not yet heard before heard, then the other side than the last, then the earliest."""
        said = [turn.stance for turn in self.turns if turn.stance is not None and turn.counted]
        last = said[-1] if said else None
        return min(
            self.hands,
            key=lambda hand: (self.taken(hand.who) > 0, last is not None and hand.stance == last, hand.arrival),
            default=None,
        )

    def granted(self, who: str, kind: str, until: datetime | None = None) -> Turn:
        """Somebody has the floor."""
        stance = next((hand.stance for hand in self.hands if hand.who == who), None) if kind == "speech" else None
        self.hands = [hand for hand in self.hands if hand.who != who or kind != "speech"]
        turn = Turn(who, kind, stance, until, counted=kind == "speech")
        self.turns.append(turn)
        return turn

    def said(self, who: str, message_id: int, date: datetime, *, official: bool = False) -> None:
        """Words in the group: a speech in one's own turn, up to 5 s after its end; else outside it."""
        turn = self.speaking
        if turn is None or turn.who != who:
            self.messages[message_id] = OFFICIAL if official else OUTSIDE
            return
        over = turn.until + GRACE if turn.until is not None else date
        unclear = abs(date - over) < UNCLEAR and turn.until is not None
        self.messages[message_id] = EITHER if unclear else SPEECH if date <= over else OUTSIDE
        turn.words.append(message_id)

    # votes

    def opens_ballot(self, kind: str) -> Ballot:
        """The first call: whoever is here and concerned may vote."""
        here = frozenset(who for who in self.present if self._capacities.get(who) == STAKEHOLDER)
        number = sum(ballot.kind == kind for ballot in self.ballots) + 1
        self.ballots.append(Ballot(kind, number, here))
        return self.ballots[-1]

    def votes(self, who: str, stance: str, answer: str, *, racing: bool = False) -> None:
        """A hand in the vote, and what its owner was told. `racing` with a close: only the answer says what it was."""
        ballot = self.ballots[-1]
        has = ballot.hands.get(who)
        lawful = who in ballot.roster and has != stance and (ballot.calling == "any" or _in_call(ballot, stance, has))
        told = answers.hand_counted(answer)
        if racing:
            lawful = has != stance and (told or answers.hand_known(answer))
        if lawful:
            ballot.hands[who] = stance
            ballot.trail += 1
        if lawful and not (told or answers.hand_known(answer)):
            self.remark(f"{who} 举了{stance}，没有被记下：{answer}")
        elif told and not lawful and has != stance:
            self.remark(f"{who} 不能举{stance}，却被记下了：{answer}")
        if ballot.hands.get(who) == stance and (code := answers.code(answer)):
            ballot.codes[who] = code

    def check(self, lawful: bool, accepted: bool, known: bool, line: str) -> None:
        """What somebody was told against what had to come: `known` says that it had been done before."""
        if lawful and not (accepted or known):
            self.remark(f"该成的没有成：{line}")
        elif accepted and not lawful:
            self.remark(f"不该成的成了：{line}")


def _in_call(ballot: Ballot, stance: str, has: str | None) -> bool:
    return ballot.calling == stance and has is None


def total(ballots: Iterable[Ballot]) -> int:
    """Hands that stand in all votes."""
    return sum(len(ballot.hands) for ballot in ballots)
