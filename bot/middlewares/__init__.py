"""What every update gets on its way: who acts, the one door, the words' language, and a plain answer to a refusal."""

from bot.middlewares.acting import Act, ActorMiddleware, Read
from bot.middlewares.keyboard import keyboard
from bot.middlewares.languages import Languages
from bot.middlewares.pace import KnownAnswers, Pace
from bot.middlewares.replies import answer_callback
from bot.middlewares.talk import PrivateTalk, SqlStorage

__all__ = [
    "Act",
    "ActorMiddleware",
    "KnownAnswers",
    "Languages",
    "Pace",
    "PrivateTalk",
    "Read",
    "SqlStorage",
    "answer_callback",
    "keyboard",
]
