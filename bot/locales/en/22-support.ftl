# Joining what a neighbour has raised
course-join_topic = 🤝 I join
course-withdraw_support = Withdraw my support
receipt-topic_joined = you have joined topic { $number }, { $count } in all; you will hear how it goes
receipt-support_withdrawn = you no longer support topic { $number }; you may join again
refusal-own_topic = It is your own topic, there is no need to join; you will hear how it goes
refusal-already_joined = You have joined already; you will hear how it goes
support = 🤝 Neighbours who joined: { $count }
support-who = 　Households: { $households }. { $labels }
alike-joined = 　🤝 You have joined this topic; you will hear how it goes
alike-choose = You have joined. What you have written is still here: drop it, or raise it all the same.
btn-join = 🤝 Join №{ $number }
btn-join-drop = 🗑 Drop mine (delete the draft)
alike-dropped = The draft is deleted. You have joined topic { $number }; you will hear how it goes.
plan-joined = 🤝 { $person } (joined)
plan-news-joined_noticed = 📢 The notice of the topic you joined is out: the meeting is at { $meets_at }, place: { $text }. It says who takes part; if you want to add something, speak to the convener
