# Civil words (5.5.2 e): what only chair and supervisor see, and the chair's reminder in the group
console-flags = ⚠️ <b>Please have a look</b> (only the chair and the supervisor see this, not the speaker):
console-flag = { $number } Please look at what { $label } said: “{ $sentence }” ({ $kind })
console-flag-words = Because of these words: { $words }.
console-flag-word = “{ $word }”
console-flag-link = <a href="{ $url }">See the message</a>
console-flags-more = { $count } more will show once these are done.
console-flags-act = A machine can be wrong: tap “Remind” if it is out of place, “Let it be” if it is nothing.
console-flags-look = A machine can be wrong; whether to remind is for the chair to say.
flag-attack = looks like blaming a person
flag-motive = looks like guessing at motives
flag-threat = looks like a threat
btn-remind = { $number } Remind
btn-dismiss = { $number } Let it be
btn-flag-stop = { $number } Ask to stop
civility_reminder = 🤝 { $label }, everybody wants to understand you. Let us talk about the matter, not about people, and take our time.
receipt-reminder_posted = A reminder is in the group
receipt-flag_dismissed = All right, nothing is done about it
refusal-no_flag = This hint is no longer there. Please see the newest on your console
refusal-own_flag = These are your own words, so they are not yours to judge. The supervisor sees them
refusal-flag_handled = This has been dealt with already
