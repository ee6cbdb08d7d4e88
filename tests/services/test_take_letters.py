"""Letters end in the ledger: taken, already there, set aside or refused, each with its files."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from consult.domain.ledger import ImportReport, SourceKind
from consult.services import vault
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.refused import refused_items
from consult.services.take_letters import take_letters
from consult.store import comments, events, files, imports, submissions, totals
from tests.conftest import OPEN, SLUG
from tests.letters import DOCM, docx_of, pdf_of, png
from tests.mails import CHARSETS, WORDS, generated, letter, many, mbox, part, word
from tests.old_office import DOC

LETTER = "步道上的路灯太暗，请加装路灯。"


def take(office: Office, folder: Path, *letters: bytes, name: str = "box.mbox") -> ImportReport:
    path = folder / name
    path.write_bytes(mbox(letters) if name.endswith(".mbox") else letters[0])
    return take_letters(office, slug=SLUG, path=path, now=OPEN, actor="wang")


def sums(report: ImportReport) -> tuple[int, int, int]:
    return report.taken, report.repeated, report.refused


def stored(office: Office) -> list[submissions.StoredSubmission]:
    return list(submissions.active(office.store.db, 1))


def text_of(office: Office, item: submissions.StoredSubmission) -> str:
    return vault.original(office.keys, item).text


def with_files(*items: tuple[bytes, str], words: str = WORDS) -> bytes:
    return letter(
        many(part(words.encode()), *[part(data, "application/octet-stream", charset="",
                                          name=word(name)) for data, name in items])
    )  # fmt: skip


def test_letters_in_eight_charsets_are_taken_once_however_often_they_come(
    published: Office, tmp_path: Path
) -> None:
    letters = list(generated(6 * len(CHARSETS)))
    first = take(published, tmp_path, *[data for data, _ in letters])
    again = take(published, tmp_path, *[data for data, _ in reversed(letters)], name="sent.mbox")
    assert sums(first) == (48, 0, 0)
    assert sums(again) == (0, 48, 0)
    assert [text_of(published, item) for item in stored(published)] == [t for _, t in letters]


def test_a_letter_keeps_its_bytes_its_sender_and_its_time(
    published: Office, tmp_path: Path
) -> None:
    data = letter(more=b"Received: by b; Sat, 11 May 2024 09:00:00 +0800\n", sender="张 <a@b.cn>")
    take(published, tmp_path, data, name="letter.eml")
    (item,) = stored(published)
    assert vault.letter(published, item) == data
    assert vault.contact(published.keys, item) == ("张", "a@b.cn")
    assert item.value.received.isoformat() == "2024-05-11T01:00:00+00:00"
    assert (item.value.channel, item.value.source) == ("email", "letter.eml")
    assert events.verify(published.store.db) is None
    raw = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("consult.sqlite3*"))
    for secret in (WORDS.encode(), b"a@b.cn", b"<1@example.com>"):
        assert secret not in raw


def test_files_of_a_letter_are_read_like_uploaded_ones(published: Office, tmp_path: Path) -> None:
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w") as package:
        package.writestr("信/来信.txt", "垂钓区太少。".encode("gb18030"))
        package.writestr("__MACOSX/x", b"x")
    take(published, tmp_path, with_files(
        (docx_of(LETTER), "来信.docx"), (pdf_of(["水质要公布。"]), "a.exe"), (png(), "扫描.png"),
        (zipped.getvalue(), "信.zip"),
    ))  # fmt: skip
    (item,) = stored(published)
    assert text_of(published, item) == f"{WORDS}\n\n{LETTER}\n\n水质要公布。\n\n垂钓区太少。"
    assert [f.kind for f in files.attachments(published.store.db, item.value.id)] == [
        "docx", "pdf", "png", "txt",
    ]  # fmt: skip
    analyse(published, slug=SLUG, actor="test")
    assert len(comments.of_submission(published.store.db, item.value.id)) >= 4
    assert totals.accounting(published.store.db, 1).transcribing == 1


def zip_of(name: str, data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return out.getvalue()


INNER = zip_of("c.txt", b"x")
LOCKED = bytearray(zip_of("a.txt", b"x" * 100))
LOCKED[6] |= 1
LOCKED[LOCKED.index(b"PK\x01\x02") + 8] |= 1
BAD = {
    "程序.exe": (b"MZ\x90\x00", "attachment.unknown"),
    "宏.docx": (DOCM, "attachment.macros"),
    "旧.doc": (DOC, "attachment.old"),
    "套.zip": (zip_of("b.zip", INNER), "attachment.nested"),
    "弹.zip": (zip_of("a.txt", bytes(40_000_000)), "attachment.bomb"),
    "密.zip": (bytes(LOCKED), "attachment.locked"),
    "空.zip": (b"PK\x05\x06" + bytes(18), "attachment.unknown"),
    "断.zip": (zip_of("a.txt", b"x")[:40], "attachment.broken"),
    "a.rar": (b"Rar!\x1a\x07\x00", "attachment.archive"),
    "winmail.dat": (b"\x78\x9f\x3e\x22" + bytes(90), "attachment.winmail"),
    "a.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "attachment.unknown"),
    "空.txt": (b"", "attachment.empty"),
}


def test_bad_files_are_rows_of_their_own_and_lose_neither_letter_nor_neighbour(
    published: Office, tmp_path: Path
) -> None:
    given = [(data, name) for name, (data, _) in BAD.items()]
    data = with_files(*given, (docx_of(LETTER), "好.docx"))
    report = take(published, tmp_path, data)
    assert sums(report) == (1, 0, len(BAD))
    assert text_of(published, stored(published)[0]) == f"{WORDS}\n\n{LETTER}"
    kept = [item.refusal for item in refused_items(published, slug=SLUG)]
    assert [(r.place, r.code) for r in kept] == [
        (f"box.mbox:1#{at}", code) for at, (_, code) in enumerate(BAD.values(), 1)
    ]
    inside = {"套.zip": INNER}  # the file inside is what is refused, not the archive
    assert [r.original for r in kept] == [inside.get(n, data) for n, (data, _) in BAD.items()]
    assert [r.file.rpartition("/")[2] for r in kept][:3] == ["程序.exe", "宏.docx", "旧.doc"]
    again = take(published, tmp_path, data)
    assert sums(again) == (0, 1, len(BAD))
    assert len(refused_items(published, slug=SLUG)) == len(BAD)


def test_what_no_person_wrote_is_set_aside_counted_and_kept(
    published: Office, tmp_path: Path
) -> None:
    auto = letter(more=b"Auto-Submitted: auto-replied\n")
    report = take(published, tmp_path, auto, letter("好", ident="<2>"), letter("", subject=b"x"))
    assert sums(report) == (2, 0, 1)
    (item,) = refused_items(published, slug=SLUG)
    assert (item.refusal.code, item.refusal.original) == ("mail.automatic", auto)
    assert totals.accounting(published.store.db, 1).refused == 1


def test_letters_passed_on_as_files_are_their_own_senders(
    published: Office, tmp_path: Path
) -> None:
    inner = [letter(f"意见{n}", sender=f"p{n}@example.com", ident=f"<in{n}>") for n in range(3)]
    outer = letter(
        many(*[b"Content-Type: message/rfc822\n\n" + data for data in inner]), ident="<outer>"
    )
    assert sums(take(published, tmp_path, outer)) == (3, 0, 0)
    assert sums(take(published, tmp_path, *inner, name="direct.mbox")) == (0, 3, 0)
    found = stored(published)
    assert [vault.contact(published.keys, item)[1] for item in found] == [
        f"p{n}@example.com" for n in range(3)
    ]
    assert [item.value.source for item in found] == [f"box.mbox:1/{n}" for n in (1, 2, 3)]
    assert vault.letter(published, found[0]) == inner[0]


def test_one_identifier_on_two_letters_loses_neither(published: Office, tmp_path: Path) -> None:
    letters = [letter("甲"), letter("乙"), letter("丙", ident=""), letter("丙", ident="", date="")]
    assert sums(take(published, tmp_path, *letters)) == (4, 0, 0)


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ({"date": "Fri, 10 May 2024 09:00:00 +0800"}, "2024-05-10"),
        ({"date": "Fri, 10 May 2075 09:00:00 +0800"}, "2024-05-10"),
        ({"date": "", "more": b"Received: x; Sun, 12 May 2075 09:00:00 +0800\n"}, "2024-05-10"),
        ({"date": "Mon, 1 Apr 2024 09:00:00 +0800"}, "2024-04-01"),
    ],
)
def test_a_date_in_the_future_is_nobodys(
    published: Office, tmp_path: Path, dates: dict[str, object], day: str
) -> None:
    take(published, tmp_path, letter(**dates))  # type: ignore[arg-type]
    assert stored(published)[0].value.received.date().isoformat() == day


def test_the_source_stands_in_the_ledger(published: Office, tmp_path: Path) -> None:
    report = take(published, tmp_path, letter())
    record = imports.one(published.store.db, 1, report.number)
    assert (record.source.kind, record.source.name, record.actor) == (
        SourceKind.MAIL, "box.mbox", "wang",
    )  # fmt: skip
