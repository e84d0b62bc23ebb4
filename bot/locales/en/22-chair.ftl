# Chair and speaker are never one person
step-hand_over_chair = Ask the other chair to preside
step-take_chair_back = I preside again
chair_passed_on = 🪑 { $former } steps aside; { $label } presides now.
chair_passed_on-back = 🪑 { $label } presides again, thanks to { $former }.
receipt-chair_handed_over = { $label } presides now; you can raise your hand
receipt-chair_returned = { $label } presides now
refusal-deputy_is_absent = The other chair has not checked in; nobody could preside
refusal-deputy_wants_to_speak = The other chair has a hand up; please hear them first
refusal-speaker_does_not_chair = Chair and speaker are never one person; preside once the turn is over
refusal-chair_not_lent = The chair was not handed over, so it cannot be taken back
refusal-chair_hands_over_first = Whoever is to explain the topic presides now. Please use “Ask the other chair to preside” first, and take it back afterwards
