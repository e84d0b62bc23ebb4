alike-head = 👀 Neighbours have raised something like this before ({ $count }). Have a look first:
alike-one = · №{ $number } { $title } (raised on { $day }, { $stage })
alike-words = 　Both speak of: { $words }
alike-free = You may raise it all the same; it is up to you.
btn-alike = 👀 Look at topic { $number }
form-send-anyway = 📨 Send (raise it all the same)
proposal-alike = 👀 Like topic { $number } “{ $title }” (both speak of: { $words })
