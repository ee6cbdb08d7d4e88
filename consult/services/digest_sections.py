"""The sections of a digest: what is asked, theme by theme, each line with its comment numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from consult.analysis.keywords import class_keywords
from consult.analysis.segment import Segmenter
from consult.analysis.summarise import quotes
from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Plan
from consult.domain.digest import Counts, Quote, SectionDigest, ThemeLine
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Theme
from consult.services.plan_order import label_and_title, ordered_codes

_QUOTES = 2
_Term = TypeVar("_Term", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _People:
    submissions: Mapping[int, Submission]
    persons: Mapping[int, str]


def section_digests(
    *,
    plan: Plan,
    comments: Sequence[Comment],
    themes: Sequence[Theme],
    submissions: Mapping[int, Submission],
    persons: Mapping[int, str],
    counts: Mapping[str, Counts],
    lexicon: Lexicon,
) -> tuple[SectionDigest, ...]:
    """Return a digest for every section of the plan, also of those nobody wrote about.

    A chapter's own code and the unassigned are listed only when they hold comments.
    """
    people = _People(submissions, persons)
    by_code: dict[str, list[Comment]] = {}
    for comment in comments:
        by_code.setdefault(comment.section, []).append(comment)
    leaves = {section.code for section in plan.sections}
    codes = [
        code
        for code in ordered_codes(plan)
        if code in leaves or code in by_code or code in ("general", "offplan")
    ]
    words = _keywords(codes, by_code, Segmenter(lexicon.words))
    return tuple(
        _section(code, plan, by_code.get(code, []), comments, themes, people,
                 counts.get(code, Counts()), words[code], len(comments))
        for code in codes
    )  # fmt: skip


def _keywords(
    codes: Sequence[str], by_code: Mapping[str, Sequence[Comment]], segmenter: Segmenter
) -> dict[str, tuple[str, ...]]:
    filled = [code for code in codes if by_code.get(code)]
    groups = [[segmenter.words(comment.text) for comment in by_code[code]] for code in filled]
    found = dict(zip(filled, class_keywords(groups), strict=True)) if groups else {}
    return {code: found.get(code, ()) for code in codes}


def _section(
    code: str,
    plan: Plan,
    mine: Sequence[Comment],
    everything: Sequence[Comment],
    themes: Sequence[Theme],
    people: _People,
    counts: Counts,
    keywords: tuple[str, ...],
    total: int,
) -> SectionDigest:
    label, title = label_and_title(plan, code)
    node = plan.find(code)
    chapter = plan.chapter_of(code)
    also = [c.number for c in everything if any(link.section == code for link in c.links[1:])]
    return SectionDigest(
        code=code,
        label=label,
        title=title,
        summary=node.summary if node else "",
        counts=counts,
        share=counts.comments / total if total else 0.0,
        kinds=_tally(c.kind for c in mine),
        themes=_lines(mine, themes, people),
        keywords=keywords,
        also=tuple(also),
        chapter=chapter.heading if chapter else "",
    )


def _lines(
    mine: Sequence[Comment], themes: Sequence[Theme], people: _People
) -> tuple[ThemeLine, ...]:
    """List the asks by distinct texts (a campaign cannot buy rank), then people, then number."""
    labels = {theme.id: theme for theme in themes}
    groups: dict[tuple[int, int], list[Comment]] = {}
    for comment in mine:  # one that left its theme stands alone until the next run
        key = (comment.theme, 0) if comment.theme in labels else (-1, comment.number)
        groups.setdefault((int(key[0] or 0), key[1]), []).append(comment)
    lines = [_line(members, labels.get(key[0]), people) for key, members in groups.items()]
    lines.sort(key=lambda line: (-line.counts.texts, -line.counts.people, line.numbers[0]))
    return tuple(lines)


def _line(members: Sequence[Comment], theme: Theme | None, people: _People) -> ThemeLine:
    senders = [people.submissions[c.submission] for c in members]
    texts = {c.family if c.family is not None else -c.number for c in members}
    families = Counter(c.family for c in members if c.family is not None)
    chosen = quotes([c.text for c in members], top=_QUOTES)
    return ThemeLine(
        label=theme.label if theme else chosen[0][1],
        counts=Counts(
            people=len({people.persons[c.submission] for c in members}),
            submissions=len({c.submission for c in members}),
            texts=len(texts),
            comments=len(members),
        ),
        speakers=_tally(sender.speaker for sender in senders),
        channels=_tally(sender.channel for sender in senders),
        quotes=tuple(Quote(members[i].number, text) for i, text in chosen),
        numbers=tuple(sorted(c.number for c in members)),
        keywords=theme.keywords if theme and len(texts) > 1 else (),
        largest_family=max(families.values(), default=1),
    )


def _tally(values: Iterable[_Term]) -> tuple[tuple[_Term, int], ...]:
    """Count closed terms, the most frequent first, equal ones in the order of the vocabulary."""
    counted = Counter(values)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], _place(item[0]))))


def _place(term: StrEnum) -> int:
    return list(type(term)).index(term)
