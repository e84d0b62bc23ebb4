# The roll of a vote
vote_roll = 📋 <b>Roll of the vote: { $motion }</b>
vote_roll-void = This vote is void and does not count.
vote_roll-for = <b>For, { $count }</b>: { $names }
vote_roll-against = <b>Against, { $count }</b>: { $names }
vote_roll-abstain = <b>Abstaining, { $count }</b>: { $names }
vote_roll-missing = <b>No hand, { $count }</b>: { $names }
vote_roll-page = Page { $page } of { $pages }
btn-roll = 📋 Who raised which hand
btn-roll-before = ⬅️ Back
btn-roll-after = More ➡️
btn-roll-file = 📄 The whole list as a file
refusal-roll_not_for_you = There is no such list, or it is for those who take part. Please ask the recorder
refusal-roll_not_counted = Hands are still being called; the list is there once they are counted
