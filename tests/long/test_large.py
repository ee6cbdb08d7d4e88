"""What is as large as its format allows is read in little memory, to its end."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from consult.domain.table import Row
from consult.intake.imap import PLAIN, Account
from consult.intake.table import read_table
from consult.services.fetch_letters import fetch_letters
from consult.services.office import Office
from consult.services.refused import refused_items
from consult.store import files, submissions
from tests.conftest import OPEN, SLUG
from tests.imap_server import ImapServer
from tests.intake.test_table import SHEET, book
from tests.letters import JPEG
from tests.mails import generated, letter
from tests.services.test_take_letters import sums, take, with_files

ROWS = 1_048_576  # of a sheet (ECMA-376 part 1, annex on limits of the format's programs)


def sheet_of(rows: int) -> bytes:
    """Return a workbook of so many rows, a cell each."""
    source, out = zipfile.ZipFile(io.BytesIO(book(["意见"], ["好"]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            before, mark, after = source.read(name).partition(b"</sheetData>")
            with target.open(name, "w") as part:
                part.write(before)
                for number in range(3, rows + 1) if name == SHEET else ():
                    part.write(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number))
                part.write(mark + after)
    return out.getvalue()


@pytest.mark.long
def test_a_sheet_of_all_rows_there_can_be_is_read_to_its_last() -> None:
    data = sheet_of(ROWS)
    last = count = 0
    for item in read_table(data):
        if isinstance(item, Row):
            last, count = item.number, count + 1
    assert (count, last) == (ROWS, ROWS)


@pytest.mark.long
def test_a_mailbox_of_a_gigabyte_is_read_letter_by_letter(tmp_path: Path) -> None:
    one = b"From a Fri May 10 09:00:00 2024\n" + letter(b"\n" + b"x" * 75 + b"\n" * 2) + b"\n"
    body = b"From a Fri May 10 09:00:00 2024\n" + letter(b"\n" + (b"x" * 75 + b"\n") * 13_000)
    path = tmp_path / "box.mbox"
    with path.open("wb") as file:
        for _ in range(1_050):
            file.write(body + b"\n" + one)
    assert path.stat().st_size > 1_000_000_000
    script = (
        "import sys, resource; from pathlib import Path\n"
        "from consult.intake.mail_boxes import raw_letters\n"
        "print(sum(1 for _ in raw_letters(Path(sys.argv[1]))),"
        " resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, check=True, text=True,
        timeout=600,
    )  # fmt: skip
    count, peak = map(int, done.stdout.split())
    assert count == 2_100
    assert peak < 200  # MiB


@pytest.mark.long
def test_ten_thousand_letters_come_by_imap_once(published: Office) -> None:
    letters = [data for data, _ in generated(10_000)]
    with ImapServer(letters) as server:
        where = Account("127.0.0.1", server.port, PLAIN, "office", "secret", seconds=60)
        for _ in range(2):
            fetch_letters(published, slug=SLUG, account=where, now=OPEN, actor="timer")
    assert len(submissions.active(published.store.db, 1)) == 10_000


@pytest.mark.long
def test_a_file_of_50_mb_is_kept_whole_and_one_beyond_all_bounds_is_said_to_be_elsewhere(
    published: Office, tmp_path: Path
) -> None:
    photo = JPEG + b"\x5a" * 50_000_000
    taken = take(published, tmp_path, with_files((photo, "现场.jpg")))
    assert sums(taken) == (1, 0, 0)
    (item,) = submissions.active(published.store.db, 1)
    (file,) = files.attachments(published.store.db, item.value.id)
    assert (file.kind, file.size) == ("jpg", len(photo))
    beyond = take(published, tmp_path, with_files((photo + bytes(10_000_000), "现场.jpg")))
    assert sums(beyond) == (0, 0, 1)
    (refusal,) = refused_items(published, slug=SLUG)
    assert refusal.refusal.code == "mail.large"
