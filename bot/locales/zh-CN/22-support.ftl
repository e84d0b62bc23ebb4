# 附议:邻居已经提过的事,一起提
course-join_topic = 🤝 我也附议
course-withdraw_support = 收回附议
receipt-topic_joined = 您附议了第 { $number } 号议题，一共 { $count } 位附议。有进展就告诉您
receipt-support_withdrawn = 第 { $number } 号议题的附议收回了。想附议可以再点
refusal-own_topic = 这个议题就是您提的，不用附议。有进展就告诉您
refusal-already_joined = 您已经附议过了，不用再点。有进展就告诉您
support = 🤝 { $count } 位邻居附议
support-who = 　共 { $households } 户：{ $labels }
alike-joined = 　🤝 您附议了这个议题，有进展就告诉您
alike-choose = 您附议好了。下面这张表由您定：不提了，或者仍然单独提出。
btn-join = 🤝 附议 { $number } 号议题
btn-join-drop = 🗑 不提了（草稿删去）
alike-dropped = 好的，草稿删去了。您附议了第 { $number } 号议题，有进展就告诉您。
plan-joined = 🤝 { $person }（附议）
plan-news-joined_noticed = 📢 您附议的这件事，公告发出来了：{ $meets_at } 开协商会，地点：{ $text }。参加的人公告里写着，有话想说可以找召集人
