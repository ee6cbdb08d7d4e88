"""Comments on their way to a placer, and what is answered about them."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.sections import SectionMapper
from consult.domain.comment import Channel, Comment, Link, Origin, Speaker, Submission
from consult.domain.consultation import OFFPLAN, Plan, Section
from consult.domain.knowledge import Exemplar, Knowledge
from consult.services import map_points
from consult.services.map_points import Mapping
from consult.services.place_points import Found, Own, PointPlacer

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
def mapping() -> Mapping:
    exemplars = (Exemplar("下水道又堵了", "1.1"), Exemplar("河边钓鱼的地方", "2.2"))
    return Mapping(PLAN, Knowledge(exemplars=exemplars))


@pytest.fixture(scope="module")
def mapper(mapping: Mapping) -> SectionMapper:
    return mapping.taught(())


@settings(deadline=None, max_examples=30)
@given(shard=st.lists(st.tuples(TEXTS, OWNS), max_size=12))
def test_a_comment_gets_the_answer_that_it_gets_alone(
    mapping: Mapping, mapper: SectionMapper, shard: list[tuple[str, Own]]
) -> None:
    placer = PointPlacer(mapper, mapping.reader())

    answers = placer(pickle.loads(pickle.dumps(shard)))  # noqa: S301 - our own

    assert answers == [answer for one in shard for answer in placer([one])]
    assert [isinstance(answer, Found) for answer in answers] == [own.watched for _, own in shard]


@settings(deadline=None, max_examples=30)
@given(said=st.lists(st.tuples(TEXTS, st.sampled_from([(), ("2.2",)]), st.sampled_from([None, 7]))))
def test_equal_comments_are_read_once_and_each_is_answered_in_its_place(
    mapping: Mapping,
    mapper: SectionMapper,
    said: list[tuple[str, tuple[str, ...], int | None]],
) -> None:
    now = datetime(2022, 10, 1, tzinfo=UTC)
    received = {
        n: Submission(n, str(n), Channel.WEB, Speaker.UNKNOWN, now, now, text, chosen=chosen)
        for n, (text, chosen, _) in enumerate(said)
    }
    points = [Comment(0, n, 0, len(s[0]), s[0], pinned=s[2]) for n, s in enumerate(said)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(map_points, "_CHUNK", 2)
        shards = list(mapping.prepare(points, received, mapper))

    alone = [next(mapping.prepare([point], received, mapper)) for point in points]
    assert [answer for shard in shards for answer in shard] == [one for own in alone for one in own]
    assert len(shards) == -(-len(set(said)) // 2)


def test_a_process_that_places_points_loads_no_database():
    program = (
        "import sys; from consult.services import place_points, split_points;"
        "print(sorted({'sqlite_utils', 'scipy', 'sklearn', 'flask'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
