"""What ``[fields]`` of a consultation says about its form."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.domain.errors import InputRefused
from consult.intake.corpus import read_consultation

TEXT = """
slug = "bridge-2023"
title = "公告"
plan_title = "石桥镇绿道规划"
office = "交通办"
opens = 2023-03-01
closes = 2023-03-30
"""


def written(folder: Path, fields: str) -> Path:
    path = folder / "consultation.toml"
    path.write_text(f"{TEXT}\n[fields]\n{fields}\n", encoding="utf-8")
    return folder


def test_what_the_form_asks_is_read(tmp_path: Path) -> None:
    folder = written(tmp_path, 'contact = "off"\nname = "required"')
    texts = read_consultation(folder).consultation.texts
    assert {key: value for key, value in texts.items() if key.startswith("field.")} == {
        "field.contact": "off", "field.name": "required",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ('files = "required"', "corpus.wrong-choice"),
        ('name = "maybe"', "corpus.wrong-choice"),
        ('age = "off"', "corpus.unknown-key"),
    ],
)
def test_what_cannot_be_asked_is_refused(tmp_path: Path, fields: str, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_consultation(written(tmp_path, fields))
    assert refusal.value.code == code
