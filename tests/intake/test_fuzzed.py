"""What fuzzing found worth keeping: inputs that reach code others do not, each read again."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.long.fuzz import READERS, target

CORPUS = Path(__file__).with_name("fuzzed.jsonl")


@pytest.mark.parametrize("reader", ["mail", "table"])
def test_every_kept_input_is_read_or_refused(reader: str) -> None:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    inputs = [base64.b64decode(row["data"]) for row in rows if row["reader"] == reader]
    once = target(reader)
    for data in inputs:
        once(data)
    assert len(inputs) >= 20
    assert reader in READERS
