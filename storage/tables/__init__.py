"""Every table. Importing this package fills SQLModel.metadata for the migrations."""

from storage.tables.community import Account, Community, CommunityRole, Group, Person
from storage.tables.floor import CheckIn, Hand, Speech, Turn
from storage.tables.meeting import Meeting, Timer
from storage.tables.record import Board, Content, File, Inbox, JournalEntry, Outbox, Receipt, Setting
from storage.tables.reminder import Deadline, DeadlineStep
from storage.tables.talk import DialogState, Draft
from storage.tables.topic import Notice, Participant, Plan, PostHolder, RulesDraft, Topic
from storage.tables.voting import Call, Motion, Seat, Vote, VoteTrail, WordingRequest

__all__ = [
    "Account",
    "Board",
    "Call",
    "CheckIn",
    "Community",
    "CommunityRole",
    "Content",
    "Deadline",
    "DeadlineStep",
    "DialogState",
    "Draft",
    "File",
    "Group",
    "Hand",
    "Inbox",
    "JournalEntry",
    "Meeting",
    "Motion",
    "Notice",
    "Outbox",
    "Participant",
    "Person",
    "Plan",
    "PostHolder",
    "Receipt",
    "RulesDraft",
    "Seat",
    "Setting",
    "Speech",
    "Timer",
    "Topic",
    "Turn",
    "Vote",
    "VoteTrail",
    "WordingRequest",
]
