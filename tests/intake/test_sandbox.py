from __future__ import annotations

import pytest

from consult.domain.errors import InputRefused
from consult.intake.sandbox import Limits, ManyInSandbox, in_sandbox, rows_in_sandbox
from consult.intake.sandbox_frames import pack, unpack
from tests.letters import docx_of

READ = "consult.intake.letter:read"


def refused(reader: str, data: bytes, limits: Limits) -> str:
    with pytest.raises(InputRefused) as refusal:
        in_sandbox(reader, data, limits=limits)
    return refusal.value.code


def test_a_refusal_inside_is_the_refusal_outside() -> None:
    assert refused(READ, b"none of the kinds", Limits()) == "attachment.unknown"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(clock=0.001), "sandbox.time"),
        (Limits(output=5), "sandbox.failed"),
        (Limits(memory=1_000_000), "attachment.broken"),
    ],
)
def test_each_limit_ends_the_child_and_nothing_else(limits: Limits, code: str) -> None:
    assert refused(READ, docx_of("意见" * 1000), limits) == code


def test_a_reader_outside_of_the_room_is_never_run() -> None:
    assert refused("os:abort", b"", Limits()) == "sandbox.failed"


def test_a_child_that_dies_of_one_file_costs_the_next_one_nothing() -> None:
    limits = Limits(output=2_000)
    with ManyInSandbox(READ, limits=limits) as read:
        assert read(docx_of("一"))["text"] == "一"
        with pytest.raises(InputRefused, match=r"sandbox\.failed"):
            read(docx_of("很长" * 2_000))
        with pytest.raises(InputRefused, match=r"attachment\.unknown"):
            read(b"none of the kinds")
        assert read(docx_of("二"))["text"] == "二"


def test_a_reader_of_one_value_is_a_generator_of_one() -> None:
    assert [row["text"] for row in rows_in_sandbox(READ, docx_of("一"))] == ["一"]


def test_bytes_travel_beside_the_words() -> None:
    value = {"value": [{"name": "图", "data": b"\x00\xff"}, b""]}
    assert unpack(pack(value)) == value


@pytest.mark.parametrize("frame", [b"", b"\x00", bytes(7) + b"\x09[]", bytes(7) + b"\x02[]"])
def test_what_is_no_answer_is_not_believed(frame: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        unpack(frame)
