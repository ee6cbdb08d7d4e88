"""The formats a plan may come in: encodings of text, web pages of every kind."""

from __future__ import annotations

import pytest

from consult.intake.draft import read_draft


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"], ids=lambda name: name
)
def test_a_text_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    plan = read_draft("镇规划\n一、现状\n镕基路一公里。\n".encode(encoding), "plan.TXT").plan

    assert plan.chapters[0].paragraphs == ("镕基路一公里。",)


PAGE = """<html><head><meta charset="gb2312"><title>网站</title><script>一、脚本</script></head>
<body><nav><a>一、首页</a></nav><table><tr><td><table><tr><td>
<h1>某镇绿道规划</h1><p>&nbsp;&nbsp;一、现状</p><p>有路<b>八</b>公里，<br>桥四座。</p>
<div>二、任务<div>（一）步道</div></div><p>镕路要修。</td></tr></table></td></tr></table>
<footer>三、版权</footer><style>四、样式</style></body></html>"""


def test_a_web_page_gives_its_text_without_scripts_navigation_and_layout() -> None:
    plan = read_draft(PAGE.encode("gb18030"), "page.htm").plan

    assert plan.title == "某镇绿道规划"
    assert [(node.code, node.title, node.paragraphs) for node in plan.walk()] == [
        ("1", "现状", ("有路八公里，", "桥四座。")),
        ("2", "任务", ()),
        ("2.1", "步道", ("镕路要修。",)),
    ]


def test_merged_cells_of_a_web_table_keep_the_columns() -> None:
    page = (
        "<p>一、目标<table><tr><th>类别<th>序号<th>指标<th>单位<th>2020年<th>2025年</tr>"
        '<tr><td rowspan="2">道路<td>1<td>步道<td>公里<td>8<td>12</tr>'
        "<tr><td>2<td>桥<td>座<td>4<td>5</tr></table>"
    )

    rows = read_draft(page.encode(), "plan.html").plan.indicators

    assert [(row.number, row.name, row.base, row.target) for row in rows] == [
        (1, "步道", "8", "12"),
        (2, "桥", "4", "5"),
    ]


def test_an_xhtml_declaration_and_unclosed_comments_do_no_harm() -> None:
    page = (
        '<?xml version="1.0" encoding="gb2312"?><html><p>一、现状</p><p>镕路。</p>'
        + "<!--" * 50_000
    )

    plan = read_draft(page.encode("gb18030"), "page.html").plan

    assert [(node.title, node.paragraphs) for node in plan.walk()] == [("现状", ("镕路。",))]
