"""``analyse``: a whole run in memory, through the functions that ``services.analyse`` calls.

Left out is what only a database needs: unsealing, search words, writing. Naive: no split but at
line ends, jieba inside TfidfVectorizer twice, cosine to the sections, average linkage over dense
rows per section, terms of the mean as labels; it looks for no families and quotes nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from benchmarks.material import Sample, corpus
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.reports import sections, submissions
from consult.domain.comment import Comment
from consult.domain.theme import Theme
from consult.services.divide import silent

_SHARD = 500  # texts split at a time, as in services.divide


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.analysis.engine import cut, stream_shards, suitable
    from consult.analysis.families import FamilyFinder
    from consult.analysis.segment import Segmenter
    from consult.analysis.themes import ThemeClusterer
    from consult.services.group import group
    from consult.services.map_points import Mapping
    from consult.services.split_points import PointSplitter

    knowledge, plan = corpus().knowledge, corpus().plan
    segmenter = Segmenter(knowledge.lexicon.words)
    processes = suitable(len(material))
    mapping = Mapping(plan, knowledge, segmenter)
    with watch.stage("map"):
        mapper = mapping.taught(())
    with watch.stage("split"):
        texts = list(dict.fromkeys(sample.text for sample in material))
        shards = cut(texts, processes, _SHARD)
        found = stream_shards(PointSplitter(mapper), shards, processes)
        spans = dict(zip(texts, (own for shard in found for own in shard), strict=True))
        numbers = count(1)
        points = [
            Comment(next(numbers), place, span.start, span.end, text[span.start : span.end])
            for place, text in enumerate(sample.text for sample in material)
            for span in spans[text]
        ]
    received = submissions(range(len(material)))
    with watch.stage("map"):
        points = mapping.place(points, received, mapper, silent, processes)
    # Families and themes are found inside of group(); what is left of it are the labels.
    with (
        watch.around(FamilyFinder, "fit_predict", "families"),
        watch.around(ThemeClusterer, "fit_predict", "themes"),
        watch.stage("labels"),
    ):
        groups = group(points, knowledge, segmenter, processes=processes)
    with watch.stage("digest"):
        _digest(points, groups.families, groups.themes)


def _digest(
    points: Sequence[Comment], families: Sequence[Sequence[int]], themes: Sequence[Theme]
) -> None:
    """Make the lines of the digest: quotes, key words and counts, section by section."""
    family = {place: label for label, members in enumerate(families) for place in members}
    theme = {place: label for label, item in enumerate(themes, 1) for place in item.members}
    grouped = [
        replace(point, family=family.get(place), theme=theme[place])
        for place, point in enumerate(points)
    ]
    sections(grouped, [replace(item, id=label) for label, item in enumerate(themes, 1)], {})


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    from benchmarks.baseline import clusters, labelled, nearest, section_texts, words

    codes, plan_texts = section_texts(corpus().plan)
    for_sections, for_themes = words(), words()
    with watch.stage("split"):
        lines = (line for sample in material for line in sample.text.splitlines())
        texts = [line for line in lines if line.strip()]
    with watch.stage("map"):
        plan_vectors = for_sections.fit_transform(plan_texts)
        found = nearest(for_sections.transform(texts), plan_vectors, codes)
    with watch.stage("themes"):
        vectors = for_themes.fit_transform(texts)
        groups = clusters(vectors, found)
    with watch.stage("labels"):
        labelled(vectors, groups, for_themes.get_feature_names_out())


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=50_000,
    reason="distances of all pairs of a section, dense: memory grows with the square",
)
