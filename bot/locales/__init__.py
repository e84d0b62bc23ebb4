"""Every sentence people read, in Fluent files: one folder per language, zh-CN first. Only bot/views reads them."""

from importlib.resources import files
from typing import Final

FOLDERS: Final = {"zh": "zh-CN", "en": "en"}
"""Language of an account or group → the folder of its sentences."""


def sources(language: str) -> list[str]:
    """The Fluent texts of a language of FOLDERS, in the order of their file names."""
    folder = files(__name__) / FOLDERS[language]
    named = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".ftl"))
    return [entry.read_text(encoding="utf-8") for _, entry in named]
