"""The bot's record against the residents' ledger: every difference is a plain line in Chinese."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.rehearsal.ledger import EITHER, OFFICIAL, OUTSIDE, SPEECH, Ballot, Ledger
from bot.rehearsal.people import STANCES
from storage.database import Database

_STANCE: Final = {"for": STANCES[0], "against": STANCES[1], "abstain": STANCES[2], None: None}
_STANDINGS: Final[Mapping[str, frozenset[str]]] = {
    SPEECH: frozenset({"speech"}),
    OUTSIDE: frozenset({"interruption", "stopped"}),
    EITHER: frozenset({"speech", "interruption", "stopped"}),
    OFFICIAL: frozenset({"official"}),
}
_SAID: Final = {
    SPEECH: "发言",
    OUTSIDE: "会外发言",
    EITHER: "发言或会外发言",
    OFFICIAL: "主持会议的话",
    "interruption": "会外发言",
    "stopped": "会外发言",
    "paused": "暂停时的话",
}
_ENDS: Final = {"done": "说完了", "time": "时间到", "chair": "先说到这里", "silent": "没有动静"}
_VERDICTS: Final = {"agreed": "达成一致意见", "ended": "终止协商", "reconvene": "时机成熟后再次协商"}
_SEATS: Final = "SELECT p.account_id FROM seat s JOIN person p ON p.id = s.person_id WHERE s.motion_id = :motion"
_HANDS: Final = (
    "SELECT p.account_id, v.stance, v.code FROM vote v JOIN person p ON p.id = v.person_id WHERE v.motion_id = :motion"
)
_TRAIL: Final = "SELECT count(*) FROM vote_trail WHERE motion_id = :motion"
Rows = list[tuple[Any, ...]]


class Record:
    """What the bot has in its database about the one meeting there is."""

    def __init__(self, database: Database, keys: Mapping[int, str]) -> None:
        self._database, self._keys = database, keys

    def rows(self, sql: str, **values: object) -> Rows:
        """Rows of a query."""
        return self._database.read_now(lambda uow: uow.rows(sql, values))

    def who(self, account: int | None) -> str:
        """The key of an account."""
        return self._keys.get(account or 0, f"账号 {account}")

    def people(self, sql: str, **values: object) -> list[str]:
        """Keys of the accounts that a query names."""
        return [self.who(row[0]) for row in self.rows(sql, **values)]


def differences(ledger: Ledger, record: Record, *, finished: bool) -> list[str]:
    """All of them; `finished`: the meeting went on to its announced result."""
    checks: tuple[Callable[[Ledger, Record], Iterator[str]], ...] = (_signed_in, votes, _turns, _words, _trouble)
    found = [*ledger.remarks, *(line for check in checks for line in check(ledger, record))]
    return found + (list(_verdict(ledger, record)) if finished else [])


def _signed_in(ledger: Ledger, record: Record) -> Iterator[str]:
    stored = record.people("SELECT p.account_id FROM check_in c JOIN person p ON p.id = c.person_id")
    yield from _sets("签到", ledger.present, Counter(stored))


def _sets(what: str, wanted: set[str] | frozenset[str], stored: Counter[str]) -> Iterator[str]:
    for who in sorted(wanted - set(stored)):
        yield f"{what}：{who} 在账上，记录里没有"
    for who in sorted(set(stored) - wanted):
        yield f"{what}：{who} 在记录里，账上没有"
    for who, times in sorted(stored.items()):
        if times > 1:
            yield f"{what}：{who} 记了 {times} 次"


def votes(ledger: Ledger, record: Record) -> Iterator[str]:
    """Every vote: its roster, every hand with its receipt, how often hands changed, the count."""
    motions = record.rows("SELECT id, kind, round, roster, in_favour, against, abstain FROM motion ORDER BY id")
    held = [(ballot.kind, ballot.round) for ballot in ledger.ballots]
    stored = [(row[1], row[2]) for row in motions]
    if held != stored:
        yield f"表决的次数不一样：账上 {held}，记录 {stored}"
    for ballot, row in zip(ledger.ballots, motions, strict=False):
        yield from _ballot(ballot, row, record)


def _ballot(ballot: Ballot, motion: tuple[Any, ...], record: Record) -> Iterator[str]:
    what, number = f"{'规则' if ballot.kind == 'rules' else '协商意见'}第 {ballot.round} 次表决", motion[0]
    seats = record.people(_SEATS, motion=number)
    yield from _sets(f"{what}的名单", ballot.roster, Counter(seats))
    if motion[3] != len(ballot.roster):
        yield f"{what}：应表决账上 {len(ballot.roster)} 人，记录 {motion[3]} 人"
    stored = {record.who(row[0]): (_STANCE[row[1]], row[2]) for row in record.rows(_HANDS, motion=number)}
    for who in sorted({*ballot.hands, *stored}):
        stance, code = stored.get(who, (None, None))
        if stance != ballot.hands.get(who):
            yield f"{what}：{who} 账上{ballot.hands.get(who) or '没有举手'}，记录{stance or '没有举手'}"
        elif ballot.codes.get(who, code) != code:
            yield f"{what}：{who} 的回执号是 {ballot.codes[who]}，记录是 {code}"
    trail = record.rows(_TRAIL, motion=number)[0][0]
    if trail != ballot.trail:
        yield f"{what}：举手和改手账上 {ballot.trail} 次，记录 {trail} 次"
    if tuple(motion[4:7]) not in (ballot.tally, (None, None, None)):
        yield f"{what}：账上赞成、反对、弃权 {ballot.tally}，记录 {tuple(motion[4:7])}"


def _turns(ledger: Ledger, record: Record) -> Iterator[str]:
    stored = record.rows(
        "SELECT p.account_id, t.kind, t.stance, t.end_reason, t.counted FROM turn t JOIN person p ON p.id = t.person_id"
        " ORDER BY t.id"
    )
    for place, turn in enumerate(ledger.turns[: len(stored)]):
        account, kind, stance, reason, counted = stored[place]
        mine = (turn.who, turn.kind, turn.stance, turn.ended, turn.counted)
        ended = "还没开口" if str(reason) == "silent_unspoken" else _ENDS.get(reason, reason)
        theirs = (record.who(account), kind, _STANCE[stance], ended, bool(counted))
        if mine != theirs:
            yield f"第 {place + 1} 次发言：账上是{_in_words(*mine)}，记录是{_in_words(*theirs)}"
    if len(stored) != len(ledger.turns):
        yield f"发言账上 {len(ledger.turns)} 次，记录 {len(stored)} 次"


def _in_words(who: str, kind: str, stance: str | None, ended: str | None, counted: bool) -> str:
    what = "说明" if kind == "explanation" else f"发言（{stance}）"
    return f" {who} {what}，{ended or '没有结束'}" + ("" if counted else "，不计次数")


def _words(ledger: Ledger, record: Record) -> Iterator[str]:
    """Every word once, and as what it was said: 5.5.2 d, 5.6.3."""
    rows = record.rows("SELECT message_id, edit, standing, turn_id FROM speech ORDER BY id")
    first = {row[0]: row for row in rows if row[1] == 0}
    for message, standing in sorted(ledger.messages.items()):
        stored = first.get(message)
        if stored is None:
            yield f"第 {message} 条消息没有留存"
        elif stored[2] not in _STANDINGS[standing]:
            yield f"第 {message} 条消息：账上是{_SAID[standing]}，记录是{_SAID[stored[2]]}"
    for message in sorted(set(first) - set(ledger.messages)):
        yield f"第 {message} 条消息：记录里有，账上没有"
    edits = Counter(row[0] for row in rows if row[1] > 0)
    if edits != ledger.edits:
        yield f"改过的话账上 {sum(ledger.edits.values())} 条，记录 {sum(edits.values())} 条"
    turns = {row[0]: place for place, row in enumerate(record.rows("SELECT id FROM turn ORDER BY id"))}
    for place, turn in enumerate(ledger.turns):
        for message in turn.words:
            stored = first.get(message)
            if stored is not None and stored[3] is not None and turns.get(stored[3]) != place:
                yield f"第 {message} 条消息记在了别的发言名下"
    outside = sum(row[2] in _STANDINGS[OUTSIDE] for row in first.values())
    counted = record.rows("SELECT interruptions FROM meeting")[0][0]
    if counted != outside:
        yield f"会外发言留存 {outside} 条，看板算的是 {counted} 条"


def _trouble(ledger: Ledger, record: Record) -> Iterator[str]:
    """Nothing failed on the way, and nothing lies about undone."""
    for number, error in record.rows("SELECT id, error FROM inbox WHERE error IS NOT NULL"):
        yield f"第 {number} 条更新没有处理成：{error}"
    for kind, state, error in record.rows(
        "SELECT kind, state, error FROM outbox WHERE state IN ('failed', 'queued', 'sending')"
        " AND (error IS NULL OR error <> 'unreachable')"
    ):
        yield f"一条 {kind} 没有发出去：{state} {error or ''}".rstrip()


def _verdict(ledger: Ledger, record: Record) -> Iterator[str]:
    state, adopted, verdict = record.rows("SELECT state, rules_adopted, verdict FROM meeting")[0]
    last = ledger.ballots[-1]
    if state != "announced":
        yield f"会应当已经公布结果，记录是 {state}"
    if not adopted:
        yield "规则应当通过，记录是没有通过"
    if verdict != last.verdict:
        yield f"结果账上是{_VERDICTS.get(last.verdict, last.verdict)}，记录是{_VERDICTS.get(verdict, verdict)}"


def told(ledger: Ledger, result: str) -> Iterator[str]:
    """What the group read as the result against the ledger's own sums."""
    last = ledger.ballots[-1]
    wanted = [
        _VERDICTS[last.verdict],
        *(f"{stance} {count} 票" for stance, count in zip(STANCES, last.tally, strict=True)),
    ]
    for words in wanted:
        if words not in result:
            yield f"群里公布的结果里没有「{words}」"
