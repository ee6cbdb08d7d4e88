from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.citations import Citation, CitationFinder
from consult.analysis.citations_figure_view import figure_view
from consult.analysis.citations_patterns import PATTERNS, Pattern
from consult.analysis.normalise import align
from consult.analysis.normalise_batch import normalised
from consult.domain.consultation import Indicator, Plan, Section
from consult.domain.lexicon import FigureWords, Lexicon

LAKE = Section("1.1", "（一）", "改善湖泊水质", 1, "到2030年劣五类水体清零，每年清淤12万吨。")
BANKS = Section("1.2", "（二）", "建设环湖绿道", 3, "修通80公里环湖步道，沿线设置驿站三十处。")
FISH = Section("2.1", "（一）", "恢复鱼类资源", 5, "禁渔区常年巡护，增殖放流青鱼鲢鱼。")
GUESTS = Section("2.2", "（二）", "规范游船民宿", 7, "民宿污水必须纳管，游船改为电动。")
PLAN = Plan(
    "大湖保护规划（征求意见稿）",
    (
        Section("1", "一", "水体与岸线", 1, sections=(LAKE, BANKS)),
        Section("2", "二", "生物和游客", 5, sections=(FISH, GUESTS)),
    ),
    indicators=(Indicator(1, "优良水质断面比例", "%", target="85.50", section="1.1"),),
)
LEXICON = Lexicon(figures=(FigureWords("2.1", ("放流尾数",), ("300万尾",)),))


def cited(text: str, plan: Plan = PLAN) -> list[tuple[str, tuple[str, ...], str]]:
    found = CitationFinder(plan, LEXICON).find(text)
    return [(one.kind, one.codes, one.text) for one in found]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.example)
def test_each_pattern_reads_its_own_example(pattern: Pattern) -> None:
    path = ".".join(map(str, pattern.path))
    leaf = Section(path, "", "甲")
    top = (
        leaf if len(pattern.path) == 1 else Section(path.split(".")[0], "", "乙", sections=(leaf,))
    )
    found = CitationFinder(Plan("丙", (top,))).find(f"请看{pattern.example}：有意见")
    assert [(one.kind, one.codes) for one in found] == [("citation", (path,))]
    assert pattern.reason


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("第一章第二节要改", "1.2", "第一章第二节"),
        ("一（二）要改", "1.2", "一（二）"),
        ("一、（二）要改", "1.2", "一、（二）"),
        ("二(二)要改", "2.2", "二(二)"),
        ("第二部分第(二)条要改", "2.2", "第二部分第(二)条"),
        ("第2條（１）要改", "2.1", "第2條（１）"),
        ("第二大点第一小点要改", "2.1", "第二大点第一小点"),
        ("2.1要改", "2.1", "2.1"),
        ("对第二大点有意见", "2", "第二大点"),
        ("生物和游客部分第二条没写清", "2.2", "生物和游客部分第二条"),
    ],
)
def test_numbers_are_read_in_the_ways_citizens_write_them(text: str, code: str, words: str) -> None:
    assert cited(text) == [("citation", (code,), words)]


@pytest.mark.parametrize(
    "text",
    [
        "降到2.1%左右",
        "从1.1提到1.2万",
        "第九章第九节",
        "我说第一条",
        "总共18页",
        "二十多页",
        "1.2公里",
    ],
)
def test_quantities_and_places_the_plan_does_not_have_are_no_citations(text: str) -> None:
    assert cited(text) == []


def test_a_page_belongs_to_the_sections_whose_range_covers_it() -> None:
    assert cited("规划第5页") == [("page", ("1.2", "2.1"), "规划第5页"[2:])]
    assert cited("见P4") == [("page", ("1.2",), "P4")]
    assert cited("第4、6页") == [("page", ("1.2", "2.1"), "第4、6页")]


def test_titles_are_found_in_full_and_with_a_typo() -> None:
    assert cited("“建設環湖綠道”好") == [("title", ("1.2",), "建設環湖綠道")]
    assert cited("说说恢复渔类资源") == [("title", ("2.1",), "恢复渔类资源")]


def test_quoted_wording_is_found_from_six_characters_or_between_marks() -> None:
    assert cited("民宿污水必须纳管这句好") == [("quote", ("2.2",), "民宿污水必须纳管")]
    assert cited("“驿站”二字太小，“电动”也是") == []
    assert cited("什么叫“增殖放流”？") == [("quote", ("2.1",), "增殖放流")]


def test_a_named_indicator_with_its_figure_says_more_than_without() -> None:
    finder = CitationFinder(PLAN, LEXICON)
    bare, full = finder.find("优良水质断面比例太高"), finder.find("优良水质断面比例85.5%太高")
    assert [one.weight for one in bare if one.kind == "indicator"] == [0.6]
    assert [one.weight for one in full if one.kind == "indicator"] == [0.9]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.example)
@given(data=st.data())
def test_whatever_a_pattern_matches_has_its_sign(pattern: Pattern, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern.regex))
    match = pattern.regex.search(text)
    assert match is not None
    assert pattern.signs & set(match.group())


@pytest.mark.parametrize(
    "written",
    [
        "第壹章第贰节",
        "第Ⅰ章第Ⅱ节",
        "第１章第２节",
        "第1章2节",
        "（一）（二）",
        "一之二",
        "一.二",
        "1-2节",
    ],
)
def test_numbers_of_any_script_and_mark_name_the_section(written: str) -> None:
    assert cited(f"请看{written}：太短") == [("citation", ("1.2",), written)]


@pytest.mark.parametrize(
    "text",
    ["四分之一的人", "三之四成的人", "第1-2年", "扣1-2分", "一.二级", "（一）（二）（三）都要"],
)
def test_what_only_looks_like_two_numbers_names_nothing(text: str) -> None:
    assert cited(text) == []


def test_a_figure_of_one_section_alone_points_there_in_any_script() -> None:
    assert cited("八十公里够不够") == [("target", ("1.2",), "八十公")]
    assert cited("才８０公里") == [("target", ("1.2",), "８０公")]
    assert cited("180公里") == []


def test_figures_have_one_spelling() -> None:
    assert figure_view("一千五百名、1,500名、百分之二点五、2.50%、3万条、十四五").text == (
        "1500名、1500名、2.5%、2.5%、30000条、十四五"
    )


def test_articles_of_a_flat_plan_are_cited_by_their_number() -> None:
    plan = Plan("办法", tuple(Section(str(n), f"第{n}条", f"标题{n}") for n in range(1, 4)))
    assert cited("第二条不行", plan) == [("citation", ("2",), "第二条")]


_PIECES = st.sampled_from(
    [
        "第",
        "一",
        "二",
        "章",
        "节",
        "（",
        "）",
        "(",
        "1",
        ".",
        "2",
        "页",
        "P",
        "建设环湖绿道",
        "每年清淤12万吨",
        "修通80公里环湖",
        "万",
        "%",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=20).map("".join)))
def test_finding_never_raises_and_every_span_is_the_cited_text(text: str) -> None:
    found: list[Citation] = FINDER.find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert all(0 < one.weight <= 1 for one in found)


@given(st.text(max_size=80))
def test_the_view_of_figures_has_a_span_for_each_character(text: str) -> None:
    view = figure_view(align(text))
    spans = [view.span(place, place + 1) for place in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


FINDER = CitationFinder(PLAN, LEXICON)


@pytest.mark.parametrize(
    "written", ["两亿二", "九亿四", "百十七", "十十四", "第百十七页", "三（百十七）"]
)
def test_numerals_nobody_writes_in_books_stop_nothing(written: str) -> None:
    assert isinstance(CitationFinder(PLAN).find(f"投资{written}，建议增加"), list)


_WORDS = st.sampled_from(
    [
        "大湖保护规划",
        "建设环湖绿",
        "恢复鱼类资",
        "沿线设置驿站三十处",
        "环湖步道，沿线",
        "“步道”",
        "「清淤」",
        "放流尾数",
        "百分之八十五",
        "三百万尾",
        "p3",
        "二之一",
        "1-2节",
        "生物和游客",
        "优良水质断面 比例",
    ]
)


@given(
    st.lists(
        st.lists(_PIECES | _WORDS | st.text(max_size=3), max_size=12).map("".join),
        min_size=2, max_size=9,
    )
)  # fmt: skip
def test_many_texts_at_once_cite_what_each_cites_alone(texts: list[str]) -> None:
    every = [*texts, *texts]
    assert FINDER.find_all(normalised(every)) == [FINDER.find(text) for text in every]
