from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise_batch import normalised
from consult.analysis.phrases import Match, PhraseFinder
from consult.analysis.phrases_batch import BatchFinder, Spotted

WORDS = st.text("贷款难题\ud800\ufffd", max_size=5)


def matches(found: Spotted) -> list[list[Match]]:
    every = list(zip(*[part.tolist() for part in found[1:4]], strict=True))
    return [every[a:b] for a, b in pairwise(found.starts.tolist())]


@given(st.lists(WORDS, max_size=12), st.lists(st.text("贷款难题，\ud800", max_size=14), max_size=6))
def test_many_texts_at_once_have_the_phrases_of_each(phrases: list[str], texts: list[str]) -> None:
    alone, batch = PhraseFinder(phrases), normalised(texts)
    finder, expected = BatchFinder(phrases), [alone.first(text) for text in batch.aligned]
    found = finder.first(batch)
    assert matches(found) == expected
    assert found.texts.tolist() == [place for place, own in enumerate(expected) for _ in own]
    assert [own for text in texts for own in matches(finder.first(normalised([text])))] == expected
