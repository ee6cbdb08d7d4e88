"""The sections of a digest: what is asked, theme by theme, each line with its comment numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.analysis.keywords import class_keywords
from consult.analysis.opposites import Opposites
from consult.analysis.segment import Segmenter
from consult.analysis.summarise import quotes
from consult.domain.comment import Comment, Origin, Sender, Submission
from consult.domain.consultation import Plan
from consult.domain.decision import Decision
from consult.domain.digest import (
    AimLine,
    AmendmentLine,
    Counts,
    Quote,
    SectionDigest,
    ThemeLine,
)
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Facing, Theme
from consult.services.digest_asked import AskGrouper
from consult.services.digest_counts import People, tally, text_of, weight
from consult.services.digest_figures import FigureGrouper
from consult.services.digest_opposed import linked
from consult.services.digest_voices import VoiceReader, asks
from consult.services.plan_order import label_and_title, ordered_codes
from consult.services.shelf import Shelf

_MACHINE = (Origin.CITED, Origin.INFERRED)
_QUOTES = 2
_MORE_QUOTES = 3  # of an ask that was made in many wordings
_MANY_TEXTS = 5
_MOST_QUOTED = 5  # comments that the quotations of a theme are chosen from
_MOST_READ = 300  # texts that a section's key words are taken from


@dataclass(frozen=True, slots=True)
class _Material:
    """What every section is made of."""

    plan: Plan
    themes: Mapping[int, Theme]
    people: People
    opposites: Mapping[int, tuple[Facing, ...]]
    answers: Mapping[int, Decision]
    asks: AskGrouper
    voices: VoiceReader
    shelf: Shelf
    threshold: float


def section_digests(
    *,
    plan: Plan,
    comments: Shelf,
    themes: Sequence[Theme],
    submissions: Mapping[int, Sender | Submission],
    persons: Mapping[int, str],
    counts: Mapping[str, Counts],
    lexicon: Lexicon,
    opposites: Mapping[int, tuple[Facing, ...]],
    answers: Mapping[int, Decision],
    threshold: float = 0.5,
) -> tuple[SectionDigest, ...]:
    """Return a digest for every section of the plan, also of those nobody wrote about.

    ``opposites`` names for a theme those that want the opposite (相反诉求) and the comments that
    show it; ``answers`` are the approved decisions by comment number; ``threshold`` is the
    confidence from which the program was sure of a place.

    A chapter's own code and the unassigned are listed only when they hold comments.
    """
    leaves = {section.code for section in plan.sections}
    codes = [
        code
        for code in ordered_codes(plan)
        if code in leaves or code in comments.codes or code in ("general", "offplan")
    ]
    people, figures = People(submissions, persons), FigureGrouper(plan, lexicon)
    material = _Material(
        plan=plan,
        themes={theme.id: theme for theme in themes},
        people=people,
        opposites=opposites,
        answers=answers,
        asks=AskGrouper(plan, figures),
        voices=VoiceReader(Opposites(lexicon.opposites), figures, people),
        shelf=comments,
        threshold=threshold,
    )
    words = _keywords([c for c in codes if c in comments.codes], comments, Segmenter(lexicon.words))
    return tuple(
        _section(code, counts.get(code, Counts()), words.get(code, ()), material) for code in codes
    )


def _keywords(
    codes: Sequence[str], comments: Shelf, segmenter: Segmenter
) -> dict[str, tuple[str, ...]]:
    groups = [segmenter.words_of(_distinct(comments.read(code))) for code in codes]
    return dict(zip(codes, class_keywords(groups), strict=True)) if groups else {}


def _distinct(comments: Iterable[Comment]) -> list[str]:
    """Return the texts that tell a section's key words: of each family one, not too many."""
    texts: dict[int, str] = {}
    for comment in comments:
        if len(texts) >= _MOST_READ:
            break
        texts.setdefault(text_of(comment), comment.text)
    return list(texts.values())


def _section(
    code: str, counts: Counts, keywords: tuple[str, ...], material: _Material
) -> SectionDigest:
    shelf = material.shelf
    mine = [*shelf.read(code)]
    label, title = label_and_title(material.plan, code)
    node = material.plan.find(code)
    chapter = material.plan.chapter_of(code)
    asked = material.asks.read(mine, material.people)
    return SectionDigest(
        code=code,
        label=label,
        title=title,
        summary=node.summary if node else "",
        counts=counts,
        share=counts.comments / shelf.total if shelf.total else 0.0,
        kinds=tally(c.kind for c in mine),
        themes=_lines(mine, material),
        keywords=keywords,
        also=tuple(shelf.also.get(code, ())),
        chapter=chapter.heading if chapter else "",
        amendments=tuple(
            AmendmentLine(c.number, item, material.plan.label(item.section) if item.section else "")
            for c in mine
            for item in c.amendments
        ),
        aims=tuple(AimLine(c.number, aim) for c in mine for aim in c.aims),
        identified=material.people.identified(mine),
        wording=asked.wording,
        corrections=asked.corrections,
        figures=asked.figures,
        questions=asked.questions,
        doubtful=tuple(c.number for c in mine if _doubtful(c, material.threshold)),
    )


def _doubtful(comment: Comment, threshold: float) -> bool:
    """Tell whether the program alone has put a comment where it is, and was not sure."""
    link = comment.links[0] if comment.links else None
    return bool(link and link.origin in _MACHINE and link.confidence < threshold)


def _lines(mine: Sequence[Comment], material: _Material) -> tuple[ThemeLine, ...]:
    """List what is asked before what asks nothing.

    Each by distinct texts (a campaign cannot buy rank), then people, then comments.
    """
    labels = material.themes
    groups: dict[tuple[int, int], list[Comment]] = {}
    for comment in mine:  # one that left its theme stands alone until the next run
        key = (comment.theme, 0) if comment.theme in labels else (-1, comment.number)
        groups.setdefault((int(key[0] or 0), key[1]), []).append(comment)
    lines = [(key[0], _line(own, labels.get(key[0]), material)) for key, own in groups.items()]
    lines.sort(key=lambda item: (not item[1].asks, weight(item[1].counts, item[1].numbers)))
    told = linked(lines, material.opposites, {comment.number: comment.text for comment in mine})
    return _explained(told, material.shelf)


def _explained(lines: tuple[ThemeLine, ...], shelf: Shelf) -> tuple[ThemeLine, ...]:
    """Give the quotations the reasons why their comments are here, where they are told at all."""
    found = shelf.reasons([quote.number for line in lines for quote in line.quotes])
    if not found:
        return lines
    return tuple(
        replace(line, quotes=tuple(replace(q, evidence=found[q.number]) for q in line.quotes))
        for line in lines
    )


def _line(members: Sequence[Comment], theme: Theme | None, material: _Material) -> ThemeLine:
    people = material.people
    senders = [people.submissions[c.submission] for c in members]
    counts = people.counts(members)
    families = Counter(c.family for c in members if c.family is not None)
    voices = material.voices.read(members, theme)
    backers = set(voices[0].numbers)
    shown = _shown([c for c in members if c.number in backers], theme)
    most = _MORE_QUOTES if counts.texts >= _MANY_TEXTS else _QUOTES
    chosen = quotes([c.text for c in shown], top=most)
    return ThemeLine(
        label=voices[0].text,
        counts=counts,
        speakers=tally(sender.speaker for sender in senders),
        channels=tally(sender.channel for sender in senders),
        quotes=tuple(Quote(shown[i].number, text) for i, text in chosen),
        numbers=tuple(sorted(c.number for c in members)),
        dispositions=tally(
            material.answers[c.number].ruling.disposition
            for c in members
            if c.number in material.answers
        ),
        keywords=theme.keywords if theme and counts.texts > 1 else (),
        largest_family=max(families.values(), default=1),
        identified=people.identified(members),
        asks=_asks(members),
        theme=theme.id if theme else 0,
        voices=voices if len(backers) < len(members) else (),
    )


def _asks(members: Sequence[Comment]) -> bool:
    """Tell whether most texts want something: agreement and 无修改意见 alone are no ask."""
    texts = {text_of(c): asks(c) for c in members}
    return 2 * sum(texts.values()) >= len(texts)


def _shown(members: Sequence[Comment], theme: Theme | None) -> list[Comment]:
    """Return the comments that may be quoted: the most central and a few, of each family one."""
    first = [c for c in members if theme and c.number == theme.central]
    seen: dict[int, Comment] = {}
    for comment in (*first, *members):
        if len(seen) >= _MOST_QUOTED:
            break
        seen.setdefault(text_of(comment), comment)
    return list(seen.values())
