"""Clauses, sentences, figures and lengths of a text: what all readers share, fast or slow."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.asks import clauses, is_long, last_sentence, sentences, trimmed
from consult.analysis.figures import figures_in, may_count
from consult.analysis.normalise import align, fold


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
    between = "".join(aligned[a:b] for a, b in zip([0, *(b for _, b in spans)],
                      [*(a for a, _ in spans), len(aligned)], strict=True))  # fmt: skip

    assert spans == sorted(spans)
    assert last_sentence(aligned) == max((a for a, b in spans if a < b), default=0)
    assert fold(between) == ""


@settings(max_examples=300)
@given(st.text("百分之三十两〇万多余个月年%成人岁012..，点", max_size=14))
def test_figures_are_those_that_a_plain_pattern_finds(text: str) -> None:
    found = [match.span() for match in FIGURE.finditer(text) if match.group(1) or match.group(4)]

    assert [(figure.start, figure.end) for figure in figures_in(text)] == found
    assert may_count(text) or not found
