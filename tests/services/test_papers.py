"""5.1.3, 5.4, 5.6.1, 5.8, 5.9.4 and annex B: what stands in the papers, what never does, and that they are Word's."""

import re
from dataclasses import asdict, fields, replace
from io import BytesIO
from typing import Any, get_args

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from services.documents import typography
from services.documents.papers import HIDDEN, Contact, Paper, PublicProposal, SignedIn, file_name, render
from tests.papers import examples
from tests.papers.reading import every_paper, kind, members, strings, texts

TWIP = 635
"""Word's unit of length in those of python-docx."""
LABELS = {
    "PublicProposal": "协商议题名称 提出协商主体 提出议题日期 联系人 联系电话 电子邮箱 通讯地址 协商事由 "
    "其他需说明的情况 议题审核记录及结果 审核单位（盖章或签字） 确定协商工作人员 召集人 记录员 指导员 监督员 主持人",
    "NoticePaper": "协商议题 协商形式 协商参与人员 召集人（主持人） 协商记录员 协商指导员 协商监督员 "
    "协商时间 协商地点 附件 （盖章）",
    "SignInSheet": "协商议题 协商时间 协商地点 协商参与人员签名 协商列席人员签名 序号 姓名 工作单位 职务 联系方式",
    "MeetingRecord": "协商议题 协商主体 协商时间 协商地点 协商方式 协商召集人（主持人） 协商记录员 协商指导员 "
    "协商监督员 协商过程 协商表决 协商结果 （1）确认协商结果 协商记录员签字 日期",
    "SupervisionRecord": "协商议题 协商时间 协商结果落实的进度记录 协商结果落实过程中的问题 协商结果落实所产生的影响 "
    "筹资筹劳情况 监督情况 协商监督员签字 日期",
    "ResultNotice": "关于协商结果的公告 协商议题已于 完成协商，现将协商结果公告如下 表决情况 （盖章）",
}
LABELS["Proposal"] = LABELS["PublicProposal"]
TICKED = {
    "diverted": "进入“五议两公开”民主决策程序",
    "agreed": "视为协商主体达成一致意见",
    "ended": "终止协商",
    "reconvene": "时机成熟后再次组织开展协商",
}


def test_there_is_an_example_and_a_list_of_labels_for_every_paper() -> None:
    assert {type(paper) for paper in examples.ALL} == set(get_args(Paper))
    assert set(LABELS) == {kind.__name__ for kind in get_args(Paper)}


@every_paper
def test_every_field_stands_in_the_paper(paper: Paper) -> None:
    text = "\n".join(texts(paper))
    missing = [one for whole in strings(paper) for one in whole.split("\n") if one not in text]
    assert missing == []


@every_paper
def test_the_labels_are_those_of_the_standard(paper: Paper) -> None:
    text = "".join(texts(paper)).replace("\n", "")
    assert [label for label in LABELS[kind(paper)].split() if typography.full_width(label) not in text] == []


@every_paper
def test_no_outcome_is_called_a_decision(paper: Paper) -> None:
    assert re.findall("决定|决议", "".join(texts(paper))) == []


@every_paper
def test_the_page_is_that_of_official_papers(paper: Paper) -> None:
    document = Document(BytesIO(render(paper)))
    (section,) = document.sections
    settings = dict(section._sectPr.find(qn("w:pgSz")).items()) | dict(section._sectPr.find(qn("w:pgMar")).items())
    sides = ("w", "h", "top", "bottom", "left", "right")
    found = [round(int(settings[qn(f"w:{side}")]) * TWIP / Mm(1)) for side in sides]
    assert found == [210, 297, 37, 35, 28, 26]
    assert 'w:instr="PAGE"' in section.footer._element.xml
    (language,) = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    assert document.core_properties.language == "zh-CN"


@every_paper
def test_fonts_are_declared_for_chinese(paper: Paper) -> None:
    document = Document(BytesIO(render(paper)))
    used = {paragraph.get(qn("w:val")) for paragraph in document.element.body.iter(qn("w:pStyle"))}
    styles = {style.style_id: style for style in document.styles}
    for name in used:
        font, size, *_ = typography.STYLES[styles[name].name]
        declared = styles[name].element.rPr.find(qn("w:rFonts"))
        assert (declared.get(qn("w:eastAsia")), styles[name].font.size) == (font, Pt(size))
    for run in document.element.body.iter(qn("w:r")):
        assert run.rPr.find(qn("w:rFonts")).get(qn("w:hint")) == "eastAsia"
    table = members(render(paper))["word/fontTable.xml"].decode()
    assert re.findall(r'w:name="([^"]+)"><w:altName', table) == list(typography.STAND_INS)


def test_the_title_is_two_and_the_text_three() -> None:
    assert (typography.STYLES[typography.TITLE][:2], typography.STYLES[typography.TEXT][:2]) == (
        ("方正小标宋简体", 22),
        ("仿宋", 16),
    )


@pytest.mark.parametrize("paper", [examples.RECORD, examples.RESULT], ids=kind)
@pytest.mark.parametrize("result", [*TICKED, "none"])
def test_exactly_the_result_is_ticked(paper: Any, result: str) -> None:
    found = texts(replace(paper, result=result))
    boxes = {name: [text[0] for text in found if words in text and text[0] in "☐☑"] for name, words in TICKED.items()}
    assert boxes == {name: ["☑" if name == result else "☐"] for name in TICKED}
    assert [text for text in found if text in examples.OPINION] == list(examples.OPINION)


@pytest.mark.parametrize("paper", [examples.RECORD, examples.RESULT], ids=kind)
def test_a_result_nobody_knows_is_refused(paper: Any) -> None:
    with pytest.raises(ValueError, match="no such result: agred"):
        render(replace(paper, result="agred"))


def test_a_record_without_a_vote_shows_no_figures() -> None:
    text = "".join(texts(examples.NO_VOTE))
    assert "未举行表决" in text
    assert "表决人数" not in text
    assert "%" not in text


def test_the_figures_of_the_vote_stand_in_the_standards_words() -> None:
    text = "".join(texts(examples.RECORD))
    told = "表决人数：14人；赞成人数：10人；反对人数：3人；弃权人数：1人。"
    shares = "赞成人数比例：71.42%；反对人数比例：21.42%；弃权人数比例：7.14%。"
    assert told.translate({ord(half): chr(ord(half) + 0xFEE0) for half in ":;"}) in text
    assert shares.translate({ord(half): chr(ord(half) + 0xFEE0) for half in ":;"}) in text


def test_a_chair_who_is_not_the_convener_is_named_beside_them() -> None:
    assert "周文\uff08李四\uff09" in texts(replace(examples.RECORD, chair="李四"))
    assert "周文" in texts(examples.RECORD)


def test_every_page_of_the_sign_in_sheet_says_what_was_signed() -> None:
    participants, observers = Document(BytesIO(render(examples.SHEET))).tables
    repeated = [len(list(table._tbl.iter(qn("w:tblHeader")))) for table in (participants, observers)]
    assert repeated == [5, 2]


def test_nobody_and_nothing_to_do_is_said_in_every_cell() -> None:
    nobody = texts(replace(examples.SHEET, participants=(), observers=()))
    nothing = texts(replace(examples.SUPERVISION, items=()))
    assert (nobody.count("无"), nothing.count("无")) == (10, 5)


def test_a_public_proposal_has_no_place_for_contact_data() -> None:
    public = {field.name for field in fields(PublicProposal)}
    assert public.isdisjoint(field.name for field in fields(Contact))
    assert not any(re.search("phone|mail|address|contact", field.name) for field in fields(SignedIn))
    assert texts(examples.PUBLIC).count(HIDDEN) == 4


def test_contact_data_is_in_the_committees_paper_only() -> None:
    secrets = list(asdict(examples.CONTACT).values())
    full, public = members(render(examples.PROPOSAL)), members(render(examples.PUBLIC))
    assert [secret for secret in secrets if secret.encode() not in full["word/document.xml"]] == []
    leaked = [(name, secret) for name, part in public.items() for secret in secrets if secret.encode() in part]
    assert leaked == []
    assert HIDDEN not in texts(examples.PROPOSAL)


def test_a_withdrawn_contact_leaves_nothing() -> None:
    assert texts(replace(examples.PROPOSAL, contact=None)).count("无") == 5  # the four and 其他需说明的情况


def test_file_names() -> None:
    assert [file_name(paper) for paper in examples.ALL] == [
        "3号议题-协商议题建议和审核表-B.1-公开.docx",
        "3号议题-协商议题建议和审核表-B.1.docx",
        "3号议题-协商方案公告.docx",
        "3号议题-协商签到表-B.2.docx",
        "3号议题-协商记录表-B.3.docx",
        "3号议题-协商记录表-B.3.docx",
        "3号议题-监督落实记录表-B.4.docx",
        "3号议题-协商结果公告.docx",
    ]
    hostile = replace(examples.RECORD, number=None, topic='../../etc/passwd\x00\n\\C:*?"<>| 停车\u202e')
    assert file_name(hostile) == "etc passwd C 停车-协商记录表-B.3.docx"
    assert file_name(replace(hostile, topic="...")) == "议题-协商记录表-B.3.docx"
