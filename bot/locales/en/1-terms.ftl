# Words: one term per concept
clause = under { $clause }
our-rule = rule of this hall
day = { $weekday } { $day } { $monthname }
date = { $day } { $monthname } { $year }
moment = { $day } { $time }
remaining = ({ $time } left)
list-comma = {", "}
bracketed = { $text } ({ $more })
who-says = { $who }: { $text }
somebody = somebody not on the roster

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

stance-for = for
stance-against = against
stance-abstain = abstain

state-scheduled = Waiting to meet
state-check_in = Check-in
state-rules_vote = Vote on the rules
state-open = Explaining the topic
state-explained = Getting ready to discuss
state-discussion = Discussion
state-wording = Writing the opinion
state-main_vote = Vote on the opinion
state-announced = Result
state-adjourned = Adjourned

capacity-stakeholder = stakeholder
capacity-expert = expert
capacity-unit = unit concerned
capacity-self_joined = self-joined
capacity-observer = observer

post-chair = chair
post-deputy_chair = deputy chair
post-convener = convener
post-recorder = recorder
post-adviser = adviser
post-supervisor = supervisor

standing-resident = resident
standing-administrator = administrator
standing-committee = committee
standing-supervisory_committee = supervisory committee
standing-party_branch = party branch
standing-convener = convener
standing-chair = chair
standing-deputy_chair = deputy chair
standing-recorder = recorder
standing-adviser = adviser
standing-supervisor = supervisor
standing-proposer = proposer
standing-supporter = whoever has joined
standing-stakeholder = stakeholder
standing-expert = expert
standing-unit = unit concerned
standing-self_joined = self-joined resident
standing-observer = observer
standing-speaker = the speaker
standing-offered = the person asked
standing-implementer = the implementer

verdict-agreed = agreed
verdict-ended = consultation ended
verdict-reconvene = to be consulted again when the time is ripe
verdict-none = nobody voted, no result

motion-rules = the rules
motion-main = the opinion


field-text = text
field-implementer = implementer
field-due = date
field-reason = reason
field-objections = objections
field-correction = correction
field-name = name
field-speech = speech
field-item = text

floor_kept-soft = kept, not counted as a speech
floor_kept-strict = kept, then removed from the group
floor_mode-soft = words out of turn are kept but not counted
floor_mode-strict = words out of turn are kept, then taken out of the group
