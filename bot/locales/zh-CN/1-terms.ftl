# 词语:一个概念一个说法
clause = 依 { $clause }
our-rule = 依议事厅约定
day = { $month }月{ $day }日（{ $weekday }）
date = { $year }年{ $month }月{ $day }日
moment = { $day }{ $time }
remaining =（还有 { $time }）
list-comma = 、
bracketed = { $text }（{ $more }）
who-says = { $who }：{ $text }
somebody = 未登记的人

month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

stance-for = 赞成
stance-against = 反对
stance-abstain = 弃权

state-scheduled = 等待开会
state-check_in = 签到
state-rules_vote = 表决协商规则
state-open = 说明议题
state-explained = 准备讨论
state-discussion = 讨论
state-wording = 写协商意见
state-main_vote = 表决协商意见
state-announced = 公布结果
state-adjourned = 休会

capacity-stakeholder = 利益相关方
capacity-expert = 专业人士
capacity-unit = 有关单位
capacity-self_joined = 自主参与
capacity-observer = 列席人员

post-chair = 主持人
post-deputy_chair = 副主持人
post-convener = 召集人
post-recorder = 记录员
post-adviser = 指导员
post-supervisor = 监督员

standing-resident = 居民
standing-administrator = 管理员
standing-committee = 居委会
standing-supervisory_committee = 居务监督委员会
standing-party_branch = 党组织
standing-convener = 召集人
standing-chair = 主持人
standing-deputy_chair = 副主持人
standing-recorder = 记录员
standing-adviser = 指导员
standing-supervisor = 监督员
standing-proposer = 议题提出人
standing-supporter = 附议的人
standing-stakeholder = 利益相关方
standing-expert = 专业人士
standing-unit = 有关单位
standing-self_joined = 自主参与的居民
standing-observer = 列席人员
standing-speaker = 正在发言的人
standing-offered = 被邀请担任的人
standing-implementer = 落实的人

verdict-agreed = 达成一致意见
verdict-ended = 终止协商
verdict-reconvene = 时机成熟后再次协商
verdict-none = 无人举手，不成结果

motion-rules = 协商规则
motion-main = 协商意见


field-text = 内容
field-implementer = 落实单位
field-due = 期限
field-reason = 理由
field-objections = 不同意见
field-correction = 更正意见
field-name = 名字
field-speech = 发言
field-item = 内容

floor_kept-soft = 只记录、不计入发言
floor_kept-strict = 先留存，再移出群
floor_mode-soft = 别人发言时插话：只记录、不计入
floor_mode-strict = 没轮到就说的话：先留存，再移出群
