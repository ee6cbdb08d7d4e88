"""Judge the items of a sample, blind: what the machine or the other person said is never read here.

Sections are asked first, then pairs, then labels. Each round shows something that would tell on the
one before, so its answers are closed when the next one is opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.consultation import GENERAL, OFFPLAN
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.sample import ANSWERS, Item, ItemKind, Sample, SampleState
from consult.services.office import Office
from consult.store import comments, consultations, events, samples, themes

_SHOWN = 5  # comments shown under a label


@dataclass(frozen=True, slots=True)
class Question:
    """One item as a judge sees it: its texts, its label, and how far they are. No answer at all."""

    sample: int
    item: int
    kind: ItemKind
    texts: tuple[str, ...]
    label: str
    done: int
    total: int


def blinded(office: Office, *, slug: str, username: str) -> bool:
    """Tell whether somebody is judging a consultation and may see nothing else of it yet."""
    db = office.store.db
    try:
        identifier, _ = consultations.find(db, slug)
    except NotFound:
        return False
    return samples.judging(db, identifier, username) is not None


def next_question(office: Office, *, slug: str, sample: int, coder: str) -> Question | None:
    """Return the first item somebody has not judged, None when nothing is left.

    Raises ``NotFound("quality.unknown")`` for what is not theirs to judge, or given up.
    """
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    with office.store.write():  # the last items may be gone with their comments: it is over then
        found = _own(office, identifier, sample, coder)
        mine = _mine(office, found, coder)
        left = [item for item, said in mine if not said]
        if not left:
            _close(office, identifier, found, coder)
            return None  # also where both are done already
        texts, label = _shown(office, identifier, left[0])
        done = len(mine) - len(left)
        return Question(found.id, left[0].id, left[0].kind, texts, label, done, len(mine))


def judge_item(
    office: Office, *, slug: str, sample: int, item: int, answer: str, coder: str
) -> None:
    """Store an answer; the sample is done when the last one of both is in.

    Raises ``NotFound``, ``InputRefused("quality.answer")``, and ``Conflict("quality.order")`` for
    an item that is not the one to be judged now: nobody goes back, nobody looks ahead.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        found = _own(office, identifier, sample, coder)
        left = [own for own, said in _mine(office, found, coder) if not said]
        if not left or left[0].id != item:
            raise Conflict("quality.order")
        if not _possible(office, identifier, left[0].kind, answer):
            raise InputRefused("quality.answer", field="answer")
        samples.answer(db, item, coder=coder, answer=answer, now=office.clock())
        _close(office, identifier, found, coder)


def drop_sample(office: Office, *, slug: str, sample: int, actor: str) -> None:
    """Give up an open sample; its judges see everything again.

    Raises ``NotFound("quality.unknown")`` and ``Conflict("quality.over")``.
    """
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        found = samples.one(db, identifier, sample)
        if found.state is not SampleState.OPEN:
            raise Conflict("quality.over", sample=sample)
        samples.set_state(db, sample, SampleState.DROPPED)
        _note(office, identifier, actor, "sample-dropped", sample)


def _own(office: Office, consultation: int, sample: int, coder: str) -> Sample:
    found = samples.one(office.store.db, consultation, sample)
    if found.state is SampleState.DROPPED or coder not in found.coders:
        raise NotFound("quality.unknown", sample=sample)
    return found


def _mine(office: Office, sample: Sample, coder: str) -> list[tuple[Item, str]]:
    first = coder == sample.coders[0]
    listed = samples.judged(office.store.db, sample)
    return [(own.item, own.first if first else own.second) for own in listed]


def _shown(office: Office, consultation: int, item: Item) -> tuple[tuple[str, ...], str]:
    db = office.store.db
    if item.kind is ItemKind.LABEL:
        numbers = themes.members(db, consultation, item.theme)[:_SHOWN]
        label = themes.labels(db, {item.theme}).get(item.theme, "")
    else:
        numbers, label = tuple(n for n in (item.comment, item.other) if n), ""
    found = comments.by_numbers(db, consultation, numbers)
    return tuple(comment.text for comment in found), label


def _possible(office: Office, consultation: int, kind: ItemKind, answer: str) -> bool:
    if kind is not ItemKind.SECTION:
        return answer in ANSWERS[kind]
    plan = consultations.plan(office.store.db, consultation)
    return answer in {GENERAL, OFFPLAN} or plan.find(answer) is not None


def _close(office: Office, consultation: int, sample: Sample, coder: str) -> None:
    """Close the sample when both have judged everything."""
    if sample.state is not SampleState.OPEN:
        return
    listed = samples.judged(office.store.db, sample)
    if all(own.first and own.second for own in listed):
        samples.set_state(office.store.db, sample.id, SampleState.DONE)
        _note(office, consultation, coder, "sample-done", sample.id)


def _note(office: Office, consultation: int, actor: str, verb: str, sample: int) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, subject=f"sample:{sample}",
        consultation=consultation,
    )  # fmt: skip
