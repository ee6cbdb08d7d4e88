"""Who guesses is held back, who knows number and code is not: in one file, for two processes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.domain.comment import NewSubmission, Receipt
from consult.domain.errors import ConsultError
from consult.services.look_up import Key, look_up, status
from consult.services.office import Office, open_office
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG, Clock

WRONG = "00000-00000-000"
NOBODY = "0000-0000"


@pytest.fixture
def receipt(published: Office) -> Receipt:
    return receive(published, slug=SLUG, new=NewSubmission(text="河水发臭"), now=OPEN)


@pytest.fixture
def processes(published: Office, tmp_path: Path, clock: Clock) -> Iterator[tuple[Office, ...]]:
    other = open_office(tmp_path / "data", clock=clock)
    yield published, other
    other.store.close()


def tell(office: Office, number: str, code: str, client: str = "a", per_hour: int = 60) -> str:
    """Return what somebody is told: the text of the submission, or the code of the refusal."""
    try:
        found = look_up(
            office, slug=SLUG, number=number, code=code, client=client, per_hour=per_hour
        )
    except ConsultError as error:
        return error.code
    return found.submission.text


def test_an_address_that_misses_too_often_is_told_so_and_a_right_pair_from_it_is_let_in(
    processes: tuple[Office, ...], receipt: Receipt, clock: Clock
) -> None:
    missed = [tell(processes[n % 2], f"0000-000{n}", WRONG, per_hour=4) for n in range(6)]
    assert missed == [*["receipt.wrong"] * 4, *["limit.receipt"] * 2]
    assert [tell(office, receipt.number, receipt.code, per_hour=4) for office in processes] == [
        "河水发臭", "河水发臭",
    ]  # fmt: skip
    assert tell(processes[0], NOBODY, WRONG, client="b", per_hour=4) == "receipt.wrong"
    clock.advance(hours=1, seconds=1)
    assert tell(processes[0], NOBODY, WRONG, per_hour=4) == "receipt.wrong"


def test_twenty_wrong_codes_close_a_number_to_one_address_whether_it_exists_or_not(
    processes: tuple[Office, ...], receipt: Receipt, clock: Clock
) -> None:
    told = [
        [tell(processes[n % 2], number, WRONG) for n in range(20)]
        + [tell(office, number, receipt.code) for office in processes]
        for number in (receipt.number, NOBODY)
    ]
    assert told == [[*["receipt.wrong"] * 20, *["limit.number"] * 2]] * 2
    typed = receipt.number.lower().replace("-", " ")
    assert tell(processes[0], typed, receipt.code) == "limit.number"
    assert tell(processes[0], receipt.number, receipt.code, client="b") == "河水发臭"
    clock.advance(hours=1, seconds=1)
    assert tell(processes[1], receipt.number, receipt.code) == "河水发臭"


def test_a_number_guessed_at_from_everywhere_leaves_three_tries_to_each_and_its_author_comes_in(
    processes: tuple[Office, ...], receipt: Receipt
) -> None:
    for n in range(200):
        assert tell(processes[n % 2], receipt.number, WRONG, client=str(n)) == "receipt.wrong"
    told = [tell(processes[n % 2], receipt.number, WRONG, client="new") for n in range(4)]
    assert told == [*["receipt.wrong"] * 3, "limit.number"]
    assert tell(processes[0], receipt.number, receipt.code, client="author") == "河水发臭"


def test_a_page_that_was_opened_by_a_right_pair_goes_on_whatever_others_guess(
    published: Office, receipt: Receipt
) -> None:
    for _ in range(20):
        tell(published, receipt.number, WRONG)
    key = Key(receipt.number, receipt.code, "a", proven=True)
    assert status(published, slug=SLUG, key=key).submission.text == "河水发臭"


def test_a_wrong_number_and_a_wrong_code_take_the_same_steps(
    published: Office, receipt: Receipt
) -> None:
    """No statement more or less: what the database does takes nearly all the time."""
    seen: list[list[str]] = []
    for client, number in (("a", receipt.number), ("b", NOBODY)):
        steps: list[str] = []
        published.store.db.conn.set_trace_callback(steps.append)
        tell(published, number, WRONG, client=client)
        published.store.db.conn.set_trace_callback(None)
        seen.append([re.sub(r"'[^']*'|[0-9.]+", "?", step) for step in steps])
    assert seen[0] == seen[1] != []
