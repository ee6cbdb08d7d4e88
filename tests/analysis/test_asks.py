"""Clauses, sentences, figures and lengths of a text: what all readers share, fast or slow."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.asks import clauses, is_long, last_sentence, sentences, trimmed
from consult.analysis.figures import figures_in, may_count
from consult.analysis.normalise import align, fold

# A character at a time, each looked at for a mark: the rule as it reads.
END = r"(?:[。!?;…]|~(?!\d)|(?<=[a-z])\.(?=\s|$)|(?<=[\u4e00-\u9fff”’」』)])\.(?!\d))"
CLAUSE = re.compile(rf"(?:(?!{END})[^,:\n]|(?<=\d),(?=\d{{3}}))+")
TEXTS = st.one_of(st.text(max_size=60), st.text("人才，。、_ \u3000\n”～.a1…\u0301", max_size=60))
# A figure with its unit in one plain pattern, as slow as it is short.
FIGURE = re.compile(
    r"(百分之)?(\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百千]+)([万亿]?)(?:多|余|来)?"
    r"(%|成|周?岁|个?月|年|人年|人|个|元|点)?"
)


@given(TEXTS, st.integers(0, 40))
def test_a_text_is_long_by_what_it_says(text: str, least: int) -> None:
    assert is_long(text, least) == (len(fold(text)) >= least)


@given(TEXTS)
def test_sentences_follow_one_another_and_leave_out_marks_alone(text: str) -> None:
    aligned = align(text)
    spans = sentences(aligned)
    ends = [(0, 0), *spans, (len(aligned), 0)]
    between = "".join(aligned[b:c] for (_, b), (c, _) in pairwise(ends))

    assert list(spans) == sorted(spans)
    assert last_sentence(aligned) == max((a for a, b in spans if a < b), default=0)
    assert fold(between) == ""


@settings(max_examples=300)
@given(st.text("百分之三十两〇万多余个月年%成人岁012..，点", max_size=14))
def test_figures_are_those_that_a_plain_pattern_finds(text: str) -> None:
    found = [match.span() for match in FIGURE.finditer(text) if match.group(1) or match.group(4)]

    assert [(figure.start, figure.end) for figure in figures_in(text)] == found
    assert may_count(text) or not found


@given(st.text(alphabet="建议a1234567890,:。!?;…~.\n ”)\u3000", max_size=40))
def test_runs_taken_whole_give_the_clauses_that_single_characters_give(text: str) -> None:
    slow = [trimmed(text, *match.span()) for match in CLAUSE.finditer(text)]

    assert list(clauses(text)) == slow


def test_a_mark_inside_a_figure_or_an_address_ends_no_clause() -> None:
    text = "投入1,000万元,占2.5%;见gov.cn。"

    assert [text[a:b] for a, b in clauses(text)] == ["投入1,000万元", "占2.5%", "见gov.cn"]
