"""Invented residents and how each of them behaves; the same seed makes the same people."""

from dataclasses import dataclass
from random import Random
from typing import Final

FOR, AGAINST, ABSTAIN = "赞成", "反对", "弃权"
STANCES: Final = (FOR, AGAINST, ABSTAIN)
STAKEHOLDER, SELF_JOINED, OBSERVER = "stakeholder", "self_joined", "observer"
MOST_SPEAKERS: Final = 30
LEAST_PEOPLE: Final = 8
MOST_PEOPLE: Final = 1000
PROPOSER: Final = "r101"

_FAMILIES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN: Final = ("大伯", "阿姨", "师傅", "老师", "大妈", "大爷", "小哥", "小妹", "奶奶", "叔叔")
_MOODS: Final = ((78, 16), (64, 26), (50, 40), (42, 44), (24, 62))
"""How many in a hundred are for and against; the rest abstain. One mood for a seed, so that every verdict comes up."""


@dataclass(frozen=True, slots=True)
class Resident:
    """One invented person.

    `comes`, `late`: checks in at all, only during the discussion. `vanishes`: is not heard of again after signing in.
    `types`: writes words where others tap. `twice`: taps twice. `stance`: their hand in the vote; `second`: what they
    change it to afterwards, if they do. `turns`: how often they want to speak; `manner`: talks, runs over, is silent.
    """

    key: str
    name: str
    label: str
    capacity: str
    started: bool
    comes: bool
    late: bool
    vanishes: bool
    types: bool
    twice: bool
    stance: str
    second: str | None
    turns: int
    manner: str

    @property
    def votes(self) -> bool:
        """Whether they mean to raise a hand in a vote."""
        return self.comes and not self.vanishes and self.capacity == STAKEHOLDER


def dice(about: str) -> Random:
    """Chance for one matter, the same at every run."""
    return Random(about)  # noqa: S311 - it decides what invented people do


def invited(number: int, seed: int, turns: int) -> tuple[Resident, ...]:
    """So many people of one estate; nobody wants more than `turns` turns. The first of them is the proposer."""
    dealt = dice(f"people:{seed}")
    mood = _MOODS[seed % len(_MOODS)]
    people = [_resident(place, dealt, mood) for place in range(number)]
    able = [one for one in people if _may_speak(one)]
    chosen = dealt.sample(able, min(MOST_SPEAKERS, max(3, number // 3), len(able)))
    speakers = {one.key: _speaker(one, dealt, turns) for one in chosen}
    return tuple(speakers.get(one.key, one) for one in people)


def _resident(place: int, dice: Random, mood: tuple[int, int]) -> Resident:
    first = place == 0
    building, floor, door = place // 60 + 1, place % 60 // 4 + 1, place % 4 + 1
    family, given = _FAMILIES[place % len(_FAMILIES)], _GIVEN[place // len(_FAMILIES) % len(_GIVEN)]
    rounds = place // (len(_FAMILIES) * len(_GIVEN))
    stance = _stance(dice, mood)
    other = dice.choice([one for one in STANCES if one != stance])
    sort = dice.random()
    return Resident(
        key=f"r{101 + place}",
        name=f"{family}{given}{rounds or ''}",
        label=f"{building}-{floor}0{door}",
        capacity=STAKEHOLDER if first or sort > 0.08 else SELF_JOINED if sort > 0.03 else OBSERVER,
        started=first or dice.random() < 0.6,
        comes=(dice.random() < 0.93) or first,
        late=(dice.random() < 0.06) and not first,
        vanishes=(dice.random() < 0.07) and not first,
        types=dice.random() < 0.15,
        twice=dice.random() < 0.2,
        stance=stance,
        second=other if dice.random() < 0.08 else None,
        turns=0,
        manner="talks",
    )


def _stance(dice: Random, mood: tuple[int, int]) -> str:
    drawn = dice.randrange(100)
    return FOR if drawn < mood[0] else AGAINST if drawn < sum(mood) else ABSTAIN


def _may_speak(one: Resident) -> bool:
    return one.comes and not one.late and not one.vanishes and one.capacity != OBSERVER


def _speaker(one: Resident, dice: Random, turns: int) -> Resident:
    wishes = 2 if turns > 1 and dice.random() < 0.2 else 1
    manner = dice.choices(("talks", "runs_over", "silent"), (75, 15, 10))[0]
    values = {name: getattr(one, name) for name in Resident.__slots__}
    return Resident(**(values | {"turns": wishes, "manner": manner}))
