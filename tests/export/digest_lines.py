"""The lines of the sample digest that tell what comments ask; each comment asks for itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from consult.domain.amendment import AmendmentKind
from consult.domain.asked import DirectionLine, FigureLine, QuestionLine, WordingLine
from consult.domain.comment import Kind
from consult.domain.digest import Counts, FamilyFacts, OpposedLine, RegisterRow, ThemeLine
from consult.domain.masthead import Day
from consult.domain.voice import Voice
from tests.export.asked_of_draft import CITED

ONE = Counts(1, 1, 1, 1)


def wording(mine: tuple[RegisterRow, ...], *, slips: bool) -> tuple[WordingLine, ...]:
    return tuple(
        WordingLine(
            a.kind, a.old, a.new, a.where, a.before, a.lookup, ONE, (row.number,),
            CITED.get(a.section, ""),
        )
        for row in mine
        for a in row.amendments
        if (a.kind is AmendmentKind.CORRECT) is slips
    )  # fmt: skip


def figures(mine: tuple[RegisterRow, ...]) -> tuple[FigureLine, ...]:
    ways = tuple(
        DirectionLine(aim.direction, ((aim.before, aim.asked),), ONE, (row.number,))
        for row in mine
        for aim in row.aims
    )
    return (FigureLine("绿道长度", 1, ways),) if ways else ()


def opposed(themes: tuple[ThemeLine, ...]) -> tuple[ThemeLine, ...]:
    """Link the first two asks: what one wants the other does not."""
    one, other, *rest = themes
    left, right = one.quotes[0], other.quotes[0]
    return (
        replace(one, opposed=(OpposedLine(2, other.label, other.counts, one.counts, left, right),)),
        replace(other, opposed=(OpposedLine(1, one.label, one.counts, other.counts, right, left),)),
        *rest,
    )


def sorted_asks(themes: tuple[ThemeLine, ...]) -> tuple[ThemeLine, ...]:
    """Put what asks nothing after what asks something."""
    return tuple(sorted(themes, key=lambda theme: not theme.asks))


def days(listed: tuple[RegisterRow, ...]) -> tuple[Day, ...]:
    sent = Counter(row.received.date().isoformat() for row in listed)
    return tuple(Day(day, sent[day], sent[day]) for day in sorted({"2022-09-26", *sent}))


def questions(mine: tuple[RegisterRow, ...]) -> tuple[QuestionLine, ...]:
    return tuple(
        QuestionLine(row.text, ONE, (row.number,)) for row in mine if row.kind is Kind.QUESTION
    )


def counts_of(listed: tuple[RegisterRow, ...]) -> Counts:
    texts = {row.text.split("（联名")[0] for row in listed}
    return Counts(len(listed), len(listed), len(texts), len(listed))


def families(listed: tuple[RegisterRow, ...]) -> tuple[FamilyFacts, ...]:
    """Return a family for each text of the sample that was sent more than twice."""
    groups: dict[str, list[RegisterRow]] = {}
    for row in listed:
        groups.setdefault(row.text.split("（联名")[0], []).append(row)
    return tuple(
        FamilyFacts(
            id=number,
            base=own[0].number,
            members=tuple(row.number for row in own),
            counts=counts_of(tuple(own)),
            channels=((own[0].channel, len(own)),),
            first=min(row.received for row in own),
            last=max(row.received for row in own),
            peak=1 / len(own),
            peak_from=min(row.received for row in own),
        )
        for number, own in enumerate((g for g in groups.values() if len(g) > 2), 1)
    )


def voices(listed: tuple[RegisterRow, ...]) -> tuple[Voice, ...]:
    """Tell the texts of an ask apart: the first makes it, each other asks for something else."""
    texts = dict.fromkeys(row.text.split("（联名")[0] for row in listed)
    own = [tuple(row for row in listed if row.text.startswith(text)) for text in texts]
    return tuple(
        Voice(rows[0].text[:20], counts_of(rows), tuple(row.number for row in rows)) for rows in own
    )
