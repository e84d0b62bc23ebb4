"""The command `yishiting evaluate` and the labelled files it takes, as people's spreadsheets save them."""

import json
from pathlib import Path

import pytest

from bot import __main__ as command
from bot.command import evaluate as evaluating
from bot.command.run import CommandError

FIGURES = {
    "top1",
    "top3",
    "annex_d_recall",
    "annex_d_precision",
    "none_recall",
    "civility_recall",
    "civility_false_alarm",
    "ms_per_message",
}
TOPICS = "id,title,reason,label,second_label,source\n1,路灯工程招标,先立项再招标,D.f,,own\n2,在吗,讲个笑话,NONE,,own\n"
MESSAGES = "id,text,label\n1,蠢货闭嘴,ATTACK\n2,方案写得糊涂，请重写,OK\n3,早上好,OFFTOPIC\n"


def figures(topics: Path | None, civility: Path | None) -> dict[str, float | None]:
    *_, last = evaluating.evaluate(topics, civility)
    found: dict[str, float | None] = json.loads(last)
    return found


def test_without_arguments_the_projects_own_files_are_scored() -> None:
    first, *_, last = evaluating.evaluate(None, None)
    found = json.loads(last)
    assert "docs/text.md" in first
    assert set(found) == FIGURES
    assert found["top1"] >= 0.9
    assert found["civility_recall"] >= 0.9
    assert 0 < found["ms_per_message"] < 100


def test_an_installed_package_has_no_labelled_files_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(evaluating, "LABELLED", tmp_path)
    with pytest.raises(CommandError, match="--topics and --civility"):
        figures(None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_of_every_spreadsheet_are_read(tmp_path: Path, encoding: str, newline: str) -> None:
    topics, civility = tmp_path / "topics.csv", tmp_path / "civility.csv"
    topics.write_bytes((TOPICS + "\n,,,,,\n").replace("\n", newline).encode(encoding))
    civility.write_bytes(MESSAGES.replace("\n", newline).encode(encoding))
    found = figures(topics, civility)
    assert found["top1"] == found["annex_d_recall"] == found["none_recall"] == 1.0
    assert found["civility_recall"] == 1.0
    assert found["civility_false_alarm"] == 0.0


def test_optional_columns_may_be_missing_and_one_file_is_enough(tmp_path: Path) -> None:
    topics = tmp_path / "topics.csv"
    topics.write_text("label, Title\nd.F,路灯工程招标立项\n", encoding="utf-8")
    found = figures(topics, None)
    assert found["annex_d_recall"] == 1.0
    assert found["none_recall"] is None
    assert found["civility_recall"] is None


def test_a_second_label_counts_as_right(tmp_path: Path) -> None:
    topics = tmp_path / "topics.csv"
    topics.write_text("title,reason,label,second_label\n路灯工程招标,先立项再招标,C.1.6,D.f\n", encoding="utf-8")
    found = figures(topics, None)
    assert found["top1"] == found["annex_d_precision"] == 1.0


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "column title, label is missing"),
        ("title,reason\n路灯,坏了\n", "column label is missing"),
        ("title,label\n", "there are no rows"),
        ("title,label\n路灯,C.9.9\n", "line 2: label C.9.9 is not known"),
        ("title,label\n路灯,\n", "line 2: label is empty"),
        ("title,label\n,C.1.1\n", "line 2: title is empty"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path: Path, content: str, complaint: str) -> None:
    topics = tmp_path / "topics.csv"
    topics.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError) as raised:
        figures(topics, None)
    assert str(raised.value) == f"topics.csv{':' if 'line' not in complaint else ''} {complaint}"


def test_a_file_that_is_no_text_or_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "picture.csv").write_bytes(bytes(range(128, 256)) * 4)
    with pytest.raises(CommandError, match="neither UTF-8 nor GBK"):
        figures(tmp_path / "picture.csv", None)
    with pytest.raises(CommandError, match="cannot be read"):
        figures(tmp_path / "nowhere.csv", None)


def test_the_command_ends_with_exit_code_2_and_a_plain_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["yishiting", "evaluate", "--topics", str(tmp_path / "nowhere.csv")])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("yishiting: ")


def test_the_command_prints_its_figures_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    civility = tmp_path / "civility.csv"
    civility.write_text(MESSAGES, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["yishiting", "evaluate", "--civility", str(civility)])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 0
    out = capsys.readouterr().out.splitlines()
    assert json.loads(out[-1])["civility_recall"] == 1.0
    assert not any("蠢货" in line for line in out)
