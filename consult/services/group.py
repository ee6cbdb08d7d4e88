"""Families and themes of all comments of a run: what the machine proposes, ready to be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.analysis.families import FamilyFinder
from consult.analysis.keywords import class_keywords
from consult.analysis.segment import Segmenter
from consult.analysis.summarise import best_ask, central
from consult.analysis.themes import ThemeClusterer
from consult.domain.comment import Comment
from consult.domain.knowledge import Knowledge
from consult.domain.theme import Constraints, Theme


@dataclass(frozen=True, slots=True)
class Groups:
    """Families of two and more (positions, base first) and themes (positions as members)."""

    families: tuple[tuple[int, ...], ...]
    themes: tuple[Theme, ...]


def group(
    comments: Sequence[Comment],
    knowledge: Knowledge,
    segmenter: Segmenter,
    constraints: Constraints | None = None,
) -> Groups:
    """Find families over all texts, and themes inside each section as people decided.

    Members, ``central`` and ``label_from`` are positions in ``comments``, not numbers yet.
    """
    if not comments:
        return Groups((), ())
    texts = [comment.text for comment in comments]
    found = FamilyFinder(knowledge.lexicon).fit_predict(texts)
    families = _members(found)
    clusterer = ThemeClusterer(segmenter, knowledge.lexicon, knowledge.thesaurus)
    sections = [comment.section for comment in comments]
    labels = clusterer.fit_predict(texts, sections, found, constraints)
    tokens = [segmenter.words(text) for text in texts]
    by_section: dict[str, list[tuple[int, ...]]] = {}
    for members in _members(labels):
        by_section.setdefault(comments[members[0]].section, []).append(members)
    themes = []
    for section, groups in sorted(by_section.items()):
        keywords = class_keywords([[tokens[i] for i in members] for members in groups])
        for members, words in zip(groups, keywords, strict=True):
            themes.append(_theme(section, members, texts, tokens, words))
    return Groups(tuple(f for f in families if len(f) > 1), tuple(themes))


def _theme(
    section: str,
    members: tuple[int, ...],
    texts: Sequence[str],
    tokens: Sequence[Sequence[str]],
    keywords: tuple[str, ...],
) -> Theme:
    source, label = best_ask([texts[i] for i in members])
    return Theme(
        id=0,
        section=section,
        label=label,
        label_from=members[source],
        members=members,
        central=members[central([tokens[i] for i in members])],
        keywords=keywords,
    )


def _members(labels: Sequence[int]) -> list[tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for position, label in enumerate(labels):
        found.setdefault(int(label), []).append(position)
    return [tuple(members) for members in found.values()]
