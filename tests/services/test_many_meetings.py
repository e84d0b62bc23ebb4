"""Five meetings in five groups of one bot: none mixes with another, none makes another's taps dearer."""

from functools import partial
from itertools import zip_longest

import pytest

from services import explaining, hands, opening, turns, voting
from storage.database import Database
from storage.tables import Board, Hand
from tests.services.halls import Hall, opened
from tests.services.room import OFFICIALS, STAKEHOLDERS
from tests.services.test_civility_cost import statements

FIVE = 5
HERE = STAKEHOLDERS[: FIVE + 1]


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """One database is enough: what keeps meetings apart is in the acts."""
    return str(request.param)


def votes(hall: Hall) -> dict[str, list[str]]:
    """Whom each stance has in this hall: another number in each."""
    return {"for": list(HERE[: hall.number]), "against": list(HERE[hall.number :]), "abstain": []}


def casts(hall: Hall, who: str, stance: str) -> None:
    hall.acts(who, voting.cast_vote, motion_id=hall.motion.id, stance=stance)


def called_everywhere(halls: list[Hall], monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are voted on in all halls at once, hands going up in turns; each hall asks for its own hands' worth."""
    for hall in halls:
        hall.acts("chair", voting.open_call, motion_id=hall.motion.id)
    mine, theirs = halls[0], halls[1].motion
    assert mine.refused("r101", voting.cast_vote, motion_id=theirs.id, stance="for") == "vote_not_open"
    assert halls[1].motion == theirs
    dearness = []
    for stance in ("for", "against", "abstain"):
        halls[0].passes(1)
        for row in zip_longest(*(votes(hall)[stance] for hall in halls)):
            for hall, who in zip(halls, row, strict=True):
                if who is not None:
                    dearness.append(len(statements(hall, monkeypatch, partial(casts, hall, who, stance))))
        halls[0].passes(60)
        assert mine.refused("chair", voting.close_call, motion_id=theirs.id, calling=stance) == "call_over"
        for hall in halls:
            hall.acts("chair", voting.close_call, motion_id=hall.motion.id, calling=stance)
    halls[0].passes(60)
    assert len(set(dearness)) == 1, "the last hand of five meetings costs what the first one of them cost"


def discussed(hall: Hall) -> None:
    """From a vote that refused the rules or adopted them to a discussion that is open."""
    hall.database.write_now(lambda uow: uow.raw("UPDATE meeting SET rules_adopted = TRUE"))
    hall.acts("chair", opening.declare_open)
    hall.acts("chair", explaining.start_explanation)
    hall.deliver()
    hall.acts("r101", explaining.finish_explanation, turn_id=hall.last_turn.id)
    hall.acts("chair", explaining.open_discussion)


def speaks(hall: Hall, who: str) -> None:
    """This person has the floor."""
    hall.acts(who, hands.raise_hand, stance="for")
    hand = hall.read(lambda uow: uow.first(Hand, order="-id", meeting_id=hall.id))
    assert hand is not None
    hall.acts("chair", turns.grant, hand_id=hand.id)
    hall.deliver()


def test_five_meetings_at_once_stay_apart(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    halls = opened(database, FIVE, *OFFICIALS, *HERE)
    called_everywhere(halls, monkeypatch)
    counted = [(hall.motion.in_favour, hall.motion.against, hall.motion.abstain) for hall in halls]
    assert counted == [tuple(len(people) for people in votes(hall).values()) for hall in halls]
    assert len(set(counted)) == FIVE
    for hall in halls:
        discussed(hall)
    for hall, who in zip(halls, HERE, strict=False):
        speaks(hall, who)
    halls[1].acts(HERE[1], turns.yield_turn, turn_id=halls[1].last_turn.id)
    assert halls[2].says(HERE[2], "我说一句").code == "speech"
    assert halls[3].says(HERE[2], "这里轮到别人").code == "interruption"
    assert [hall.turn is None for hall in halls] == [False, True, False, False, False]
    assert [hall.meeting.interruptions for hall in halls] == [0, 0, 0, 1, 0]
    halls[0].passes(300)
    went_out(halls)


def went_out(halls: list[Hall]) -> None:
    """Each turn ended once, in its own group; no message and no board ever went into another hall."""
    sent, owners = halls[0].sent, {hall.id: hall for hall in halls}
    ends = [chat for kind, chat, facts in sent if kind == "handover" and facts["ended"]]
    assert sorted(ends) == sorted(hall.group for hall in halls)
    told = [(chat, facts["meeting_id"]) for _, chat, facts in sent if "meeting_id" in facts]
    assert len(told) > 5 * FIVE and all(owners[meeting].owns(chat) for chat, meeting in told)
    boards = halls[0].read(lambda uow: uow.all(Board))
    assert len(boards) > FIVE and all(owners[board.meeting_id].owns(board.chat_id) for board in boards)
