"""JSON Lines: every line is a submission, a refusal that says why, or blank."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.comment import Channel, NewSubmission, Refusal, Speaker
from consult.intake.jsonl import read_jsonl

BEIJING = timezone(timedelta(hours=8))


def read(*lines: str | bytes) -> list[NewSubmission | Refusal]:
    raw = (line.encode() if isinstance(line, str) else line for line in lines)
    return list(read_jsonl(raw, "in.jsonl"))


def test_all_keys_of_a_line_arrive() -> None:
    line = {
        "id": "A1",
        "text": " 修路\n吧 ",
        "channel": "letter",
        "speaker": "company",
        "name": "王",
        "contact": "a@b.cn",
        "chosen": ["3.2"],
        "publish": True,
        "sections": ["1.1"],
        "received": "2022-10-01T09:30:00+08:00",
    }

    assert read(json.dumps(line)) == [
        NewSubmission(
            text=" 修路\n吧 ",
            channel=Channel.LETTER,
            speaker=Speaker.COMPANY,
            name="王",
            contact="a@b.cn",
            chosen=("3.2",),
            publish=True,
            received=datetime(2022, 10, 1, 9, 30, tzinfo=BEIJING),
            key="in.jsonl#A1",
            source="in.jsonl:1",
        )
    ]


def test_a_bare_text_is_taken_as_imported_under_its_line_number() -> None:
    assert read("", "  \r\n", '{"text": "好"}\r\n') == [
        NewSubmission("好", Channel.TABLE, key="in.jsonl#3", source="in.jsonl:3")
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert [type(item) for item in read(b'\xef\xbb\xbf{"text": "a"}')] == [NewSubmission]


def test_whole_numbers_keep_all_their_digits() -> None:
    (item,) = read('{"text": "a", "contact": 510502199001011234567, "id": 7}')

    assert isinstance(item, NewSubmission)
    assert (item.contact, item.key) == ("510502199001011234567", "in.jsonl#7")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-10-01", datetime(2022, 9, 30, 16, tzinfo=UTC)),
        ("2022-10-01 08:00", datetime(2022, 10, 1, 0, tzinfo=UTC)),
        ("2022-10-01T08:00:00Z", datetime(2022, 10, 1, 8, tzinfo=UTC)),
    ],
)
def test_dates_without_an_offset_are_the_offices_own(written: str, expected: datetime) -> None:
    (item,) = read(json.dumps({"text": "a", "received": written}))

    assert isinstance(item, NewSubmission)
    assert item.received == expected


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ('{"text": "a"', "", "item.bad-json"),
        ("[" * 100_000, "", "item.bad-json"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", "", "item.bad-json"),
        (b'{"text": "\xb9\xab"}', "", "item.undecodable"),
        ('["text"]', "", "item.not-an-object"),
        ("17", "", "item.not-an-object"),
        ('{"text": "a", "text": "b"}', "text", "item.duplicate-key"),
        ("{}", "text", "item.no-text"),
        ('{"text": null}', "text", "item.no-text"),
        ('{"text": 12.50}', "text", "item.wrong-type"),
        ('{"text": ["a"]}', "text", "item.wrong-type"),
        ('{"text": " \\u200b\\n"}', "text", "item.blank-text"),
        ('{"text": "a", "contact": 1.5}', "contact", "item.wrong-type"),
        ('{"text": "a", "id": true}', "id", "item.wrong-type"),
        ('{"text": "a", "received": "9999-12-31T23:59:59Z"}', "received", "item.wrong-date"),
        ('{"text": "a", "channel": "fax"}', "channel", "item.wrong-channel"),
        ('{"text": "a", "channel": 3}', "channel", "item.wrong-channel"),
        ('{"text": "a", "speaker": "king"}', "speaker", "item.wrong-speaker"),
        ('{"text": "a", "received": "2022-13-01"}', "received", "item.wrong-date"),
        ('{"text": "a", "received": "昨天"}', "received", "item.wrong-date"),
        ('{"text": "a", "received": "0001-01-01T00:00:00+08:00"}', "received", "item.wrong-date"),
        ('{"text": "a", "chosen": [3.2]}', "chosen", "item.wrong-type"),
        ('{"text": "a", "chosen": {"a": 1}}', "chosen", "item.wrong-type"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_line_that_cannot_be_taken_says_where_and_why(
    line: str | bytes, field: str, code: str
) -> None:
    first, refused = read('{"text": "good"}', line)

    assert isinstance(first, NewSubmission)
    assert isinstance(refused, Refusal)
    assert (refused.place, refused.field, refused.code) == ("in.jsonl:2", field, code)


def test_a_repeated_id_is_refused_and_names_the_first_line() -> None:
    items = read('{"text": "a", "id": "2"}', '{"text": "b"}', '{"text": "c", "id": 2}')

    assert items[1:] == [
        Refusal("in.jsonl:2", "id", "item.duplicate-id", {"value": "in.jsonl#2", "line": 1}),
        Refusal("in.jsonl:3", "id", "item.duplicate-id", {"value": "in.jsonl#2", "line": 1}),
    ]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
_KEYS = st.sampled_from(["text", "id", "channel", "received", "chosen", "name", "speaker", "x"])
_OBJECTS = st.dictionaries(_KEYS, _VALUES).map(lambda row: json.dumps(row).encode())
_LINES = st.one_of(st.binary(max_size=60), _OBJECTS)


@given(lines=st.lists(_LINES, max_size=6))
def test_every_line_is_accounted_for(lines: list[bytes]) -> None:
    items = list(read_jsonl(lines, "in.jsonl"))

    assert len(items) == sum(1 for line in lines if line.removeprefix(b"\xef\xbb\xbf").strip())


def test_a_refusal_repeats_only_what_can_be_stored() -> None:
    (refused,) = read('{"text": "a", "received": "\\ud800' + "x" * 99 + '"}')

    assert isinstance(refused, Refusal)
    assert refused.code == "item.wrong-date"
    assert str(refused.values["value"]).startswith("\ufffdxxx")


@pytest.mark.parametrize("written", ["a\\ud800b", "a\\u0000b"])
def test_what_cannot_be_stored_is_replaced_visibly_since_nobody_can_correct_a_file(
    written: str,
) -> None:
    (item,) = read(f'{{"text": "{written}", "name": "\\udfff"}}')

    assert isinstance(item, NewSubmission)
    assert (item.text, item.name) == ("a\ufffdb", "\ufffd")


@pytest.mark.parametrize("said", ["true", 1, "是", [], {}])
def test_consent_to_be_quoted_is_said_or_the_line_is_refused(said: object) -> None:
    (refusal,) = read(json.dumps({"text": "好", "publish": said}))
    assert isinstance(refusal, Refusal)
    assert (refusal.field, refusal.code) == ("publish", "item.wrong-publish")


def test_without_a_word_about_it_nobody_is_quoted() -> None:
    (plain, no) = read('{"text": "好"}', '{"text": "不", "publish": false}')
    assert isinstance(plain, NewSubmission)
    assert isinstance(no, NewSubmission)
    assert (plain.publish, no.publish) == (False, False)
