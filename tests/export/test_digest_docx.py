from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest
from docx.shared import Mm
from lxml import etree

from consult.domain.aim import Direction
from consult.domain.amendment import AmendmentKind, Lookup
from consult.domain.asked import DirectionLine, FigureLine, QuestionLine, WordingLine
from consult.domain.digest import Counts, Digest, OpposedLine, Quote
from consult.domain.masthead import Day
from consult.export.digest_docx import digest_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = [
    "</w:t></w:r></w:p><w:p>",
    "<w:p><w:r><w:t>插入</w:t></w:r></w:p>",
    "a<b & c",
    "{{7*7}} %s",
    "=1+1",
    "👨‍👩‍👧‍👦 𠮷 \u0f40 ١٢٣",
    "长" * 40_000,
]


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def with_words(digest: Digest, words: str) -> Digest:
    """Put the words wherever a digest shows what people or the office wrote."""
    section = digest.sections[6]  # the one with most comments
    theme = replace(
        section.themes[0], label=words, quotes=(Quote(1, f"又{words}"),), keywords=(words, words)
    )
    themes = (theme, *section.themes[1:])
    one, missing = Counts(1, 1, 1, 1), Lookup.UNCHECKED
    change = WordingLine(AmendmentKind.REPLACE, words, words, "", False, missing, one, (27,))
    way = DirectionLine(Direction.RAISE, ((words, words),), one, (27,))
    changed = replace(
        section, title=words, summary=words, chapter=words, keywords=(words,), themes=themes,
        wording=(change,), corrections=(change,), figures=(FigureLine(words, 0, (way,)),),
        questions=(QuestionLine(words, one, (27,)),),
    )  # fmt: skip
    masthead = replace(digest.masthead, title=words, plan_title=words, office=words)
    sections = (*digest.sections[:6], changed, *digest.sections[7:])
    return replace(digest, masthead=masthead, sections=sections)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_back_as_they_were_written(make_digest, words):
    document = docx.Document(io.BytesIO(digest_docx(with_words(make_digest(), words))))

    texts = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert texts[0] == f"《{words}》"
    assert texts.count(f"1. {words}") == 1
    assert texts.count(f"“又{words}”（意见1）") == 1
    assert texts.count(f"内容（摘要，以正式文本为准）：{words}") == 1
    # the title, the office, the ask among the most voiced, the figure
    assert cells.count(words) == 4
    assert cells.count(f"“{words}”") == 5  # two changes of wording, old and new, and the question
    assert cells.count(f"{words}→{words}") == 1
    assert document.core_properties.author == words


def test_control_characters_do_not_break_the_document(make_digest):
    data = digest_docx(with_words(make_digest(), "一\x0b二\x00三\ud800四\ufffe"))

    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "《一二\ufffd三\ufffd四\ufffd》"


def test_lines_of_a_comment_stay_lines(make_digest):
    data = digest_docx(with_words(make_digest(), "第一行\r\n第二行\t栏"))

    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "《第一行\n第二行\t栏》"


def test_the_page_is_a4_with_the_margins_of_official_documents(make_digest):
    section = docx.Document(io.BytesIO(digest_docx(make_digest()))).sections[0]

    def millimetres(length):
        return round(length / Mm(1))

    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert tuple(map(millimetres, margins)) == (37, 26, 35, 28)


def test_every_style_names_its_chinese_font(make_digest):
    styles = part(digest_docx(make_digest()), "word/styles.xml")
    fonts = {
        style.get(f"{W}styleId"): style.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")
        for style in styles.iterfind(f"{W}style[@{W}type='paragraph']")
        if style.find(f"{W}rPr") is not None
    }
    named = {
        font.get(f"{W}name")
        for font in part(digest_docx(make_digest()), "word/fontTable.xml").iterfind(f"{W}font")
    }

    shown = {key: fonts[key] for key in ("Title", "Heading1", "Heading2", "Heading3", "Body")}
    assert shown == {
        "Title": "方正小标宋简体",
        "Heading1": "黑体",
        "Heading2": "黑体",
        "Heading3": "楷体",
        "Body": "仿宋",
    }
    assert set(fonts.values()) == named


def test_the_footer_numbers_the_pages_and_table_heads_are_repeated(make_digest):
    data = digest_docx(make_digest())
    footer = part(data, "word/footer.xml")
    tables = list(part(data, "word/document.xml").iter(f"{W}tbl"))

    assert [e.text for e in footer.iter(f"{W}instrText")] == [" PAGE "]
    repeated = [len(list(table.iter(f"{W}tblHeader"))) for table in tables]
    assert repeated == [*[1] * (len(tables) - 2), 0, 1]  # the masthead before the sums has no head


def test_every_link_leads_to_a_bookmark(make_digest):
    document = part(digest_docx(make_digest()), "word/document.xml")
    marks = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    ids = [mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkStart")]
    anchors = {link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")}

    assert len(marks) == len(set(marks)) == len(set(ids)) == 13
    assert anchors == set(marks)


def test_a_real_consultation_carries_no_mark_of_a_rehearsal(make_digest, read_docx):
    data = digest_docx(make_digest(rehearsal=False, official=True))

    header = docx.Document(io.BytesIO(data)).sections[0].header
    assert [paragraph.text for paragraph in header.paragraphs] == [""]
    assert read_docx(data).count("演练") == 0


def test_a_rehearsal_is_marked_on_every_page_and_on_the_first(make_digest, read_docx):
    data = digest_docx(make_digest())

    note = "演练：使用模拟日期或者样例数据，不是正式征求意见的结果"
    header = docx.Document(io.BytesIO(data)).sections[0].header
    assert [paragraph.text for paragraph in header.paragraphs] == [note]
    ours = "未附正式文本，各章节内容为摘要，以正式文本为准"
    assert read_docx(data).splitlines()[2] == f"[提示] （{note}；{ours}）"


def test_the_properties_carry_the_time_of_the_data_not_of_writing(make_digest):
    properties = docx.Document(io.BytesIO(digest_docx(make_digest()))).core_properties

    assert properties.created.isoformat()[:16] == "2022-10-26T01:05"
    assert properties.author == "滨江市园林绿化局"


def test_sections_that_are_missing_outside_the_plan_are_printed_as_empty(make_digest, read_docx):
    empty = make_digest(())
    text = read_docx(digest_docx(replace(empty, sections=empty.sections[:-3])))

    ending = text.split("[Heading 1] 第三部分　章节之外的意见\n")[1].splitlines()[:6]
    assert ending == [
        "[Heading 2] 总体意见",
        "[正文仿宋] 未收到意见。",
        "[Heading 2] 与规划无关",
        "[正文仿宋] 未收到意见。",
        "[Heading 2] 尚未归类",
        "[正文仿宋] 未收到意见。",
    ]


def test_a_plan_of_flat_articles_has_no_heading_twice(make_digest, read_docx):
    empty = make_digest(())
    articles = tuple(
        replace(empty.sections[2], code=code, label=label, title=title, chapter=chapter, summary="")
        for code, label, title, chapter in [
            ("1", "第一条", "目的", "第一条 目的"),
            ("2", "第二条", "适用", "第二条 适用"),
        ]
    )

    text = read_docx(digest_docx(replace(empty, sections=articles)))

    part = text.split("第二部分　分章节意见\n")[1].split("[Heading 1]")[0].splitlines()
    assert part == [
        "[Heading 2] 第一条 目的",
        "[正文仿宋] 未收到意见。",
        "[Heading 2] 第二条 适用",
        "[正文仿宋] 未收到意见。",
    ]


def test_an_opposite_ask_stands_under_the_ask_it_faces(make_digest, read_docx):
    digest = make_digest()
    place = next(i for i, part in enumerate(digest.sections) if len(part.themes) > 1)
    part = digest.sections[place]
    facing = OpposedLine(2, part.themes[1].label, part.themes[1].counts)
    themes = (replace(part.themes[0], opposed=(facing,)), *part.themes[1:])
    sections = list(digest.sections)
    sections[place] = replace(part, themes=themes)

    text = read_docx(digest_docx(replace(digest, sections=tuple(sections))))

    line = f"相反诉求：第2条：“{part.themes[1].label}”（{part.themes[1].counts.people}人）。"
    found = text.split(part.title)[-1].splitlines()
    assert next(words for words in found if "相反诉求：" in words) == f"[意见说明] {line}"


def test_opposite_asks_stand_side_by_side_once_in_the_words_of_a_comment(make_digest, read_docx):
    text = read_docx(digest_docx(make_digest()))

    (table,) = text.split("[表题] 主张相反的诉求（各举一条最能说明的意见）\n")[1:]
    assert table.splitlines()[:4] == [
        "一方主张 | 同类 | 另一方主张 | 同类",
        "第1条：“晚上八点以后河东段一盏灯都没有，建议在涵洞和桥下先装路灯。”（意见27） | 13人",
        "2种 | 第2条：“路灯不要直射住宅窗户，建议加灯罩。”（意见40） | 2人",
        "1种",
    ]


def test_what_asks_nothing_is_listed_last_and_not_ranked(make_digest, read_docx):
    text = read_docx(digest_docx(make_digest()))

    front, rest = text.split("[Heading 1] 第二部分　分章节意见")
    assert [line for line in front.splitlines() if "没有另提诉求" in line] == [
        "[要点] 没有另提诉求：表示支持或者没有意见的5条（意见2, 3, 4 等5条），不参加排列。"
    ]
    assert "支持整个规划" not in front
    lines = rest.split("[Heading 2] 总体意见")[1].splitlines()
    at = lines.index("[意见要点] 没有另提诉求的意见（表示支持或者没有意见的，2条）")
    assert [lines[at + 1].startswith("[意见说明] 2. 支持整个规划"), lines[at + 2]] == [
        True,
        "[Heading 2] 与规划无关",
    ]


def test_the_heat_map_is_the_darker_the_more(make_digest):
    tables = list(part(digest_docx(make_digest()), "word/document.xml").iter(f"{W}tbl"))
    heat = next(t for t in tables if "合计" in "".join(t.itertext()) and "建议" in "".join(
        next(t.iter(f"{W}tr")).itertext()
    ))  # fmt: skip
    rows = list(heat.iter(f"{W}tr"))

    def fills(row):
        return [s.get(f"{W}fill") for s in row.iter(f"{W}shd")]

    assert fills(rows[7]) == ["86A6D0", *["FFFFFF"] * 3, "E4EBF5", "FFFFFF"]  # 14 and 1
    assert fills(rows[5])[0] == "A9C0DF"  # 9 of at most 14
    assert fills(rows[-1]) == []


def test_a_window_of_many_days_is_shown_in_longer_steps(make_digest, read_docx):
    digest = make_digest()
    start = date(2022, 1, 1)
    early = tuple(Day((start + timedelta(days=n)).isoformat(), 0, 0) for n in range(200))

    text = read_docx(digest_docx(replace(digest, days=early + digest.days)))

    lines = text.split("日期 | 来件数 | 意见条数 | 来件数分布\n")[1].split("\n合计")[0].splitlines()
    assert lines[0] == "2022年1月1日至2022年1月5日 | 0 | 0 | "
    assert len(lines) == 43
    assert sum(int(line.split(" | ")[1]) for line in lines) == digest.accounting.listed
