"""Everything that can be set from outside, read from the environment and `.env`."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AnyHttpUrl, BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TOKEN_SHAPE = r"^\d+:[A-Za-z0-9_-]{30,}$"  # noqa: S105 - the shape of a token, not one

DATABASES = ("sqlite://", "postgresql://", "postgresql+psycopg://", "postgres://")


class BadSettingsError(Exception):
    """The environment does not make sense; str() is one plain line without any secret."""


FACELESS = frozenset({1087968824, 136817688, 777000})
"""Anonymous administrators, channels, Telegram itself: accounts of everybody and nobody."""


class Limits(BaseModel):
    """How much we send and keep. Telegram does not publish its own figures (hints, obeyed 429s come on top)."""

    overall_per_second: int = Field(25, ge=1)
    group_per_minute: int = Field(20, ge=2)
    boards_per_minute: int = Field(10, ge=1)
    private_boards_per_second: int = Field(8, ge=1)
    private_per_second: int = Field(1, ge=1)
    private_burst: int = Field(3, ge=1)
    board_seconds: int = Field(10, ge=1)
    console_seconds: int = Field(1, ge=0)
    files_megabytes: int = Field(2048, ge=0)

    @property
    def files_bytes(self) -> int:
        """What the files of all speeches together may take on the disk."""
        return self.files_megabytes * 2**20


class Settings(BaseSettings):
    """The YISHITING_* variables; README.md explains them to operators."""

    model_config = SettingsConfigDict(
        env_prefix="YISHITING_", env_file=".env", env_nested_delimiter="__", extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr | None = Field(None)
    api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    database_url: str = ""
    data_dir: Path = Path("data")
    webhook_url: AnyHttpUrl | None = None
    webhook_secret: SecretStr | None = None
    timezone: str = "Asia/Shanghai"
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    log_level: str = "INFO"
    metrics_port: int | None = Field(None, ge=1, le=65535)
    clock_url: AnyHttpUrl | None = None
    secret_file: Path | None = None
    demo_api_port: int = Field(8081, ge=0, le=65535)
    demo_chat_port: int = Field(8080, ge=0, le=65535)
    limits: Limits = Limits()

    @field_validator("bot_token", mode="after")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        import re  # noqa: PLC0415 - only here

        if value is None or not value.get_secret_value().strip():
            return None
        if not re.match(TOKEN_SHAPE, value.get_secret_value().strip()):
            raise ValueError("does not look like a bot token (123456:ABC…)")
        return SecretStr(value.get_secret_value().strip())

    @field_validator("database_url")
    @classmethod
    def _database_of_ours(cls, value: str) -> str:
        if value and not value.startswith(DATABASES):
            raise ValueError("is sqlite:///… or postgresql://…")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value

    @field_validator("admin_ids")
    @classmethod
    def _somebody(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if FACELESS & {*value}:
            raise ValueError("this id is every group's anonymous administrators, channels or Telegram itself")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, KeyError) as error:
            raise ValueError("no such time zone") from error
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("is DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @property
    def database(self) -> str:
        """The database address, by default a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'yishiting.db'}"

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file, None for any other database."""
        name = self.database.removeprefix("sqlite:///")
        return Path(name) if name not in ("", self.database) else None

    @property
    def key_file(self) -> Path:
        """The key for contact data, by default in the data folder; never in the database."""
        return self.secret_file or self.data_dir / "secret.key"

    @property
    def files_dir(self) -> Path:
        """Where the files of speeches lie, each under its SHA-256."""
        return self.data_dir / "files"

    @property
    def token(self) -> str:
        """The bot's token; BadSettingsError when there is none."""
        if self.bot_token is None:
            raise BadSettingsError("YISHITING_BOT_TOKEN is not set")
        return self.bot_token.get_secret_value()

    @property
    def api(self) -> str:
        """The Bot API's base address without a slash at its end."""
        return str(self.api_url).rstrip("/")

    @property
    def clock(self) -> str | None:
        """The sandbox's clock, or None for real time."""
        return str(self.clock_url).rstrip("/") if self.clock_url else None


def load(**overrides: object) -> Settings:
    """Settings from the environment, `.env` and overrides; BadSettingsError names every wrong variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks what it is given
    except ValidationError as error:
        said = ((e["loc"], e["msg"].removeprefix("Value error, ")) for e in error.errors())
        wrong = (f"YISHITING_{'__'.join(map(str, place)).upper()}: {words}" for place, words in said)
        raise BadSettingsError("; ".join(wrong)) from None
    except UnicodeDecodeError:
        raise BadSettingsError(".env is not UTF-8 text") from None
