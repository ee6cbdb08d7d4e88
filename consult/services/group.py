"""Families and themes of all comments of a run: what the machine proposes, ready to be stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from consult.analysis.engine import map_shards
from consult.analysis.families import FamilyFinder
from consult.analysis.segment import Segmenter
from consult.analysis.themes import ThemeClusterer, Vectors, representatives
from consult.analysis.themes_portrait import Portrait, portraits
from consult.domain.comment import Comment
from consult.domain.knowledge import Knowledge
from consult.domain.theme import Constraints, Theme

_CUT = 5000  # texts cut into words at a time


@dataclass(frozen=True, slots=True)
class Groups:
    """Families of two and more (positions, base first) and themes (positions as members).

    ``opposed`` holds pairs of positions, of comments out of two themes that want opposite things;
    ``letters`` gives for the position of an addition that of the letter it was lifted out of.
    """

    families: tuple[tuple[int, ...], ...]
    themes: tuple[Theme, ...]
    opposed: tuple[tuple[int, int], ...] = ()
    letters: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Section:
    """The themes of one section: of each the texts it holds, copies once, and their words."""

    groups: tuple[tuple[int, ...], ...]
    texts: tuple[str, ...]
    words: tuple[Sequence[str], ...]  # empty where they are still to be cut
    sizes: tuple[int, ...]  # comments of each text's family in its theme


Families = tuple[Sequence[int], Sequence[int]]  # of each text: label, and position of its base


def families_of(finder: FamilyFinder, texts: Sequence[str]) -> Families:
    """Return the families of texts; the finder may remember what it has compared before."""
    return finder.fit_predict(texts), finder.bases_


def group(
    comments: Sequence[Comment],
    knowledge: Knowledge,
    segmenter: Segmenter,
    constraints: Constraints | None = None,
    processes: int = 1,
    families: Families | None = None,
) -> Groups:
    """Find families over all texts, and themes inside each section as people decided.

    ``families`` are those of the texts, where they are known already. Members, ``central`` and
    ``label_from`` are positions in ``comments``, not numbers yet. The result does not depend on the
    number of processes.
    """
    if not comments:
        return Groups((), ())
    texts = [comment.text for comment in comments]
    sections = [comment.section for comment in comments]
    labels_of, bases = families or families_of(FamilyFinder(knowledge.lexicon), texts)
    # Other processes cut their texts themselves: lists of words cost more on the way.
    words = _words(texts, sections, labels_of, segmenter) if processes == 1 else {}
    clusterer = ThemeClusterer(segmenter, knowledge.lexicon, knowledge.thesaurus)
    labels = clusterer.fit_predict(
        texts, sections, labels_of, constraints, words=words, processes=processes
    )
    return Groups(
        families=_families(labels_of, bases),
        themes=_themes(comments, labels, labels_of, words, clusterer.vectors, processes),
        opposed=tuple(clusterer.facing_),
    )


def _families(labels: Sequence[int], bases: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the families of two and more, the base text first."""
    return tuple(
        tuple(sorted(members, key=lambda place: (place != bases[members[0]], place)))
        for members in _members(labels)
        if len(members) > 1
    )


def _words(
    texts: Sequence[str], sections: Sequence[str], families: Sequence[int], segmenter: Segmenter
) -> dict[str, Sequence[str]]:
    """Cut the texts that stand for families, once for all that follows."""
    items = list(zip(sections, families, strict=True))
    distinct = sorted(set(representatives(texts, items).values()))
    found: dict[str, Sequence[str]] = {}
    for start in range(0, len(distinct), _CUT):
        chunk = distinct[start : start + _CUT]
        found |= zip(chunk, segmenter.words_of(chunk), strict=True)
    return found


def _themes(
    comments: Sequence[Comment],
    labels: Sequence[int],
    families: Sequence[int],
    words: Mapping[str, Sequence[str]],
    vectors: Vectors,
    processes: int,
) -> tuple[Theme, ...]:
    """Describe the themes, section by section."""
    by_section: dict[str, list[tuple[int, ...]]] = {}
    for members in _members(labels):
        by_section.setdefault(comments[members[0]].section, []).append(members)
    ordered = sorted(by_section.items())
    texts = [comment.text for comment in comments]
    standing = representatives(texts, list(zip(labels, families, strict=True)))
    shards = [_section(own, texts, families, labels, standing, words) for _, own in ordered]
    found = []
    drawer = partial(_portraits, vectors)
    for (section, groups), shard, drawn in zip(
        ordered, shards, map_shards(drawer, shards, processes), strict=True
    ):
        for members, portrait in zip(groups, drawn, strict=True):
            found.append(_theme(section, members, texts, shard, portrait))
    return tuple(found)


def _section(
    groups: Sequence[tuple[int, ...]],
    texts: Sequence[str],
    families: Sequence[int],
    labels: Sequence[int],
    standing: Mapping[tuple[int, int], str],
    words: Mapping[str, Sequence[str]],
) -> _Section:
    """Take each family of a theme once."""
    chosen: list[str] = []
    places, sizes = [], []
    for members in groups:
        copies = Counter(standing[labels[i], families[i]] for i in members)
        own = sorted(copies)
        places.append(tuple(range(len(chosen), len(chosen) + len(own))))
        chosen += own
        sizes += [copies[text] for text in own]
    cut = tuple(words.get(text, ()) for text in chosen)
    return _Section(tuple(places), tuple(chosen), cut, tuple(sizes))


def _portraits(vectors: Vectors, section: _Section) -> list[Portrait]:
    words = vectors.words(section.texts, section.words)
    return portraits(section.groups, section.texts, words, section.sizes)


def _theme(
    section: str,
    members: tuple[int, ...],
    texts: Sequence[str],
    shard: _Section,
    portrait: Portrait,
) -> Theme:
    """Name the comments that the texts of a portrait come from: the first that says so."""
    named, central = shard.texts[portrait.label_from], shard.texts[portrait.central]
    return Theme(
        id=0,
        section=section,
        label=portrait.label,
        label_from=next(i for i in members if texts[i] == named),
        members=members,
        central=next(i for i in members if texts[i] == central),
        keywords=portrait.keywords,
    )


def _members(labels: Sequence[int]) -> list[tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for position, label in enumerate(labels):
        found.setdefault(int(label), []).append(position)
    return [tuple(members) for members in found.values()]
