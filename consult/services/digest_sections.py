"""The sections of a digest: what is asked, theme by theme, each line with its comment numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.analysis.keywords import best_words
from consult.analysis.opposites import Opposites
from consult.domain.comment import Comment, Evidence, Origin, Sender, Submission
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
from consult.domain.triage import Disposition
from consult.services.digest_asked import AskGrouper
from consult.services.digest_counts import People, tally, weight
from consult.services.digest_figures import FigureGrouper
from consult.services.digest_opposed import linked
from consult.services.digest_read import Line, ReadSection, SectionReader
from consult.services.digest_voices import VoiceReader
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
    asked = material.asks.read(mine, material.people, read.targets)
    lines = _lines(read, material)
    known = any(line.identified for line in lines)  # of nobody, in most consultations
    return SectionDigest(
        code=code,
        label=label,
        title=title,
        summary=node.summary if node else "",
        counts=counts,
        share=counts.comments / shelf.total if shelf.total else 0.0,
        kinds=tally([c.kind for c in mine]),
        themes=lines,
        also=tuple(shelf.also.get(code, ())),
        chapter=chapter.heading if chapter else "",
        amendments=tuple(
            AmendmentLine(c.number, item, material.plan.label(item.section) if item.section else "")
            for c in mine
            if c.amendments
            for item in c.amendments
        ),
        aims=tuple(AimLine(c.number, aim) for c in mine if c.aims for aim in c.aims),
        identified=material.people.identified(mine) if known else 0,
        wording=asked.wording,
        corrections=asked.corrections,
        figures=asked.figures,
        questions=asked.questions,
        doubtful=_doubtful(mine, material.threshold),
    )


def _doubtful(comments: Iterable[Comment], threshold: float) -> tuple[int, ...]:
    """Return the numbers of those that the program alone put here, and was not sure of."""
    return tuple(
        comment.number
        for comment in comments
        for link in comment.links[:1]
        if link.confidence < threshold and link.origin in _MACHINE
    )


def _lines(read: ReadSection, material: _Material) -> tuple[ThemeLine, ...]:
    """List what is asked before what asks nothing.

    Each by distinct texts (a campaign cannot buy rank), then people, then comments.
    """
    quoted = [number for line in read.lines for number in line.read.quoted(line.told)]
    reasons = material.shelf.reasons(quoted)  # of none, where they are not told at all
    lines = [(line.theme, _line(line, material, reasons)) for line in read.lines]
    lines.sort(key=lambda item: (not item[1].asks, weight(item[1].counts, item[1].numbers)))
    return linked(lines, material.opposites, read.members)


def _line(
    line: Line, material: _Material, reasons: Mapping[int, tuple[Evidence, ...]]
) -> ThemeLine:
    members, read, told = line.members, line.read, line.told
    theme = material.themes.get(line.theme)
    counts = material.people.counts(members, len(read.units))
    senders = material.people.senders(members)
    numbers = sorted([comment.number for comment in members])
    return ThemeLine(
        label=told.voices[0][0],
        counts=counts,
        speakers=senders.speakers,
        channels=senders.channels,
        quotes=read.quotes(told, reasons),
        numbers=tuple(numbers),
        dispositions=_dispositions(numbers, material.answers),
        keywords=theme.keywords if theme and counts.texts > 1 else (),
        largest_family=max(map(len, read.units)),
        identified=senders.identified,
        asks=read.asks(),
        theme=theme.id if theme else 0,
        voices=() if read.unanimous(told) else material.voices.voices(read, told),
    )


def _dispositions(
    numbers: Sequence[int], answers: Mapping[int, Decision]
) -> tuple[tuple[Disposition, int], ...]:
    answered = filter(answers.__contains__, numbers) if answers else ()
    return tally([answers[number].ruling.disposition for number in answered])
