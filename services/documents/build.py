"""Makes the templates of all papers again: ``python -m services.documents.build``. The same script, the same bytes.

Labels and sentences are those of the standard's annex B; ``paper`` in the templates is a dataclass of
services.documents.papers, and every text passes a filter of services.documents.filling.
"""

from typing import Any, Final

from services.documents.packing import packed
from services.documents.papers import TEMPLATES
from services.documents.typography import (
    ABOVE,
    CELL,
    CENTRED,
    CLOSING,
    FLUSH,
    GREETING,
    LABEL,
    NOTE,
    SIGNATURE,
    SUBTITLE,
    TEXT,
    TITLE,
    Cell,
    Line,
    add_row,
    form,
    official_document,
    write,
)

DIVERTED: Final = "当协商过程中发现该议题属于附录D规定的协商事项时，进入“五议两公开”民主决策程序。"
AGREED: Final = "符合协商表决规则的视为协商主体达成一致意见"
ENDED: Final = "表决未达到通过比例的且表决赞成人数少于1/3的，终止协商。"
RECONVENE: Final = "表决未达到通过比例的但表决赞成人数达到1/3的，时机成熟后再次组织开展协商"
SIGNED_IN: Final = ("label", "unit", "post")
NONE: Final = Cell((Line("无", CENTRED),))
COMMUNITY: Final = "{{ paper.community|line }}\u3000{{ paper.number }}号议题"
NUMBERED: Final = "{% if paper.number is not none %}{{ paper.number }}号议题{% endif %}"


def label(text: str, span: int = 1, below: str = "") -> Cell:
    """A cell that names what stands beside or below it."""
    return Cell((Line(text, LABEL),), span, below)


def short(name: str, span: int = 1, style: str = CENTRED) -> Cell:
    """A cell for one line of text."""
    return Cell((Line(f"{{{{ {name}|line }}}}", style),), span)


def each(name: str, style: str = CELL, lead: str = "") -> tuple[Line, ...]:
    """Template paragraphs: one for every paragraph of a text, the first after ``lead``."""
    opening = f"{{% if loop.first %}}{lead}{{% endif %}}" if lead else ""
    return (
        Line(f"{{%p for paragraph in {name}|lines %}}", style),
        Line("{{ paragraph }}", style, opening),
        Line("{%p endfor %}", style),
    )


def long(name: str, span: int) -> Cell:
    """A cell for a text of any length."""
    return Cell(each(name), span)


def only(condition: str, *lines: Line) -> tuple[Line, ...]:
    """Template paragraphs that stand there if ``condition`` holds."""
    style = lines[0].style
    return (Line(f"{{%p if {condition} %}}", style), *lines, Line("{%p endif %}", style))


def box(result: str) -> str:
    """A ticked box if the paper's result is ``result``, else an empty one."""
    return f'{{{{ "☑" if paper.result == "{result}" else "☐" }}}} '


def headed(title: str, below: Line) -> Any:
    """A document under its title."""
    document = official_document(title)
    write(document, Line(title, TITLE))
    write(document, below)
    return document


def proposal() -> Any:
    """Table B.1 协商议题建议和审核表, for the committee and for everybody."""
    document = headed("协商议题建议和审核表", Line(f"表B.1{{% if public %}}（公开本）{{% endif %}}\t{NUMBERED}", ABOVE))
    table = form(document, (32, 26, 32, 30, 36))
    add_row(table, label("协商议题名称"), short("paper.title", 4))
    proposed = Cell((Line("{{ paper.proposed_on|day }}", CENTRED),))
    add_row(table, label("提出协商主体"), short("paper.proposer", 2), label("提出议题日期"), proposed)
    add_row(table, label("联系人"), short("contact.name", 2), label("联系电话"), short("contact.phone"))
    add_row(table, label("电子邮箱"), short("contact.email", 2), label("通讯地址"), short("contact.address"))
    reason = Cell((*each("paper.reason"), *each("paper.proposal", lead="具体建议：")), 4)
    add_row(table, label("协商事由"), reason, height=48)
    add_row(table, label("其他需说明\n的情况"), long("paper.other", 4), height=16)
    signed = (
        Line("审核单位（盖章或签字）：{{ paper.reviewer|by_hand }}", SIGNATURE),
        Line("{{ paper.reviewed_on|day }}", SIGNATURE),
    )
    add_row(table, label("议题审核记录\n及结果"), Cell((*each("paper.review"), *signed), 4), height=40)
    posts = (("召集人", "convener", "记录员", "recorder"), ("指导员", "adviser", "监督员", "supervisor"))
    for place, (one, first, two, second) in enumerate(posts):
        head = label("确定协商\n工作人员", below="restart") if place == 0 else Cell((), below="continue")
        add_row(table, head, label(one), short(f"paper.{first}"), label(two), short(f"paper.{second}"))
    add_row(table, Cell((), below="continue"), label("主持人"), short("paper.chair", 3))
    return document


def sign_in() -> Any:
    """Table B.2 城乡社区协商活动签到表."""
    document = headed("城乡社区协商活动签到表", Line(f"表B.2\t{NUMBERED}", ABOVE))
    widths = (14, 40, 36, 26, 40)
    table = form(document, widths)
    for name, text in (("topic", "协商议题"), ("time", "协商时间"), ("place", "协商地点")):
        add_row(table, label(text, 2), short(f"paper.{name}", 3), heading=True)
    _signatures(table, "协商参与人员签名", "participants")
    write(document, Line("", NOTE))
    _signatures(form(document, widths), "协商列席人员签名", "observers")
    return document


def record() -> Any:
    """Table B.3 城乡社区协商记录表."""
    document = headed("城乡社区协商记录表", Line(f"表B.3\t{NUMBERED}", ABOVE))
    table = form(document, (32, 46, 32, 46))
    add_row(table, label("协商议题"), short("paper.topic", 3))
    add_row(table, label("协商主体"), short("paper.subjects", 3))
    add_row(table, label("协商时间"), short("paper.time"), label("协商地点"), short("paper.place"))
    chair = "{{ paper.convener|line }}{% if paper.chair != paper.convener %}({{ paper.chair|line }}){% endif %}"
    named = Cell((Line(chair, CENTRED),))
    add_row(table, label("协商方式"), short("paper.form"), label("协商召集人\n（主持人）"), named)
    add_row(table, label("协商记录员"), short("paper.recorder"), label("协商指导员"), short("paper.adviser"))
    add_row(table, label("协商监督员"), short("paper.supervisor", 3))
    course = (
        *each("paper.course"),
        *each("paper.objections", lead="异议内容："),
        *each("paper.corrections", lead="更正："),
        *only("paper.minutes", *each("paper.minutes", FLUSH, "会议记录全文数据文件的SHA-256:")),
    )
    add_row(table, label("协商过程"), Cell(course, 3), height=60)
    add_row(table, label("协商表决"), Cell(_votes(), 3), height=16)
    add_row(table, label("协商结果"), Cell((*_results(), *_signature("协商记录员")), 3), height=60)
    return document


def supervision() -> Any:
    """Table B.4 城乡社区协商结果监督落实记录表."""
    document = headed("城乡社区协商结果监督落实记录表", Line(f"表B.4\t{NUMBERED}", ABOVE))
    table = form(document, (30, 12, 46, 29, 23, 16))
    add_row(table, label("协商议题"), short("paper.topic", 5))
    add_row(table, label("协商时间"), short("paper.time", 5))
    names = (label(text) for text in ("序号", "落实事项", "落实单位\n或人员", "办结期限", "进度"))
    add_row(table, label("协商结果落实\n的进度记录", below="restart"), *names, whole=True)
    below = Cell((), below="continue")
    text = (*each("item.text", FLUSH), *only("item.notes", *each("item.notes", FLUSH, "记：")))
    number = Cell((Line("{{ item.number }}", CENTRED),))
    rest = (short(f"item.{name}") for name in ("implementer", "due", "state"))
    _each_row(table, "item in paper.items", (below, number, Cell(text), *rest), (below, *(NONE,) * 5))
    add_row(table, below, Cell(each("paper.progress"), 5), height=12)
    parts = (
        ("problems", "协商结果落实\n过程中的问题", 18),
        ("effects", "协商结果落实\n所产生的影响", 18),
        ("money", "筹资筹劳情况", 9),
    )
    for name, title, height in parts:
        add_row(table, label(title), long(f"paper.{name}", 5), height=height)
    last = Cell((*each("paper.supervision"), *_signature("协商监督员")), 5)
    add_row(table, label("监督情况"), last, height=36)
    return document


def notice() -> Any:
    """Figure B.1 协商方案的公告."""
    document = headed("关于协商方案的公告", Line(COMMUNITY, SUBTITLE))
    write(document, Line("各位村（居）民：", GREETING))
    opening = "现将本次协商的方案公告如下，请相关村（居）民和单位按时参加。"
    write(document, Line(opening, TEXT))
    statements = (
        ("topic", "协商议题"),
        ("form", "协商形式"),
        ("participants", "协商参与人员"),
        ("convener", "召集人（主持人）"),
        ("recorder", "协商记录员"),
        ("adviser", "协商指导员"),
        ("supervisor", "协商监督员"),
        ("time", "协商时间"),
        ("place", "协商地点"),
    )
    for place, (name, text) in zip("一二三四五六七八九", statements, strict=True):
        for line in each(f"paper.fields.{name}", TEXT, f"{place}、{text}："):
            write(document, line)
    write(document, Line("", TEXT))
    write(document, Line("附件：协商议题建议和审核表（公开本）", TEXT))
    _closing(document, "published_on")
    return document


def result() -> Any:
    """Figure B.2 协商结果的公告."""
    document = headed("关于协商结果的公告", Line(COMMUNITY, SUBTITLE))
    days = "{% if paper.ended != paper.began %}至{{ paper.ended|day }}{% endif %}"
    opening = f"“{{{{ paper.topic|line }}}}”协商议题已于{{{{ paper.began|day }}}}{days}完成协商，现将协商结果公告如下："
    write(document, Line(opening, TEXT))
    choices = (
        ("diverted", DIVERTED, ""),
        ("agreed", f"{AGREED}，并提出可落实的协商意见", "具体可落实的协商意见为"),
        ("ended", ENDED, ""),
        ("reconvene", RECONVENE, "再次开展协商的时机和要求为"),
    )
    for name, sentence, then in choices:
        chosen = f'paper.result == "{name}"'
        tail = f"，{then}{{% if {chosen} %}}：{{% else %}}无。{{% endif %}}" if then else ""
        write(document, Line(f"{sentence}{tail}", TEXT, box=box(name)))
        told = chosen if then else f"{chosen} and paper.outcome"
        for line in only(told, *each("paper.outcome", TEXT)):
            write(document, line)
    for line in only('paper.result == "none"', *each("paper.outcome", TEXT)):
        write(document, line)
    for line in each("paper.arithmetic", TEXT, "表决情况："):
        write(document, line)
    _closing(document, "issued_on")
    return document


def main() -> None:
    """Write every template where render looks for it."""
    for made in (proposal, sign_in, record, supervision, notice, result):
        path = TEMPLATES / f"{made.__name__.replace('_', '-')}.docx"
        path.write_bytes(packed(made()))


def _signatures(table: Any, title: str, people: str) -> None:
    add_row(table, label(title, 5), heading=True)
    reached = Cell((Line("联系方式", LABEL), Line("（只记签到方式和时间，不留号码）", NOTE)))
    add_row(table, label("序号"), label("姓名"), label("工作单位"), label("职务"), reached, heading=True)
    known = (Cell((Line("{{ person.number }}", CENTRED),)), *(short(f"person.{name}") for name in SIGNED_IN))
    when = Cell((Line("{{ person.how|line }} {{ person.at|line }}", CENTRED),))
    _each_row(table, f"person in paper.{people}", (*known, when), (NONE,) * 5)


def _each_row(table: Any, loop: str, row: tuple[Cell, ...], otherwise: tuple[Cell, ...]) -> None:
    """``row`` for each of ``loop``, or ``otherwise`` once when there is nothing to loop over."""
    width = len(table.columns)
    add_row(table, Cell((Line(f"{{%tr for {loop} %}}", CENTRED),), width))
    add_row(table, *row, whole=True)
    add_row(table, Cell((Line("{%tr else %}", CENTRED),), width))
    add_row(table, *otherwise)
    add_row(table, Cell((Line("{%tr endfor %}", CENTRED),), width))


def _votes() -> tuple[Line, ...]:
    counts = (
        "表决人数：{{ paper.voters }}人；赞成人数：{{ paper.in_favour }}人；"
        "反对人数：{{ paper.against }}人；弃权人数：{{ paper.abstain }}人。"
    )
    shares = (
        "赞成人数比例：{{ paper.percent_for|line }}%；反对人数比例：{{ paper.percent_against|line }}%；"
        "弃权人数比例：{{ paper.percent_abstain|line }}%。"
    )
    held = only("paper.voters is not none", Line(counts), Line(shares))
    return (*held, *only("paper.voters is none", Line("无（未举行表决）。")))


def _results() -> tuple[Line, ...]:
    sentences = (("diverted", DIVERTED), ("agreed", f"{AGREED}。"), ("ended", ENDED), ("reconvene", f"{RECONVENE}。"))
    then = (
        '{% if paper.result == "agreed" %}可落实的协商意见及监督落实：'
        '{% elif paper.result == "reconvene" %}再次开展协商的时机、要求：{% else %}其他需记录的内容：{% endif %}'
    )
    return (
        Line("（1）确认协商结果："),
        *(Line(sentence, box=box(name)) for name, sentence in sentences),
        Line(f"(2){then}"),
        *each("paper.outcome"),
    )


def _signature(post: str) -> tuple[Line, Line]:
    signed = Line(f"{post}签字：{{{{ paper.signed_by|by_hand }}}}", SIGNATURE)
    return signed, Line("日期：{{ paper.signed_on|day }}", SIGNATURE)


def _closing(document: Any, date: str) -> None:
    write(document, Line("", TEXT))
    write(document, Line("{{ paper.issuer|line }}（盖章）", CLOSING))
    write(document, Line(f"{{{{ paper.{date}|day }}}}", CLOSING))


if __name__ == "__main__":
    main()
