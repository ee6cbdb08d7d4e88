"""Digest and register of synthetic comments, in memory, by the functions that compile them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from benchmarks.material import Sample, corpus
from consult.domain.comment import Channel, Comment, Link, Origin, Speaker, Submission
from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Accounting, Counts, Digest, Register, SectionDigest
from consult.domain.masthead import Day, Masthead
from consult.domain.theme import Theme
from consult.services.digest_sections import section_digests
from consult.services.register_rows import register_rows, section_totals
from consult.services.shelf import in_memory

_RECEIVED: Final = datetime.fromisoformat("2022-10-01T09:30:00+08:00")
_ZONE: Final = "Asia/Shanghai"
_CONFIDENCE: Final = 0.8
_LABEL: Final = 30  # characters


def sections(
    comments: Sequence[Comment],
    themes: Sequence[Theme],
    counts: Mapping[str, Counts],
    processes: int = 1,
    senders: Mapping[int, Submission] | None = None,
) -> tuple[SectionDigest, ...]:
    """Return the sections of a digest; every submission has a person of its own.

    ``senders`` are the submissions by id, where they are at hand.
    """
    known = senders or submissions(comment.submission for comment in comments)
    return section_digests(
        plan=corpus().plan,
        comments=in_memory(comments),
        themes=themes,
        submissions=known,
        persons={identifier: str(identifier) for identifier in known},
        counts=counts,
        lexicon=corpus().knowledge.lexicon,
        opposites={},
        answers={},
        processes=processes,
    )


def documents(material: Sequence[Sample]) -> tuple[Digest, Register]:
    """Return digest and register; each group of near-duplicates is a family and a theme."""
    comments, themes = _grouped(material)
    counts = {
        code: Counts(number, number, number, number)
        for code, number in Counter(comment.section for comment in comments).items()
    }
    n = len(comments)
    outside = {code: counts.get(code, Counts()).comments for code in (GENERAL, OFFPLAN, UNASSIGNED)}
    accounting = Accounting(
        received=n, listed=n, withdrawn=0, erased=0, comments=n,
        mapped=n - sum(outside.values()), general=outside[GENERAL], offplan=outside[OFFPLAN],
        unassigned=outside[UNASSIGNED],
    )  # fmt: skip
    masthead, whole = _masthead(), Counts(n, n, n, n)
    rows = register_rows(
        plan=corpus().plan,
        comments=comments,
        themes=themes,
        submissions=submissions(comment.submission for comment in comments),
        names={comment.submission: "张**" for comment in comments},
        answers={},
        zone=_ZONE,
    )
    digest = Digest(
        masthead, whole, sections(comments, themes, counts), accounting,
        days=(Day(_RECEIVED.date().isoformat(), n, n),),
    )  # fmt: skip
    totals = section_totals(corpus().plan, counts)
    return digest, Register(masthead, whole, totals, rows, accounting)


def _grouped(material: Sequence[Sample]) -> tuple[list[Comment], list[Theme]]:
    members: dict[int, list[int]] = {}
    for number, sample in enumerate(material, 1):
        members.setdefault(sample.group, []).append(number)
    comments = [
        Comment(
            number, number, 0, len(sample.text), sample.text,
            links=(Link(sample.section, Origin.INFERRED, _CONFIDENCE),),
            family=sample.group if len(members[sample.group]) > 1 else None,
            theme=sample.group + 1,
        )
        for number, sample in enumerate(material, 1)
    ]  # fmt: skip
    themes = []
    for group, own in members.items():
        first = material[own[0] - 1]
        label = first.text[:_LABEL]
        themes.append(Theme(group + 1, first.section, label, own[0], tuple(own), own[0]))
    return comments, themes


def submissions(identifiers: Iterable[int]) -> dict[int, Submission]:
    """Return a submission through the web form for each id."""
    return {
        identifier: Submission(
            identifier,
            f"{identifier:08d}",
            Channel.WEB,
            Speaker.INDIVIDUAL,
            _RECEIVED,
            _RECEIVED,
            "",
        )
        for identifier in set(identifiers)
    }


def _masthead() -> Masthead:
    consultation = corpus().about.consultation
    return Masthead(
        slug=consultation.slug,
        title=consultation.title,
        plan_title=corpus().plan.title,
        office=consultation.office,
        opens=consultation.window.opens.isoformat(),
        closes=consultation.window.closes.isoformat(),
        as_of=_RECEIVED,
        run=1,
        head="",
        rehearsal=True,
        official=corpus().plan.official,
    )
