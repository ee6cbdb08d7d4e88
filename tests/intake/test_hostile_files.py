"""Files that break careless readers: each refused for its reason, or read for what it says."""

from __future__ import annotations

import time

import pytest

from consult.domain.errors import InputRefused
from consult.intake.letter import look_at
from consult.services.uploads import shown_name
from tests.hostile_files import FILES


@pytest.mark.parametrize("name", FILES)
def test_each_has_its_outcome_and_no_other_harm(name: str) -> None:
    make, expected = FILES[name]
    data, begun = make(), time.monotonic()
    try:
        said = look_at(data).text
    except InputRefused as refused:
        said = refused.code
    assert time.monotonic() - begun < 60  # the child's limits, not the file, decide
    assert "root:" not in said  # nothing of /etc/passwd
    assert said == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("CON", "CON"),
        ("....", "...."),
        (".htaccess", ".htaccess"),
        ("意见😀.docx", "意见😀.docx"),
        ("a/../../b.docx", "b.docx"),
        ("\u202e", "file"),
        ("x" * 5_000, "x" * 200 + "…"),
    ],
)
def test_names_are_shown_and_never_used(name: str, shown: str) -> None:
    assert shown_name(name) == shown
