"""Comments on their way to a placer, and what is answered about them."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.comment import Link, Origin
from consult.domain.consultation import OFFPLAN, Plan, Section
from consult.domain.knowledge import Exemplar, Knowledge
from consult.services.map_points import Mapping
from consult.services.place_points import Found, Own, PointPlacer, shard_of

TEXTS = st.sampled_from(
    [
        "下水道堵了",
        "请把下水道改为新管。",
        "建议钓鱼区加座椅",
        "支持",
        "",
        "把10米改为20米",
        "第1.1节删去",
    ]
)
OWNS = st.sampled_from(
    [
        Own(),
        Own(chosen=("2.2",), alone=True),
        Own(chosen=("2.2",)),
        Own(links=(Link("1.1", Origin.STAFF, 1.0),)),
        Own(links=(Link(OFFPLAN, Origin.STAFF, 1.0),)),
        Own(watched=True),
    ]
)
PLAN = Plan(
    title="清河整治规划",
    chapters=(
        Section("1", "一", "水质", sections=(Section("1.1", "（一）", "污水收集管网"),)),
        Section("2", "二", "岸线", sections=(Section("2.2", "（二）", "垂钓休闲"),)),
    ),
)


@pytest.fixture(scope="module")
def placer() -> PointPlacer:
    exemplars = (Exemplar("下水道又堵了", "1.1"), Exemplar("河边钓鱼的地方", "2.2"))
    mapping = Mapping(PLAN, Knowledge(exemplars=exemplars))
    return PointPlacer(mapping.taught(()), mapping.reader())


@settings(deadline=None, max_examples=30)
@given(comments=st.lists(st.tuples(TEXTS, OWNS), max_size=12))
def test_a_comment_gets_the_answer_that_it_gets_alone(
    placer: PointPlacer, comments: list[tuple[str, Own]]
) -> None:
    shard = pickle.loads(pickle.dumps(shard_of(comments)))  # noqa: S301 - our own

    answers = placer(shard)

    assert answers == [answer for one in comments for answer in placer(shard_of([one]))]
    assert [isinstance(answer, Found) for answer in answers] == [own.watched for _, own in comments]
