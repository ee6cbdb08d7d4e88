"""``mapping``: comments to sections, with the shipped knowledge, evidence included.

Naive: jieba inside TfidfVectorizer, the highest cosine to a section's text; no evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.material import Sample, corpus
from benchmarks.measure import Benchmark, Stopwatch


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.analysis.sections import SectionMapper

    knowledge, plan = corpus().knowledge, corpus().plan
    mapper = SectionMapper(
        lexicon=knowledge.lexicon, thesaurus=knowledge.thesaurus, exemplars=knowledge.exemplars
    )
    with watch.stage("fit"):
        mapper.fit(plan)
    with watch.stage("place"):
        mapper.place(sample.text for sample in material)


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    from benchmarks.baseline import nearest, section_texts, words

    codes, texts = section_texts(corpus().plan)
    vectorizer = words()
    with watch.stage("fit"):
        sections = vectorizer.fit_transform(texts)
    with watch.stage("place"):
        nearest(vectorizer.transform(sample.text for sample in material), sections, codes)


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=1_000_000,
    reason="linear in time and memory, about seven minutes and two gigabytes there",
)
