"""The sections of a digest: what is asked, theme by theme, each line with its comment numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consult.analysis.keywords import best_words
from consult.analysis.opposites import Opposites
from consult.domain.comment import Comment, Origin, Sender, Submission
from consult.domain.consultation import Plan
from consult.domain.decision import Decision
from consult.domain.digest import (
    AimLine,
    AmendmentLine,
    Counts,
    SectionDigest,
    ThemeLine,
)
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Facing, Theme
from consult.services.digest_asked import AskGrouper
from consult.services.digest_counts import People, tally, text_of, weight
from consult.services.digest_figures import FigureGrouper
from consult.services.digest_opposed import linked
from consult.services.digest_read import Line, ReadSection, SectionReader
from consult.services.digest_voices import VoiceReader, asks
from consult.services.plan_order import label_and_title, ordered_codes
from consult.services.shelf import Shelf

_MACHINE = (Origin.CITED, Origin.INFERRED)


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
    processes: int = 1,
) -> tuple[SectionDigest, ...]:
    """Return a digest for every section of the plan, also of those nobody wrote about.

    ``opposites`` names for a theme those that want the opposite (相反诉求) and the comments that
    show it; ``answers`` are the approved decisions by comment number; ``threshold`` is the
    confidence from which the program was sure of a place. The same for any number of processes.

    A chapter's own code and the unassigned are listed only when they hold comments.
    """
    codes = _listed_codes(plan, comments)
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
    reader = SectionReader(comments, material.themes, material.voices, lexicon.words)
    made, words = [], []
    for read in reader.read(codes, processes):
        made.append(_section(read, counts.get(read.code, Counts()), material))
        words.append(read.words)
    # What sets a section apart is known when all of them are.
    heard = [n for n, code in enumerate(codes) if code in comments.codes]
    keywords = dict(zip(heard, best_words([words[n] for n in heard]), strict=True))
    return tuple(
        replace(section, keywords=keywords[n]) if n in keywords else section
        for n, section in enumerate(made)
    )


def _listed_codes(plan: Plan, comments: Shelf) -> list[str]:
    leaves = {section.code for section in plan.sections}
    return [
        code
        for code in ordered_codes(plan)
        if code in leaves or code in comments.codes or code in ("general", "offplan")
    ]


def _section(read: ReadSection, counts: Counts, material: _Material) -> SectionDigest:
    shelf, code, mine = material.shelf, read.code, read.members
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
        themes=_lines(read, material),
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


def _lines(read: ReadSection, material: _Material) -> tuple[ThemeLine, ...]:
    """List what is asked before what asks nothing.

    Each by distinct texts (a campaign cannot buy rank), then people, then comments.
    """
    lines = [(line.theme, _line(line, material)) for line in read.lines]
    lines.sort(key=lambda item: (not item[1].asks, weight(item[1].counts, item[1].numbers)))
    told = linked(
        lines, material.opposites, {comment.number: comment.text for comment in read.members}
    )
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


def _line(line: Line, material: _Material) -> ThemeLine:
    members, people = line.members, material.people
    theme = material.themes.get(line.theme)
    senders = [people.submissions[c.submission] for c in members]
    counts = people.counts(members)
    families = Counter(c.family for c in members if c.family is not None)
    voices = material.voices.voices(line.read, line.told)
    return ThemeLine(
        label=voices[0].text,
        counts=counts,
        speakers=tally(sender.speaker for sender in senders),
        channels=tally(sender.channel for sender in senders),
        quotes=line.read.quotes(line.told),
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
        voices=voices if len(voices[0].numbers) < len(members) else (),
    )


def _asks(members: Sequence[Comment]) -> bool:
    """Tell whether most texts want something: agreement and 无修改意见 alone are no ask."""
    texts = {text_of(c): asks(c) for c in members}
    return 2 * sum(texts.values()) >= len(texts)
