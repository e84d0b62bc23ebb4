# Voice notes, forwards, words read out, points of order
hint_borrowed = What you forwarded does not count as your speech. Please say it in your own words; the chair may accept it.
