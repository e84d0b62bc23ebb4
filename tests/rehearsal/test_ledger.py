"""The ledger's own rules, case by case: who is next, what counts, what it comes to."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rehearsal import answers, compare
from bot.rehearsal.ledger import EITHER, OUTSIDE, SPEECH, Ballot, Ledger
from bot.rehearsal.people import ABSTAIN, AGAINST, FOR, invited

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
RECEIPT = "✅ 记下了：赞成。回执号 0427"


@pytest.fixture
def ledger() -> Ledger:
    """Five who may speak and vote, one who observes, everybody here."""
    kept = Ledger({**dict.fromkeys("abcde", "stakeholder"), "o": "observer"}, 2)
    for who in "abcdeo":
        kept.signs_in(who, "✅ 1-101 已签到")
    kept.explained = True
    return kept


def test_the_unheard_go_first_then_the_other_side_then_the_earliest(ledger: Ledger) -> None:
    hands = [("a", FOR), ("b", FOR), ("c", AGAINST), ("d", AGAINST)]
    assert all(ledger.raises(who, stance) for who, stance in hands)
    order = []
    for _ in range(6):
        chosen = ledger.next()
        assert chosen is not None
        order.append(chosen.who)
        ledger.granted(chosen.who, "speech").ended = "说完了"
        if len(order) == 2:
            assert ledger.raises("a", FOR)
            assert ledger.raises("e", AGAINST)
    assert order == ["a", "c", "b", "d", "e", "a"] and ledger.next() is None


@pytest.mark.parametrize(("who", "stance"), [("o", FOR), ("x", FOR), ("a", ABSTAIN), ("b", FOR), ("c", FOR)])
def test_a_hand_that_does_not_count(ledger: Ledger, who: str, stance: str) -> None:
    """An observer, a stranger, an abstention, a hand that is up, two turns used."""
    ledger.raises("b", FOR)
    for _ in range(2):
        ledger.raises("c", AGAINST)
        ledger.granted("c", "speech").ended = "时间到"
    assert not ledger.raises(who, stance)


def test_words_count_to_the_end_of_the_grace(ledger: Ledger) -> None:
    ledger.raises("a", FOR)
    turn = ledger.granted("a", "speech", NOON)
    for message, seconds in enumerate((-1, 3, 5, 7)):
        ledger.said("a", message, NOON + timedelta(seconds=seconds))
    ledger.said("b", 9, NOON)
    assert ledger.messages == {0: SPEECH, 1: SPEECH, 2: EITHER, 3: OUTSIDE, 9: OUTSIDE}
    turn.ended = "时间到"
    ledger.said("a", 10, NOON)
    assert ledger.messages[10] == OUTSIDE


def test_a_vote_that_counts_must_be_answered_so(ledger: Ledger) -> None:
    held = ledger.opens_ballot("main")
    assert held.roster == frozenset("abcde")
    held.calling = FOR
    ledger.votes("a", FOR, RECEIPT)
    ledger.votes("a", FOR, "您已经举过赞成了，只算一次。回执号 0427")
    ledger.votes("b", AGAINST, "现在请的是赞成")
    assert ledger.remarks == [] and held.hands == {"a": FOR} and held.codes == {"a": "0427"} and held.trail == 1
    ledger.votes("c", FOR, "现在不能这样做")
    ledger.votes("o", FOR, RECEIPT)
    assert len(ledger.remarks) == 2
    held.calling = "any"
    ledger.votes("a", ABSTAIN, "✅ 改成了：弃权。回执号 0001")
    assert held.hands["a"] == ABSTAIN and held.trail == 3 and len(ledger.remarks) == 2


def test_of_a_hand_that_races_with_the_close_only_the_answer_knows(ledger: Ledger) -> None:
    held = ledger.opens_ballot("main")
    held.calling = FOR
    ledger.votes("a", FOR, RECEIPT, racing=True)
    ledger.votes("b", FOR, "这一轮已经结束", racing=True)
    assert held.hands == {"a": FOR} and ledger.remarks == []


@pytest.mark.parametrize(
    ("sides", "verdict"),
    [
        ((0, 0, 0), "none"),
        ((4, 3, 0), "agreed"),
        ((3, 3, 0), "reconvene"),
        ((2, 3, 1), "reconvene"),
        ((1, 3, 0), "ended"),
        ((2, 5, 0), "ended"),
    ],
)
def test_verdict(sides: tuple[int, int, int], verdict: str) -> None:
    hands = [stance for stance, count in zip((FOR, AGAINST, ABSTAIN), sides, strict=True) for _ in range(count)]
    ballot = Ballot("main", 1, frozenset(), hands={str(place): stance for place, stance in enumerate(hands)})
    assert (ballot.tally, ballot.verdict) == (sides, verdict)


def test_a_result_that_was_told_wrongly(ledger: Ledger) -> None:
    held = ledger.opens_ballot("main")
    held.hands = {"a": FOR, "b": AGAINST}
    right = "协商结果：时机成熟后再次协商 赞成 1 票 反对 1 票 弃权 0 票"
    assert list(compare.told(ledger, right)) == []
    assert len(list(compare.told(ledger, right.replace("时机成熟后再次协商", "达成一致意见")))) == 1


def test_the_same_seed_makes_the_same_people() -> None:
    assert invited(200, 7, 2) == invited(200, 7, 2) != invited(200, 8, 2)
    crowd = invited(1000, 3, 2)
    assert len({one.name for one in crowd}) == len({one.label for one in crowd}) == 1000
    assert sum(one.turns > 0 for one in invited(200, 3, 1)) == 30


def test_answers_are_read_as_people_read_them() -> None:
    assert answers.code(RECEIPT) == "0427" and answers.hand_counted(RECEIPT)
    assert not answers.hand_counted("好的，记下了") and answers.signed_in("您已经签到了，不用再点")
