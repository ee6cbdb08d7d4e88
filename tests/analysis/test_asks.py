"""Clauses are cut where their marks stand, fast or slow."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.asks import clauses, trimmed

# A character at a time, each looked at for a mark: the rule as it reads.
END = r"(?:[。!?;…]|~(?!\d)|(?<=[a-z])\.(?=\s|$)|(?<=[\u4e00-\u9fff”’」』)])\.(?!\d))"
CLAUSE = re.compile(rf"(?:(?!{END})[^,:\n]|(?<=\d),(?=\d{{3}}))+")


@given(st.text(alphabet="建议a1234567890,:。!?;…~.\n ”)\u3000", max_size=40))
def test_runs_taken_whole_give_the_clauses_that_single_characters_give(text: str) -> None:
    slow = [trimmed(text, *match.span()) for match in CLAUSE.finditer(text)]

    assert list(clauses(text)) == slow


def test_a_mark_inside_a_figure_or_an_address_ends_no_clause() -> None:
    text = "投入1,000万元,占2.5%;见gov.cn。"

    assert [text[a:b] for a, b in clauses(text)] == ["投入1,000万元", "占2.5%", "见gov.cn"]
