"""The words of the procedure, one name per concept (clause 3 and the tables of DB3303/T 042-2022)."""

from enum import StrEnum
from typing import Final


class Stance(StrEnum):
    """What a hand says: for or against when speaking (5.5.2 c), also abstaining when voting (5.5.3 b)."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Capacity(StrEnum):
    """In what capacity the final plan lets a person take part (5.3.1 b, table 2)."""

    STAKEHOLDER = "stakeholder"
    EXPERT = "expert"
    UNIT = "unit"
    SELF_JOINED = "self_joined"
    OBSERVER = "observer"


class Post(StrEnum):
    """The four posts of a topic (5.2.3)."""

    CONVENER = "convener"
    RECORDER = "recorder"
    ADVISER = "adviser"
    SUPERVISOR = "supervisor"


class MeetingState(StrEnum):
    """Where a meeting stands (5.6.1 a–h).

    expert_answers: in the discussion, somebody answers a question to the experts (f);
    adjourned: a further sitting of the same meeting is fixed; suspended: a matter of annex D was raised; diverted: it
    was found to be one, and the meeting is over (5.7.1).
    """

    SCHEDULED = "scheduled"
    CHECK_IN = "check_in"
    RULES_VOTE = "rules_vote"
    OPEN = "open"
    EXPLAINED = "explained"
    DISCUSSION = "discussion"
    EXPERT_ANSWERS = "expert_answers"
    WORDING = "wording"
    MAIN_VOTE = "main_vote"
    ANNOUNCED = "announced"
    ADJOURNED = "adjourned"
    SUSPENDED = "suspended"
    DIVERTED = "diverted"


LIVE: Final = frozenset(
    {
        MeetingState.CHECK_IN,
        MeetingState.RULES_VOTE,
        MeetingState.OPEN,
        MeetingState.EXPLAINED,
        MeetingState.DISCUSSION,
        MeetingState.EXPERT_ANSWERS,
        MeetingState.WORDING,
        MeetingState.MAIN_VOTE,
        MeetingState.SUSPENDED,
    }
)


class MotionKind(StrEnum):
    """What is voted on: the rules of the meeting (5.6.1 b), one item of the wording, the opinion (5.6.1 g)."""

    RULES = "rules"
    ITEM = "item"
    MAIN = "main"


class MotionStage(StrEnum):
    """How far the vote on a motion has come: each call follows the one before at once (5.5.3 b)."""

    PUT = "put"
    CALLING = "calling"
    CORRECTING = "correcting"
    DECIDED = "decided"


class TurnKind(StrEnum):
    """Who has the floor for what: the proposer's explanation (5.6.1 d), a speech (e), an answer to a question (f)."""

    EXPLANATION = "explanation"
    SPEECH = "speech"
    ANSWER = "answer"


class FloorMode(StrEnum):
    """What happens to words out of turn (5.5.2 d): logged and counted, or logged and removed."""

    SOFT = "soft"
    STRICT = "strict"


class BatchState(StrEnum):
    """What became of hands that the recorder entered for the room: only confirmed ones count (our rule)."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"


class Verdict(StrEnum):
    """What a main vote yields (5.7.2 a–c); none when nobody voted."""

    AGREED = "agreed"
    ENDED = "ended"
    RECONVENE = "reconvene"
    NONE = "none"


class Standing(StrEnum):
    """As what somebody acts: the roles, posts and capacities the table of actions speaks of."""

    SYSTEM = "system"
    RESIDENT = "resident"
    ADMINISTRATOR = "administrator"
    COMMITTEE = "committee"
    SUPERVISORY_COMMITTEE = "supervisory_committee"
    PARTY_BRANCH = "party_branch"
    CONVENER = "convener"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    RECORDER = "recorder"
    ADVISER = "adviser"
    SUPERVISOR = "supervisor"
    PROPOSER = "proposer"
    SUPPORTER = "supporter"
    """Has joined a topic that a neighbour raised (5.1.1; our rule)."""
    STAKEHOLDER = "stakeholder"
    EXPERT = "expert"
    UNIT = "unit"
    SELF_JOINED = "self_joined"
    OBSERVER = "observer"
    SPEAKER = "speaker"
    OFFERED = "offered"
    """Asked to take a post, and has not answered yet (5.2.3)."""
    IMPLEMENTER = "implementer"
    """Answers for an item of the agreed opinion (5.9.2)."""
    SECOND_OFFICIAL = "second_official"
    """Confirms the hands that the recorder enters for people in the room (our rule)."""


class TopicStage(StrEnum):
    """Where a topic stands (4, annex A). waiting: to be taken up again when the time is ripe (5.7.2 c)."""

    PROPOSED = "proposed"
    REVIEW = "review"
    PLAN = "plan"
    NOTICE = "notice"
    MEETING = "meeting"
    TELL = "tell"
    FOLLOW_UP = "follow_up"
    ARCHIVE = "archive"
    CLOSED = "closed"
    WAITING = "waiting"
    REJECTED = "rejected"
    DIVERTED = "diverted"
