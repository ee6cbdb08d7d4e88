"""The comments of a digest, section by section, so that few are in memory at a time."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter
from zoneinfo import ZoneInfo

from consult.domain.comment import Comment, Evidence, Kind, Sender
from consult.domain.errors import AccountingError
from consult.domain.selection import Selection
from consult.services.explain import why
from consult.services.office import Office
from consult.store import comments
from consult.store import shelf as stored


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the sections of a digest are made of.

    ``read`` yields the comments counted under a section by number; ``codes`` are the sections that
    hold any, ``total`` counts all, ``also`` names for a section those counted elsewhere that
    concern it too, ``held`` counts them by submission. ``reasons`` tells why the machine put
    comments (by number) where they are: they are most of what a run writes.
    """

    read: Callable[[str], Iterable[Comment]]
    codes: frozenset[str]
    total: int
    also: Mapping[str, Sequence[int]]
    held: Mapping[int, int]
    reasons: Callable[[Sequence[int]], Mapping[int, tuple[Evidence, ...]]]


def shelf(
    office: Office,
    consultation: int,
    senders: Mapping[int, Sender],
    selection: Selection,
    zone: ZoneInfo,
    *,
    reasons: bool,
) -> Shelf:
    """Return the chosen comments of a consultation; without ``reasons`` none are told.

    Raises ``AccountingError`` where a comment is listed and its submission is not.
    """
    db = office.store.db
    numbers: dict[str, array[int]] = {}
    held: Counter[int] = Counter()
    listed = kept = 0
    for number, submission, section, kind in stored.index(db, consultation):
        listed += 1
        sender = senders.get(submission)
        if sender is None:
            continue
        kept += 1
        if selection.everything or selection.holds(section, Kind(kind), sender, zone):
            numbers.setdefault(section, array("q")).append(number)
            held[submission] += 1
    check_senders(listed, kept)
    also = stored.also(db, consultation)
    if not selection.everything:
        chosen = {number for own in numbers.values() for number in own}
        also = {code: [n for n in own if n in chosen] for code, own in also.items()}
    return Shelf(
        read=lambda code: _placed(stored.bare(db, numbers.get(code, array("q"))), code),
        codes=frozenset(numbers),
        total=held.total(),
        also=also,
        held=held,
        reasons=partial(_reasons, office, consultation) if reasons else lambda _numbers: {},
    )


def in_memory(members: Sequence[Comment]) -> Shelf:
    """Return comments that are at hand, with the reasons that they carry."""
    by_code: dict[str, list[Comment]] = {}
    also: dict[str, list[int]] = {}
    for comment in members:
        links = comment.links
        by_code.setdefault(links[0].section if links else "", []).append(comment)
        if len(links) > 1:
            for code in {link.section for link in links[1:]}:
                also.setdefault(code, []).append(comment.number)

    @cache  # made when it is asked for first: others are at work by then
    def known() -> Mapping[int, Comment]:
        return {comment.number: comment for comment in members}

    return Shelf(
        read=lambda code: by_code.get(code, []),
        codes=frozenset(by_code),
        total=len(members),
        also=also,
        held=Counter(map(attrgetter("submission"), members)),
        reasons=lambda numbers: {number: why(known()[number]) for number in numbers},
    )


def _placed(found: Iterable[Comment], code: str) -> Iterator[Comment]:
    """Yield comments counted under a section; raises ``AccountingError`` where a link says else."""
    for comment in found:
        if comment.section != code:
            raise AccountingError(
                "accounting.mismatch",
                document="digest",
                item=f"{code} link of comment {comment.number}",
                listed=0,
                accounted=1,
            )
        yield comment


def _reasons(
    office: Office, consultation: int, numbers: Sequence[int]
) -> dict[int, tuple[Evidence, ...]]:
    found = comments.by_numbers(office.store.db, consultation, numbers)
    return {comment.number: why(comment) for comment in found}


def check_senders(listed: int, kept: int) -> None:
    """Raise ``AccountingError`` where not all listed comments have a listed submission."""
    if kept != listed:
        raise AccountingError(
            "accounting.mismatch",
            document="comments",
            item="listed submissions",
            listed=listed,
            accounted=kept,
        )
