# The supervisor: stop and correction
step-stop_meeting = ⛔ Stop, order a correction
step-lift_stop = Corrected, go on

meeting_stopped = ⛔ <b>The supervisor stops the meeting for a moment.</b>
meeting_stopped-kept = Hands that were raised count, and the time left of a turn is kept.
stop_reason = Why: { $reason }
stop_correction = To be corrected: { $correction }
stop_told = ⛔ The meeting on topic { $number } “{ $title }” was stopped by the supervisor.
stop_told-how = Usually the supervisor lifts the stop. If they are away and you have seen that it is corrected, you can use the button below.
stop_lifted = ✅ <b>It is corrected, we go on.</b>
stop_lifted-goes-on = Back to “{ $state }”; the time that was lost is given back.
board-stopped = The supervisor has stopped the meeting
board-stopped-next = The chair corrects it, the supervisor looks, then we go on
resumed-stopped = The meeting still stands until the supervisor has seen the correction.

stop-ask-reason = Why do you stop the meeting? Tap one, or write it (at most { $limit } characters)
stop-ask-correction = What is to be corrected? Tap one, or write it (at most { $limit } characters)
stop-name-reason = Why
stop-name-correction = To be corrected
stop-note = Once sent, the meeting stops at once and the group sees it
stop-reason-order = The order of the rules was not kept
stop-reason-right = Somebody was not heard who should have been
stop-reason-law = What was said goes against law or policy
stop-reason-count = Check-in or hands were not noted right
stop-correction-again = Do this step once more
stop-correction-hear = Hear those first who could not speak
stop-correction-clear = The chair explains it to everybody and puts it right
stop-correction-check = The recorder checks and corrects the record

receipt-meeting_stopped = The meeting has stopped, the group has seen it
receipt-stop_lifted = Good, we go on
refusal-meeting_stopped = The supervisor has stopped the meeting to correct something; no hands and no votes now. Come back when it goes on, hands that were raised count
refusal-stop_open = What the supervisor stopped the meeting for is not corrected yet; the supervisor has to tap “Corrected, go on”
refusal-no_stop = Nothing was stopped
