"""The nearest text outside of one's own group: what a machine came closest to confusing."""

from __future__ import annotations

from collections.abc import Sequence

from consult.analysis.segment import Segmenter
from consult.analysis.themes import Vectors
from consult.analysis.themes_features import Features
from consult.domain.knowledge import Thesaurus


def nearest_outside(
    texts: Sequence[str], groups: Sequence[int], segmenter: Segmenter, thesaurus: Thesaurus
) -> list[int | None]:
    """Return for each text the index of the most similar one of another group, None without one.

    Every pair is compared: meant for some hundred texts. Of equally similar ones the first.
    """
    import numpy as np

    if len(set(groups)) < 2:
        return [None] * len(texts)
    rows = Vectors(segmenter, Features(thesaurus)).among_themselves(texts)
    likeness = (rows @ rows.T).toarray().round(6)
    own = np.asarray(groups)
    likeness[own[:, None] == own[None, :]] = -1.0
    return [int(index) for index in likeness.argmax(axis=1)]
