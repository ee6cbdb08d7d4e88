"""Opposites (相反的说法) of a consultation: edit the pairs of words, see first what they change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Final

from consult.analysis.opposites import Opposites
from consult.domain.errors import InputRefused
from consult.domain.lexicon import Opposite
from consult.services.office import Office
from consult.store import comments, consultations, events, themes

MOST: Final = 200  # pairs of one consultation
_THEMES: Final = 20  # of each section: the largest
_LONGEST: Final = 300  # characters of a line


@dataclass(frozen=True, slots=True)
class Turn:
    """Two texts that oppose each other with one set of pairs and not with the other."""

    number: int
    text: str
    other: int
    against: str


@dataclass(frozen=True, slots=True)
class OppositesTrial:
    """Of the themes compared, which pairs become opposite, and which no longer are.

    ``typed`` tells of each two neighbouring lines that were typed whether they are opposite.
    """

    compared: int
    fresh: tuple[Turn, ...]
    gone: tuple[Turn, ...]
    typed: tuple[tuple[str, str, bool], ...]


def read_pairs(lines: Sequence[str]) -> tuple[Opposite, ...]:
    """Read ``提高 增加 / 降低 减少 / why`` a line.

    Raises ``InputRefused``: ``opposites.line`` naming the line, ``prepare.many``.
    """
    if len(lines) > MOST:
        raise InputRefused("prepare.many", field="pairs", limit=MOST)
    found = []
    for place, line in enumerate(lines, 1):
        parts = [part.split() for part in line.replace("／", "/").split("/", 2)]
        sides = [tuple(dict.fromkeys(part)) for part in parts[:2]]
        whole = len(line) <= _LONGEST and len(sides) == 2 and all(sides)
        if not whole or set(sides[0]) & set(sides[1]):
            raise InputRefused("opposites.line", field="pairs", line=place)
        found.append(Opposite(sides[0], sides[1], " ".join(parts[2]) if len(parts) > 2 else ""))
    return tuple(found)


def written(pairs: Sequence[Opposite]) -> str:
    """Return pairs as ``read_pairs`` reads them."""
    return "\n".join(
        " / ".join(part for part in (" ".join(p.a), " ".join(p.b), p.reason) if part) for p in pairs
    )


def try_opposites(
    office: Office, *, slug: str, pairs: Sequence[Opposite], typed: Sequence[str] = ()
) -> OppositesTrial:
    """Compare the largest themes of each section with the pairs of now and with these."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        now = Opposites(consultations.lexicon(db, identifier).opposites)
        then = Opposites(pairs)
        couples = list(_couples(office, identifier))
    fresh: list[Turn] = []
    gone: list[Turn] = []
    for turn in couples:
        before = now.reverse(turn.text, turn.against)
        after = then.reverse(turn.text, turn.against)
        if before != after:
            (fresh if after else gone).append(turn)
    tried = tuple((a, b, then.reverse(a, b)) for a, b in pairwise(typed))
    return OppositesTrial(len(couples), tuple(fresh), tuple(gone), tried)


def save_opposites(office: Office, *, slug: str, pairs: Sequence[Opposite], actor: str) -> None:
    """Store the pairs; the next analysis goes by them."""
    with office.store.write() as db:
        identifier, known = consultations.find(db, slug)
        knowledge = consultations.knowledge(db, identifier)
        lexicon = knowledge.lexicon
        mark = hashlib.sha256(written(pairs).encode()).hexdigest()[:8]
        version = f"{lexicon.version.split('+')[0]}+{known.version}.{mark}"
        changed = replace(lexicon, opposites=tuple(pairs), version=version)
        consultations.change(db, known, replace(knowledge, lexicon=changed))
        events.add(
            db, at=office.clock(), actor=actor, verb="opposites-changed",
            subject=f"consultation:{slug}", before={"pairs": len(lexicon.opposites)},
            after={"pairs": len(pairs)}, consultation=identifier,
        )  # fmt: skip


def _couples(office: Office, consultation: int) -> Iterator[Turn]:
    """Yield every two of a section's largest themes, by the comments that stand for them."""
    db = office.store.db
    by_section: dict[str, list[tuple[int, int]]] = {}
    for theme in themes.every(db, consultation):
        by_section.setdefault(theme.section, []).append((-len(theme.members), theme.central))
    for own in by_section.values():
        numbers = [number for _, number in sorted(own)[:_THEMES]]
        texts = {c.number: c.text for c in comments.by_numbers(db, consultation, numbers)}
        for a, b in combinations([n for n in numbers if n in texts], 2):
            yield Turn(a, texts[a], b, texts[b])
