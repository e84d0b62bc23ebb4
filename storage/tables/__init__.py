"""Every table. Importing this package fills SQLModel.metadata for the migrations."""

from storage.tables.alike import Alike
from storage.tables.community import Account, BindCode, Community, CommunityRole, Group, Person
from storage.tables.example import Example
from storage.tables.experts import ExpertQuestion
from storage.tables.facts import FactReading, FactSheet
from storage.tables.floor import CheckIn, CivilityFlag, Hand, Speech, Turn
from storage.tables.follow import (
    Archive,
    Document,
    FollowItem,
    FollowReport,
    RecordCorrection,
    Supervision,
    Telling,
    TellingAttempt,
)
from storage.tables.meeting import Meeting, Timer
from storage.tables.minutes import LineAmendment, WordingVersion
from storage.tables.order import Removal, Restriction
from storage.tables.record import Board, Content, File, Inbox, JournalEntry, Outbox, Receipt, Setting
from storage.tables.reminder import Deadline, DeadlineStep
from storage.tables.search import SearchText
from storage.tables.supervising import Challenge, Stop
from storage.tables.support import Support
from storage.tables.talk import DialogState, Draft
from storage.tables.topic import Contact, Notice, Objection, Participant, Plan, PostHolder, Review, RulesDraft, Topic
from storage.tables.voting import Call, Motion, RoomBatch, Seat, Vote, VoteTrail, WordingRequest
from storage.tables.words import Attachment, Hindrance, PointOfOrder, Reading, SenderChannel

__all__ = [
    "Account",
    "Alike",
    "Archive",
    "Attachment",
    "BindCode",
    "Board",
    "Call",
    "Challenge",
    "CheckIn",
    "CivilityFlag",
    "Community",
    "CommunityRole",
    "Contact",
    "Content",
    "Deadline",
    "DeadlineStep",
    "DialogState",
    "Document",
    "Draft",
    "Example",
    "ExpertQuestion",
    "FactReading",
    "FactSheet",
    "File",
    "FollowItem",
    "FollowReport",
    "Group",
    "Hand",
    "Hindrance",
    "Inbox",
    "JournalEntry",
    "LineAmendment",
    "Meeting",
    "Motion",
    "Notice",
    "Objection",
    "Outbox",
    "Participant",
    "Person",
    "Plan",
    "PointOfOrder",
    "PostHolder",
    "Reading",
    "Receipt",
    "RecordCorrection",
    "Removal",
    "Restriction",
    "Review",
    "RoomBatch",
    "RulesDraft",
    "SearchText",
    "Seat",
    "SenderChannel",
    "Setting",
    "Speech",
    "Stop",
    "Supervision",
    "Support",
    "Telling",
    "TellingAttempt",
    "Timer",
    "Topic",
    "Turn",
    "Vote",
    "VoteTrail",
    "WordingRequest",
    "WordingVersion",
]
