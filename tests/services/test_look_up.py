from __future__ import annotations

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import NotFound
from consult.services.look_up import look_up
from consult.services.office import Office
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG


def test_number_and_code_show_what_was_sent(published: Office) -> None:
    receipt = receive(published, slug=SLUG, new=NewSubmission(text="河水发臭"), now=OPEN)
    status = look_up(published, slug=SLUG, number=receipt.number.lower(), code=f" {receipt.code} ")
    assert status.submission.text == "河水发臭"


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(published: Office) -> None:
    receipt = receive(published, slug=SLUG, new=NewSubmission(text="河水发臭"), now=OPEN)
    answers = []
    for number, code in ((receipt.number, "0" * 13), ("0000-0000", receipt.code), ("", "")):
        with pytest.raises(NotFound) as error:
            look_up(published, slug=SLUG, number=number, code=code)
        answers.append((error.value.code, error.value.values))
    assert answers == [("receipt.wrong", {})] * 3
