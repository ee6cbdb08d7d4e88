"""Mailboxes as files: eml, mbox, Maildir."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from consult.domain.errors import InputRefused
from consult.intake.mail_boxes import (
    LARGEST,
    digest_of,
    is_mail,
    letters_of,
    looks_like_mail,
    raw_letters,
)
from tests.mails import letter, mbox

LETTERS = [
    letter("甲\nFrom now on 好", ident="<a>"),
    letter(b"\nFrom the bank\n>From x\n", ident="<b>"),
    letter("丙", ident="<c>"),
]


def read(data: bytes) -> list[tuple[str, bytes]]:
    return [(item.place, item.data) for item in letters_of(BytesIO(data), "x.mbox")]


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_letters_of_an_mbox_come_out_as_they_went_in(blank: bool, ends: bytes) -> None:
    found = read(mbox(LETTERS, blank=blank, ends=ends))
    assert [place for place, _ in found] == ["x.mbox:1", "x.mbox:2", "x.mbox:3"]
    assert [data.replace(b"\r\n", b"\n") for _, data in found] == LETTERS


def test_a_line_that_begins_with_from_separates_nothing_without_headers_behind_it() -> None:
    one = b"From a@b.cn Fri May 10 09:00:00 2024\nSubject: x\nTo: b\n\nFrom a@b.cn 09:00\nwords\n"
    assert [place for place, _ in read(one)] == ["x.mbox:1"]


def test_a_letter_file_is_one_letter_byte_for_byte() -> None:
    data = letter(b"\n\xff\xfe\r\n\x00 From x\r\n")
    assert read(data) == [("x.mbox", data)]


def test_a_letter_beyond_all_bounds_is_counted_and_not_held(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    with path.open("wb") as file:
        file.write(b"From a Fri May 10 09:00:00 2024\nSubject: x\nTo: b\n\n")
        for _ in range(LARGEST // 1_000_000 + 2):
            file.write(b"x" * 1_000_000)  # a line without end
        file.write(b"\n\nFrom a Fri May 10 09:00:00 2024\nSubject: y\nTo: b\n\nz\n")
    found = [(item.place, item.size > LARGEST, len(item.data)) for item in raw_letters(path)]
    assert found == [("big.mbox:1", True, 0), ("big.mbox:2", False, 20)]


def maildir(folder: Path, letters: list[bytes]) -> Path:
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for number, data in enumerate(letters):
        box, flags = ("cur", ":2,S") if number % 2 else ("new", "")
        (folder / box / f"{number}.host{flags}").write_bytes(data)
    (folder / "tmp" / "half").write_bytes(b"not delivered yet")
    return folder


def test_a_maildir_is_read_by_names_that_stay_when_letters_are_seen(tmp_path: Path) -> None:
    folder = maildir(tmp_path / "Mail", LETTERS)
    before = digest_of(folder)
    (folder / "new" / "0.host").rename(folder / "cur" / "0.host:2,RS")
    found = list(raw_letters(folder))
    assert [item.place for item in found] == ["Mail/0.host", "Mail/1.host", "Mail/2.host"]
    assert [item.data for item in found] == LETTERS
    assert digest_of(folder) == before
    assert is_mail(folder)


def test_a_folder_of_letter_files_is_a_mailbox_and_an_empty_one_is_none(tmp_path: Path) -> None:
    assert not is_mail(tmp_path)
    with pytest.raises(InputRefused, match=r"mail\.folder"):
        list(raw_letters(tmp_path))
    (tmp_path / "b.eml").write_bytes(LETTERS[1])
    (tmp_path / "a.eml").write_bytes(LETTERS[0])
    (tmp_path / "notes.doc").write_bytes(b"x")
    assert [item.data for item in raw_letters(tmp_path)] == LETTERS[:2]


@pytest.mark.parametrize(
    ("head", "mail"),
    [
        (letter(), True),
        (mbox(LETTERS), True),
        (b"\xef\xbb\xbf\r\n" + letter(), True),
        (b'{"text": "x"}\n', False),
        (b"PK\x03\x04", False),
        ("姓名,意见\n甲: 乙\n".encode(), False),
        (b"title: x\nauthor: y\n", False),
        (b"", False),
    ],
)
def test_mail_is_told_by_its_content(head: bytes, mail: bool) -> None:
    assert looks_like_mail(head) is mail
