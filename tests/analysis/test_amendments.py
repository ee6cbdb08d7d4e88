"""Amendments of the draft, as they are worded in comments."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.amendments import MOST, amendments_in, find_amendments
from consult.analysis.amendments_draft import DraftWords
from consult.analysis.amendments_forms import FORMS
from consult.analysis.amendments_quotes import CLOSE, OPEN, paired, quoted
from consult.analysis.point_screen import look_at_all
from consult.domain.amendment import AmendmentKind, Lookup
from consult.domain.consultation import Indicator, Plan, Section

REPLACE, DELETE = AmendmentKind.REPLACE, AmendmentKind.DELETE
INSERT, CORRECT = AmendmentKind.INSERT, AmendmentKind.CORRECT
PLAN = Plan(
    title="河西绿道规划",
    chapters=(
        Section("1", "一", "总则", sections=(
            Section("1.1", "（一）", "目标", paragraphs=("到2025年，力争建成绿道３０公里。",)),
            Section("1.2", "（二）", "原则", paragraphs=("坚持以人为本，力争先行先试，逐步推开",)),
        )),
    ),
    indicators=(Indicator(1, "绿道长度", unit="公里", target="30", section="1.1"),),
)  # fmt: skip
DRAFT = DraftWords(PLAN)


def asked(text: str, draft: DraftWords | None = None) -> list[tuple[AmendmentKind, str, str]]:
    return [(item.kind, item.old, item.new) for item in find_amendments(text, draft)]


@pytest.mark.parametrize(
    ("text", "kind", "old", "new"),
    [
        ("将“路灯”修改为“路灯和座椅”。", REPLACE, "路灯", "路灯和座椅"),
        ("建议把“力争”统一调整为“确保”。", REPLACE, "力争", "确保"),
        ("標題中「人材」應改為「人才」", REPLACE, "人材", "人才"),
        ('"先行先试"改成"稳步推进"', REPLACE, "先行先试", "稳步推进"),
        ("用“人才”代替“人材”", REPLACE, "人材", "人才"),
        ("”力争”改为”争取”", REPLACE, "力争", "争取"),
        ("“力争“改为“争取“", REPLACE, "力争", "争取"),
        ("这一句宜改为“五年内建成”。", REPLACE, "", "五年内建成"),
        ("把“成立公司”改为委托街道管理比较合适", REPLACE, "成立公司", "委托街道管理"),
        ("长度由30公里调整为20公里", REPLACE, "30公里", "20公里"),
        ("把年龄从45岁改为50岁", REPLACE, "45岁", "50岁"),
        ("60岁的限制放宽到65岁", REPLACE, "60岁", "65岁"),
        ("删除“力争”。", DELETE, "力争", ""),
        ("建议把“力争”二字删掉", DELETE, "力争", ""),
        ("删去力争二字", DELETE, "力争", ""),
        ("删除第二段", DELETE, "", ""),
        ("在“绿道”后增加“和骑行道”", INSERT, "绿道", "和骑行道"),
        ("“绿道”之后建议补充骑行道的内容。", INSERT, "绿道", "骑行道的内容"),
        ("“目标”后面加一句，每年公布一次进度。", INSERT, "目标", "每年公布一次进度"),
        ("建议增加“坚持开放共享”的内容", INSERT, "", "坚持开放共享"),
        ("“座倚”应为“座椅”", CORRECT, "座倚", "座椅"),
        ("“座椅”误写成“座倚”", CORRECT, "座倚", "座椅"),
        ("记录片应为纪录片", CORRECT, "记录片", "纪录片"),
        ("有错别字：“座倚”改为“座椅”", CORRECT, "座倚", "座椅"),
        ("标题多了“的”字", CORRECT, "的", ""),
        ("表中漏了“公里”", CORRECT, "", "公里"),
    ],
)
def test_every_wording_gives_its_words(text: str, kind: AmendmentKind, old: str, new: str):
    assert asked(text) == [(kind, old, new)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "建议修路灯。",
        "不要删除“以人为本”。",
        "不宜删去“以人为本”二字",
        "增加“骑行道”的数量",
        "把开会改成下现场",
        "应当改为民办，政府监管。",
        "在河边增加路灯",
        "请把“意见”两个字写大一点",
        "他说：“改一改”，然后走了。",
    ],
)
def test_what_asks_for_no_words_is_none(text: str):
    assert asked(text) == []


def test_several_in_one_comment_keep_their_order():
    text = "①“座倚”应为“座椅”；②删除“力争”、“逐步”等词；③将“绿道”改为“绿道网”。"

    assert asked(text) == [
        (CORRECT, "座倚", "座椅"),
        (DELETE, "力争", ""),
        (DELETE, "逐步", ""),
        (REPLACE, "绿道", "绿道网"),
    ]


def test_spans_are_places_in_the_text_as_received():
    text = "第１８页，請將「人材」修改為「人才」。"

    (item,) = find_amendments(text)

    assert text[item.start : item.end] == "「人材」修改為「人才」"
    assert (item.old, item.new, item.where) == ("人材", "人才", "第１８页")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("第一章第（二）节将“力争”改为“确保”", "第一章第（二）节"),
        ("一、（二）中“力争”改为“确保”", "一、（二）"),
        ("1.2节“力争”改为“确保”", "1.2"),
        ("P12倒数第二段：“力争”改为“确保”", "P12倒数第二段"),
        ("将“力争”改为“确保”", ""),
        ("第3页：“a”应为“b”；“c”应为“d”", "第3页"),
    ],
)
def test_the_cited_place_stands_beside_the_words(text: str, where: str):
    assert [item.where for item in find_amendments(text)][-1] == where


def test_the_side_of_an_insertion_is_kept():
    before, behind = (
        find_amendments(f"在“绿道”之{side}增加“滨河”")[0].before for side in ("前", "后")
    )

    assert (before, behind) == (True, False)


def test_words_are_looked_up_in_the_draft():
    (item,) = find_amendments("将“力争建成绿道30公里”改为“建成绿道20公里”", DRAFT)

    assert (item.lookup, item.section) == (Lookup.FOUND, "1.1")


def test_the_section_of_the_comment_is_preferred_where_words_stand_in_several():
    first, near = (find_amendments("删除“力争”", DRAFT, code)[0].section for code in ("", "1.2"))

    assert (first, near) == ("1.1", "1.2")


def test_words_that_are_not_in_the_draft_are_flagged():
    (item,) = find_amendments("将“人行天桥”改为“地下通道”", DRAFT)

    assert (item.lookup, item.section) == (Lookup.MISSING, "")


def test_a_long_quotation_may_leave_words_out():
    assert DRAFT.look_up("坚持……逐步推开") == (Lookup.FOUND, "1.2")
    assert DRAFT.look_up("逐步推开……坚持") == (Lookup.MISSING, "")


def test_without_an_official_text_nothing_is_looked_up():
    summary = DraftWords(Plan("规划", (Section("1", "一", "总则", summary="力争建成"),)))

    (item,) = find_amendments("删除“力争”", summary)

    assert (summary.official, item.lookup) == (False, Lookup.UNCHECKED)


def test_words_without_quotation_marks_must_be_of_the_draft():
    assert asked("把先行先试改为稳步推进", DRAFT) == [(REPLACE, "先行先试", "稳步推进")]
    assert asked("把晨跑改为夜跑", DRAFT) == []
    assert asked("第一章第二节里，把晨跑改为夜跑") == [(REPLACE, "晨跑", "夜跑")]


def test_a_form_is_read_for_only_beside_the_words_it_names():
    assert asked("把45岁以下规范为50岁以下") == [(REPLACE, "45岁以下", "50岁以下")]
    assert asked("45岁规范为50岁") == []
    assert asked("45岁规范为50岁，提高待遇") == [(REPLACE, "45岁", "50岁")]


def test_every_form_explains_itself_and_finds_its_example():
    examples = [(form.example, form.pattern.search(quoted(form.example))) for form in FORMS]

    assert [form for form in FORMS if not form.reason] == []
    assert [example for example, match in examples if match is None] == []


def test_quotes_inside_of_quotes_belong_to_the_outer_ones():
    assert quoted("“他说‘好’”。") == f"{OPEN}他说‘好’{CLOSE}。"
    assert quoted("“没有关上\n“关上”") == f"“没有关上\n{OPEN}关上{CLOSE}"


def test_no_more_than_a_page_of_them_is_read():
    assert len(find_amendments("“座倚”应为“座椅”；" * 300)) == MOST


PIECES = st.sampled_from(
    ["将", "把", "“", "”", "「", "」", '"', "路灯", "改为", "删除", "在", "后", "增加", "应为",
     "第3页", "45岁", "，", "。", "\n", "误", "漏了", "不要"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text("“”力\n", max_size=12), st.text('“”「」‘’"力\n', max_size=12)))
def test_marks_that_take_turns_are_paired_as_any_others(text: str):
    assert quoted(text) == paired(text)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=24).map("".join)))
def test_words_and_places_are_always_those_of_the_text(text: str):
    found = find_amendments(text, DRAFT)

    assert found == find_amendments(text, DRAFT)
    assert len(quoted(text)) == len(text)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert item.old in text[item.start : item.end]
        assert item.new in text[item.start : item.end]
        assert item.where in text
        assert item.old or item.new or item.where


@pytest.mark.parametrize(
    "piece",
    ["把", "将“", "“a”", "改为", "删除", "在后增加", "第一章", "一、（一）", "把45岁改为50岁", "“‘",
     '"', "记录片应为纪录片", "漏了“和”", "由1改为", "增加“", "误写成“b”", "删除“a”、“b”、",
     "「", "第1", "1.1", "…"],
)  # fmt: skip
def test_the_longest_text_takes_less_than_two_seconds(piece: str):
    text = (piece * 20_000)[:20_000]

    started = time.perf_counter()
    find_amendments(text, DRAFT)

    assert time.perf_counter() - started < 2.0


@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=6))
def test_amendments_of_many_comments_are_those_of_each(texts: list[str]):
    many = texts * 24  # more than a few are looked at in another way
    sections = [("1.1", "1.2")[place % 2] for place in range(len(many))]
    pairs = zip(many, sections, strict=True)
    expected = [find_amendments(text, DRAFT, code) for text, code in pairs]
    assert amendments_in(look_at_all(many), DRAFT, sections) == expected
