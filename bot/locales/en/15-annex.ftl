# A matter of annex D raised in the meeting
state-suspended = suspended
state-diverted = passed on to 五议两公开
step-agree_annex = Agree: pass on to 五议两公开
step-refuse_annex = It does not belong there
step-resume_meeting = Go on with the meeting
course-decide_annex = ⚖️ Answer: pass on to 五议两公开?
btn-annex = ✋ This belongs to 五议两公开

annex_item = Somebody says this belongs to: { $entry }
annex_reason = Why: { $reason }
annex_kept = Hands, and the time left of a turn, are kept
board-suspended-ask = Chair and adviser, please look. Both agree: it is passed on. Otherwise the joint meeting answers
board-suspended-agreed = Agreed to pass it on: { $posts }
board-suspended-referred = With the joint meeting, which answers by { $till }
board-suspended-dismissed = The joint meeting answers: it does not belong there, we go on
board-diverted = This goes to 五议两公开; there is no vote here, and the meeting is over
board-diverted-item = It belongs to: { $entry }

annex_raised = ✋ <b>The meeting stops for a moment.</b>
annex_referred = ⚖️ <b>The joint meeting will look at it.</b> Whether this belongs to 五议两公开 is answered by { $till }.
annex_referred-refused = The { $post } thinks it does not: { $why }
annex_referred-next = Until then there is no vote.
annex_to_judge = ⚖️ The meeting on topic { $number } “{ $title }” waits for the joint meeting: pass it on to 五议两公开? Please answer by { $till }.
annex_dismissed = 👍 <b>The joint meeting answers: it does not belong there, we go on.</b>
annex_dismissed-wait = The chair will go on, or fix another day.
annex_dismissed-next = Next: { $next_at }, in this group.
annex_diverted = 🔀 <b>This goes to 五议两公开; the meeting ends here.</b>
annex_diverted-item = It belongs to: { $entry }
annex_diverted-next = The two committees now take it through 五议两公开 step by step; you will be asked again, and the outcome will be public.
annex_diverted-told = What was said today is in the record; every stakeholder is told by { $day }.

divert-ask-item = Which of these do you think it belongs to? Tap one
divert-ask-reason = Why? Please write a sentence or two (at most { $limit } characters)
divert-ask-outcome = What does the joint meeting answer?
divert-name-item = Belongs to
divert-name-reason = Why
divert-name-outcome = Answer
divert-outcome-diverted = Pass it on to 五议两公开
divert-outcome-dismissed = It does not belong there, go on
divert-note-raise = Once sent, the meeting stops, and chair and adviser look at it
divert-note-refuse = Once sent, the joint meeting answers
divert-note-decide = Once sent, the group sees it at once

receipt-annex_raised = The meeting has stopped; chair and adviser will look
receipt-annex_agreed = Noted: you agree. Now the other one looks at it
receipt-annex_referred = It is with the joint meeting, which answers by { $till }
receipt-annex_diverted = Passed on to 五议两公开; the meeting is over
receipt-annex_goes_on = Noted: the consultation goes on

refusal-annex_already = Somebody has raised this already; please wait for the answer
refusal-annex_is_referred = It is with the joint meeting; please wait for the answer
refusal-annex_open = Nobody has answered yet whether this belongs to 五议两公开, so we cannot go on
refusal-annex_dismissed = The joint meeting has answered that this does not belong there; not again in this meeting
refusal-annex_said = You have agreed already; now the other one looks at it
refusal-no_annex_referred = Nothing waits for the joint meeting's answer
refusal-sitting_day_over = The day of that sitting is over; please adjourn to fix another time
refusal-check_in_closed = The vote has begun; check-in is closed
resumed-suspended = The meeting still waits for the answer about 五议两公开.
