"""Archives in letters: each file read or refused by name, the archive refused when it is a trap."""

from __future__ import annotations

import pytest

from consult.intake.enclosures import BadFile, Opener
from tests.hostile_zips import ARCHIVES, overlapping, quoting


@pytest.mark.parametrize("name", ARCHIVES)
def test_each_archive_has_its_outcome(name: str) -> None:
    make, expected = ARCHIVES[name]
    with Opener() as opener:
        found = list(opener.open([{"name": "x.zip", "data": make()}]))
    said = [(one.name, one.error.code if isinstance(one, BadFile) else one.letter.text)
            for one in found]  # fmt: skip
    assert said == expected


def test_the_bomb_of_quotes_is_one() -> None:
    """A reader without our check would unpack all of it: the fixture shows what it claims."""
    import zipfile
    from io import BytesIO

    data = quoting(count=5, kernel=100_000)
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert [item.file_size > 100_000 - 1 for item in package.infolist()] == [True] * 5
        assert package.testzip() is None
    assert len(quoting()) < 20_000
    assert len(overlapping()) < 5_000
