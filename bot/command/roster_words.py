"""What the roster command says of a file and of its lines, in both languages on one line."""

from typing import Final

FILES: Final = {
    "too_large": "文件太大 the file is too large (20 MB)",
    "old_excel": "是旧的 Excel 格式或加了密码, 请另存为 .xlsx old or password-protected Excel: save it as .xlsx",
    "unknown_encoding": "看不懂文字编码, 请存成 UTF-8 unknown encoding: save it as UTF-8",
    "not_a_table": "不是 csv 或 xlsx 表格 not a csv or xlsx table",
    "no_header": "前 10 行里没有「姓名」这一列 no heading 姓名 or name within the first 10 lines",
    "double_header": "有两列是同一个意思 two columns mean the same",
    "no_lines": "标题下面没有人 nobody stands below the heading",
    "too_many_lines": "超过 20000 行, 请分成几个文件 more than 20000 lines: split the file",
}
LINES: Final = {
    "missing": "没有填 is empty",
    "no_place": "户号、单位、类别、角色、称呼至少填一样 one of household, unit, category, role, label is needed",
    "too_long": "太长了 is too long (40)",
    "formula": "是公式, 请粘贴成数值 is a formula: paste it as a value",
    "date": "变成了日期, 请把这一列设成文本再填 has become a date: make the column text and type it again",
    "rounded": "被 Excel 改成了科学计数, 请把这一列设成文本再填 was rounded by Excel: make the column text",
    "excel_error": "是 Excel 的错误值 is an Excel error",
    "merged": "是合并单元格, 请拆开每行填上 is a merged cell: split it and fill in every line",
    "unknown_category": "只能是 群体、辖区单位、专业人士、自主参与协商 is group, organisation, expert or self_joined",
    "unknown_role": "只能是 社区干部、党组织、监委会、管理员、居民 is committee, party_branch, supervisory_committee, "
    "administrator or resident",
    "bad_phone": "不像电话号码 does not look like a phone number",
    "twice": "和另一行是同一个 is the same as in another line",
}
