"""Opposite asks of a section, each with the words of the two comments that show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from consult.analysis.naming_batch import own_asks
from consult.analysis.normalise_batch import normalised
from consult.analysis.readings import readings_in
from consult.domain.comment import Comment
from consult.domain.digest import Counts, OpposedLine, Quote, ThemeLine
from consult.domain.theme import Facing


def linked(
    lines: Sequence[tuple[int, ThemeLine]],
    opposites: Mapping[int, tuple[Facing, ...]],
    members: Iterable[Comment],
) -> tuple[ThemeLine, ...]:
    """Put beside each ask those of the section that want the opposite.

    ``lines`` come with the id of their theme, ``members`` are the comments of the section. A pair
    whose comments have left their themes since the run is no pair any more.
    """
    if not any(theme in opposites for theme, _ in lines):
        return tuple(line for _, line in lines)
    place = {theme: n for n, (theme, _) in enumerate(lines, 1) if theme > 0}
    standing = [
        [
            pair
            for pair in opposites.get(theme, ())
            if pair.opposite in place and _stands(pair, line, lines[place[pair.opposite] - 1][1])
        ]
        for theme, line in lines
    ]
    shown = {n for own in standing for pair in own if pair.number for n in _numbers(pair)}
    texts = {comment.number: comment.text for comment in members if comment.number in shown}
    quotes = _quotes({number: texts[number] for number in sorted(shown)})
    found = []
    for (_, line), own in zip(lines, standing, strict=True):
        against = [
            _opposed(place[pair.opposite], line, lines[place[pair.opposite] - 1][1], pair, quotes)
            for pair in own
        ]
        against.sort(key=lambda other: other.position)
        found.append(replace(line, opposed=tuple(against)) if against else line)
    return tuple(found)


def _stands(pair: Facing, line: ThemeLine, other: ThemeLine) -> bool:
    if not pair.number:
        return True
    return pair.number in line.numbers and pair.against in other.numbers


def _opposed(
    position: int, line: ThemeLine, other: ThemeLine, pair: Facing, quotes: Mapping[int, Quote]
) -> OpposedLine:
    if not pair.number:
        return OpposedLine(position, other.label, other.backing.counts, line.backing.counts)
    return OpposedLine(
        position,
        other.label,
        _like(pair.against, other),
        _like(pair.number, line),
        own=quotes[pair.number],
        against=quotes[pair.against],
    )


def _like(number: int, line: ThemeLine) -> Counts:
    """Count who says the same as a comment: the others of its theme may ask for something else."""
    held = (voice.counts for voice in line.voices if number in voice.numbers)
    return next(held, Counts(1, 1, 1, 1) if line.voices else line.counts)


def _numbers(pair: Facing) -> tuple[int, int]:
    return pair.number, pair.against


def _quotes(texts: Mapping[int, str]) -> dict[int, Quote]:
    """Quote what each comment asks: one may oppose many, and is read once."""
    batch = normalised([*texts.values()])
    words = own_asks(batch, readings_in(batch), range(len(texts)))
    return {number: Quote(number, own) for number, own in zip(texts, words, strict=True)}
