"""Papers hold whatever people write, cost little, and are the same bytes wherever they are written."""

import json
import os
import re
import subprocess
import sys
import tracemalloc
import zipfile
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from procedure.text import visible
from services.documents import build
from services.documents.packing import EPOCH, packed
from services.documents.papers import TEMPLATES, Paper, render
from services.speech_lines import SPEECH_SHOWN
from tests.papers import examples
from tests.papers.reading import every_paper, filled, kind, members, texts
from tests.support.effort import at_most

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES_OF = (build.proposal, build.sign_in, build.record, build.supervision, build.notice, build.result)
NASTY = (
    "<w:p/> & </w:t> \"quoted\" 'single' ]]> &amp; &#65;",
    "{{ 7*7 }} {% for x in y %} {# gone #} {{ paper.__class__ }} {_{ 7 }_} {_% x %_} {%p if %} {%tr for %}",
    "a\x00b\x07c\x1bd\x0ce\ttab\ufffe\uffffend",
    "👨\u200d👩\u200d👧 ❤\ufe0f 🀄 𠮷野家",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200bzero",
    "第一行\n第二行\r\n\r\n第三行\u2028第四行",
    "很长" * 2000,
)


@every_paper
@pytest.mark.parametrize("text", NASTY, ids=["markup", "jinja", "control", "emoji", "bidi", "breaks", "long"])
def test_whatever_people_write_arrives_as_text(paper: Paper, text: str) -> None:
    found = texts(filled(paper, text))
    whole = "\n".join(found)
    for expected in visible(text).translate({0xFFFE: None, 0xFFFF: None}).split("\n"):
        assert expected.strip() in whole
    assert not re.search("[\u0000-\u0009\u000b-\u001f\u200b\u202a-\u202e\u2066-\u2069\ufffe\uffff]", whole)
    assert "49" not in "".join(found) or "49" in text


@every_paper
def test_what_is_empty_says_so(paper: Paper) -> None:
    assert "无" in "".join(texts(filled(paper, " \n\u200b")))


@pytest.mark.parametrize("paper", [examples.PROPOSAL, examples.RECORD, examples.SUPERVISION], ids=kind)
def test_what_nobody_signed_leaves_room_for_a_pen(paper: Paper) -> None:
    (signature,) = (text for text in texts(filled(paper, "")) if "签字" in text)
    assert signature.endswith("\uff1a" + "_" * 14)


def test_a_day_nobody_wrote_leaves_room_for_a_pen() -> None:
    unreviewed = replace(examples.PUBLIC, reviewed_on=None)
    blank = "\u3000\u3000年\u3000月\u3000日"
    assert [blank in text for text in (texts(unreviewed), texts(examples.PUBLIC))] == [True, False]


def test_two_hundred_people_and_five_hundred_statements_fit_in_modest_time_and_memory() -> None:
    few, many = sheet_and_record(20, 50), sheet_and_record(200, 500)
    for paper in few:
        render(paper)
    tracemalloc.start()
    written = [render(paper) for paper in many]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    participants, observers = Document(BytesIO(written[0])).tables
    assert (len(participants._tbl.tr_lst), len(observers._tbl.tr_lst)) == (3 + 2 + 200, 2 + 1)
    assert peak < 64 * 2**20
    for longer, shorter in zip(many, few, strict=True):
        assert at_most(30, partial(render, longer), partial(render, shorter))


def sheet_and_record(people: int, statements: int) -> tuple[Paper, Paper]:
    """The two papers that grow with a meeting."""
    listed = tuple(replace(examples.SHEET.participants[0], number=place) for place in range(1, people + 1))
    sheet = replace(examples.SHEET, participants=listed, observers=())
    return sheet, replace(examples.RECORD, course=("很长的发言" * (SPEECH_SHOWN // 5),) * statements)


@every_paper
def test_the_same_paper_is_the_same_bytes(paper: Paper) -> None:
    written = render(paper)
    assert render(paper) == written
    with zipfile.ZipFile(BytesIO(written)) as package:
        assert {member.date_time for member in package.infolist()} == {EPOCH}
    core = members(written)["docProps/core.xml"].decode()
    assert not re.search("created|modified>|20[0-9][0-9]-|python-docx", core)


def run(code: str, **settings: str) -> str:
    env = {**os.environ, **settings}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_another_process_in_another_zone_writes_the_same_bytes() -> None:
    code = (
        "from hashlib import sha256; from services.documents.papers import render; from tests.papers import examples;"
        "print(sha256(render(examples.RECORD)).hexdigest())"
    )
    assert run(code, PYTHONHASHSEED="1", TZ="Asia/Shanghai") == run(code, PYTHONHASHSEED="2", TZ="America/New_York")


def test_a_start_does_not_pay_for_word() -> None:
    code = "import json, sys, services.documents.papers; print(json.dumps(list(sys.modules)))"
    loaded = {name.split(".")[0] for name in json.loads(run(code))}
    assert loaded.isdisjoint({"docx", "docxtpl", "jinja2", "lxml"})


@pytest.mark.parametrize("made", TEMPLATES_OF)
def test_the_templates_are_what_the_script_makes(made: Any) -> None:
    kept = (TEMPLATES / f"{made.__name__.replace('_', '-')}.docx").read_bytes()
    assert members(packed(made())) == members(kept)
