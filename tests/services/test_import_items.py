from __future__ import annotations

from consult.domain.comment import Channel, NewSubmission, Refusal
from consult.services.import_items import import_items
from consult.services.office import Office
from consult.store import totals
from tests.conftest import OPEN, SLUG

ITEMS = [
    NewSubmission(text="一", channel=Channel.EMAIL, key="f#1", source="f:1"),
    Refusal("f:2", "text", "item.no-text"),
    NewSubmission(text=" ", channel=Channel.EMAIL, key="f#3", source="f:3"),
    NewSubmission(text="坏\x00字", channel=Channel.EMAIL, key="f#4", source="f:4"),
]


def test_every_item_is_taken_or_refused_with_its_place(published: Office) -> None:
    report = import_items(published, slug=SLUG, items=ITEMS, now=OPEN, actor="clerk")
    assert (report.found, report.taken, report.repeated) == (4, 2, 0)
    assert [(item.place, item.code) for item in report.refusals] == [
        ("f:2", "item.no-text"),
        ("f:3", "text.blank"),
    ]


def test_a_second_import_adds_nothing_and_counts_refusals_once(published: Office) -> None:
    import_items(published, slug=SLUG, items=ITEMS, now=OPEN, actor="clerk")
    report = import_items(published, slug=SLUG, items=ITEMS, now=OPEN, actor="clerk")
    assert (report.found, report.taken, report.repeated) == (4, 0, 2)
    sums = totals.accounting(published.store.db, 1)
    assert (sums.received, sums.refused, sums.awaiting, sums.balanced) == (2, 2, 2, True)
