"""yishiting roster …, as an operator runs it: what it prints, what it refuses, what it leaves on the disk."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from storage.database import Database
from tests.bot.conftest import TOKEN
from tests.support.command import run_command

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[2]
FILE = "姓名,户号,楼栋,电话\n张三,201,3幢,138-0000-0001\n李四,201,3幢,\n王五,101,4幢,\n"


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Run:
    """Exit code, standard output and standard error of `yishiting roster …`."""
    settings = {"YISHITING_DATABASE_URL": database_url, "YISHITING_DATA_DIR": str(tmp_path / "data")}
    (tmp_path / "roster.csv").write_text(FILE, encoding="utf-8-sig")

    def command(*arguments: str, **more: str) -> tuple[int, str, str]:
        return run_command("roster", *arguments, folder=tmp_path, **settings | {"YISHITING_BOT_TOKEN": TOKEN} | more)

    return command


@pytest.fixture
def made(run: Run) -> Run:
    """The community is made."""
    assert run("community", "向阳社区") == (0, "社区已建立 community made, 编号 number 1\n", "")
    return run


def test_an_error_of_the_process_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    settings = {"YISHITING_DATABASE_URL": "oracle://nowhere", "YISHITING_BOT_TOKEN": TOKEN, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "roster", "list"],
        cwd=tmp_path,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("yishiting: ") and done.stderr.count("\n") == 1


def test_the_course_of_a_roster(made: Run, database: Database, tmp_path: Path) -> None:
    assert made("import", "roster.csv", "--community", "1") == (0, "新增 new 3, 更新 changed 0, 不变 same 0\n", "")
    assert made("import", "roster.csv", "--community", "向阳社区")[1] == "新增 new 0, 更新 changed 0, 不变 same 3\n"
    assert made("list")[1] == "1  向阳社区  Asia/Shanghai  3 人 people, 已绑定 bound 0\n"
    database.write_now(lambda uow: uow.raw("INSERT INTO setting (name, value) VALUES ('bot_username', 'yishi_bot')"))
    assert made("slips", "--community", "1", "--out", "slips.csv") == (0, "登记条 slips: 3, slips.csv\n", "")
    slips = list(csv.DictReader((tmp_path / "slips.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [slip["称呼"] for slip in slips] == ["3-201 甲", "3-201 乙", "4-101"]
    for slip in slips:
        assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", slip["登记码"])
        assert slip["链接"] == f"https://t.me/yishi_bot?start=bind-{slip['登记码'].replace('-', '')}"
    made("slips", "--community", "1", "--building", "4幢", "--out", "slips.docx")
    words = "\n".join(cell.text for row in Document(str(tmp_path / "slips.docx")).tables[0].rows for cell in row.cells)
    assert "4-101 王五" in words and "向阳社区" in words and "yishi_bot" in words and "张三" not in words


@pytest.mark.parametrize("engine", ["sqlite"])
def test_people_are_listed_by_label_and_loosened_from_an_account(made: Run, database: Database) -> None:
    made("import", "roster.csv", "--community", "1")
    database.write_now(lambda uow: uow.raw("INSERT INTO account (id, language) VALUES (5, 'zh')"))
    database.write_now(lambda uow: uow.raw("UPDATE person SET account_id = 5 WHERE name = '王五'"))
    listed = made("people", "--community", "1")[1].splitlines()
    assert [line.split("  ")[1:] for line in listed] == [
        ["3-201 甲", "未绑定 not bound"],
        ["3-201 乙", "未绑定 not bound"],
        ["4-101", "已绑定 bound"],
    ]
    number = listed[2].split("  ")[0]
    assert made("release", "--community", "1", "--person", number) == (0, "已解除绑定 released: 4-101\n", "")
    assert made("release", "--community", "1", "--person", number)[0] == 2


@pytest.mark.parametrize("engine", ["sqlite"])
def test_slips_and_the_key_are_for_their_owner_alone(made: Run, tmp_path: Path) -> None:
    made("import", "roster.csv", "--community", "1")
    made("slips", "--community", "1", "--out", "slips.csv")
    for path in (tmp_path / "slips.csv", tmp_path / "data" / "secret.key"):
        assert path.stat().st_mode & 0o777 == 0o600
    assert made("slips", "--community", "1", "--out", "slips.csv")[0] == 2
    (tmp_path / "data" / "secret.key").chmod(0o644)
    code, _, said = made("list")
    assert code == 2 and said.startswith("yishiting: YISHITING_SECRET_FILE") and said.count("\n") == 1
    path = tmp_path / "elsewhere" / "key"
    assert made("list", YISHITING_SECRET_FILE=str(path))[0] == 0
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("engine", ["sqlite"])
def test_bad_lines_are_named_and_nothing_is_imported_unless_partly(made: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("姓名,户号,备注\n张三,3-201,x\n,3-202,\n李四,1月2日,\n", encoding="gbk")
    code, said, error = made("import", "bad.csv", "--community", "1")
    assert code == 2 and error.startswith("yishiting: 2 行要改") and error.count("\n") == 1
    assert "第 3 行 line 3, 姓名: 没有填" in said and "第 4 行 line 4, 户号: 变成了日期" in said
    assert "columns not read: 1" in said and "张三" not in said + error and "李四" not in said + error
    assert "0 人" in made("list")[1]
    assert made("import", "bad.csv", "--community", "1", "--partly")[0] == 0
    assert "1 人" in made("list")[1]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "nobody.csv", "--community", "1"), "nobody.csv cannot be read"),
        (("import", ".", "--community", "1"), "cannot be read"),
        (("import", "roster.csv", "--community", "东风"), "no such community"),
        (("import", "roster.csv"), "--community"),
        (("community", "向阳社区"), "已经有这个名字"),
        (("community", "东风社区", "--timezone", "Mars/Olympus"), "no such time zone"),
        (("slips", "--community", "1", "--out", "slips.csv"), "没有要发登记条的人"),
        (("slips", "--community", "1", "--out", "slips.txt"), ".docx or .csv"),
        (("slips", "--community", "1", "--out", "no/slips.csv"), "cannot be made"),
    ],
)
def test_what_cannot_be_is_one_plain_line(made: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    code, said, error = made(*arguments)
    assert (code, said) == (2, "")
    assert words in error and error.startswith("yishiting: ") and error.count("\n") == 1
    assert not list(tmp_path.glob("slips*"))
