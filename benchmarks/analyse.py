"""``analyse``: a whole run in memory, through the functions that ``services.analyse`` calls.

Left out is what only a database needs: unsealing, search words, writing; reasons of links, which
a run puts into the database as soon as it has them, are made ready for it and let go. Naive: no
split but at line ends, jieba inside TfidfVectorizer twice, cosine to the sections, average linkage
over dense rows per section, terms of the mean as labels; it looks for no families, lifts no
additions and quotes nobody.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from benchmarks.material import Sample, corpus
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.reports import sections
from consult.analysis.sections import SectionMapper
from consult.domain.comment import Channel, Comment, Speaker, Submission
from consult.domain.theme import Theme
from consult.services.additions import additions
from consult.services.divide import silent
from consult.services.map_points import Mapping, mapped
from consult.store import codec
from consult.store.run_comments import Prepared

_RECEIVED: Final = datetime(2022, 10, 1, tzinfo=UTC)
Asked = tuple[str, str]  # amendments and aims of a comment, as they are written
_NOTHING_ASKED: Final[Asked] = (codec.NONE, codec.NONE)


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.analysis.collection import collection_paused

    with collection_paused():
        _run(material, watch)


def _run(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.analysis.engine import suitable
    from consult.analysis.families import FamilyFinder
    from consult.analysis.segment import Segmenter
    from consult.analysis.themes import ThemeClusterer
    from consult.services import divide as dividing
    from consult.services.beside import beside
    from consult.services.group import group
    from consult.services.lift import Lift

    knowledge, plan = corpus().knowledge, corpus().plan
    segmenter = Segmenter(knowledge.lexicon.words)
    processes = suitable(len(material))
    mapping = Mapping(plan, knowledge, segmenter)
    received = [_received(place, sample.text) for place, sample in enumerate(material)]
    finder = FamilyFinder(knowledge.lexicon, processes=processes)
    with watch.stage("map"), mapping.begun(processes):
        mapper = mapping.taught(())
    # Families are found inside of Lift and group(), themes inside of the latter: what is left of
    # them are the additions and the labels.
    with (
        watch.around(FamilyFinder, "fit_predict", "families"),
        watch.around(ThemeClusterer, "fit_predict", "themes"),
        watch.around(dividing, "Lift", "additions"),
        watch.around(Lift, "regions", "additions"),
    ):
        with watch.stage("split"):
            divided = dividing.divide(received, (), silent, mapper, finder, processes)
        families = beside(finder, [point.text for point in divided.points], processes)
        with watch.stage("map"):
            points, asked = _mapped(divided.points, received, mapping, mapper, processes)
        letters = divided.letters
        del divided, mapper  # as a run does
        with watch.stage("families"):
            found = families()
        with watch.stage("labels"):
            groups = group(points, knowledge, segmenter, processes=processes, families=found)
        with watch.stage("additions"):
            additions(points, groups.families, letters)
    with watch.stage("digest"):
        _digest(points, asked, groups.families, groups.themes, received, processes)


def _received(place: int, text: str) -> Submission:
    return Submission(
        place, f"{place:08d}", Channel.WEB, Speaker.INDIVIDUAL, _RECEIVED, _RECEIVED, text
    )


def _mapped(
    divided: Sequence[Comment],
    received: Sequence[Submission],
    mapping: Mapping,
    mapper: SectionMapper,
    processes: int,
) -> tuple[list[Comment], dict[int, Asked]]:
    """Map as a run does, with the numbers that its database would give.

    Beside the comments comes what is written of those that ask something of the draft, by place.
    """
    points: list[Comment] = []
    asked: dict[int, Asked] = {}
    by_id = {item.id: item for item in received}
    for shard in mapping.prepare(divided, by_id, mapper, processes):
        for prepared in shard:
            if isinstance(prepared, Prepared):
                if prepared.columns[2:4] != _NOTHING_ASKED:
                    asked[len(points)] = prepared.columns[2:4]
                points.append(mapped(divided[len(points)], len(points) + 1, prepared))
    return points, asked


def _digest(
    points: Sequence[Comment],
    asked: Table[int, Asked],
    families: Sequence[Sequence[int]],
    themes: Sequence[Theme],
    received: Sequence[Submission],
    processes: int,
) -> None:
    """Make the lines of the digest: quotes, key words and counts, section by section.

    What a run writes into the database is put into the comments themselves. Out of a database they
    come anew; here no two are kept, and none is made for the sake of a field, which would time what
    a database does.
    """
    put = object.__setattr__  # they are frozen
    for place, (amendments, aims) in asked.items():
        put(points[place], "amendments", codec.load_amendments(amendments))
        put(points[place], "aims", codec.load_aims(aims))
    for label, members in enumerate(families):
        for place in members:
            put(points[place], "family", label)
    named = [replace(item, id=label) for label, item in enumerate(themes, 1)]
    for item in named:
        for place in item.members:
            put(points[place], "theme", item.id)
    sections(points, named, {}, processes, senders={item.id: item for item in received})


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
    reach=100_000,
    reason="distances of all pairs of a section, dense: 100,000 take 21 minutes, twice as many 84",
)
