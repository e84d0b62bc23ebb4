"""Bad settings are one plain line that names the variable and never shows a secret."""

from pathlib import Path

import pytest

from bot.settings import BadSettingsError, load

TOKEN = "123456:" + "c" * 35


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("YISHITING_BOT_TOKEN", "123:too-short-secret"),
        ("YISHITING_API_URL", "no address"),
        ("YISHITING_TIMEZONE", "Mars/Olympus"),
        ("YISHITING_LOG_LEVEL", "loud"),
        ("YISHITING_ADMIN_IDS", "1,zhangsan"),
        ("YISHITING_ADMIN_IDS", "5,1087968824"),
        ("YISHITING_METRICS_PORT", "70000"),
        ("YISHITING_DATABASE_URL", "mysql://somebody:secret@127.0.0.1/x"),
        ("YISHITING_DATABASE_URL", "secret"),
        ("YISHITING_LIMITS__GROUP_PER_MINUTE", "0"),
    ],
)
def test_what_is_wrong_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadSettingsError) as error:
        load(_env_file=None)
    line = str(error.value)
    assert variable in line
    assert "\n" not in line
    assert "secret" not in line and "Value error" not in line


def test_a_dot_env_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    lines = [f"YISHITING_BOT_TOKEN={TOKEN}", "YISHITING_ADMIN_IDS=5, 6", "YISHITING_LIMITS__BOARD_SECONDS=12"]
    file.write_text("\n".join(lines), encoding="utf-8")
    settings = load(_env_file=file, data_dir=tmp_path)
    assert settings.token == TOKEN
    assert settings.admin_ids == (5, 6)
    assert settings.limits.board_seconds == 12
    assert settings.database == f"sqlite:///{tmp_path / 'yishiting.db'}"
    assert TOKEN not in repr(settings)


def test_a_dot_env_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("YISHITING_TIMEZONE=上海".encode("gbk"))
    with pytest.raises(BadSettingsError, match=r"^\.env is not UTF-8 text$"):
        load(_env_file=tmp_path / ".env")


def test_no_token_is_said_when_one_is_needed() -> None:
    with pytest.raises(BadSettingsError, match="YISHITING_BOT_TOKEN is not set"):
        _ = load(_env_file=None, bot_token="").token


def test_the_key_lies_in_the_data_folder_unless_it_is_put_elsewhere(tmp_path: Path) -> None:
    assert load(_env_file=None, data_dir=tmp_path).key_file == tmp_path / "secret.key"
    assert load(_env_file=None, data_dir=tmp_path, secret_file=tmp_path / "k").key_file == tmp_path / "k"
