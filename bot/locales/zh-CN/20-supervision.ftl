# 监督员:叫停和更正
step-stop_meeting = ⛔ 叫停,要求更正
step-lift_stop = 更正完成,继续

meeting_stopped = ⛔ <b>监督员叫停:会先停一停。</b>
meeting_stopped-kept = 举过的手都算数,没讲完的时间都留着。
stop_reason = 原因:{ $reason }
stop_correction = 要更正的:{ $correction }
stop_told = ⛔ { $number } 号议题「{ $title }」的会被监督员叫停了。
stop_told-how = 一般等监督员来恢复。监督员不在的话,您看过已经更正,也可以点下面的按钮。
stop_lifted = ✅ <b>更正完成,接着开。</b>
stop_lifted-goes-on = 回到「{ $state }」,停掉的时间都补上。
board-stopped = 监督员叫停了
board-stopped-next = 请主持人照着更正,监督员看过就接着开
resumed-stopped = 会还停着,等监督员看过更正。

stop-ask-reason = 为什么叫停?点一个,或者自己写(最多 { $limit } 字)
stop-ask-correction = 要怎么更正?点一个,或者自己写(最多 { $limit } 字)
stop-name-reason = 原因
stop-name-correction = 要更正的
stop-note = 发出去以后,会马上停下来,群里会看到
stop-reason-order = 没有按规则的顺序来
stop-reason-right = 有人该说的话没让说
stop-reason-law = 说法和法律、政策不一致
stop-reason-count = 签到或举手没记对
stop-correction-again = 把这一步重新做一遍
stop-correction-hear = 请没说上话的人先说
stop-correction-clear = 请主持人向大家讲清楚、改过来
stop-correction-check = 请记录员核对、改正记录

receipt-meeting_stopped = 会停下了,群里已经看到
receipt-stop_lifted = 好的,接着开
refusal-meeting_stopped = 监督员叫停了,正在更正,现在不举手、不表决。接着开的时候再来,举过的都算数
refusal-stop_open = 监督员叫停的事还没有更正完,要监督员点「更正完成,继续」
refusal-no_stop = 现在没有叫停的事
