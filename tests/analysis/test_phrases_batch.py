from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise_batch import normalised
from consult.analysis.phrases import PhraseFinder
from consult.analysis.phrases_batch import BatchFinder

WORDS = st.text("贷款难题\ud800\ufffd", max_size=5)


@given(st.lists(WORDS, max_size=12), st.lists(st.text("贷款难题，\ud800", max_size=14), max_size=6))
def test_many_texts_at_once_have_the_phrases_of_each(phrases: list[str], texts: list[str]) -> None:
    alone, batch = PhraseFinder(phrases), normalised(texts)
    finder, expected = BatchFinder(phrases), [alone.first(text) for text in batch.aligned]
    found = finder.first(batch)
    assert [list(own) for own in found.matches] == expected
    assert found.phrases.tolist() == [match[0] for own in expected for match in own]
    assert found.texts.tolist() == [place for place, own in enumerate(expected) for _ in own]
    assert [finder.first(normalised([text])).matches[0] for text in texts] == expected
