"""Draw a sample for two people to judge: stratified by section, from a seed, the same every time.

What is drawn is decided by hashes of the seed with the numbers of comments, so neither the order of
anything nor a generator's state plays a part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final

from consult.analysis.neighbours import nearest_outside
from consult.analysis.segment import Segmenter
from consult.domain.comment import Comment
from consult.domain.errors import InputRefused
from consult.domain.sample import DIFFERENT, SAME, Item, ItemKind, Size
from consult.domain.text import single_line
from consult.services.office import Office
from consult.store import comments, consultations, events, runs, samples, staff

Nearest = Callable[[Sequence[str], Sequence[int]], list[int | None]]
LIMITS: Final = {"comments": (10, 1000), "pairs": (0, 1000), "labels": (0, 500)}
_MOST_COMPARED: Final = 400  # comments of a section among which the nearest are looked for
_LONGEST_SEED: Final = 40


def draw_sample(
    office: Office, *, slug: str, size: Size, seed: str, coders: tuple[str, str], actor: str
) -> int:
    """Draw and open a sample; returns its number.

    Raises ``NotFound``, and ``InputRefused``: ``quality.size``, ``quality.coders`` (two different
    enabled accounts), ``quality.busy`` (one of them is judging already), ``quality.nothing``.
    """
    _check_size(size)
    seed = single_line(seed)[:_LONGEST_SEED]
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        listed = comments.active(db, identifier)
        run = runs.latest(db, identifier)
        knowledge = consultations.knowledge(db, identifier)
    if not run or not listed:
        raise InputRefused("quality.nothing", field="comments")
    segmenter = Segmenter(knowledge.lexicon.words)

    def nearest(texts: Sequence[str], groups: Sequence[int]) -> list[int | None]:
        return nearest_outside(texts, groups, segmenter, knowledge.thesaurus)

    items = [
        *_sections(listed, size.comments, seed),
        *_pairs(listed, size.pairs, seed, nearest),
        *_labels(listed, size.labels, seed),
    ]
    with office.store.write():
        _check_coders(office, identifier, coders)
        number = samples.add(db, identifier, actor=actor, seed=seed, run=run, coders=coders,
                             items=items, now=office.clock())  # fmt: skip
        events.add(
            db, at=office.clock(), actor=actor, verb="sample-drawn", subject=f"sample:{number}",
            after={"run": run, "seed": seed, "items": len(items), "coders": list(coders)},
            consultation=identifier,
        )  # fmt: skip
    return number


def _check_size(size: Size) -> None:
    for name, (low, high) in LIMITS.items():
        if not low <= getattr(size, name) <= high:
            raise InputRefused("quality.size", field=name, low=low, high=high)


def _check_coders(office: Office, consultation: int, coders: tuple[str, str]) -> None:
    accounts = [staff.find(office.store.db, name) for name in coders]
    usable = [account for account in accounts if account is not None and not account.disabled]
    if len(usable) < 2 or coders[0] == coders[1]:
        raise InputRefused("quality.coders", field="second")
    for name, field in zip(coders, ("first", "second"), strict=True):
        if samples.judging(office.store.db, consultation, name) is not None:
            raise InputRefused("quality.busy", field=field, username=name)


def _rank(seed: str, *parts: object) -> bytes:
    return blake2b("\n".join(map(str, (seed, *parts))).encode(), digest_size=16).digest()


def _sections(listed: Sequence[Comment], size: int, seed: str) -> list[Item]:
    """Draw comments: every section with comments has its share, and one at least."""
    strata: dict[str, list[Comment]] = {}
    for comment in listed:
        strata.setdefault(comment.section, []).append(comment)
    wanted = allocate({code: len(own) for code, own in strata.items()}, size)
    drawn = [
        comment
        for code, own in sorted(strata.items())
        for comment in sorted(own, key=lambda c: _rank(seed, "section", c.number))[: wanted[code]]
    ]
    drawn.sort(key=lambda c: _rank(seed, "order", c.number))  # neighbours tell no section
    return [Item(0, ItemKind.SECTION, c.number, 0, 0, c.section, c.section) for c in drawn]


def allocate(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """Share ``wanted`` out in proportion to the strata, one to each at least while it lasts.

    Largest remainders get what is left over; of equal ones the larger stratum, then the code.
    """
    total = sum(sizes.values())
    wanted = min(wanted, total)
    order = sorted(sizes, key=lambda code: (-sizes[code], code))
    found = dict.fromkeys(sizes, 0)
    for code in order[:wanted]:
        found[code] = 1
    ideal = {code: wanted * sizes[code] / total for code in sizes}
    for _ in range(wanted - sum(found.values())):
        open_ = [code for code in order if found[code] < sizes[code]]
        best = max(open_, key=lambda code: (round(ideal[code] - found[code], 9), sizes[code]))
        found[best] += 1
    return found


def _pairs(listed: Sequence[Comment], size: int, seed: str, nearest: Nearest) -> list[Item]:
    """Draw pairs inside sections: half that the machine put together, half it nearly did."""
    same, near = list(_together(listed, seed)), list(_apart(listed, seed, nearest))
    drawn = [
        *((pair, SAME) for pair in _first(same, size - size // 2, seed)),
        *((pair, DIFFERENT) for pair in _first(near, size // 2, seed)),
    ]
    drawn.sort(key=lambda item: _rank(seed, "pair order", item[0][0].number, item[0][1].number))
    return [
        Item(0, ItemKind.PAIR, one.number, other.number, 0, one.section, said)
        for (one, other), said in drawn
    ]


def _first(
    pairs: Sequence[tuple[Comment, Comment]], size: int, seed: str
) -> list[tuple[Comment, Comment]]:
    return sorted(pairs, key=lambda p: _rank(seed, "pair", p[0].number, p[1].number))[:size]


def _together(listed: Sequence[Comment], seed: str) -> Iterator[tuple[Comment, Comment]]:
    """Yield disjoint pairs of each theme; copies of one text are no question."""
    for members in _by_theme(listed).values():
        texts: dict[int, Comment] = {}
        for comment in sorted(members, key=lambda c: _rank(seed, "same", c.number)):
            texts.setdefault(comment.family or -comment.number, comment)
        distinct = list(texts.values())
        yield from (_ordered(*pair) for pair in zip(distinct[::2], distinct[1::2], strict=False))


def _apart(
    listed: Sequence[Comment], seed: str, nearest: Nearest
) -> Iterator[tuple[Comment, Comment]]:
    """Yield comments with the nearest one that the machine put into another theme."""
    strata: dict[str, list[Comment]] = {}
    for comment in listed:
        if comment.theme is not None:
            strata.setdefault(comment.section, []).append(comment)
    seen = set()
    for _, own in sorted(strata.items()):
        some = sorted(own, key=lambda c: _rank(seed, "near", c.number))[:_MOST_COMPARED]
        closest = nearest([c.text for c in some], [c.theme or 0 for c in some])
        for comment, index in zip(some, closest, strict=True):
            if index is None:
                continue
            pair = _ordered(comment, some[index])
            key = (pair[0].number, pair[1].number)
            if key not in seen:
                seen.add(key)
                yield pair


def _labels(listed: Sequence[Comment], size: int, seed: str) -> list[Item]:
    """Draw themes of two comments and more."""
    groups = {theme: own for theme, own in _by_theme(listed).items() if len(own) > 1}
    drawn = sorted(groups, key=lambda theme: _rank(seed, "label", theme))[:size]
    return [Item(0, ItemKind.LABEL, 0, 0, t, groups[t][0].section, "") for t in drawn]


def _by_theme(listed: Sequence[Comment]) -> dict[int, list[Comment]]:
    found: dict[int, list[Comment]] = {}
    for comment in listed:
        if comment.theme is not None:
            found.setdefault(comment.theme, []).append(comment)
    return dict(sorted(found.items()))


def _ordered(one: Comment, other: Comment) -> tuple[Comment, Comment]:
    return (one, other) if one.number < other.number else (other, one)
