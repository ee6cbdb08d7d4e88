"""The books are kept twice: where database and documents differ, nothing is exported."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.domain.errors import AccountingError
from consult.export.formats import DOCUMENTS
from consult.services.deliver import deliver, document
from consult.services.office import Office
from tests.conftest import SLUG

NOW = datetime(2024, 6, 1, tzinfo=UTC)
MADE = [name for name in DOCUMENTS if ".schema." not in name]
# What somebody might do to the file with another program → what does not add up.
SURGERY = {
    "a submission withdrawn, its comments left": (
        "update submissions set state = 'withdrawn' where id = 1"
    ),
    "a comment under a section that the plan does not have": (
        "update comments set section = '9.9' where number = 1"
    ),
    "a comment counted elsewhere than its link says": (
        "update comments set section = 'general' where number = 1"
    ),
}


@pytest.mark.parametrize("cut", SURGERY.values(), ids=SURGERY.keys())
def test_surgery_on_the_database_stops_every_document(
    analysed: Office, tmp_path: Path, cut: str
) -> None:
    analysed.store.db.conn.execute("pragma foreign_keys = off")
    analysed.store.db.execute(cut)

    refused = []
    for name in MADE:
        with pytest.raises(AccountingError) as stopped:
            document(analysed, slug=SLUG, name=name, as_of=NOW)
        refused.append(stopped.value.code)
    assert set(refused) <= {"accounting.mismatch", "accounting.unbalanced"}
    with pytest.raises(AccountingError):
        deliver(analysed, slug=SLUG, out=tmp_path / "out", as_of=NOW)
    assert not (tmp_path / "out").exists()
