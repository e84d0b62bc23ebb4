"""`yishiting examples`: people's choices as a labelled file that the readers of such files take."""

import stat
from pathlib import Path

import pytest

from services.text.labelled import read_topics
from tests.bot.test_command_line import run
from tests.services.course import Course

PHONE = "138-0000-0001"


@pytest.fixture
def course(
    monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Course:
    """The demo's community on the command line's database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YISHITING_DATABASE_URL", database_url)
    return Course(request.getfixturevalue("database"))


def test_the_file_can_be_scored_again(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    course.proposes(contact={"name": "张三", "phone": PHONE})
    course.proposes("r102", title='=HYPERLINK("x"),路灯', reason='第一行\n第二行,"引号"', item="C.2.2", annex="D.h")
    assert run(monkeypatch, "examples", "chosen.csv") == 0
    assert capsys.readouterr().out == "rows: 2, chosen.csv\n"
    first, second = read_topics(tmp_path / "chosen.csv")
    assert (first.label, first.second) == ("C.2.3", "")
    assert (second.title, second.reason) == ('=HYPERLINK("x"),路灯', '第一行\n第二行,"引号"')
    assert (second.label, second.second) == ("D.h", "C.2.2")
    assert run(monkeypatch, "evaluate", "--topics", "chosen.csv") == 0


def test_the_file_holds_nothing_of_the_person_and_is_its_owners(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    course.proposes(contact={"name": "张三", "phone": PHONE})
    course.proposes("r102", title="=1+1", reason=f"有事打我电话{PHONE}，或者１３８ ００００ ０００１；一共8户，2楼3楼")
    assert run(monkeypatch, "examples", "chosen.csv") == 0
    written = tmp_path / "chosen.csv"
    text = written.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "title,reason,label,second_label,source"
    assert "张三" not in text and PHONE not in text and "０００１" not in text and "1-101" not in text
    assert "\n=" not in text and ",proposer" in text and "有事打我电话×，或者×；一共8户，2楼3楼" in text
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_alone(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "chosen.csv").write_text("mine")
    assert run(monkeypatch, "examples", "chosen.csv") == 2
    assert capsys.readouterr().err == "yishiting: chosen.csv cannot be made: File exists\n"
    assert (tmp_path / "chosen.csv").read_text() == "mine"


def test_before_anybody_chose_there_is_a_heading(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "examples", "chosen.csv") == 0
    assert capsys.readouterr().out == "rows: 0, chosen.csv\n"
    assert (tmp_path / "chosen.csv").read_text(encoding="utf-8-sig").count("\n") == 1
