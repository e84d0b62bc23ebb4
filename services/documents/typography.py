"""The look of official papers (A4, margins 37/35/28/26 mm, 小标宋 titles, 仿宋 text) for the template script."""

import re
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

TITLE_FONT: Final = "方正小标宋简体"
TEXT_FONT: Final = "仿宋"
LABEL_FONT: Final = "黑体"
LATIN_FONT: Final = "Times New Roman"
BOX_FONT: Final = "Segoe UI Symbol"
PAGE_FONT: Final = "宋体"
# What Word takes where a font is missing, best first.
STAND_INS: Final = {
    TITLE_FONT: "方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun",
    TEXT_FONT: "仿宋_GB2312,FangSong,华文仿宋,STFangsong",
    LABEL_FONT: "SimHei,华文黑体",
    BOX_FONT: "MS Gothic,DejaVu Sans,OpenSymbol",
    PAGE_FONT: "SimSun",
}
NORMAL: Final = "Normal"
TITLE, SUBTITLE, GREETING, TEXT, CLOSING = "公文标题", "公文题注", "公文称呼", "公文正文", "公文落款"
ABOVE, LABEL, CELL, FLUSH = "表上题注", "表内标签", "表内文字", "表内齐左"
CENTRED, SIGNATURE, NOTE = "表内居中", "表内落款", "表内小注"
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED: Final = WD_ALIGN_PARAGRAPH.JUSTIFY
# Style: font, size in points (22 二号, 16 三号, 14 四号, 12 小四, 9 小五), line in points, alignment.
STYLES: Final = {
    TITLE: (TITLE_FONT, 22, 33, CENTRE),
    SUBTITLE: (TEXT_FONT, 14, 24, CENTRE),
    GREETING: (TEXT_FONT, 16, 28, LEFT),
    TEXT: (TEXT_FONT, 16, 28, JUSTIFIED),
    CLOSING: (TEXT_FONT, 16, 28, RIGHT),
    ABOVE: (TEXT_FONT, 12, 20, LEFT),
    LABEL: (LABEL_FONT, 12, 18, CENTRE),
    CELL: (TEXT_FONT, 12, 20, JUSTIFIED),
    FLUSH: (TEXT_FONT, 12, 18, LEFT),
    CENTRED: (TEXT_FONT, 12, 18, CENTRE),
    SIGNATURE: (TEXT_FONT, 12, 22, RIGHT),
    NOTE: (TEXT_FONT, 9, 12, CENTRE),
}
_TAG: Final = re.compile(r"({[{%].*?[}%]})")
_HALF: Final = re.compile(r"(?<![0-9A-Za-z])[,:;()]|[,:;()](?![0-9A-Za-z ])")
FORM_WIDTH: Final = 156
"""Millimetres between the margins: a row's cells add up to it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a template in a style; before it, in fonts of their own, a label and a box to tick."""

    text: str
    style: str = CELL
    lead: str = ""
    box: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Template paragraphs over ``span`` columns; ``below`` joins it with the row above (continue) or opens a join."""

    lines: tuple[Line, ...]
    span: int = 1
    below: str = ""


def full_width(text: str) -> str:
    """``text`` with the punctuation of Chinese print; 18:30 stays, and what stands in template tags."""

    def wide(found: re.Match[str]) -> str:
        return chr(ord(found[0]) + 0xFEE0)

    return "".join(piece if piece.startswith("{") else _HALF.sub(wide, piece) for piece in _TAG.split(text))


def official_document(title: str) -> Any:
    """An empty A4 page with the styles, the page number below, and nothing that names a person or a moment."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _declare_language(document)
    _declare_styles(document)
    _replace_fonts(document)
    _page_number(section.footer)
    properties = document.core_properties
    properties.title, properties.language = title, "zh-CN"
    properties.author = properties.comments = properties.last_modified_by = properties.keywords = ""
    for moment in list(properties._element):
        if moment.tag in (qn("dcterms:created"), qn("dcterms:modified")):
            properties._element.remove(moment)
    return document


def write(container: Any, line: Line, *, into: Any = None) -> None:
    """Add ``line`` to a document or a cell, or put it into the empty paragraph ``into``."""
    paragraph = container.add_paragraph() if into is None else into
    paragraph.style = line.style
    if line.box:
        _font(paragraph.add_run(line.box)._element.get_or_add_rPr(), BOX_FONT, BOX_FONT)
    if line.lead:
        _font(paragraph.add_run(full_width(line.lead))._element.get_or_add_rPr(), LABEL_FONT)
    run = paragraph.add_run(full_width(line.text))
    # Quotation marks and dashes are Chinese here; Word would take them from the Latin font.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def form(document: Any, widths: tuple[int, ...]) -> Any:
    """A bordered table whose columns are ``widths`` millimetres."""
    assert sum(widths) == FORM_WIDTH
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    return table


def add_row(table: Any, *cells: Cell, height: int = 9, heading: bool = False, whole: bool = False) -> None:
    """One row at least ``height`` mm high; ``heading`` rows repeat on each page, ``whole`` rows never break."""
    row = table.add_row()
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))
    # Taken once: in a row joined with the one above, python-docx would answer with that row's cells.
    empty, start = row.cells, 0
    for cell in cells:
        first, last = empty[start], empty[start + cell.span - 1]
        target = first if cell.span == 1 else first.merge(last)
        target.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if cell.below:
            target._tc.vMerge = cell.below
        for place, line in enumerate(cell.lines):
            write(target, line, into=target.paragraphs[0] if place == 0 else None)
        start += cell.span
    assert start == len(table.columns)


def _declare_language(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for name in ("w:rFonts", "w:lang"):
        found = defaults.find(qn(name))
        if found is not None:
            defaults.remove(found)
    language = OxmlElement("w:lang")
    # zh-CN for Latin letters as well would let figures break in the middle at the end of a line.
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    defaults.append(language)
    _font(document.styles[NORMAL].element.get_or_add_rPr(), TEXT_FONT)


def _declare_styles(document: Any) -> None:
    for name, (font, size, line, alignment) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[NORMAL]
        _font(style.element.get_or_add_rPr(), font)
        style.font.size = Pt(size)
        shape = style.paragraph_format
        shape.alignment, shape.line_spacing = alignment, Pt(line)
        shape.space_before = shape.space_after = Pt(0)
    document.styles[TITLE].paragraph_format.space_after = Pt(10)
    document.styles[SUBTITLE].paragraph_format.space_after = Pt(6)
    document.styles[CELL].paragraph_format.first_line_indent = Pt(24)
    document.styles[ABOVE].paragraph_format.tab_stops.add_tab_stop(Mm(FORM_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    document.styles[TEXT].paragraph_format.first_line_indent = Pt(32)
    document.styles[CLOSING].paragraph_format.right_indent = Pt(64)
    # Room for a pen or a seal.
    document.styles[SIGNATURE].paragraph_format.space_before = Pt(8)
    document.styles[SIGNATURE].paragraph_format.right_indent = Pt(12)


def _font(properties: Any, font: str, latin: str = LATIN_FONT) -> None:
    fonts = properties.get_or_add_rFonts()
    for name, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", font), ("hint", "eastAsia")):
        fonts.set(qn(f"w:{name}"), value)


def _replace_fonts(document: Any) -> None:
    """Our font table in place of the library's, and no preview picture of the library's empty page."""
    entries = "".join(
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="86"/></w:font>'
        for name, others in STAND_INS.items()
    )
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{entries}</w:fonts>'.encode()
    part, package = document.part, document.part.package
    for holder, kind in ((part.rels, RELATIONSHIP_TYPE.FONT_TABLE), (package.rels, RELATIONSHIP_TYPE.THUMBNAIL)):
        for key in [key for key, relation in holder.items() if relation.reltype == kind]:
            del holder[key]
    fonts = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, blob, package)
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _page_number(footer: Any) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = CENTRE
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    for piece in ("— ", field, " —"):
        if isinstance(piece, str):
            paragraph.add_run(piece)
        else:
            paragraph._p.append(piece)
    for run in paragraph._p.iter(qn("w:r")):
        _font(run.get_or_add_rPr(), PAGE_FONT)
        run.get_or_add_rPr()._add_sz().val = Pt(14)
