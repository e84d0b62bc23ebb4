# Messages to the group
ended-done = { $label } is done, thank you.
ended-time = { $label }, time is up, thank you.
ended-chair = The chair asks { $label } to stop here: { $why }
ended-silent = Nothing more from { $label }; we stop here.
ended-silent_unspoken = { $label } has not begun: no turn is used, the hand stays up.
ended-silent_lowered = { $label } has not begun twice, so the hand is down; no turn is used, and it can go up again.
handover-next = Next: <b>{ $label }</b> ({ $stance }) — { $reason }
handover-wait = Please wait until the chair calls you.
handover-waiting = Hands up: { $count }
handover-empty = No hands up. To speak, tap “Hand: for” or “Hand: against” on the board.
handover-over = Everybody on the list has been heard. The chair and the recorder now write the opinion and show it to all.

turn_warning = ⏳ { $label }, 30 seconds left, until { $ends_at }.
silence_ask = { $label }, still speaking? Tap the button before { $answer_until }; take your time.
turn_extended = ⏱ { $label }'s turn now runs until { $ends_at }. Reason: { $why }
please_stop = 🤫 { $label }, please stop and let the speaker finish. Raise a hand to speak.
reasons_read = 📖 The proposer is not here; the recorder reads the reasons out.
reasons_read-why = Why read out: { $why }
reasons_read-reason = <b>Reasons</b>: { $reason }
reasons_read-proposal = <b>Proposal</b>: { $proposal }
last_call = 📣 <b>Anybody else who wants to speak?</b> Hands up before { $until } count. If there are none, we write the opinion and vote.
list_closed = 🔔 No new hands from now on. Those already up will all be heard; for anything else tap “Write my opinion” on the board, for the record.
your_turn = 🎤 You have the floor: please speak in the group.
your_turn-until = 🎤 You have the floor until { $ends_at }: please speak in the group.
clock_jumped = The server’s clock was just set by about { $minutes } min. Turns, calls and correction times moved along; nobody lost time. Please look at the end times on the board.
hint_hand = Your words are kept. It was not your turn, so they do not count as a speech.
hint_vote = That did not count as a hand yet. The call is “{ $stance }”: tap that button on the board, or write just that word; for another stance please wait for its call.
hint_vote-any = That did not count as a hand yet. Tap a button on the board, or write just 赞成, 反对 or 弃权.

rules_shown = 📜 <b>Rules of speaking and voting</b> (put for the { $round }. time)
rules_shown-changed = Changed: { $changed }
rules_shown-minutes = 1. At most { $minutes } min a turn, turns per person: { $turns }
rules_shown-hand = 2. Raise a hand and wait for the chair; those not yet heard come first, the sides alternate
rules_shown-stance = 3. Say for or against first, then why
rules_shown-floor = 4. No interrupting, no arguing across the room; { $floor }
rules_shown-civil = 5. Be civil: speak to the matter, not the person
rules_shown-list = 6. { $list }
rules_shown-vote = 7. { $vote }; hands for, then against, then abstaining
rules_shown-next = Stakeholders now vote: more than half must be for the rules.
setting-minutes = minutes a turn
setting-turns = turns
setting-floor_mode = words out of turn
setting-list_closes_after_minutes = closing of the list
setting-threshold = share of votes
rules_result-adopted = ✅ <b>The rules are adopted.</b> The chair will declare the meeting open.
rules_result-refused = ❌ <b>The rules are not adopted.</b> The chair may change them and ask again, or adjourn.
rules_result-sum = for { $for } × 2 = { $left } { $sign } { $total } votes
declared_open = 🔔 <b>The consultation is open.</b> The proposer will now explain the matter.

wording_posted = ✍️ <b>The opinion, version { $version }</b>
wording_posted-item = <b>{ $number }.</b> { $text }
wording_posted-who = Who: { $implementer }; by when: { $due }
wording_posted-objections = <b>Objections</b>: { $objections }
wording_posted-no-objections = No objections were noted.
wording_posted-until = Stakeholders: if it is not right, tap “Ask for a correction” on the board before { $time }.
wording_posted-more = … the objections are too long to show whole; the recorder has them in the record.
correction_decided-yes = ✍️ The chair adopted { $label }'s correction.
correction_decided-no = ✍️ The chair did not adopt { $label }'s correction.
correction_decided-text = Asked: { $text }
correction_decided-why = Reason: { $why }
vote_starts-rules = 🗳 <b>Vote on the rules</b>
vote_starts-main = 🗳 <b>Vote on the opinion</b>
vote_starts-named = Hands are public: who raised which is in the record.
vote_starts-roster = Stakeholders who checked in vote: { $roster }, one hand each.
vote_starts-order = Listen to the chair: for, then against, then abstaining.
vote_starts-frozen = The text does not change from now on; its number is { $digest }.
result-title = 📊 <b>Result: { $verdict }</b>
result-turnout = On the roster: { $roster }, hands: { $total }
result-sides = for { $for } ({ $for_percent }%) · against { $against } ({ $against_percent }%) · abstain { $abstain } ({ $abstain_percent }%)
result-majority-met = for { $for } × 2 = { $left } { $sign } { $total } votes: more than half
result-majority-unmet = for { $for } × 2 = { $left } { $sign } { $total } votes: not more than half
result-ratio-met = for { $for } × { $denominator } = { $left } { $sign } { $total } votes × { $numerator } = { $right }: { $numerator }/{ $denominator } reached ({ $source })
result-ratio-unmet = for { $for } × { $denominator } = { $left } { $sign } { $total } votes × { $numerator } = { $right }: { $numerator }/{ $denominator } not reached ({ $source })
result-third-below = for { $for } × 3 = { $triple } { $less } { $total } votes: less than a third
result-third-reached = for { $for } × 3 = { $triple } ≥ { $total } votes: at least a third
result-next-agreed = What was agreed goes to those who carry it out; the supervisor watches all of it.
result-next-ended = The consultation of this matter ends here.
result-next-reconvene = When the time is ripe, everybody will be asked again.
result-next-none = Nobody raised a hand. The chair may call the vote again or adjourn.
result-told = Every stakeholder is told by { $day }, and a notice is published.
result-full = The whole text is the one shown before the vote, number { $digest }.
result_text = <b>The opinion agreed on</b>
result_text-voted = <b>The opinion that was voted on</b>

adjourned = ⏸ <b>That is all for today.</b>
adjourned-next = Next: { $next_at }, in this group. Hands and turns are kept.
adjourned-why = Reason: { $why }
resumed_after_restart = 🔄 The system was down for { $seconds } s; the lost time is given back.
resumed-turn = { $label } has the floor until { $time }.
resumed-calling = Hands { $stance } are being called; raise yours if you have not.
resumed-correcting = Hands can be corrected until { $time }.
resumed-nothing = Nothing was lost; we go on.
sitting_resumed = ▶️ <b>The meeting goes on.</b> We had come to: { $state }.
chair_replaced = 🪑 From now on { $label } is in the chair. The meeting goes on.
chair_asked = 🙋 { $label }, are you still there? Tap “I am here”, or just go on. If nothing is heard by { $until }, the other chair takes over and the meeting goes on.
group_status-none = There is no consultation meeting in this group now.
group_status-hint = For your own matters write to me privately: /start.
