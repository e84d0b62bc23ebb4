# 会上提出该走“五议两公开”(附录 D)
state-suspended = 暂停
state-diverted = 转入“五议两公开”
step-agree_annex = 同意转入“五议两公开”
step-refuse_annex = 不属于，接着协商
step-resume_meeting = 接着开会
course-decide_annex = ⚖️ 答复：转不转“五议两公开”
btn-annex = ✋ 这事该走五议两公开

annex_item = 有人提出，这件事属于：{ $entry }
annex_reason = 理由：{ $reason }
annex_kept = 举过的手、没讲完的时间都留着
board-suspended-ask = 请主持人和指导员看一看。两位都同意就转，不都同意就请两委联席会议答复
board-suspended-agreed = 已同意转入：{ $posts }
board-suspended-referred = 已交给两委联席会议，{ $till } 前答复
board-suspended-dismissed = 两委联席会议答复：不属于，会接着开
board-diverted = 这件事转入“五议两公开”，不在这里表决，协商会结束
board-diverted-item = 属于：{ $entry }

annex_raised = ✋ <b>会议先停一停。</b>
annex_referred = ⚖️ <b>交给两委联席会议看。</b>这件事是不是“五议两公开”的事，{ $till } 前答复。
annex_referred-refused = { $post }认为不属于：{ $why }
annex_referred-next = 答复以前不表决。
annex_to_judge = ⚖️ { $number } 号议题「{ $title }」的会停着，等联席会议一句话：要不要转入“五议两公开”？请在 { $till } 前答复。
annex_dismissed = 👍 <b>两委联席会议答复：不属于，协商接着开。</b>
annex_dismissed-wait = 请等主持人接着开，或另定日子。
annex_dismissed-next = 下次：{ $next_at }，还在这个群。
annex_diverted = 🔀 <b>这件事转入“五议两公开”，协商会到此结束。</b>
annex_diverted-item = 它属于：{ $entry }
annex_diverted-next = 接下来由村（居）两委按“五议两公开”一步步办，到时候还会请大家商量、把结果公开。
annex_diverted-told = 今天说过的话都写进记录，{ $day }前告诉每一位利益相关方。

divert-ask-item = 您觉得这件事属于下面哪一条？点一个
divert-ask-reason = 为什么？请用一两句话写下来（最多 { $limit } 字）
divert-ask-outcome = 联席会议的答复是？
divert-name-item = 属于
divert-name-reason = 理由
divert-name-outcome = 答复
divert-outcome-diverted = 转入“五议两公开”
divert-outcome-dismissed = 不属于，协商接着开
divert-note-raise = 发出去以后，会先停下来，请主持人和指导员看
divert-note-refuse = 发出去以后，交给两委联席会议答复
divert-note-decide = 发出去以后，群里马上会看到

receipt-annex_raised = 会停下了，请主持人和指导员看一看
receipt-annex_agreed = 记下了：您同意转入。等另一位也看一看
receipt-annex_referred = 交给两委联席会议了，{ $till } 前答复
receipt-annex_diverted = 转入“五议两公开”，协商会结束
receipt-annex_goes_on = 记下了：协商接着开

refusal-annex_already = 已经有人提出了，正在等答复
refusal-annex_is_referred = 已经交给两委联席会议，等他们答复
refusal-annex_open = 是不是“五议两公开”的事还没有答复，先不能接着开
refusal-annex_dismissed = 这一条联席会议答复过不属于，这次会上不再提
refusal-annex_said = 您已经同意了，等另一位也看一看
refusal-no_annex_referred = 现在没有等联席会议答复的事
refusal-sitting_day_over = 那天的会已经过了，请点「休会，改日再开」另定时间
refusal-check_in_closed = 已经开始表决，不再签到
resumed-suspended = 会还停着，等“五议两公开”的答复。
