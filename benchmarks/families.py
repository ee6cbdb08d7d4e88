"""``families``: near-duplicates among all comments.

Naive: TF-IDF over character pairs and triples, every pair by cosine in blocks, from .6 on joined.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

from benchmarks.material import Sample
from benchmarks.measure import Benchmark, Stopwatch

LIKE: Final = 0.6
_BLOCK: Final = 500  # rows compared with all others at once: keeps the product below a gigabyte


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.analysis.families import FamilyFinder

    with watch.stage("families"):
        finder = FamilyFinder(processes=os.cpu_count() or 1)
        finder.fit_predict([sample.text for sample in material])


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    from scipy.sparse import vstack
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    with watch.stage("vectors"):
        vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3))
        vectors = vectorizer.fit_transform(sample.text for sample in material)
    with watch.stage("families"):
        turned = vectors.T.tocsc()
        blocks = []
        for begin in range(0, len(material), _BLOCK):
            block = vectors[begin : begin + _BLOCK] @ turned
            block.data[block.data < LIKE] = 0.0
            block.eliminate_zeros()
            blocks.append(block)
        connected_components(vstack(blocks), directed=False)


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=50_000,
    reason="all pairs: time grows with the square, a million would take most of a day",
)
