from __future__ import annotations

import pytest

from consult.domain.errors import InputRefused
from consult.intake.sandbox import Limits, in_sandbox

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
    from tests.letters import docx_of

    assert refused(READ, docx_of("意见" * 1000), limits) == code


def test_a_reader_outside_of_the_room_is_never_run() -> None:
    assert refused("os:abort", b"", Limits()) == "sandbox.failed"
