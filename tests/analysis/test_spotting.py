"""Phrases are spotted in many texts as one looks for each of them in each text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.codes import Codes
from consult.analysis.normalise import fold
from consult.analysis.spotting import Spotter

_WORDS = st.text("学校路灯，A", max_size=5)


@given(st.lists(st.tuples(_WORDS, st.integers(0, 3)), max_size=8), st.lists(_WORDS, max_size=5))
def test_every_phrase_is_found_wherever_it_stands(
    phrases: list[tuple[str, int]], texts: list[str]
) -> None:
    owners, targets = Spotter(phrases).spot(Codes.folded(texts, 4))

    found = sorted(zip(owners.tolist(), targets.tolist(), strict=True))

    known = {(fold(phrase), target) for phrase, target in phrases} - {("", n) for n in range(4)}
    assert found == sorted(
        (n, target)
        for n, text in enumerate(texts)
        for phrase, target in known
        for place in range(len(text))
        if fold(text[:4]).startswith(phrase, place)
    )
