"""What stands for a section's families, in which order, and how texts counted in parts weigh."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.segment import Segmenter
from consult.analysis.themes import Vectors
from consult.analysis.themes_features import Features
from consult.analysis.themes_linkage import content_order
from consult.analysis.themes_standing import representatives, standing
from consult.analysis.themes_weights import Weights

COMMENTS = st.lists(
    st.tuples(st.text("学校路", max_size=3), st.sampled_from(["1.1", "", "2.3"]), st.integers(0, 3))
)


@given(COMMENTS)
def test_the_families_of_a_section_stand_in_the_order_of_their_texts(
    comments: list[tuple[str, str, int]],
) -> None:
    texts = [text for text, _, _ in comments]
    items = [(section, family) for _, section, family in comments]

    found = [
        (text, own)
        for section in standing(texts, [code for code, _ in items], [n for _, n in items])
        for text, own in zip(
            section.texts,
            np.split(section.places, section.sizes.cumsum()[:-1]),
            strict=True,
        )
    ]

    chosen = representatives(texts, items)
    order = sorted(chosen, key=lambda item: (item[0], chosen[item], item[1]))
    assert [(text, own.tolist()) for text, own in found] == [
        (chosen[item], [n for n, own in enumerate(items) if own == item]) for item in order
    ]


def test_texts_weigh_the_same_in_parts() -> None:
    vectors = Vectors(Segmenter(), Features())
    texts = ["建议多建学校。", "", "路灯太暗，建议增加路灯", "学校食堂要公开", "。", "路太窄"]
    parts = [vectors.rows(texts[:2]), vectors.rows(texts[2:5]), vectors.rows(texts[5:])]

    found = Weights.of(vectors.rows(texts)).weigh(parts)

    whole = Weights.of(vectors.rows(texts)).weigh([vectors.rows(texts)])
    assert found.shape == whole.shape
    assert [own.tolist() for own in (found.data, found.indices, found.indptr)] == [
        own.tolist() for own in (whole.data, whole.indices, whole.indptr)
    ]


def test_texts_of_one_digest_stand_in_their_own_order() -> None:
    digests = np.array([7, 7, 3, 7], dtype=np.uint64)

    assert content_order(["乙", "丙", "甲", "乙"], digests).tolist() == [2, 1, 0, 3]
