"""Ten minutes of coverage-guided fuzzing of each reader of untrusted bytes, without a crash.

Needs atheris (``pip install -e '.[fuzz]'``). What it finds worth keeping can be added, base64 in a
line, to ``tests/intake/fuzzed.jsonl``. ``FUZZ_SECONDS`` in the environment makes it shorter.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.intake.test_fuzzed import CORPUS
from tests.letters import docx_of, pdf_of, png
from tests.long.fuzz import READERS
from tests.mails import generated

ROOT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("FUZZ_SECONDS", "600"))
DONE = re.compile(r"Done (\d+) runs in (\d+) second")


def seeds(reader: str) -> list[bytes]:
    """Return what fuzzing begins with: the kept inputs, and whole files of the kind."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    kept = [base64.b64decode(row["data"]) for row in rows if row["reader"] == reader]
    if reader == "mail":
        kept += [data for data, _ in generated(24)]
    return [*kept, docx_of("一", "二"), pdf_of(["一"]), png(), "意见,姓名\n甲,乙\n".encode()]


@pytest.mark.long
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("reader", READERS)
def test_ten_minutes_of_fuzzing_break_nothing(reader: str, tmp_path: Path) -> None:
    for number, data in enumerate(seeds(reader)):
        (tmp_path / str(number)).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "tests.long.fuzz", reader, str(tmp_path), str(SECONDS)],
        cwd=ROOT, capture_output=True, text=True, timeout=SECONDS * 2, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    ended = DONE.search(done.stderr)
    assert ended is not None, done.stderr[-3_000:]
    runs, seconds = map(int, ended.groups())
    assert (seconds >= SECONDS, runs > SECONDS) == (True, True)
    print(f"{reader}: {runs} inputs in {seconds} s")  # noqa: T201 - the figure to record
