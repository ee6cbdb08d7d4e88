from __future__ import annotations

from dataclasses import replace

import html5lib
import pytest
from lxml import html

from consult.export.digest_html import digest_html
from consult.export.digest_markdown import digest_markdown, plain
from tests.export.test_digest_docx import with_words

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</title></style></main><iframe src=//e.example>",
    "&lt;b&gt; &amp; ' \"",
    "{{7*7}} {% raw %} %s",
    "javascript:alert(1) http://e.example/ www.e.example",
]


def page(data: bytes) -> html.HtmlElement:
    return html.document_fromstring(data.decode())


def test_the_page_is_valid_and_needs_nothing_else(make_digest):
    data = digest_html(make_digest())

    html5lib.HTMLParser(strict=True).parse(data.decode())
    found = page(data)
    assert found.xpath("//script | //link | //img | //iframe | //@src | //form") == []
    assert b"url(" not in data
    assert b"@import" not in data
    assert {a[:1] for a in found.xpath("//@href")} == {"#"}
    policy = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_every_link_leads_to_a_place_of_the_page(make_digest):
    found = page(digest_html(make_digest()))

    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids)) == 13
    assert {a[1:] for a in found.xpath("//@href")} == set(ids)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(make_digest, words):
    plainly, found = page(digest_html(make_digest())), page(
        digest_html(with_words(make_digest(), words))
    )  # fmt: skip

    changed = {e.tag for e in found.iter()} - {e.tag for e in plainly.iter()}
    assert changed == set()
    assert found.findtext(".//h1").split("\n")[0] == f"《{words}》"
    assert found.xpath("count(//td[. = $words])", words=f"“{words}”") == 5
    assert found.xpath("//@*[starts-with(name(), 'on')]") == []


def test_the_chart_has_a_bar_for_each_day_that_says_its_number(make_digest):
    digest = make_digest()
    bars = page(digest_html(digest)).xpath("//svg//rect")

    assert [float(bar.get("height")) for bar in bars] == [
        day.submissions * 100 / 5 for day in digest.days
    ]
    said = [bar.findtext("title").split("：")[1] for bar in bars]
    assert said == [str(day.submissions) for day in digest.days]


def test_an_empty_digest_is_a_page_too(make_digest):
    data = digest_html(make_digest(()))

    html5lib.HTMLParser(strict=True).parse(data.decode())
    assert page(data).text_content().count("未收到意见。") == 14


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("**粗** _斜_ `码`", r"\*\*粗\*\* \_斜\_ \`码\`"),
        ("<b>&amp;", r"&lt;b&gt;&amp;amp;"),
        ("[链](http://e.example)", r"\[链\](http\://e.example)"),
        ("a | b", r"a \| b"),
        ("1. 第一\n- 第二", r"1\. 第一 - 第二"),
        ("- 减", r"\- 减"),
        ("www.e.example a@b", r"www\.e.example a\@b"),
    ],
)
def test_marks_of_markdown_are_disarmed(words, written):
    assert plain(words) == written


def test_a_table_keeps_its_columns_whatever_is_said(make_digest):
    text = digest_markdown(with_words(make_digest(), "a|b\n|c|")).decode()

    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    for lines in tables:
        assert {line.replace("\\|", "").count("|") for line in lines} == {
            lines[0].replace("\\|", "").count("|")
        }
    assert len(tables) >= 8


def test_control_and_direction_marks_are_gone_from_both(make_digest):
    words = "一\x0b二\u202e三"
    for write in (digest_html, digest_markdown):
        text = write(with_words(make_digest(), words)).decode()
        assert "一二三" in text
        assert "\u202e" not in text
        assert "\x0b" not in text


def test_a_rehearsal_is_marked_in_both(make_digest):
    for write in (digest_html, digest_markdown):
        marked = write(make_digest()).decode()
        real = write(replace(make_digest(), masthead=make_digest(rehearsal=False).masthead))
        assert "演练：使用模拟日期" in marked
        assert "演练" not in real.decode()
