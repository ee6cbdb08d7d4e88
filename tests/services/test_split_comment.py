from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.decision import Ruling, Target
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.triage import Disposition
from consult.services.act_view import newest_act
from consult.services.acts import undo
from consult.services.analyse import analyse
from consult.services.browse import comment_detail
from consult.services.clauses import clauses
from consult.services.decide import decide
from consult.services.office import Office
from consult.services.split_comment import join_comments, split_comment
from consult.services.work_view import gone_into
from consult.store import comments, cuts, events
from tests.conftest import SLUG

TWO = "下水道经常堵，污水管网要尽快修，臭水直接排进河里了。"


def stamp(office: Office, number: int) -> str:
    return str(comments.stamps(office.store.db, [number])[number])


def split(office: Office, number: int, at: list[int]) -> tuple[int, ...]:
    return split_comment(
        office, slug=SLUG, number=number, at=at, actor="wang", seen=stamp(office, number)
    )


def join(office: Office, numbers: tuple[int, ...]) -> int:
    seen = {number: stamp(office, number) for number in numbers}
    return join_comments(office, slug=SLUG, numbers=numbers, actor="wang", seen=seen)


def texts(office: Office, numbers: tuple[int, ...]) -> list[str]:
    return [comment.text for comment in comments.by_numbers(office.store.db, 1, numbers)]


@given(st.text(alphabet="水管，。；！\n ”a", max_size=40))
def test_clauses_are_the_whole_text_in_order(text: str) -> None:
    found = clauses(text)
    assert "".join(text[a:b] for a, b in found) == text
    assert [a for a, b in found if a >= b] == []


def test_a_comment_is_cut_where_it_was_said_and_the_parts_are_spans_of_the_original(
    analysed: Office,
) -> None:
    (first, second) = clauses(TWO)[:2]
    made = split(analysed, 1, [first[1], second[1]])
    assert texts(analysed, made) == ["下水道经常堵，", "污水管网要尽快修，", "臭水直接排进河里了。"]
    for number in made:
        detail = comment_detail(analysed, slug=SLUG, number=number)
        comment = detail.row.comment
        assert detail.submission.text[comment.start : comment.end] == comment.text
        assert (comment.cut, comment.provisional, comment.section) == (True, True, "1.1")
        assert cuts.parents(analysed.store.db, number) == (1,)
    with pytest.raises(NotFound):
        comment_detail(analysed, slug=SLUG, number=1)
    assert gone_into(analysed, slug=SLUG, number=1) == made


def test_what_was_cut_and_is_joined_whole_has_its_old_number_again(analysed: Office) -> None:
    made = split(analysed, 1, [7])
    assert join(analysed, made) == 1
    assert texts(analysed, (1,)) == [TWO]
    assert [e.verb for e in events.of(analysed.store.db, ["comment:1"])] == [
        "comment-split", "comments-joined",
    ]  # fmt: skip


def test_comments_of_one_submission_become_one_and_what_stands_between_is_left_out(
    analysed: Office,
) -> None:
    whole = join(analysed, (2, 4))
    comment = comments.by_numbers(analysed.store.db, 1, [whole])[0]
    middle = comments.by_numbers(analysed.store.db, 1, [3])[0]
    assert (
        comment.text == "1、污水管网要雨污分流，直排口请全部封堵。3、步道上的路灯太暗，请加装路灯。"
    )
    assert middle.start >= comment.without[0][0]
    assert middle.end <= comment.without[0][1]
    undo(analysed, slug=SLUG, number=newest_act(analysed, slug=SLUG, actor="wang"), actor="wang")
    assert len(texts(analysed, (2, 3, 4))) == 3


def test_a_split_is_undone_unless_a_part_was_worked_with(analysed: Office) -> None:
    made = split(analysed, 1, [7])
    act = newest_act(analysed, slug=SLUG, actor="wang")
    ruling = Ruling(Disposition.ADOPTED)
    decide(analysed, slug=SLUG, target=Target(comment=made[0]), ruling=ruling, actor="li",
           seen="0")  # fmt: skip
    with pytest.raises(Conflict):
        undo(analysed, slug=SLUG, number=act, actor="wang")
    undo(analysed, slug=SLUG, number=newest_act(analysed, slug=SLUG, actor="li"), actor="li")
    undo(analysed, slug=SLUG, number=act, actor="wang")
    assert texts(analysed, (1,)) == [TWO]


def test_a_later_run_moves_no_border_that_staff_drew(analysed: Office) -> None:
    made = split(analysed, 1, [7])
    join(analysed, (2, 3))
    before = {c.number: c.text for c in comments.active(analysed.store.db, 1)}
    analyse(analysed, slug=SLUG, actor="test")
    found = {c.number: c for c in comments.active(analysed.store.db, 1)}
    assert {number: comment.text for number, comment in found.items()} == before
    assert not any(found[number].provisional for number in made)


@pytest.mark.parametrize(
    ("number", "at", "code"), [(1, [], "comment.uncut"), (1, [0, 900], "comment.uncut")]
)
def test_what_cannot_be_cut_is_refused(
    analysed: Office, number: int, at: list[int], code: str
) -> None:
    with pytest.raises(InputRefused) as error:
        split(analysed, number, at)
    assert error.value.code == code


def test_what_cannot_be_joined_is_refused(analysed: Office) -> None:
    for numbers, code in (((2,), "comment.few"), ((1, 2), "comment.strangers")):
        with pytest.raises(InputRefused) as error:
            join(analysed, numbers)
        assert error.value.code == code


def test_nothing_is_cut_under_an_answer_or_on_a_stale_view(analysed: Office) -> None:
    decide(analysed, slug=SLUG, target=Target(comment=1), ruling=Ruling(Disposition.ADOPTED),
           actor="li", seen="0")  # fmt: skip
    with pytest.raises(Conflict) as error:
        split(analysed, 1, [7])
    assert error.value.code == "comment.answered"
    with pytest.raises(Conflict) as error:
        split_comment(analysed, slug=SLUG, number=2, at=[5], actor="w", seen="99")
    assert error.value.code == "comment.changed"
