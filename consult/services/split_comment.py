"""Cut one comment into several, or join several of one submission into one; lineage is kept.

The numbers of the old ones stay theirs: they are superseded, listed no more, and come back when the
act is undone. A later run moves no border that staff drew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from consult.domain.act import Deed
from consult.domain.comment import Comment, Link, spans_without
from consult.domain.errors import Conflict, InputRefused
from consult.services.note_act import note_act
from consult.services.office import Office
from consult.store import comments, consultations, cuts, events

Span = tuple[int, int]
MOST_PARTS = 20


def split_comment(
    office: Office, *, slug: str, number: int, at: Sequence[int], actor: str, seen: str
) -> tuple[int, ...]:
    """Cut a comment before these characters of its text; returns the numbers of the parts.

    The parts stand where it stood, marked as placed for now. Raises ``InputRefused``
    (``comment.uncut``, ``comment.many-parts``), ``Conflict`` (``comment.changed``,
    ``comment.answered``: what is decided is cut only after its decision was undone), ``NotFound``.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        whole, stamp = comments.one(db, identifier, number)
        if str(stamp) != seen:
            raise Conflict("comment.changed", number=number, section=whole.section)
        if whole.decided:
            raise Conflict("comment.answered", number=number)
        edges = sorted(
            {0, *(place for place in at if 0 < place < len(whole.text)), len(whole.text)}
        )
        if len(edges) < 3 or sum(b - a for a, b in whole.pieces) != len(whole.text):
            raise InputRefused("comment.uncut", field="at")
        if len(edges) > MOST_PARTS + 1:
            raise InputRefused("comment.many-parts", field="at", limit=MOST_PARTS)
        comments.supersede(db, [number])
        parts = [_part(whole, a, b) for a, b in pairwise(edges) if whole.text[a:b].strip()]
        made = tuple(_added(office, identifier, part, (number,)) for part in parts)
        _record(office, identifier, Deed.SPLIT, (number,), made, actor=actor)
        return made


def join_comments(
    office: Office, *, slug: str, numbers: Sequence[int], actor: str, seen: Mapping[int, str]
) -> int:
    """Make one comment of several of one submission; returns its number.

    What was cut apart and is joined whole gets its old number back. ``seen`` are the stamps by
    number. Raises ``InputRefused`` (``comment.few``, ``comment.strangers``), ``Conflict``,
    ``NotFound``.
    """
    chosen = sorted(set(numbers))
    if len(chosen) < 2:
        raise InputRefused("comment.few", field="numbers")
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        pairs = [comments.one(db, identifier, number) for number in chosen]
        for comment, stamp in pairs:
            if str(stamp) != seen.get(comment.number):
                raise Conflict("comment.changed", number=comment.number, section=comment.section)
            if comment.decided:
                raise Conflict("comment.answered", number=comment.number)
        parts = sorted((comment for comment, _ in pairs), key=lambda comment: comment.start)
        if len({part.submission for part in parts}) > 1:
            raise InputRefused("comment.strangers", field="numbers")
        comments.supersede(db, chosen)
        whole = cuts.whole_of(db, chosen)
        if whole:
            cuts.revive(db, [whole])
        else:
            whole = _added(office, identifier, _joined(parts), tuple(chosen))
        _record(office, identifier, Deed.JOIN, tuple(chosen), (whole,), actor=actor)
        return whole


def _record(
    office: Office,
    consultation: int,
    deed: Deed,
    old: tuple[int, ...],
    new: tuple[int, ...],
    *,
    actor: str,
) -> None:
    """Write the event on each number and the act."""
    verb = "comment-split" if deed is Deed.SPLIT else "comments-joined"
    for number in (*old, *new):
        events.add(
            office.store.db, at=office.clock(), actor=actor, verb=verb,
            subject=f"comment:{number}", before={"comments": list(old)},
            after={"comments": list(new)}, consultation=consultation,
        )  # fmt: skip
    stamps = comments.stamps(office.store.db, new)
    note_act(
        office, consultation, deed, f"comment:{old[0]}", actor=actor,
        before={"numbers": list(old)},
        after={"numbers": list(new), "stamps": [stamps[number] for number in new]},
    )  # fmt: skip


def _added(office: Office, consultation: int, part: Comment, parents: tuple[int, ...]) -> int:
    db = office.store.db
    number = comments.add(db, consultation, part, run=0)
    comments.set_links(db, replace(part, number=number), run=0)
    comments.set_provisional(db, number, theme=None)
    cuts.descend(db, number, parents)
    return number


def _part(whole: Comment, start: int, end: int) -> Comment:
    """Return the part of a comment between two characters of its text, without blank edges."""
    text = whole.text[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    spans = _stretches(whole.pieces, start, end)
    return _made(whole, spans, whole.text[start:end])


def _stretches(pieces: Sequence[Span], start: int, end: int) -> list[Span]:
    """Return where characters ``start`` to ``end`` of the joined pieces stand in the submission."""
    found, passed = [], 0
    for first, last in pieces:
        a, b = max(start - passed, 0), min(end - passed, last - first)
        if a < b:
            found.append((first + a, first + b))
        passed += last - first
    return found


def _joined(parts: Sequence[Comment]) -> Comment:
    """Return one comment that covers all parts; what stands between them is left out."""
    spans = sorted(piece for part in parts for piece in part.pieces)
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return _made(parts[0], merged, "".join(part.text for part in parts))


def _made(like: Comment, spans: Sequence[Span], text: str) -> Comment:
    """Return a new comment over spans; it keeps the sections of another one, not their reasons."""
    start, end = spans[0][0], spans[-1][1]
    return Comment(
        number=0,
        submission=like.submission,
        start=start,
        end=end,
        text=text,
        links=tuple(_bare(link) for link in like.links),
        runners_up=tuple(_bare(link) for link in like.runners_up),
        kind=like.kind,
        without=spans_without(start, end, spans),
        cut=True,
    )


def _bare(link: Link) -> Link:
    """Return a link without reasons: they tell of places in another text."""
    return link._replace(evidence=())
