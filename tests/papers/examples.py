"""Invented papers of an invented estate: 柳岸社区, whose people, numbers and rooms do not exist."""

from dataclasses import replace
from datetime import date
from typing import Final

from procedure.notice import NoticeFields
from services.documents.papers import (
    Contact,
    ItemRow,
    MeetingRecord,
    NoticePaper,
    Paper,
    Proposal,
    PublicProposal,
    ResultNotice,
    SignedIn,
    SignInSheet,
    SupervisionRecord,
)

TOPIC: Final = "小区电动自行车集中充电点放在哪里"
COMMITTEE: Final = "柳岸社区居民委员会"
CONTACT: Final = Contact("张三", "138-0000-0001", "zhangsan@example.org", "柳岸小区3幢201室")
POSTS: Final = {"convener": "周文", "recorder": "吴敏", "adviser": "郑平", "supervisor": "王和"}
OPINION: Final = (
    "1. 南门西侧空地设三十个插座的充电棚，晚上十一点断电。落实单位：物业服务中心；办结期限：5月20日前。",
    "2. 原楼道内的插座全部停用，楼道不再停放电动自行车。落实单位：业主委员会；办结期限：5月31日前。",
)
PUBLIC: Final = PublicProposal(
    number=3,
    title=TOPIC,
    proposer="居民（3-201）",
    proposed_on=date(2026, 4, 1),
    reason="楼道里充电的电动自行车一共二十多辆，去年冬天冒过一次烟。\n老人住在楼上，夜里不放心。",
    proposal="在南门附近搭一个棚子，装三十个插座，晚上定时断电，费用由物业和业主委员会商量。",
    other="",
    review="2026年4月8日两委联席会议审核：属于附录C中C.2.2所列公共设施管理事项；与公众利益相关；合法、合理、可行。同意协商。",
    reviewed_on=date(2026, 4, 8),
    reviewer="柳岸社区两委联席会议",
    chair="周文",
    **POSTS,
)
PROPOSAL: Final = Proposal(PUBLIC, CONTACT)
NOTICE: Final = NoticePaper(
    community="柳岸社区",
    number=3,
    fields=NoticeFields(
        topic=TOPIC,
        form="互联网协商（在本小区议事群内进行）",
        participants="1至5幢居民代表12人，业主委员会1人，物业服务中心1人；街道消防工作人员1人列席",
        time="2026年4月18日（星期六）19时至21时",
        place="“柳岸小区议事厅”群",
        **POSTS,
    ),
    published_on=date(2026, 4, 13),
    issuer=COMMITTEE,
)
SHEET: Final = SignInSheet(
    topic=TOPIC,
    time="2026年4月18日19时",
    place="“柳岸小区议事厅”群",
    participants=tuple(
        SignedIn(place, f"居民 {floor}-0{place}", "", "", "按键签到", f"18:4{place}")
        for place, floor in enumerate((1, 1, 2, 3, 5), 1)
    ),
    observers=(SignedIn(1, "消防工作人员", "柳岸街道", "干事", "输入签到", "18:55"),),
    number=3,
)
RECORD: Final = MeetingRecord(
    topic=TOPIC,
    subjects="1至5幢居民代表12人、业主委员会1人、物业服务中心1人",
    time="2026年4月18日19时至20时42分",
    place="“柳岸小区议事厅”群",
    form="互联网协商",
    chair="周文",
    course=(
        "19时02分，主持人公布协商规则，表决通过（赞成13人，反对0人，弃权1人），宣布协商开始。",
        "议题提出人（3-201）说明：楼道充电不安全，建议在南门附近设集中充电点。",
        "1-102：反对。南门东侧离一楼太近，晚上有声音。2-201：赞成。晚上断电，总比从楼上拉线强。",
        "5-501：赞成。三十个插座够用。街道消防工作人员说明：充电棚与住宅外墙的距离要符合规定，西侧空地可以。",
        "20时15分，没有人再要求发言，讨论结束。提供表决的协商意见共两条，见协商结果（2）。",
    ),
    voters=14,
    in_favour=10,
    against=3,
    abstain=1,
    percent_for="71.42",
    percent_against="21.42",
    percent_abstain="7.14",
    result="agreed",
    outcome=OPINION,
    objections="1-102、1-103认为断电时间应提前到晚上十点，未获采纳，理由已说明。",
    corrections=("20时15分前5-502的发言补记：“西侧空地下雨积水，要先垫高。”",),
    signed_by="",
    signed_on=None,
    number=3,
    **POSTS,
)
SUPERVISION: Final = SupervisionRecord(
    topic=TOPIC,
    time="2026年4月18日",
    items=(
        ItemRow(1, "南门西侧空地设三十个插座的充电棚，晚上十一点断电", "物业服务中心", "5月20日", "已办结", ()),
        ItemRow(
            2,
            "原楼道内的插座全部停用，楼道不再停放电动自行车",
            "业主委员会",
            "6月10日",
            "已办结",
            ("5月28日说明原因，协定期限由5月31日改为6月10日。",),
        ),
    ),
    progress="充电棚5月16日通电；楼道插座6月8日全部停用。",
    problems="西侧空地低洼，雨后积水。物业服务中心垫高二十厘米并加排水沟，已解决。",
    effects="楼道里不再充电，夜间巡查未再发现拉线。",
    money="未涉及筹资筹劳。",
    supervision="落实过程未发现违反法律法规、与有关政策冲突的情况。",
    signed_by="",
    signed_on=None,
    number=3,
)
RESULT: Final = ResultNotice(
    community="柳岸社区",
    number=3,
    topic=TOPIC,
    began=date(2026, 4, 1),
    ended=date(2026, 4, 18),
    result="agreed",
    outcome=OPINION,
    arithmetic="应表决14人；赞成10人，反对3人，弃权1人，共14人；10×2=20，大于14，过半数。",
    issued_on=date(2026, 4, 20),
    issuer=COMMITTEE,
)
NO_VOTE: Final = replace(
    RECORD,
    voters=None,
    in_favour=None,
    against=None,
    abstain=None,
    percent_for="",
    percent_against="",
    percent_abstain="",
    result="diverted",
    outcome=(),
    objections="",
    corrections=(),
)
ALL: Final[tuple[Paper, ...]] = (PUBLIC, PROPOSAL, NOTICE, SHEET, RECORD, NO_VOTE, SUPERVISION, RESULT)
