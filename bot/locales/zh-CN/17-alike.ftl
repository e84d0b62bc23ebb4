alike-head = 👀 有邻居提过类似的事（{ $count } 个），您可以先看看：
alike-one = · { $number } 号议题 { $title }（{ $day }提的，现在：{ $stage }）
alike-words = 　都说到：{ $words }
alike-free = 已经有人提了，您也可以照样提，由您定。
btn-alike = 👀 看看 { $number } 号议题
form-send-anyway = 📨 发出去（仍然单独提出）
proposal-alike = 👀 与第 { $number } 号议题“{ $title }”相似（都说到：{ $words }）
