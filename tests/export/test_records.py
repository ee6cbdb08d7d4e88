from __future__ import annotations

import json
from dataclasses import replace

import pytest

from consult.export.records import digest_json, register_json


def test_the_register_names_its_schema_and_leaves_nothing_out(make_register, sample_rows):
    text = "<w:t>=1+1\x07👍\n" * 3_000
    row = replace(sample_rows[0], text=text)

    record = json.loads(register_json(make_register((row,))))

    keys = ["schema", "masthead", "counts", "sections", "accounting", "partial", "families",
            "themes", "rows"]  # fmt: skip
    assert list(record) == keys
    assert record["schema"] == "consult.register/1"
    assert record["masthead"]["as_of"] == "2022-10-26T09:05:00+08:00"
    assert record["rows"][0]["text"] == text
    assert record["rows"][0]["origin"] == "inferred"


def test_the_digest_names_its_schema_and_keeps_the_order_of_the_plan(make_digest):
    record = json.loads(digest_json(make_digest()))

    assert record["schema"] == "consult.digest/1"
    codes = [section["code"] for section in record["sections"]]
    assert codes == ["1.1", "1.2", "2", "3", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2",
                     "general", "offplan", ""]  # fmt: skip


def test_chinese_is_written_as_it_is_and_broken_text_visibly(make_register, sample_rows):
    row = replace(sample_rows[0], text="半个\ud83d字")

    data = register_json(make_register((row,)))

    assert '"text": "半个\ufffd字"'.encode() in data


def test_an_empty_register_is_a_whole_record(make_register):
    record = json.loads(register_json(make_register(())))

    assert record["rows"] == []
    assert record["accounting"]["comments"] == 0


def test_a_value_without_json_form_is_an_error_not_a_guess(make_register, sample_rows):
    row = replace(sample_rows[0], reason=b"bytes")

    with pytest.raises(TypeError, match="no JSON form for bytes"):
        register_json(make_register((row,)))
