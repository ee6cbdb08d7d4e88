"""Proposals to a citizen: what the mapper says of a text before it is sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from consult.analysis.sections import SectionMapper
from consult.domain.comment import Comment, NewSubmission
from consult.domain.consultation import Consultation, Plan
from consult.domain.knowledge import Exemplar, Knowledge
from consult.services.analyse import analyse
from consult.services.browse import comment_detail
from consult.services.learning import learning
from consult.services.map_points import Mapping
from consult.services.office import Office
from consult.services.propose import RETRY, Proposer
from consult.services.publish import publish
from consult.services.receive import receive
from consult.services.relink import relink
from consult.services.train import train
from tests.conftest import OPEN, SLUG

LETTER = "1、污水管网要雨污分流，直排口请全部封堵。\n2、垂钓区划得太少，老人想钓鱼没有地方去。"


class School:
    """Fits here and now, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.taught: list[tuple[str, ...]] = []

    def __call__(self, mapping: Mapping, taught: Sequence[Comment]) -> SectionMapper:
        self.taught.append(tuple(comment.text for comment in taught))
        return mapping.taught(taught)


class Broken:
    """Fails, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _mapping: Mapping, _taught: Sequence[Comment]) -> SectionMapper:
        self.asked += 1
        raise MemoryError


def here(work: Callable[[], None]) -> None:
    """Do at once what a server does in the background."""
    work()


def warm(office: Office, **options: object) -> Proposer:
    proposer = Proposer(office, **{"train": School(), "start": here, **options})
    proposer.warm(slug=SLUG)
    return proposer


def test_each_point_of_a_text_gets_a_section_with_reasons(published: Office) -> None:
    found = warm(published).propose(slug=SLUG, text=LETTER)
    assert found is not None

    assert found.text == LETTER
    assert [found.text[p.start : p.end] for p in found.points] == LETTER.split("\n")
    assert found.sections == ("1.1", "2.2")
    assert all(point.links[0].evidence and point.runners_up for point in found.points)


def test_nothing_is_proposed_until_the_mapper_is_ready(published: Office) -> None:
    waiting: list[Callable[[], None]] = []
    proposer = Proposer(published, train=School(), start=waiting.append)

    assert proposer.propose(slug=SLUG, text=LETTER) is None
    assert proposer.propose(slug=SLUG, text=LETTER) is None
    (load,) = waiting  # asked for once, however many visit
    load()
    found = proposer.propose(slug=SLUG, text=LETTER)
    assert found is not None
    assert found.sections == ("1.1", "2.2")


@pytest.mark.parametrize(
    ("chosen", "agrees"),
    [(("2.2",), True), (("2",), True), (("1.1", "2.2"), True), (("1.1",), False), ((), False)],
)
def test_the_citizens_own_choice_is_kept_beside_the_proposal(
    published: Office, chosen: tuple[str, ...], agrees: bool
) -> None:
    found = warm(published).propose(slug=SLUG, text="垂钓区划得太少。", chosen=chosen)
    assert found is not None
    assert found.chosen == chosen
    assert [point.as_chosen for point in found.points] == [agrees]


def test_places_are_those_of_the_text_as_it_will_be_stored(published: Office) -> None:
    found = warm(published).propose(slug=SLUG, text="\r\n垂钓区\x00划得太少。\r\n")
    assert found is not None
    assert found.text == "垂钓区\N{REPLACEMENT CHARACTER}划得太少。"
    assert [(p.start, p.text) for p in found.points] == [(0, found.text)]


@pytest.mark.parametrize("text", ["", " \n", "（" * 20_000, "1." * 10_000, "\u202e" * 50])
def test_odd_texts_get_an_answer(published: Office, text: str) -> None:
    found = warm(published).propose(slug=SLUG, text=text)
    assert found is not None
    assert "".join(point.text for point in found.points) in text


def test_a_failure_is_logged_and_not_repeated_at_every_visit(
    published: Office, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    school = Broken()
    proposer = Proposer(published, train=school, start=here, clock=lambda: now[0])

    answers = [proposer.propose(slug=SLUG, text=LETTER) for _ in range(3)]
    soon = school.asked
    now[0] = RETRY + 1.0
    answers.append(proposer.propose(slug=SLUG, text=LETTER))

    assert answers == [None] * 4
    assert (soon, school.asked, len(caplog.records)) == (1, 2, 2)


def test_the_background_is_a_thread_that_ends_by_itself(published: Office) -> None:
    proposer = Proposer(published, train=School())
    proposer.warm(slug=SLUG)
    for thread in threading.enumerate():
        if thread.name == "consult-mapper":
            thread.join(timeout=30)
    assert proposer.propose(slug=SLUG, text=LETTER) is not None


def test_an_unknown_consultation_has_no_proposals(published: Office) -> None:
    proposer = Proposer(published, train=School())
    proposer.warm(slug="nowhere")
    assert proposer.propose(slug="nowhere", text=LETTER) is None


def test_an_office_can_switch_proposals_off(published: Office) -> None:
    school = School()
    proposer = warm(published, train=school, on=False)
    assert proposer.propose(slug=SLUG, text=LETTER) is None
    assert school.taught == []


def test_a_new_version_of_the_plan_calls_for_a_new_mapper(
    published: Office, consultation: Consultation, plan: Plan
) -> None:
    proposer = warm(published)
    publish(
        published, consultation=consultation, plan=replace(plan, chapters=plan.chapters[:1]),
        source="plan.txt", data=b"shorter", actor="test", replacing=True,
    )  # fmt: skip

    first, second = (proposer.propose(slug=SLUG, text="垂钓区划得太少。") for _ in range(2))

    assert first is None  # never a section that the new plan does not have
    assert second is not None
    assert "2.2" not in second.sections


def test_a_proposal_knows_what_the_newest_run_was_taught(published: Office) -> None:
    texts = [f"{place}的灯一到晚上就熄了{end}" for place in "东西南北前后左右" for end in "啊呀吧"]
    for text in texts:
        receive(published, slug=SLUG, new=NewSubmission(text=text), now=OPEN)
    analyse(published, slug=SLUG, actor="test")
    for number in range(1, len(texts) + 1):
        seen = comment_detail(published, slug=SLUG, number=number).row.seen
        section = "2.3" if number % 2 else "1.2"
        relink(published, slug=SLUG, number=number, section=section, why="", actor="li", seen=seen)
    school = School()
    proposer = warm(published, train=school)
    analyse(published, slug=SLUG, actor="test")

    stale = proposer.propose(slug=SLUG, text="灯")  # that of the run before, rather than none

    lesson = learning(published, slug=SLUG).lesson
    assert stale is not None
    assert lesson is not None
    assert [set(taught) for taught in school.taught] == [
        set(),
        set(texts) if lesson.used else set(),
    ]


def test_a_mapper_taught_in_another_process_says_the_same(plan: Plan) -> None:
    exemplars = tuple(
        Exemplar(f"{word}{n}号地方该管一管", code)
        for code, word in (("1.1", "下水道"), ("2.2", "钓鱼"))
        for n in range(15)
    )
    mapping = Mapping(plan, Knowledge(exemplars=exemplars))

    there = train(mapping, ())

    texts = [LETTER, "下水道堵了", ""]
    assert there.place(texts) == mapping.taught(()).place(texts)


def test_a_child_that_fails_says_why(plan: Plan) -> None:
    broken = Mapping(replace(plan, chapters=None), Knowledge())  # type: ignore[arg-type]
    with pytest.raises(ChildProcessError, match="TypeError"):
        train(broken, ())
