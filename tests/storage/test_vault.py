"""Contact data: sealed with a key that nobody else can read, and that no message shows."""

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from storage.database import Database
from storage.vault import BadKeyError, SealBrokenError, Vault
from storage.work import NoVaultError

PLAIN = {"name": "张三", "phone": "138-0000-0001"}


def key_file(folder: Path, *keys: bytes, mode: int = 0o600) -> Path:
    path = folder / "secret.key"
    path.write_bytes(b"\n".join(keys) + b"\n")
    path.chmod(mode)
    return path


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    sealed = Vault.open(path).seal(PLAIN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made = path.read_bytes()
    assert Vault.open(path).unseal(sealed) == PLAIN
    assert path.read_bytes() == made
    assert [one.name for one in path.parent.iterdir()] == ["secret.key"]


def test_what_is_sealed_shows_nothing_and_differs_each_time() -> None:
    vault = Vault.fresh()
    first, second = vault.seal(PLAIN), vault.seal(PLAIN)
    assert first != second and "138" not in first and "张" not in first
    assert vault.unseal(first) == vault.unseal(second) == PLAIN


def test_an_older_key_still_opens_and_the_first_one_seals(tmp_path: Path) -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    before = Vault([old])
    both = Vault.open(key_file(tmp_path, new, b"", old))
    assert both.unseal(before.seal(PLAIN)) == PLAIN
    assert Vault([new]).unseal(both.seal(PLAIN)) == PLAIN
    assert before.mark("ABCD2345") in both.marks("ABCD2345") and both.mark("ABCD2345") != before.mark("ABCD2345")


def test_a_foreign_or_changed_seal_is_not_opened() -> None:
    vault = Vault.fresh()
    sealed = vault.seal(PLAIN)
    for wrong in (Vault.fresh().seal(PLAIN), sealed[:-4] + "AAAA", "", "不是"):
        with pytest.raises(SealBrokenError):
            vault.unseal(wrong)


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (Fernet.generate_key(), 0o644, "chmod 600"),
        (Fernet.generate_key(), 0o660, "chmod 600"),
        (b"not-a-key-but-private", 0o600, "line 1 is not a key"),
        (Fernet.generate_key() + b"\nhalf-of-it", 0o600, "line 2 is not a key"),
        (Fernet.generate_key()[:-5] + "密".encode(), 0o600, "line 1 is not a key"),
        (b"\xff\xfe\x00", 0o600, "line 1 is not a key"),
        (b"", 0o600, "no key"),
    ],
    ids=["readable by all", "by the group", "no key", "half a key", "not ASCII", "not text", "empty"],
)
def test_a_bad_key_file_is_one_line_without_the_key(tmp_path: Path, content: bytes, mode: int, words: str) -> None:
    path = key_file(tmp_path, content, mode=mode)
    with pytest.raises(BadKeyError) as error:
        Vault.open(path)
    line = str(error.value)
    assert words in line and line.startswith("YISHITING_SECRET_FILE") and "\n" not in line
    assert not any(part.decode(errors="replace") in line for part in content.splitlines())


def test_a_folder_in_its_place_or_no_way_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o700)
    for path in (folder, tmp_path / "file" / "secret.key"):
        with pytest.raises(BadKeyError, match="YISHITING_SECRET_FILE"):
            Vault.open(path)


def test_neither_repr_shows_a_key() -> None:
    key = Fernet.generate_key()
    vault = Vault([key])
    assert key.decode() not in repr(vault) + str(vars(vault))


def test_a_unit_of_work_has_the_vault_of_its_database(database_url: str) -> None:
    vault = Vault.fresh()
    database = Database(database_url, vault)
    try:
        assert database.write_now(lambda uow: uow.vault.unseal(vault.seal(PLAIN))) == PLAIN
        assert database.read_now(lambda uow: uow.vault.unseal(vault.seal(PLAIN))) == PLAIN
    finally:
        database.close()


def test_without_a_vault_it_is_said(database_url: str) -> None:
    database = Database(database_url)
    try:
        with pytest.raises(NoVaultError, match="without the key"):
            database.read_now(lambda uow: uow.vault)
    finally:
        database.close()
