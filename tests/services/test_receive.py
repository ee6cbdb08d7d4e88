from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult.domain.comment import Channel, NewSubmission, Speaker
from consult.domain.errors import InputRefused, NotFound, WindowClosed
from consult.services.admit import Rules
from consult.services.office import Office, open_office
from consult.services.receive import receive
from consult.store import submissions, totals
from tests.conftest import OPEN, SLUG, Clock

END = datetime(2024, 5, 30, 16, 0, tzinfo=UTC)  # 24:00 of the last day in Asia/Shanghai


def _count(office: Office) -> int:
    return totals.whole(office.store.db, 1).submissions


def test_a_submission_gets_a_number_and_a_code_and_is_listed(published: Office) -> None:
    receipt = receive(published, slug=SLUG, new=NewSubmission(text="河水发臭"), now=OPEN)
    assert (len(receipt.number), len(receipt.code)) == (9, 15)
    assert (receipt.late, receipt.repeated, receipt.received) == (False, False, OPEN)
    assert _count(published) == 1


def test_the_same_key_stores_once_and_names_the_first_number(published: Office) -> None:
    new = NewSubmission(text="河水发臭", key="form-1")
    first = receive(published, slug=SLUG, new=new, now=OPEN)
    again = receive(published, slug=SLUG, new=new, now=OPEN)
    assert (again.number, again.code, again.repeated) == (first.number, first.code, True)
    assert _count(published) == 1


def test_a_text_edited_after_going_back_is_stored_too(published: Office) -> None:
    first = receive(published, slug=SLUG, new=NewSubmission(text="发臭", key="f"), now=OPEN)
    edited = receive(published, slug=SLUG, new=NewSubmission(text="更臭", key="f"), now=OPEN)
    assert (edited.repeated, edited.number == first.number) == (False, False)
    assert _count(published) == 2


def test_a_repeated_row_of_a_file_shows_nobodys_code(published: Office) -> None:
    new = NewSubmission(text="河水发臭", key="file#1", channel=Channel.TABLE)
    first = receive(published, slug=SLUG, new=new, now=OPEN, actor="clerk")
    again = receive(published, slug=SLUG, new=new, now=OPEN, actor="clerk")
    assert (again.number, again.code, again.repeated) == (first.number, "", True)


def test_identical_texts_without_a_key_are_different_submissions(published: Office) -> None:
    for _ in range(2):
        receive(published, slug=SLUG, new=NewSubmission(text="河水发臭"), now=OPEN)
    assert _count(published) == 2


@pytest.mark.parametrize(
    ("new", "code", "field"),
    [
        (NewSubmission(text=""), "text.blank", "text"),
        (NewSubmission(text="\u3000\n\u200b"), "text.blank", "text"),
        (NewSubmission(text="字" * 51), "text.too-long", "text"),
        (NewSubmission(text="坏\x00字"), "text.unstorable", "text"),
        (NewSubmission(text="好", chosen=("9.9",)), "submission.section", "section"),
        (NewSubmission(text="好", contact="x" * 201), "line.too-long", "contact"),
    ],
)
def test_what_a_person_can_correct_is_refused_with_its_field_and_nothing_is_stored(
    published: Office, new: NewSubmission, code: str, field: str
) -> None:
    with pytest.raises(InputRefused) as refusal:
        receive(published, slug=SLUG, new=new, now=OPEN, rules=Rules(max_text=50))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert _count(published) == 0


def test_the_longest_allowed_text_is_taken_whole(published: Office) -> None:
    text = "字" * 50
    receive(published, slug=SLUG, new=NewSubmission(text=text), now=OPEN, rules=Rules(max_text=50))
    assert _count(published) == 1


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (datetime(2024, 4, 30, 15, 59, 59, tzinfo=UTC), "window.before"),
        (END, "window.closed"),
    ],
)
def test_the_public_is_heard_inside_the_window_only(
    published: Office, now: datetime, code: str
) -> None:
    with pytest.raises(WindowClosed) as closed:
        receive(published, slug=SLUG, new=NewSubmission(text="好"), now=now)
    assert closed.value.code == code
    assert _count(published) == 0


def test_a_form_opened_in_time_may_be_sent_within_the_grace(published: Office) -> None:
    rules = Rules(grace=900)
    opened = END - timedelta(minutes=30)
    receipt = receive(
        published, slug=SLUG, new=NewSubmission(text="好"), now=END + timedelta(seconds=899),
        opened=opened, rules=rules,
    )  # fmt: skip
    assert receipt.late
    with pytest.raises(WindowClosed):
        receive(
            published, slug=SLUG, new=NewSubmission(text="好"), now=END + timedelta(seconds=900),
            opened=opened, rules=rules,
        )  # fmt: skip


def test_a_late_item_entered_by_staff_is_taken_and_flagged(published: Office) -> None:
    new = NewSubmission(text="好", channel=Channel.LETTER, received=END + timedelta(days=2))
    receipt = receive(published, slug=SLUG, new=new, now=END + timedelta(days=3), actor="clerk")
    assert receipt.late


def test_an_unknown_consultation_is_not_found(published: Office) -> None:
    with pytest.raises(NotFound):
        receive(published, slug="nowhere", new=NewSubmission(text="好"), now=OPEN)


def test_neither_text_nor_contact_nor_code_lies_readable_in_the_files(
    published: Office, tmp_path: Path
) -> None:
    new = NewSubmission(text="独特的秘密意见", name="李四", contact="13812345678")
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("consult.sqlite3*"))
    for secret in ("独特的秘密意见", "13812345678", "李四", receipt.code):
        assert secret.encode() not in stored
    assert receipt.number.encode() in stored


def test_people_are_told_apart_by_contact_and_organisations_by_name(published: Office) -> None:
    for new in (
        NewSubmission(text="一", name="张三", contact="a@example.com"),
        NewSubmission(text="二", name="张三丰", contact="A@example.com"),
        NewSubmission(text="三", name="清河造纸厂", speaker=Speaker.COMPANY),
        NewSubmission(text="四", name="清河造纸厂", speaker=Speaker.COMPANY),
        NewSubmission(text="五", name="王五", speaker=Speaker.INDIVIDUAL),
        NewSubmission(text="六", name="王五", speaker=Speaker.INDIVIDUAL),
        NewSubmission(text="七"),
    ):
        receive(published, slug=SLUG, new=new, now=OPEN)
    counts = totals.whole(published.store.db, 1)
    assert (counts.people, counts.submissions) == (5, 7)


def test_a_receipt_survives_reopening_the_files(
    published: Office, tmp_path: Path, clock: Clock
) -> None:
    receipt = receive(published, slug=SLUG, new=NewSubmission(text="好"), now=OPEN)
    reopened = open_office(tmp_path / "data", clock=clock)
    found = submissions.by_number(reopened.store.db, 1, receipt.number)
    assert found is not None
    assert found.value.received == OPEN


def test_a_database_swapped_under_other_keys_is_noticed(published: Office, tmp_path: Path) -> None:
    from consult.domain.errors import KeysUnready

    (tmp_path / "data" / "keys" / "master.key").write_text("00" * 32)
    with pytest.raises(KeysUnready):
        open_office(tmp_path / "data")
    assert sqlite3.connect(tmp_path / "data" / "consult.sqlite3").execute(
        "pragma integrity_check"
    ).fetchone() == ("ok",)
