"""The ledger of imports: every item once, broken off and resumed, undone, corrected and resent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from consult.domain.comment import Channel, NewSubmission, Refusal
from consult.domain.decision import Ruling, Target
from consult.domain.errors import AccountingError, Conflict, InputRefused
from consult.domain.ledger import (
    Empty,
    ImportState,
    Outcome,
    RefusalState,
    Source,
    SourceKind,
)
from consult.domain.triage import Disposition
from consult.services import import_items as importing
from consult.services.analyse import analyse
from consult.services.decide import decide
from consult.services.import_items import Item, import_items
from consult.services.office import Office
from consult.services.refused import refused_item, refused_items
from consult.services.resend import send_again, set_aside
from consult.services.undo_import import undo_import
from consult.store import comments, consultations, imports, totals
from consult.store import import_items as listed
from tests.conftest import OPEN, SLUG

TABLE = Source(SourceKind.TABLE, "意见.xlsx", "d1")


def row(number: int, text: str = "请修路灯。") -> NewSubmission:
    return NewSubmission(
        text=f"{text}{number}" if text else "", channel=Channel.TABLE, contact="13800000001",
        key=f"d1#{number}", source=f"表:{number}",
    )  # fmt: skip


def test_found_is_taken_and_there_and_refused_and_empty(published: Office) -> None:
    items: list[Item] = [row(1), Empty("表:2"), row(3, ""), Refusal("表:4", "x", "item.no-text"),
                         replace(row(1), source="表:5")]  # fmt: skip
    report = import_items(published, slug=SLUG, items=items, now=OPEN, actor="li", source=TABLE)
    assert (report.found, report.taken, report.repeated, report.refused, report.empty) == (
        5, 1, 1, 2, 1,
    )  # fmt: skip
    lines = list(listed.every(published.store.db, report.number))
    assert [(line.place, line.outcome) for line in lines] == [
        ("表:1", Outcome.TAKEN), ("表:3", Outcome.REFUSED), ("表:4", Outcome.REFUSED),
        ("表:5", Outcome.REPEATED),
    ]  # fmt: skip
    assert lines[0].number == lines[3].number != ""
    record = imports.one(published.store.db, 1, report.number)
    assert (record.state, record.report.found, record.open) == (ImportState.DONE, 5, 2)


@pytest.mark.parametrize("kills", [1, 3])
def test_broken_off_again_and_again_it_goes_on_and_adds_nothing_twice(
    published: Office, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)

    def broken(after: int) -> Iterator[Item]:
        for number in range(1, after + 1):
            yield replace(row(number), key="")  # nothing but the ledger tells it was taken
        raise KeyboardInterrupt

    for kill in range(1, kills + 1):
        with pytest.raises(KeyboardInterrupt):
            import_items(published, slug=SLUG, items=broken(2 * kill + 1), now=OPEN, actor="li",
                         source=TABLE)  # fmt: skip
    whole = [replace(row(number), key="") for number in range(1, 10)]
    report = import_items(published, slug=SLUG, items=whole, now=OPEN, actor="li", source=TABLE)
    assert (report.number, report.taken, report.found) == (1, 9, 9)
    assert totals.accounting(published.store.db, 1).received == 9


def test_while_one_process_imports_a_source_another_does_not(published: Office) -> None:
    def items() -> Iterator[Item]:
        yield row(1)
        with pytest.raises(Conflict, match=r"import\.running"):
            import_items(published, slug=SLUG, items=[row(2)], now=OPEN, actor="b", source=TABLE)
        yield row(3)

    report = import_items(published, slug=SLUG, items=items(), now=OPEN, actor="a", source=TABLE)
    assert report.taken == 2


def test_a_reader_that_names_a_place_twice_is_found_out(
    published: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    items = [row(1), replace(row(2), source="表:1")]
    with pytest.raises(AccountingError):
        import_items(published, slug=SLUG, items=items, now=OPEN, actor="li", source=TABLE)
    assert imports.one(published.store.db, 1, 1).state is ImportState.FAILED


def test_an_undone_import_counts_nowhere_and_can_be_imported_again(published: Office) -> None:
    items = [row(number) for number in range(1, 4)]
    report = import_items(published, slug=SLUG, items=items, now=OPEN, actor="li", source=TABLE)
    analyse(published, slug=SLUG, actor="li")
    with pytest.raises(InputRefused, match=r"import\.why"):
        undo_import(published, slug=SLUG, number=report.number, why=" ", actor="wang")
    assert undo_import(published, slug=SLUG, number=report.number, why="列对错了", actor="wang")
    sums = totals.accounting(published.store.db, 1)
    assert (sums.received, sums.listed, sums.comments, sums.balanced) == (0, 0, 0, True)
    assert sums.undone == 3
    record = imports.one(published.store.db, 1, report.number)
    assert (record.state, record.report.taken, record.gone) == (ImportState.UNDONE, 3, 3)
    assert [line.gone for line in listed.every(published.store.db, report.number)] == [True] * 3
    with pytest.raises(Conflict, match=r"import\.not-done"):
        undo_import(published, slug=SLUG, number=report.number, why="再来", actor="wang")
    again = import_items(published, slug=SLUG, items=items, now=OPEN, actor="li", source=TABLE)
    assert (again.taken, again.repeated) == (3, 0)


def test_an_import_that_was_acted_upon_is_not_undone_and_says_which(published: Office) -> None:
    items = [row(number) for number in range(1, 4)]
    report = import_items(published, slug=SLUG, items=items, now=OPEN, actor="li", source=TABLE)
    analyse(published, slug=SLUG, actor="li")
    db = published.store.db
    identifier, _ = consultations.find(db, SLUG)
    first = comments.active(db, identifier)[0]
    decide(
        published, slug=SLUG, target=Target(comment=first.number),
        ruling=Ruling(Disposition.ADOPTED, answer="好"), actor="wang", seen="0", submit=False,
    )  # fmt: skip
    with pytest.raises(Conflict) as stopped:
        undo_import(published, slug=SLUG, number=report.number, why="错", actor="wang")
    numbers = [line.number for line in listed.every(db, report.number)]
    assert (stopped.value.code, stopped.value.values["numbers"]) == ("import.acted", numbers[:1])
    assert totals.accounting(db, identifier).received == 3


def test_a_refused_item_is_corrected_sent_again_and_then_already_there(published: Office) -> None:
    bad = Refusal(
        "表:7", "received", "item.wrong-date", {"value": "13月"}, row=(("意见", "修路"),),
        fields={"text": "修路"}, original=b"PK..", file="表.xlsx",
    )  # fmt: skip
    items: list[Item] = [row(1), bad]
    import_items(published, slug=SLUG, items=items, now=OPEN, actor="li", source=TABLE)
    held = refused_items(published, slug=SLUG)[0]
    assert (held.refusal.fields, held.refusal.row) == ({"text": "修路"}, (("意见", "修路"),))
    assert (held.refusal.original, held.refusal.file) == (b"PK..", "表.xlsx")
    assert dict(held.refusal.values) == {"value": "13月"}
    new = NewSubmission(text="修路", channel=Channel.TABLE)
    receipt = send_again(published, slug=SLUG, identifier=held.id, new=new, now=OPEN, actor="wang")
    settled = refused_item(published, slug=SLUG, identifier=held.id)
    assert (settled.state, settled.number, settled.actor) == (
        RefusalState.TAKEN, receipt.number, "wang",
    )  # fmt: skip
    assert totals.accounting(published.store.db, 1).refused == 0
    with pytest.raises(Conflict, match=r"refusal\.settled"):
        set_aside(published, slug=SLUG, identifier=held.id, why="重复", actor="wang")
    again = import_items(published, slug=SLUG, items=items, now=OPEN, actor="li", source=TABLE)
    assert (again.taken, again.repeated, again.refused) == (0, 2, 0)


def test_what_is_kept_of_a_refused_item_lies_sealed(published: Office) -> None:
    bad = Refusal("表:7", "contact", "line.too-long", {"value": "13912345678"},
                  fields={"contact": "13912345678"})  # fmt: skip
    import_items(published, slug=SLUG, items=[bad], now=OPEN, actor="li", source=TABLE)
    published.store.scrub()
    assert b"13912345678" not in published.store.path.read_bytes()


def test_a_refused_item_can_be_set_aside_with_a_reason(published: Office) -> None:
    import_items(published, slug=SLUG, items=[Refusal("表:2", "", "item.no-text")], now=OPEN,
                 actor="li", source=TABLE)  # fmt: skip
    held = refused_items(published, slug=SLUG)[0]
    with pytest.raises(InputRefused, match=r"refusal\.why"):
        set_aside(published, slug=SLUG, identifier=held.id, why="", actor="wang")
    set_aside(published, slug=SLUG, identifier=held.id, why="是表格的说明行", actor="wang")
    assert refused_items(published, slug=SLUG) == ()
    kept = refused_item(published, slug=SLUG, identifier=held.id)
    assert (kept.state, kept.why) == (RefusalState.DROPPED, "是表格的说明行")
