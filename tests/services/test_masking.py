"""Staff say of each doubtful place whether the public may read it; nobody's word means hidden."""

from __future__ import annotations

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.errors import InputRefused
from consult.domain.results import Results
from consult.export.notice import notice_txt
from consult.export.result_formats import RESULT_FILES
from consult.services.analyse import analyse
from consult.services.confirm_masking import HIDE, LEAVE, confirm_maskings
from consult.services.doubtful import doubtful, every_doubt
from consult.services.look_up import Key
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.results import results
from consult.services.revise import erase
from consult.store import events
from tests.conftest import OPEN, SLUG
from tests.services.test_results import CLOSED

TEXT = "垂钓区的公告贴在龙涧路18号，请王建国局长多贴几处。"


@pytest.fixture
def sent(published: Office) -> list[Key]:
    """One who may be quoted wrote what is doubtful, and so did one who may not."""
    receipts = [
        receive(
            published, slug=SLUG, now=OPEN,
            new=NewSubmission(text=TEXT + "。" * place, chosen=("2.2",), publish=publish),
        )
        for place, publish in enumerate((True, False))
    ]  # fmt: skip
    analyse(published, slug=SLUG, actor="test")
    return [Key(receipt.number, receipt.code) for receipt in receipts]


@pytest.fixture
def quoted(published: Office, sent: list[Key]) -> Office:
    return published


def present(office: Office) -> Results:
    return results(office, slug=SLUG, as_of=CLOSED, preview=True)


def words(office: Office) -> str:
    return "".join(line.words for part in present(office).sections for line in part.lines)


def test_a_place_stays_hidden_until_staff_leave_it_readable(quoted: Office) -> None:
    street, name = every_doubt(quoted, slug=SLUG)
    hidden = words(quoted)

    assert (street.words, name.words) == ("龙涧路18号", "王建国")
    assert ("〔住址〕" in hidden, "王*" in hidden, present(quoted).doubtful) == (True, True, 2)
    assert confirm_maskings(
        quoted, slug=SLUG, said={street.key: LEAVE, name.key: HIDE}, actor="li"
    ) == 2  # fmt: skip
    assert (TEXT[:15] in words(quoted), "王建国" in words(quoted)) == (True, False)
    assert present(quoted).doubtful == 0
    last = events.of(quoted.store.db, [f"comment:{name.comment}"])[-1]
    assert (last.verb, last.actor) == ("masking-confirmed", "li")
    assert last.after == {
        "hidden": True, "start": name.find.start, "end": name.find.end, "doubt": "name",
    }  # fmt: skip
    assert "王建国" not in str(last)


def test_what_is_left_open_is_counted_in_every_published_document(quoted: Office) -> None:
    confirm_maskings(quoted, slug=SLUG, said={every_doubt(quoted, slug=SLUG)[0].key: HIDE},
                     actor="li")  # fmt: skip

    found = present(quoted)

    assert (doubtful(quoted, slug=SLUG).open, doubtful(quoted, slug=SLUG).total) == (1, 2)
    said = "同意引用的原话里有1处像个人信息、尚未人工核实，一律先行隐去。"
    assert said in notice_txt(found).decode()
    assert {name for name, form in RESULT_FILES.items() if form.write(found)} == set(RESULT_FILES)


def test_the_rest_is_hidden_at_once_and_a_second_time_changes_nothing(quoted: Office) -> None:
    street, name = every_doubt(quoted, slug=SLUG)

    assert confirm_maskings(quoted, slug=SLUG, said={name.key: LEAVE}, actor="li", rest=True) == 2
    assert confirm_maskings(quoted, slug=SLUG, said={name.key: LEAVE}, actor="li", rest=True) == 0
    said = {
        item.key: item.masking.hidden for item in every_doubt(quoted, slug=SLUG) if item.masking
    }
    assert said == {street.key: True, name.key: False}


@pytest.mark.parametrize("said", [{"1:0-2": HIDE}, {"x": LEAVE}, {"1:8-14": "perhaps"}])
def test_a_place_that_is_none_stops_all_of_it(quoted: Office, said: dict[str, str]) -> None:
    good = every_doubt(quoted, slug=SLUG)[0].key

    with pytest.raises(InputRefused) as error:
        confirm_maskings(quoted, slug=SLUG, said={good: HIDE} | said, actor="li")

    assert error.value.code == "masking.unknown"
    assert doubtful(quoted, slug=SLUG).open == 2


def test_what_was_said_goes_with_the_words(quoted: Office, sent: list[Key]) -> None:
    confirm_maskings(quoted, slug=SLUG, said={}, actor="li", rest=True)

    erase(quoted, slug=SLUG, key=sent[0])

    assert [*quoted.store.db["maskings"].rows] == []
    assert every_doubt(quoted, slug=SLUG) == []
