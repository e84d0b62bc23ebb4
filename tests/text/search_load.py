"""How long a search takes over 50,000 texts, and what it costs in memory: `python -m tests.text.search_load [URL]`.

Run by hand, on an empty database (a file in a temporary folder unless an address is given); the figures stand in
docs/text.md. All texts are of one community, which is the hardest case.
"""

import random
import resource
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from services import searching
from services.act import Actor
from services.text import load
from services.text.normal import normaliser
from services.text.search import question, tokens
from storage import migrations, search
from storage.database import Database
from storage.tables import Account, Community, Person, Topic
from storage.work import UnitOfWork
from tests.text.test_topics import ROWS

TEXTS = 50_000
TOPICS = 500
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ACCOUNT = 1
QUERIES = (
    "漏水",
    "电梯 补偿",
    "公開表決",
    "2025年3月 停车",
    "垃圾",
    "狗",
    "2026年3月",
    "小区 物业 电梯 停车 垃圾 路灯",
)


def fill(uow: UnitOfWork) -> None:
    """One community with a member, some topics, and the texts: three sentences each of what residents wrote."""
    community = uow.add(Community(name="向阳社区", created_at=NOW))
    assert community.id is not None
    uow.add(Account(id=ACCOUNT))
    person = uow.add(Person(community_id=community.id, account_id=ACCOUNT, name="张三", label="1-101"))
    assert person.id is not None
    facts: dict[str, Any] = {
        "reason": "-",
        "proposal": "-",
        "proposer_id": person.id,
        "stage": "closed",
        "created_at": NOW,
    }
    topics = [
        uow.add(Topic(community_id=community.id, number=number, title=f"议题{number}", **facts)).id
        for number in range(1, TOPICS + 1)
    ]
    chance = random.Random(3)
    sentences = [sentence for row in ROWS for sentence in row.reason.split("。") if sentence]
    for number in range(TEXTS):
        text = "。".join(chance.sample(sentences, 3))
        plain, at = normaliser().plain(text).text, NOW - timedelta(days=number % 800)
        search.put(
            uow,
            community_id=community.id,
            topic_id=topics[number % TOPICS] or 0,
            kind="minutes",
            at=at,
            content_id=None,
            text=text,
            plain=plain,
            tokens=tokens(plain, at.date()),
        )


def main(url: str) -> None:
    """Fill, ask, print milliseconds."""
    database = Database(url)
    migrations.upgrade(database)
    reader = load()
    before = perf_counter()
    database.write_now(fill)
    print(f"put in: {(perf_counter() - before) / TEXTS * 1000:.2f} ms a text")
    if not database.sqlite:
        database.write_now(lambda uow: uow.raw("ANALYZE search_text"))
    for words in QUERIES:
        spent = []
        for _ in range(11):
            start = perf_counter()
            asked = question(words, reader.finder.cutter)
            found = database.read_now(
                partial(searching.find, actor=Actor(ACCOUNT), words=words, question=asked, now=NOW)
            )
            spent.append((perf_counter() - start) * 1000)
        first, middle = spent[0], sorted(spent)[5]
        print(f"{words}: first {first:.1f} ms, median {middle:.1f} ms, {found.facts['count']} found")
    print(f"process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    database.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{Path(folder) / 'load.db'}")
