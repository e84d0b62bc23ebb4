# 用语文明(5.5.2 e):只给主持人和监督员看的提示,以及主持人发到群里的提醒
console-flags = ⚠️ <b>有话请看一看</b>（只有主持人和监督员看得到，说话的人看不到）：
console-flag = { $number } { $label }：“{ $sentence }”（{ $kind }）
console-flag-words = 是因为这几个字：{ $words }。
console-flag-word = “{ $word }”
console-flag-link = <a href="{ $url }">去看原话</a>
console-flags-more = 还有 { $count } 条，看完上面的就会出来。
console-flags-act = 机器也会看错：觉得不合适，点「提醒一句」；觉得没什么，点「不用管」。
console-flags-look = 机器也会看错，要不要提醒由主持人定。
flag-attack = 像在指责人
flag-motive = 像在猜别人的用心
flag-threat = 像在吓唬人
btn-remind = { $number } 提醒一句
btn-dismiss = { $number } 不用管
btn-flag-stop = { $number } 请停下
civility_reminder = 🤝 { $label }，您的意思大家都想听明白。咱们对事不对人，有话慢慢说，好吗？
receipt-reminder_posted = 已在群里提醒一句
receipt-flag_dismissed = 好的，这句不用管
refusal-no_flag = 这条提示已经不在了。请看看板上最新的
refusal-own_flag = 这是您自己说的话，由您来定不合适。监督员看得到
refusal-flag_handled = 这句话已经处理过了，不用再点
