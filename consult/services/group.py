"""Families and themes of all comments of a run: what the machine proposes, ready to be stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consult.analysis.engine import stream_shards
from consult.analysis.families import FamilyFinder
from consult.analysis.normalise_batch import aligned
from consult.analysis.segment import Segmenter
from consult.analysis.themes import ThemeClusterer
from consult.analysis.themes_portrait import Portrait, portraits
from consult.analysis.themes_standing import representatives
from consult.analysis.word_lists import KnownWords, WordLists
from consult.domain.comment import Comment
from consult.domain.knowledge import Knowledge
from consult.domain.theme import Constraints, Theme


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
    words: WordLists
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
    clusterer = ThemeClusterer(segmenter, knowledge.lexicon, knowledge.thesaurus)
    labels = clusterer.fit_predict(
        texts, sections, labels_of, constraints, processes=processes, portrayed=True
    )
    return Groups(
        families=_families(labels_of, bases),
        themes=_themes(comments, labels, labels_of, clusterer, processes),
        opposed=tuple(clusterer.facing_),
    )


def _families(labels: Sequence[int], bases: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the families of two and more, the base text first."""
    based = ((bases[members[0]], members) for members in _members(labels, least=2))
    return tuple([(base, *[place for place in own if place != base]) for base, own in based])


def _themes(
    comments: Sequence[Comment],
    labels: Sequence[int],
    families: Sequence[int],
    clusterer: ThemeClusterer,
    processes: int,
) -> tuple[Theme, ...]:
    """Describe the themes, section by section."""
    by_section: dict[str, list[tuple[int, ...]]] = {}
    for members in _members(labels):
        by_section.setdefault(comments[members[0]].section, []).append(members)
    changed = {
        section: groups
        for section, groups in by_section.items()
        if any(members[0] not in clusterer.shown_ for members in groups)
    }
    drawn = {
        **clusterer.shown_,
        **_drawn(changed, comments, labels, families, clusterer, processes),
    }
    return tuple(
        _theme(section, members, drawn[members[0]])
        for section, groups in sorted(by_section.items())
        for members in groups
    )


def _drawn(
    by_section: Mapping[str, Sequence[tuple[int, ...]]],
    comments: Sequence[Comment],
    labels: Sequence[int],
    families: Sequence[int],
    clusterer: ThemeClusterer,
    processes: int,
) -> dict[int, Portrait]:
    """Draw the themes of sections, by their first member: people have changed some of them."""
    if not by_section:
        return {}
    texts = [comment.text for comment in comments]
    standing = representatives(texts, list(zip(labels, families, strict=True)))
    words = _words(standing, clusterer)
    # The largest first: whoever comes to the end of the last has little to wait for.
    order = sorted(by_section.values(), key=lambda groups: -sum(map(len, groups)))
    shards: list[_Section] = []

    def made() -> Iterator[_Section]:
        for groups in order:  # others draw what was made before
            shards.append(_section(groups, families, labels, standing, words))
            yield shards[-1]

    drawn: dict[int, Portrait] = {}
    for n, own in enumerate(stream_shards(_portraits, made(), processes)):
        for members, portrait in zip(order[n], own, strict=True):
            said, own_texts = [texts[place] for place in members], shards[n].texts
            named = members[said.index(own_texts[portrait.label_from])]
            central = members[said.index(own_texts[portrait.central])]
            drawn[members[0]] = portrait._replace(label_from=named, central=central)
    return drawn


def _words(standing: Mapping[tuple[int, int], str], clusterer: ThemeClusterer) -> KnownWords:
    """Return the words of the texts that stand for families in their themes.

    They are those of the sections, unless people have put a family into several themes.
    """
    if all(text in clusterer.words_ for text in standing.values()):
        return clusterer.words_
    texts = sorted(set(standing.values()))
    return KnownWords(texts, clusterer.segmenter.lists(aligned(texts)))


def _section(
    groups: Sequence[tuple[int, ...]],
    families: Sequence[int],
    labels: Sequence[int],
    standing: Mapping[tuple[int, int], str],
    words: KnownWords,
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
    return _Section(tuple(places), tuple(chosen), words.of(chosen), tuple(sizes))


def _portraits(section: _Section) -> list[Portrait]:
    return portraits(section.groups, section.texts, section.words, section.sizes)


def _theme(section: str, members: tuple[int, ...], own: Portrait) -> Theme:
    return Theme(
        id=0,
        section=section,
        label=own.label,
        label_from=own.label_from,
        members=members,
        central=own.central,
        keywords=own.keywords,
    )


def _members(labels: Sequence[int], least: int = 1) -> list[tuple[int, ...]]:
    """Return the positions of each label that as many have; labels in the order they come in."""
    import numpy as np

    own = np.asarray(labels, dtype=np.int64)
    order = np.argsort(own, kind="stable")
    ranked = own[order]
    starts = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    ends = np.append(starts[1:], order.size)
    coming = np.argsort(order[starts])
    coming = coming[(ends - starts)[coming] >= least]
    places = tuple(order.tolist())
    spans = zip(starts[coming].tolist(), ends[coming].tolist(), strict=True)
    return [places[a:b] for a, b in spans]
