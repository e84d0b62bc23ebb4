"""All that decides what may be done with a topic outside its meeting. Instants are aware."""

from dataclasses import dataclass
from datetime import datetime

from procedure.terms import TopicStage, Verdict


@dataclass(frozen=True, slots=True)
class PlanState:
    """The latest version of the plan (5.3). ``undecided`` and ``unwilling`` count its stakeholders (table 3).

    ``adopted``: objections to this very version that were adopted, so that it has to be revised. ``untold``: people in
    it whom it has not reached. ``hybrid``: nobody has to be willing, for there is a room to come to (table 3, 6).
    """

    version: int
    meets_at: datetime
    drafted: bool
    sent: bool
    final: bool
    objections_until: datetime | None = None
    objections_open: int = 0
    adopted: int = 0
    undecided: int = 0
    unwilling: int = 0
    stakeholders: int = 0
    untold: int = 0
    hybrid: bool = False


@dataclass(frozen=True, slots=True)
class TellState:
    """What stage 8 has done. ``signable_at``: the end of the 24 hours for corrections of the record.

    ``condition_named``: it is known when the matter is taken up again (5.7.2 c). ``untold``: persons who do not count
    as told yet (5.8 c).
    """

    signable_at: datetime | None = None
    corrections_open: int = 0
    condition_named: bool = False
    signed: bool = False
    handed: bool = False
    published: bool = False
    untold: int = 0
    against: int = 0


@dataclass(frozen=True, slots=True)
class FollowState:
    """What stage 9 has done: counts of items; ``supervision_missing`` names the empty fields of B.4."""

    items: int = 0
    unreceived: int = 0
    open: int = 0
    supervision_missing: tuple[str, ...] = ()
    archive_missing: tuple[str, ...] = ()
    archive_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """``posts_vacant``: posts declined or offered to nobody; ``posts_waiting``: offered, not answered.
    ``deputies_waiting``: offers of a deputy's post that are not answered; the plan does not wait for them.
    ``proposer_untold``: there is an outcome of the review that has not reached the proposer (5.2.4).
    ``notice_in_time``: a notice published today would still leave three clear days before the plan's meeting (5.4).
    ``meeting_opened``: its sitting has been opened, so that its rules and plan stand.
    ``annex_open``: a matter of annex D was raised in the meeting, and nobody has settled it yet (5.7.1).
    ``annex_referred``: whether it is a matter of annex D is for the joint meeting to say (5.7.1).
    ``votes_decided`` counts the meeting's votes that are decided and not void, ``challenges_open`` what waits for the
    supervisor's answer about them (our rule).
    ``stop_open``: the supervisor has stopped the meeting, and it is not corrected yet (5.6.4).
    """

    stage: TopicStage
    posts_vacant: tuple[str, ...] = ()
    posts_waiting: tuple[str, ...] = ()
    deputies_waiting: int = 0
    plan: PlanState | None = None
    proposer_untold: bool = False
    notice_in_time: bool = False
    rules_drafted: bool = False
    meeting_opened: bool = False
    annex_open: bool = False
    annex_referred: bool = False
    stop_open: bool = False
    votes_decided: int = 0
    challenges_open: int = 0
    verdict: Verdict | None = None
    tell: TellState = TellState()
    follow: FollowState = FollowState()
