"""Importing a roster: once, again, changed, and with what people took back."""

from datetime import timedelta
from functools import partial

import pytest

from bot.command.verify import verify_database
from procedure.errors import RuleBroken
from services import contacts, roster
from services.act import SYSTEM, Door
from services.roster_files import read
from storage.database import Database
from storage.tables import CommunityRole, Contact, JournalEntry, Person
from tests.support.clock import START, HandClock
from tests.support.effort import at_most

FILE = """姓名,户号,楼栋,类别,角色,电话,称呼
张三,3-201,3幢,群体,,138-0000-0001,
李四,3-201,3幢,群体,,,
王五,3-202,3幢,,,138-0000-0003,
周文,,,,社区干部、管理员,,召集人周文
冯兰,,,专业人士,,,
"""


class Office:
    """One community and the door."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.door = database, Door(database, clock)
        made = self.door.act_now(roster.add_community, SYSTEM, None, name="向阳社区", timezone="Asia/Shanghai")
        self.id = int(made.facts["community_id"])

    def brings(self, text: str) -> tuple[int, int, int]:
        """New, changed and same persons of an import."""
        found = read(text.encode())
        assert found.problems == []
        facts = self.door.act_now(roster.import_roster, SYSTEM, None, community_id=self.id, entries=found.entries).facts
        return facts["made"], facts["changed"], facts["same"]

    def person(self, name: str) -> Person:
        """The person of this name."""
        found = self.database.read_now(lambda uow: uow.first(Person, name=name))
        assert found is not None
        return found

    def labels(self) -> dict[str, str]:
        """Name → label."""
        return {one.name: one.label for one in self.database.read_now(lambda uow: uow.all(Person))}

    def roles(self, name: str) -> set[str]:
        """The standing roles of a person."""
        who = self.person(name).id
        rows = self.database.read_now(lambda uow: uow.all(CommunityRole, person_id=who))
        return {row.role for row in rows}

    def phone(self, name: str) -> str | None:
        """What is sealed."""
        who = self.person(name).id
        assert who is not None
        fields = self.database.read_now(lambda uow: contacts.read(uow, person_id=who, topic_id=None))
        return fields.get("phone") if fields else None


@pytest.fixture
def office(database: Database, clock: HandClock) -> Office:
    return Office(database, clock)


def test_everybody_comes_in_with_label_roles_and_a_sealed_phone(office: Office) -> None:
    assert office.brings(FILE) == (5, 0, 0)
    assert office.labels() == {
        "张三": "3-201 甲",
        "李四": "3-201 乙",
        "王五": "3-202",
        "周文": "召集人周文",
        "冯兰": "专业人士",
    }
    assert office.roles("周文") == {"committee", "administrator"} and office.roles("张三") == set()
    assert office.phone("张三") == "13800000001" and office.phone("李四") is None
    sealed = office.database.read_now(lambda uow: [row.sealed for row in uow.all(Contact)])
    assert len(sealed) == 2 and not any("138" in (text or "") for text in sealed)
    assert (office.person("王五").category, office.person("王五").building) == ("群体", "3幢")


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    office.brings(FILE)
    before = office.database.read_now(lambda uow: [row.sealed for row in uow.all(Contact)])
    assert office.brings(FILE) == (0, 0, 5)
    assert office.database.read_now(lambda uow: [row.sealed for row in uow.all(Contact)]) == before
    assert office.database.read_now(lambda uow: uow.count(Person)) == 5


def test_what_changed_is_changed_and_who_is_missing_stays(office: Office) -> None:
    office.brings(FILE)
    changed = "姓名,户号,角色,电话\n王五,3-202,监委会,138-0000-0009\n周文,,党组织,\n赵六,3-202,,\n"
    assert office.brings(changed) == (1, 2, 0)
    assert office.roles("王五") == {"supervisory_committee"} and office.roles("周文") == {"party_branch"}
    assert office.phone("王五") == "13800000009"
    assert office.labels() | {"王五": "3-202 甲", "赵六": "3-202 乙", "张三": "3-201 甲"} == office.labels()
    assert office.person("王五").building == "3幢"


def test_a_label_once_given_to_somebody_stays_theirs(office: Office) -> None:
    office.brings("姓名,户号\n李四,3-201\n张三,3-201\n")
    assert office.labels() == {"李四": "3-201 甲", "张三": "3-201 乙"}
    office.brings("姓名,户号\n阿三,3-201\n张三,3-201\n李四,3-201\n")
    assert office.labels() == {"李四": "3-201 甲", "张三": "3-201 乙", "阿三": "3-201 丙"}


def test_twelve_in_one_household_have_twelve_labels(office: Office) -> None:
    office.brings("姓名,户号\n" + "".join(f"张{number},3-201\n" for number in range(12)))
    assert len(set(office.labels().values())) == 12


def test_a_number_taken_back_does_not_return_with_the_file(office: Office) -> None:
    office.brings(FILE)
    who = office.person("张三").id
    assert who is not None
    office.database.write_now(lambda uow: contacts.withdraw(uow, person_id=who, topic_id=None, now=START))
    assert office.brings(FILE) == (0, 0, 5)
    assert office.phone("张三") is None


def test_somebody_who_had_left_is_back(office: Office) -> None:
    office.brings(FILE)
    who, gone = office.person("张三").id, START - timedelta(days=1)
    office.database.write_now(lambda uow: setattr(uow.must(Person, who), "left_at", gone))
    assert office.brings(FILE) == (0, 1, 4)
    assert office.person("张三").left_at is None


def test_two_communities_do_not_mix(office: Office) -> None:
    office.brings(FILE)
    other = office.door.act_now(roster.add_community, SYSTEM, None, name="东风社区", timezone="Asia/Urumqi")
    first, office.id = office.id, other.facts["community_id"]
    assert office.brings(FILE) == (5, 0, 0)
    listed = office.database.read_now(roster.communities)
    assert [(one.id, one.name, one.timezone, one.people, one.bound) for one in listed] == [
        (first, "向阳社区", "Asia/Shanghai", 5, 0),
        (office.id, "东风社区", "Asia/Urumqi", 5, 0),
    ]


def test_a_name_is_given_to_one_community(office: Office) -> None:
    for name, code in (("向阳社区", "community_exists"), (" 向阳社区\u200b", "community_exists"), (" ", "empty_name")):
        with pytest.raises(RuleBroken) as broken:
            office.door.act_now(roster.add_community, SYSTEM, None, name=name, timezone="Asia/Shanghai")
        assert broken.value.code == code


def test_the_journal_counts_and_names_nobody(office: Office) -> None:
    office.brings(FILE)
    entries = office.database.read_now(lambda uow: [row.entry for row in uow.all(JournalEntry)])
    assert any('"made":5' in entry for entry in entries)
    assert not any(word in entry for entry in entries for word in ("张三", "138", "3-201"))
    assert verify_database(office.database, None).broken == []


def test_ten_times_the_people_are_not_a_hundred_times_the_work(office: Office) -> None:
    few, many = ("姓名,户号,角色,电话\n" + "".join(map(line, range(count))) for count in (100, 1000))
    assert office.brings(many) == (1000, 0, 0)
    assert [office.brings(file) for file in (few, many)] == [(0, 0, 100), (0, 0, 1000)]
    assert at_most(30, partial(office.brings, many), partial(office.brings, few))


def line(number: int) -> str:
    """One person's line."""
    return f"张{number},{number // 300}-{number // 2},社区干部,1380000{number:04}\n"
