# 发到群里的消息
ended-done = { $label } 说完了，谢谢。
ended-time = { $label } 时间到，谢谢。
ended-chair = 主持人请 { $label } 先说到这里：{ $why }
ended-silent = { $label } 这边没有动静，先到这里。
ended-silent_unspoken = { $label } 还没开口，不算用掉一次，手还举着。
ended-silent_lowered = { $label } 两次都没开口，手先放下，不算用掉一次；想说随时再举手。
handover-next = 下一位：<b>{ $label }</b>（{ $stance }） — { $reason }
handover-wait = 请等主持人同意再开始说。
handover-waiting = 举手的共 { $count } 人
handover-empty = 现在没有人举手。想发言，点看板上的「举手赞成」或「举手反对」。
handover-over = 举过手的都讲完了。下面由主持人和记录员写协商意见，写好发给大家看。

turn_warning = ⏳ { $label }，还有 30 秒，至 { $ends_at }。
silence_ask = { $label }，还在说吗？{ $answer_until } 前点一下下面的按钮，慢慢来。
turn_extended = ⏱ { $label } 的发言延长到 { $ends_at }。理由：{ $why }
please_stop = 🤫 { $label }，请先停一下，让正在发言的人说完。想说就举手。
reasons_read = 📖 议题提出人没有到场，由记录员代读。
reasons_read-why = 代读的理由：{ $why }
reasons_read-reason = <b>提案理由</b>：{ $reason }
reasons_read-proposal = <b>提出的建议</b>：{ $proposal }
last_call = 📣 <b>还有人要发言吗？</b> { $until } 前举手都算。没有人举手，就开始写协商意见、准备表决。
list_closed = 🔔 举手的时间到了，不再收新的举手。先前举的手都会轮到；还有话说，点看板上的「写我的意见」，记进协商记录。
your_turn = 🎤 轮到您发言了，请到群里说。
your_turn-until = 🎤 轮到您发言了，请到群里说，至 { $ends_at }。
clock_jumped = 服务器的钟刚被拨动了约 { $minutes } 分钟。正在进行的发言、表决和更正时间已照样顺延，谁也没有少时间。请看一眼看板上的结束时间。
hint_hand = 您刚才的话已经留存，只是没轮到您，不算发言。
hint_vote = 这句话还没有算成举手。现在请的是{ $stance }：同意就点看板上的「{ $stance }」，或者只打「{ $stance }」两个字；别的请等下面的轮次。
hint_vote-any = 这句话还没有算成举手。要举手，请点看板上的按钮，或者只打「赞成」「反对」「弃权」两个字。

rules_shown = 📜 <b>发言和表决规则</b>（第 { $round } 次付表决）
rules_shown-changed = 这次改了：{ $changed }
rules_shown-minutes = 1. 每次发言不超过 { $minutes } 分钟，每人 { $turns } 次
rules_shown-hand = 2. 先举手，主持人同意再说；没发过言的先说，两方轮流说
rules_shown-stance = 3. 发言先说赞成还是反对，再说理由
rules_shown-floor = 4. 不插话、不当面争辩；{ $floor }
rules_shown-civil = 5. 说话文明，对事不对人
rules_shown-list = 6. { $list }
rules_shown-vote = 7. { $vote }；先请赞成、再请反对、最后请弃权的举手
rules_shown-next = 接下来请利益相关方表决：赞成超过半数，规则才算通过。
setting-minutes = 每次时间
setting-turns = 发言次数
setting-floor_mode = 插话怎么办
setting-list_closes_after_minutes = 举手截止
setting-threshold = 表决比例
rules_result-adopted = ✅ <b>规则通过</b>。等主持人宣布协商会正式开始。
rules_result-refused = ❌ <b>规则没有通过</b>。主持人可以修改后再表决，也可以改日再开。
rules_result-sum = 赞成 { $for } 票 × 2 = { $left } { $sign } { $total } 票
declared_open = 🔔 <b>协商会正式开始。</b>下面请议题提出人说明议题。

wording_posted = ✍️ <b>协商意见第 { $version } 稿</b>
wording_posted-item = <b>{ $number }.</b> { $text }
wording_posted-who = 谁来做：{ $implementer }；什么时候做完：{ $due }
wording_posted-objections = <b>不同意见</b>：{ $objections }
wording_posted-no-objections = 没有记下不同意见。
wording_posted-until = 利益相关方觉得写得不对，{ $time } 前点看板上的「我要更正表述」。
wording_posted-more = …不同意见太长，全文在协商记录里，可向记录员要。
correction_decided-yes = ✍️ 主持人采纳了 { $label } 的更正意见。
correction_decided-no = ✍️ 主持人没有采纳 { $label } 的更正意见。
correction_decided-text = 意见：{ $text }
correction_decided-why = 理由：{ $why }
vote_starts-rules = 🗳 <b>现在表决协商规则</b>
vote_starts-main = 🗳 <b>现在表决协商意见</b>
vote_starts-named = 举手是公开的：谁举了什么手，会记入协商记录。
vote_starts-roster = 参加表决的是已签到的利益相关方，共 { $roster } 人，每人一票。
vote_starts-order = 听主持人请：先赞成、再反对、最后弃权。
vote_starts-frozen = 表决文本从现在起不再改动，编号 { $digest }。
result-title = 📊 <b>协商结果：{ $verdict }</b>
result-turnout = 应表决 { $roster } 人，举手 { $total } 人
result-sides = 赞成 { $for } 票（{ $for_percent }%）· 反对 { $against } 票（{ $against_percent }%）· 弃权 { $abstain } 票（{ $abstain_percent }%）
result-majority-met = 赞成 { $for } 票 × 2 = { $left } { $sign } { $total } 票，过半数
result-majority-unmet = 赞成 { $for } 票 × 2 = { $left } { $sign } { $total } 票，没有过半数
result-ratio-met = 赞成 { $for } 票 × { $denominator } = { $left } { $sign } { $total } 票 × { $numerator } = { $right }，够 { $numerator }/{ $denominator }（{ $source }）
result-ratio-unmet = 赞成 { $for } 票 × { $denominator } = { $left } { $sign } { $total } 票 × { $numerator } = { $right }，不够 { $numerator }/{ $denominator }（{ $source }）
result-third-below = 赞成 { $for } 票 × 3 = { $triple } { $less } { $total } 票，不到三分之一
result-third-reached = 赞成 { $for } 票 × 3 = { $triple } ≥ { $total } 票，到了三分之一
result-next-agreed = 大家同意的意见会交给落实单位去做，监督员全程看着。
result-next-ended = 这件事的协商到此为止。
result-next-reconvene = 条件成熟了，再请大家来商量。
result-next-none = 没有人举手。主持人可以重新表决，或改日再开。
result-told = { $day }前告知每一位利益相关方，并发布公告。
result-full = 表决文本全文就是表决前发的那一份，编号 { $digest }。
result_text = <b>大家同意的协商意见</b>
result_text-voted = <b>付表决的协商意见</b>

adjourned = ⏸ <b>今天先到这里。</b>
adjourned-next = 下次：{ $next_at }，还在这个群。举过的手、用过的发言次数都保留。
adjourned-why = 理由：{ $why }
resumed_after_restart = 🔄 刚才系统停了 { $seconds } 秒，耽误的时间都补上。
resumed-turn = 现在是 { $label } 发言，至 { $time }。
resumed-calling = 正在请{ $stance }的举手，还没举的接着举。
resumed-correcting = 核对举手的时间到 { $time }。
resumed-nothing = 没有落下什么，接着开。
sitting_resumed = ▶️ <b>接着开会。</b>上次开到：{ $state }。
chair_replaced = 🪑 从现在起由 { $label } 主持，会照样开。
chair_asked = 🙋 { $label }，您还在吗？在的话点一下「我在」，或者接着主持。到 { $until } 还没有回音，会请另一位来主持，会不会停。
group_status-none = 这个群里现在没有协商会。
group_status-hint = 想知道自己的事，请私聊我，发 /start。
