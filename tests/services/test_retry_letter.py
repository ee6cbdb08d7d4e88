"""What was refused of letters is looked at again, taken in on a person's word, and forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.domain.comment import Channel, NewSubmission
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.intake import enclosures
from consult.services import vault
from consult.services.office import Office
from consult.services.purge import purge
from consult.services.refused import refused_item, refused_items
from consult.services.resend import send_again
from consult.services.retry_letter import retry_letter
from consult.services.take_letters import take_letters
from consult.store import files, originals, submissions
from tests.conftest import OPEN, SLUG, Clock
from tests.letters import docx_of
from tests.mails import WORDS, letter, many, mbox, part, word

AUTO = letter(more=b"Auto-Submitted: auto-replied\n")
FILED = letter(many(part(b"see file"), part(docx_of("路灯不亮。"), "application/x", charset="",
                                            name=word("信.docx"))))  # fmt: skip


def take(office: Office, folder: Path, *letters: bytes) -> int:
    """Import letters; returns the id of the first refused item."""
    (folder / "box.mbox").write_bytes(mbox(letters))
    take_letters(office, slug=SLUG, path=folder / "box.mbox", now=OPEN, actor="wang")
    return next((item.id for item in refused_items(office, slug=SLUG)), 0)


def retry(office: Office, identifier: int) -> str:
    return retry_letter(office, slug=SLUG, identifier=identifier, now=OPEN, actor="li")


def stored(office: Office, number: str) -> submissions.StoredSubmission:
    found = submissions.by_number(office.store.db, 1, number)
    assert found is not None
    return found


def test_an_automatic_reply_is_taken_in_once_with_its_original(
    published: Office, tmp_path: Path
) -> None:
    identifier = take(published, tmp_path, AUTO)
    fields = refused_item(published, slug=SLUG, identifier=identifier).refusal.fields
    assert fields == {
        "channel": "email", "text": WORDS, "contact": "zhang@example.com",
        "received": "2024-05-10T01:00:00+00:00",
    }  # fmt: skip
    number = retry(published, identifier)
    found = stored(published, number)
    assert vault.original(published.keys, found).text == WORDS
    assert vault.letter(published, found) == AUTO
    with pytest.raises(Conflict):
        retry(published, identifier)
    assert take(published, tmp_path, AUTO) == 0
    assert len(submissions.active(published.store.db, 1)) == 1


def test_a_letter_without_words_is_refused_again_and_taken_as_staff_type_it(
    published: Office, tmp_path: Path
) -> None:
    blank = letter("", subject=b" ")
    identifier = take(published, tmp_path, blank)
    with pytest.raises(InputRefused, match=r"mail\.blank"):
        retry(published, identifier)
    typed = NewSubmission("电话里说：路灯不亮。", channel=Channel.EMAIL)
    receipt = send_again(
        published, slug=SLUG, identifier=identifier, new=typed, now=OPEN, actor="li"
    )
    assert vault.letter(published, stored(published, receipt.number)) == blank


def test_a_file_that_can_be_read_now_goes_behind_its_letter(
    published: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(enclosures, "MAX_CHARACTERS", 1)
        identifier = take(published, tmp_path, FILED)
    assert refused_item(published, slug=SLUG, identifier=identifier).refusal.code == (
        "attachment.long"
    )
    number = retry(published, identifier)
    found = stored(published, number)
    assert vault.original(published.keys, found).text == "see file\n\n路灯不亮。"
    assert len(files.attachments(published.store.db, found.value.id)) == 1
    assert take(published, tmp_path, FILED) == 0


def test_a_letter_that_is_too_long_or_whose_files_are_all_bad_keeps_its_original(
    published: Office, tmp_path: Path
) -> None:
    long = letter("长" * 100_001, ident="<2>")
    bad = letter(many(part(b"MZ", "application/x", charset="", name=b"a.exe")), subject=b" ")
    take(published, tmp_path, long, bad)
    kept = [item.refusal for item in refused_items(published, slug=SLUG)]
    assert [(r.place, r.code) for r in kept] == [
        ("box.mbox:1", "text.too-long"), ("box.mbox:2", "mail.files"),
        ("box.mbox:2#1", "attachment.unknown"),
    ]  # fmt: skip
    assert [r.original for r in kept] == [long, bad, b"MZ"]


def test_letters_that_cannot_be_read_are_told_apart_by_their_bytes_not_their_place(
    published: Office, tmp_path: Path
) -> None:
    broken = [b"Subject: x\n" + b"X: y\n" * 60_000 + bytes([n]) for n in (65, 66)]
    for data in (*broken, broken[0]):
        (tmp_path / "a.eml").write_bytes(data)
        take_letters(published, slug=SLUG, path=tmp_path / "a.eml", now=OPEN, actor="wang")
    kept = [item.refusal for item in refused_items(published, slug=SLUG)]
    assert [(r.code, r.original) for r in kept] == [("mail.headers", data) for data in broken]


def test_a_letter_that_killed_its_reader_is_read_again_as_a_letter(
    published: Office, tmp_path: Path
) -> None:
    identifier = take(published, tmp_path, AUTO)
    published.store.db.execute("update refusals set code = 'sandbox.time'")
    assert vault.letter(published, stored(published, retry(published, identifier))) == AUTO


def test_what_is_no_letter_is_not_read_as_one(published: Office, tmp_path: Path) -> None:
    identifier = take(published, tmp_path, AUTO)
    published.store.db.execute("update refusals set kind = 'table'")
    with pytest.raises(NotFound):
        retry(published, identifier)


def test_letters_are_forgotten_with_the_contacts_they_name(
    published: Office, tmp_path: Path, clock: Clock
) -> None:
    identifier = take(published, tmp_path, letter(ident="<2>"), AUTO)
    (found,) = submissions.active(published.store.db, 1)
    assert originals.size(published.store.db, found.value.id) > 0
    clock.advance(days=400)
    purge(published, days=180, actor="system")
    assert originals.size(published.store.db, found.value.id) == 0
    assert refused_item(published, slug=SLUG, identifier=identifier).refusal.original == b""
    raw = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("consult.sqlite3*"))
    assert b"zhang@example.com" not in raw
