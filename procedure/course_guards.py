"""What must hold before a step of a topic's course (5.2.3, 5.3, 5.4, 5.5.1, 5.6.1 i, 5.8, 5.9, 6)."""

from datetime import datetime

from procedure.course_facts import CourseFacts, PlanState
from procedure.errors import OUR_RULE, RuleBroken
from procedure.fact_sheet import CLAUSE as FACTS_CLAUSE
from procedure.terms import Post, TopicStage, Verdict


def post_open(facts: CourseFacts, now: datetime) -> None:
    """5.2.3: a post was declined, or nobody answers: it needs another person."""
    if not facts.posts_vacant and not facts.posts_waiting:
        raise RuleBroken("no_post_open", "5.2.3")


def post_held(facts: CourseFacts, now: datetime) -> None:
    """5.2.3: somebody holds a post that they can lay down, or that the joint meeting can free (our rule)."""
    if len({*facts.posts_vacant, *facts.posts_waiting}) == len(Post):
        raise RuleBroken("no_post_held", OUR_RULE)


def post_waiting(facts: CourseFacts, now: datetime) -> None:
    """5.2.3: somebody who was asked has not answered yet."""
    if not facts.posts_waiting and not facts.deputies_waiting:
        raise RuleBroken("no_post_waiting", "5.2.3")


def proposer_untold(facts: CourseFacts, now: datetime) -> None:
    """5.2.4: the proposer does not know the review's outcome yet."""
    if not facts.proposer_untold:
        raise RuleBroken("proposer_told", "5.2.4")


def draft_plan(facts: CourseFacts, now: datetime) -> None:
    """5.2.3 before 5.3.1: first the four posts are accepted. A plan that was sent may be revised at any time."""
    missing = (*facts.posts_vacant, *facts.posts_waiting)
    if missing:
        raise RuleBroken("posts_not_accepted", "5.2.3", posts=missing)


def _plan(facts: CourseFacts) -> PlanState:
    if facts.plan is None or not facts.plan.drafted:
        raise RuleBroken("no_plan", "5.3.1")
    return facts.plan


def send_plan(facts: CourseFacts, now: datetime) -> None:
    """5.3.2: a drafted version that nobody was sent yet."""
    if _plan(facts).sent:
        raise RuleBroken("plan_already_sent", "5.3.2")


def plan_sent(facts: CourseFacts, now: datetime) -> None:
    """5.3.2: people answer to what they were sent; a plan that stood before a postponement is used up."""
    plan = _plan(facts)
    if not plan.sent:
        raise RuleBroken("plan_not_sent", "5.3.2")
    if plan.final:
        raise RuleBroken("plan_used_up", "5.4")


def willing_open(facts: CourseFacts, now: datetime) -> None:
    """Table 3: somebody's willingness is not recorded yet."""
    plan_sent(facts, now)
    if _plan(facts).undecided + _plan(facts).unwilling < 1:
        raise RuleBroken("all_willing", "5.3.1 c")


def plan_untold(facts: CourseFacts, now: datetime) -> None:
    """5.3.2: the plan has not reached somebody; they are told in another way, and that is recorded."""
    plan_sent(facts, now)
    if _plan(facts).untold < 1:
        raise RuleBroken("plan_all_told", "5.3.2")


def window_open(facts: CourseFacts, now: datetime) -> None:
    """5.3.2: objections within two days of the last sending."""
    plan_sent(facts, now)
    until = _plan(facts).objections_until
    if until is None or now >= until:
        raise RuleBroken("objections_closed", "5.3.2", till=until)


def objection_open(facts: CourseFacts, now: datetime) -> None:
    """5.3.2: there is an objection to answer."""
    if _plan(facts).objections_open < 1:
        raise RuleBroken("no_objection", "5.3.2")


def finalize_plan(facts: CourseFacts, now: datetime) -> None:
    """5.3.2, 5.3.5: sent, the window over, every objection answered; every stakeholder willing (table 3, 1 b), or there
    is a room for who is not (table 3, 6).
    """
    plan_sent(facts, now)
    plan = _plan(facts)
    if plan.objections_open:
        raise RuleBroken("objections_unanswered", "5.3.2", count=plan.objections_open)
    if plan.adopted:
        raise RuleBroken("plan_to_revise", "5.3.2", count=plan.adopted)
    if plan.objections_until is not None and now < plan.objections_until:
        raise RuleBroken("objections_running", "5.3.2", till=plan.objections_until)
    if (plan.undecided or plan.unwilling) and not plan.hybrid:
        raise RuleBroken("not_all_willing", "5.3.1 c", undecided=plan.undecided, unwilling=plan.unwilling)
    if not facts.notice_in_time:
        raise RuleBroken("notice_cannot_be_in_time", "5.4", meets_at=plan.meets_at)


def meeting_not_open(facts: CourseFacts, now: datetime) -> None:
    """5.5.1: the rules are drafted before the meeting."""
    if facts.meeting_opened:
        raise RuleBroken("meeting_already_open", "5.5.1")


def fact_sheet_open(facts: CourseFacts, now: datetime) -> None:
    """It goes with a plan; with the vote on the rules it stands, for the explanation rests on it (our rule)."""
    if facts.plan is None:
        raise RuleBroken("no_plan", "5.3.1")
    if facts.stage is TopicStage.PLAN and facts.plan.final:
        raise RuleBroken("plan_used_up", "5.4")
    if facts.stage is TopicStage.MEETING and facts.meeting_opened:
        raise RuleBroken("fact_sheet_frozen", FACTS_CLAUSE)


def postpone_meeting(facts: CourseFacts, now: datetime) -> None:
    """Before it is opened; what stands in the way is settled first, not put off: a stop (5.6.4), annex D (5.7.1)."""
    meeting_not_open(facts, now)
    if facts.stop_open:
        raise RuleBroken("stop_open", "5.6.4")
    if facts.annex_open:
        raise RuleBroken("annex_open", "5.7.1")


def publish_notice(facts: CourseFacts, now: datetime) -> None:
    """5.4: three clear days before the meeting."""
    if not facts.notice_in_time:
        raise RuleBroken("notice_cannot_be_in_time", "5.4", meets_at=_plan(facts).meets_at)


def annex_referred(facts: CourseFacts, now: datetime) -> None:
    """5.7.1: chair and adviser have not agreed on it, and the joint meeting has not said it yet."""
    if not facts.annex_referred:
        raise RuleBroken("no_annex_referred", "5.7.1")


def held(facts: CourseFacts, now: datetime) -> None:
    """5.6.1 i: a record exists once the meeting has ended and before it is signed; afterwards addenda."""
    if facts.tell.signable_at is None:
        raise RuleBroken("no_record", "5.6.1 i")


def correction_open(facts: CourseFacts, now: datetime) -> None:
    """There is a correction to answer (our rule)."""
    if facts.tell.corrections_open < 1:
        raise RuleBroken("no_record_correction", OUR_RULE)


def vote_to_challenge(facts: CourseFacts, now: datetime) -> None:
    """A vote is decided, and the record of it not signed (our rule)."""
    if facts.tell.signed:
        raise RuleBroken("record_already_signed", "5.6.1 i")
    if facts.votes_decided < 1:
        raise RuleBroken("no_vote_to_challenge", OUR_RULE)


def challenge_waits(facts: CourseFacts, now: datetime) -> None:
    """Somebody's challenge has no answer yet (our rule)."""
    if facts.challenges_open < 1:
        raise RuleBroken("no_challenge", OUR_RULE)


def condition_open(facts: CourseFacts, now: datetime) -> None:
    """5.7.2 c: a third or more in favour; when to take it up again belongs in the record, so before it is signed."""
    if facts.verdict is not Verdict.RECONVENE:
        raise RuleBroken("not_to_reconvene", "5.7.2 c")
    if facts.tell.signed:
        raise RuleBroken("record_already_signed", "5.6.1 i")


def sign_record(facts: CourseFacts, now: datetime) -> None:
    """5.6.1 i: signed once, after the 24 hours and with every correction and every challenge answered (our rule)."""
    tell = facts.tell
    if tell.signed:
        raise RuleBroken("record_already_signed", "5.6.1 i")
    if facts.verdict is Verdict.RECONVENE and not tell.condition_named:
        raise RuleBroken("condition_not_named", "5.7.2 c")
    if tell.corrections_open:
        raise RuleBroken("record_corrections_open", OUR_RULE, count=tell.corrections_open)
    if facts.challenges_open:
        raise RuleBroken("challenges_open", OUR_RULE, count=facts.challenges_open)
    if tell.signable_at is None or now < tell.signable_at:
        raise RuleBroken("record_corrections_running", OUR_RULE, till=tell.signable_at)


def hand_record(facts: CourseFacts, now: datetime) -> None:
    """5.8 a: the signed record goes to the supervisory committee, once."""
    if not facts.tell.signed:
        raise RuleBroken("record_not_signed", "5.8 a")
    if facts.tell.handed:
        raise RuleBroken("record_already_handed", "5.8 a")


def publish_result(facts: CourseFacts, now: datetime) -> None:
    """5.8 c: published once."""
    if facts.tell.published:
        raise RuleBroken("result_already_published", "5.8 c")


def somebody_untold(facts: CourseFacts, now: datetime) -> None:
    """5.8 c: attempts are recorded for people who could not be reached, after the public notice."""
    if not facts.tell.published:
        raise RuleBroken("result_not_published", "5.8 c")
    if facts.tell.untold < 1:
        raise RuleBroken("everybody_told", "5.8 c")


def dissent(facts: CourseFacts, now: datetime) -> None:
    """5.9.1: somebody raised a hand against it."""
    if facts.tell.against < 1:
        raise RuleBroken("nobody_against", "5.9.1")


def item_unreceived(facts: CourseFacts, now: datetime) -> None:
    """5.9.3: an implementer has not received the result yet."""
    if facts.follow.unreceived < 1:
        raise RuleBroken("all_received", "5.9.3")


def item_open(facts: CourseFacts, now: datetime) -> None:
    """5.9.3: an item is under way."""
    if facts.follow.open < 1:
        raise RuleBroken("no_item_open", "5.9.3")


def publish_supervision(facts: CourseFacts, now: datetime) -> None:
    """5.9.4: every item done, the record B.4 complete."""
    if facts.follow.open or facts.follow.unreceived:
        raise RuleBroken("items_open", "5.9.3", count=facts.follow.open + facts.follow.unreceived)
    if facts.follow.supervision_missing:
        raise RuleBroken("supervision_incomplete", "5.9.4", fields_missing=facts.follow.supervision_missing)


def confirm_archive(facts: CourseFacts, now: datetime) -> None:
    """6: the seven kinds of record are there, as far as this topic has them; confirmed once."""
    if facts.follow.archive_confirmed:
        raise RuleBroken("archive_already_confirmed", "6")
    if facts.follow.archive_missing:
        raise RuleBroken("archive_incomplete", "6", kinds_missing=facts.follow.archive_missing)


def note_upload(facts: CourseFacts, now: datetime) -> None:
    """6: uploaded after the supervisor's confirmation."""
    if not facts.follow.archive_confirmed:
        raise RuleBroken("archive_not_confirmed", "6")
