# 表决名单
vote_roll = 📋 <b>表决名单：{ $motion }</b>
vote_roll-void = 这次表决已作废，不算数。
vote_roll-for = <b>赞成 { $count } 人</b>：{ $names }
vote_roll-against = <b>反对 { $count } 人</b>：{ $names }
vote_roll-abstain = <b>弃权 { $count } 人</b>：{ $names }
vote_roll-missing = <b>没有举手 { $count } 人</b>：{ $names }
vote_roll-page = 第 { $page } 页，共 { $pages } 页
btn-roll = 📋 看表决名单
btn-roll-before = ⬅️ 上一页
btn-roll-after = 下一页 ➡️
btn-roll-file = 📄 要全部名单的文件
refusal-roll_not_for_you = 没有找到这份名单，或者不在参加人名单里，看不了。要看请找记录员
refusal-roll_not_counted = 这次表决还没举完手，举完才有名单
