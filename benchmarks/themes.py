"""``themes``: comments of one section that make the same ask; the sections are given.

Naive: jieba inside TfidfVectorizer, average linkage over the dense rows of each section.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.material import Sample, corpus
from benchmarks.measure import Benchmark, Stopwatch


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.analysis.families import FamilyFinder
    from consult.analysis.themes import ThemeClusterer

    texts = [sample.text for sample in material]
    clusterer = ThemeClusterer(
        lexicon=corpus().knowledge.lexicon, thesaurus=corpus().knowledge.thesaurus
    )
    with watch.around(FamilyFinder, "fit_predict", "families"), watch.stage("themes"):
        clusterer.fit_predict(texts, [sample.section for sample in material])


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    from benchmarks.baseline import clusters, words

    vectorizer = words()
    with watch.stage("vectors"):
        vectors = vectorizer.fit_transform(sample.text for sample in material)
    with watch.stage("themes"):
        clusters(vectors, [sample.section for sample in material])


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=50_000,
    reason="distances of all pairs of a section, dense: memory grows with the square",
)
