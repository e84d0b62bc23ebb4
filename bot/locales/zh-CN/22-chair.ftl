# 主持和发言不能是同一个人
step-hand_over_chair = 请另一位主持
step-take_chair_back = 我回来主持
chair_passed_on = 🪑 { $former } 先不主持了，现在由 { $label } 主持。
chair_passed_on-back = 🪑 { $label } 回来主持，谢谢 { $former }。
receipt-chair_handed_over = 现在由 { $label } 主持，您可以举手发言了
receipt-chair_returned = 现在由 { $label } 主持
refusal-deputy_is_absent = 另一位主持人还没签到，没有人能接着主持
refusal-deputy_wants_to_speak = 另一位主持人举着手要发言，先请那位说完
refusal-speaker_does_not_chair = 发言和主持不能是同一个人，说完再来主持
refusal-chair_not_lent = 主持没有交出去过，不用接回来
refusal-chair_hands_over_first = 要说明议题的人正在主持。请先点「请另一位主持」，说明完再接回来
