from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise_batch import normalised
from consult.analysis.sections_index import GramIndex, TermIndex, grams, spread

TEXTS = st.lists(st.text("甲乙丙，", max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_known_runs_are_counted_text_by_text(known: list[str], texts: list[str]) -> None:
    keys = spread(grams(normalised(known)))[0]
    counts = GramIndex(keys).count(grams(normalised(texts)))
    for place, text in enumerate(texts):
        own = slice(counts.starts[place], counts.starts[place + 1])
        found = Counter(key for key in grams(normalised([text])).keys.ravel().tolist() if key)
        expected = [(row, found[key]) for row, key in enumerate(keys.tolist()) if found[key]]
        assert counts.rows[own].tolist() == [row for row, _ in expected]
        assert np.allclose(counts.times[own], [1 + log(times) for _, times in expected])
        assert counts.owners[own].tolist() == [place] * len(expected)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("甲乙丙丁")), max_size=20))
def test_terms_may_come_in_any_order(found: list[tuple[int, str]]) -> None:
    index = TermIndex([["甲", "乙", "丙"]])
    owners, terms = [owner for owner, _ in found], [term for _, term in found]
    counts = index.count(index.rows(terms), np.array(owners, dtype=np.int64), 4)
    known = Counter((owner, index.row(term)) for owner, term in found if term != "丁")
    assert list(zip(counts.owners.tolist(), counts.rows.tolist(), strict=True)) == sorted(known)
    assert np.allclose(counts.times, [1 + log(known[pair]) for pair in sorted(known)])
