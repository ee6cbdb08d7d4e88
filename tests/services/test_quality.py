from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.sample import DIFFERENT, SAME, ItemKind, SampleState, Size
from consult.domain.triage import Role
from consult.export.coding import coding_csv, coding_json
from consult.services.accounts import add_staff
from consult.services.draw_sample import allocate, draw_sample
from consult.services.judge_items import blinded, drop_sample, judge_item, next_question
from consult.services.office import Office
from consult.services.quality import progress_of, quality, results
from consult.store import comments, samples
from tests.conftest import SLUG
from tests.services.asks import FISHING, LITTER, NIGHT, run, send

PASSWORD = "correct horse battery"
WHO = ("chen", "wang")


@pytest.fixture
def sampled(published: Office) -> Office:
    send(published, *FISHING, *NIGHT, *LITTER)
    send(
        published,
        "步道上请多装几盏路灯，晚上太黑。",
        "污水管网要尽快修，臭水直排河里。",
        "没有意见",
    )
    run(published)
    for name in (*WHO, "zhao"):
        add_staff(published, username=name, password=PASSWORD, role=Role.HANDLER, actor="test")
    return published


def draw(office: Office, seed: str = "1", *, size: Size = Size(10, 6, 3)) -> int:  # noqa: B008
    return draw_sample(office, slug=SLUG, size=size, seed=seed, coders=WHO, actor="boss")


def items(office: Office, sample: int) -> list[tuple[str, int, int, int, str]]:
    found = samples.judged(office.store.db, samples.one(office.store.db, 1, sample))
    return [(o.item.kind.value, o.item.comment, o.item.other, o.item.theme, o.item.machine)
            for o in found]  # fmt: skip


def answer_all(
    office: Office, sample: int, coder: str, *, agree: bool = True, slug: str = SLUG
) -> int:
    """Answer as the machine did, or always otherwise; returns how many were asked."""
    asked = 0
    machine = {o.item.id: o.item for o in samples.judged(
        office.store.db, samples.one(office.store.db, 1, sample))}  # fmt: skip
    while question := next_question(office, slug=slug, sample=sample, coder=coder):
        said = machine[question.item].machine or "right"
        if not agree:
            said = {SAME: DIFFERENT, DIFFERENT: SAME, "right": "wrong"}.get(said, "offplan")
        judge_item(office, slug=slug, sample=sample, item=question.item, answer=said, coder=coder)
        asked += 1
    return asked


def test_a_sample_is_drawn_the_same_from_the_same_seed_and_touches_every_section(
    sampled: Office,
) -> None:
    first = draw(sampled)
    drop_sample(sampled, slug=SLUG, sample=first, actor="boss")
    second = draw(sampled)
    drop_sample(sampled, slug=SLUG, sample=second, actor="boss")
    third = draw(sampled, "2")
    assert items(sampled, first) == items(sampled, second) != items(sampled, third)
    sections = {o[4] for o in items(sampled, first) if o[0] == "section"}
    assert sections == {c.section for c in comments.active(sampled.store.db, 1)}


def test_pairs_are_half_together_and_half_nearly_so_inside_one_section(sampled: Office) -> None:
    where = {c.number: (c.section, c.theme) for c in comments.active(sampled.store.db, 1)}
    pairs = [o for o in items(sampled, draw(sampled)) if o[0] == "pair"]
    assert {o[4] for o in pairs} == {SAME, DIFFERENT}
    for _, one, other, _, said in pairs:
        assert where[one][0] == where[other][0]
        assert (where[one][1] == where[other][1]) is (said == SAME)


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 50), min_size=1),
    st.integers(0, 400),
)
def test_a_sample_is_shared_out_whole_and_fairly(sizes: dict[str, int], wanted: int) -> None:
    found = allocate(sizes, wanted)
    assert sum(found.values()) == min(wanted, sum(sizes.values()))
    assert all(found[code] <= size for code, size in sizes.items())
    if wanted >= len(sizes):
        assert min(found.values()) >= 1


def test_nothing_is_told_before_both_are_done(sampled: Office) -> None:
    sample = draw(sampled)
    total = answer_all(sampled, sample, "chen")
    progress = progress_of(sampled, slug=SLUG, sample=sample)
    assert (progress.first, progress.second, progress.total) == (total, 0, total)
    with pytest.raises(NotFound):
        results(sampled, slug=SLUG, sample=sample)
    assert [blinded(sampled, slug=SLUG, username=name) for name in (*WHO, "zhao")] == [
        True, True, False,
    ]  # fmt: skip
    answer_all(sampled, sample, "wang", agree=False)
    assert not blinded(sampled, slug=SLUG, username="chen")
    found = results(sampled, slug=SLUG, sample=sample)
    assert found.sample.state is SampleState.DONE
    assert found.sections.first.share.value == found.pairs.first.share.value == 1.0
    assert found.pairs.second.share.right == found.pairs.people.share.right == 0
    assert (found.pairs.first.f1.value, found.pairs.people.f1.value) == (1.0, 0.0)
    assert [share.right for share in found.labels] == [found.labels[0].of, 0, 0]
    assert sum(line.people.of for line in found.by_section) == found.sections.people.share.of


def test_a_question_holds_no_answer(sampled: Office) -> None:
    question = next_question(sampled, slug=SLUG, sample=draw(sampled), coder="wang")
    assert question is not None
    assert set(question.__slots__) == {
        "sample", "item", "kind", "texts", "label", "done", "total",
    }  # fmt: skip
    assert (question.kind, question.label, len(question.texts)) == (ItemKind.SECTION, "", 1)


def test_rounds_are_in_order_and_nobody_goes_back_or_looks_ahead(sampled: Office) -> None:
    sample = draw(sampled)
    kinds = []
    asked: list[int] = []
    while question := next_question(sampled, slug=SLUG, sample=sample, coder="chen"):
        kinds.append(question.kind)
        asked.append(question.item)
        said = "general" if question.kind is ItemKind.SECTION else SAME
        said = "right" if question.kind is ItemKind.LABEL else said
        judge_item(sampled, slug=SLUG, sample=sample, item=question.item, answer=said, coder="chen")
        for other in (asked[0], question.item, question.item + 2):
            with pytest.raises(Conflict):
                judge_item(sampled, slug=SLUG, sample=sample, item=other, answer=said,
                           coder="chen")  # fmt: skip
    assert kinds == sorted(kinds, key=list(ItemKind).index)


def test_only_the_two_may_judge_and_only_with_an_answer(sampled: Office) -> None:
    sample = draw(sampled)
    with pytest.raises(NotFound):
        next_question(sampled, slug=SLUG, sample=sample, coder="zhao")
    question = next_question(sampled, slug=SLUG, sample=sample, coder="chen")
    assert question is not None
    for said in ("", "9.9", "same"):
        with pytest.raises(InputRefused):
            judge_item(sampled, slug=SLUG, sample=sample, item=question.item, answer=said,
                       coder="chen")  # fmt: skip


@pytest.mark.parametrize(
    ("size", "coders", "code"),
    [
        (Size(9, 0, 0), WHO, "quality.size"),
        (Size(10, -1, 0), WHO, "quality.size"),
        (Size(10, 0, 0), ("chen", "chen"), "quality.coders"),
        (Size(10, 0, 0), ("chen", "nobody"), "quality.coders"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    sampled: Office, size: Size, coders: tuple[str, str], code: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        draw_sample(sampled, slug=SLUG, size=size, seed="", coders=coders, actor="boss")
    assert refused.value.code == code
    assert quality(sampled, slug=SLUG).samples == ()


def test_nobody_judges_two_samples_at_once(sampled: Office) -> None:
    draw(sampled)
    with pytest.raises(InputRefused) as refused:
        draw(sampled, "2")
    assert refused.value.code == "quality.busy"


def test_items_of_comments_that_are_gone_are_left_out(sampled: Office) -> None:
    sample = draw(sampled)
    total = answer_all(sampled, sample, "chen")
    with sampled.store.write() as db:
        comments.supersede(db, [1])
    touched = sum(1 in o[1:3] for o in items(sampled, sample))
    assert touched == 0
    assert answer_all(sampled, sample, "wang") < total
    assert results(sampled, slug=SLUG, sample=sample).sample.state is SampleState.DONE


def test_a_sample_ends_when_its_last_open_item_is_gone(sampled: Office) -> None:
    sample = draw(sampled, size=Size(10, 0, 0))
    answer_all(sampled, sample, "chen")
    while (question := next_question(sampled, slug=SLUG, sample=sample, coder="wang")) and (
        question.done < question.total - 1
    ):
        judge_item(sampled, slug=SLUG, sample=sample, item=question.item, answer="general",
                   coder="wang")  # fmt: skip
    last = items(sampled, sample)[-1][1]
    with sampled.store.write() as db:
        comments.supersede(db, [last])
    assert next_question(sampled, slug=SLUG, sample=sample, coder="wang") is None
    assert results(sampled, slug=SLUG, sample=sample).sections.people.share.of == 9


def test_the_coding_can_be_taken_away(sampled: Office) -> None:
    sample = draw(sampled)
    answer_all(sampled, sample, "chen")
    answer_all(sampled, sample, "wang", agree=False)
    found = results(sampled, slug=SLUG, sample=sample)
    rows = coding_csv(found.sample, found.judged).decode("utf-8-sig").splitlines()
    assert rows[0] == "item,kind,comment,other,theme,stratum,machine,chen,wang"
    assert len(rows) == len(found.judged) + 1
    content = json.loads(coding_json(found.sample, found.judged))
    assert content["sample"]["coders"] == ["chen", "wang"]
    assert len(content["items"]) == len(found.judged)
