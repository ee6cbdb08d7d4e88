from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.sections_products import Part, Products, lengths_part
from consult.analysis.sections_vocabulary import Counts, Vocabulary, counted

SIZE = 12
_SOME = np.random.default_rng(1)
TEXTS = st.lists(st.lists(st.integers(0, SIZE - 1), max_size=15), min_size=20, max_size=30)


def counts(texts: list[list[int]]) -> Counts:
    rows = np.array([row for own in texts for row in own], dtype=np.int32)
    return counted(rows, np.cumsum([0, *map(len, texts)]))


VOCABULARY = Vocabulary(counts([[0, 1, 2], [2, 3, 4, 5], [5, 6, 7, 8, 9]]), SIZE)
MATRIX = _SOME.random((SIZE, 5))
PRODUCTS = Products([Part(VOCABULARY, MATRIX), lengths_part(VOCABULARY)])


@given(TEXTS)
def test_products_of_a_text_are_its_own_in_any_company(texts: list[list[int]]) -> None:
    together = PRODUCTS.of(counts(texts))
    for place, text in enumerate(texts):
        alone = PRODUCTS.of(counts([text]))
        assert together.products[0][place].tolist() == alone.products[0][0].tolist()
        assert together.lengths[place].tolist() == alone.lengths[0].tolist()


@given(TEXTS)
def test_products_are_those_of_weighed_texts_of_length_one(texts: list[list[int]]) -> None:
    found = PRODUCTS.of(counts(texts))
    vectors = VOCABULARY.read(counts(texts))
    expected = [weights @ MATRIX[rows] for rows, weights in vectors]
    assert found.products[1].shape == (len(texts), 0)
    assert np.allclose(found.products[0], expected)
