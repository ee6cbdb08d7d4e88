"""Fixtures for every room: a real SQLite file, a small plan, a clock that stands still."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from consult.domain.consultation import Consultation, Indicator, Plan, Section, Window
from consult.domain.knowledge import Knowledge
from consult.domain.lexicon import Lexicon, SectionWords
from consult.services.office import Office, open_office
from consult.services.publish import publish

# No test is timed: a busy machine makes a slow example, not a wrong one.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SLUG = "river-2024"
OPEN = datetime(2024, 5, 10, 2, 0, tzinfo=UTC)  # inside the window
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODY = CHEAP.hash("nobody has this password")
SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass
class Clock:
    """A clock that moves only when told to."""

    now: datetime = datetime(2024, 5, 10, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **spans: float) -> None:
        self.now += timedelta(**spans)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real argon2 with the smallest cost: 0.4 s for each sign-in would be most of the time.

    The tests of the room crypto, and those that start the program, have the real cost.
    """
    monkeypatch.setattr("consult.crypto.passwords._HASHER", CHEAP)
    monkeypatch.setattr("consult.crypto.passwords._DUMMY", NOBODY)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def new_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a new office: made once, since all its migrations take a while."""
    folder = tmp_path_factory.mktemp("new") / "data"
    open_office(folder, create=True, clock=Clock()).store.close()
    return folder


@pytest.fixture
def office(tmp_path: Path, clock: Clock, new_data: Path) -> Office:
    shutil.copytree(new_data, tmp_path / "data")
    return open_office(tmp_path / "data", clock=clock)


@pytest.fixture
def plan() -> Plan:
    """A plan of two chapters and five sections, written for the tests."""
    return Plan(
        title="清河整治规划",
        lead=("为了让清河变清，制定本规划。",),
        chapters=(
            Section(
                "1", "一", "水质", 1,
                sections=(
                    Section("1.1", "（一）", "污水收集", 1,
                            paragraphs=("新建污水管网三十公里，雨污分流，封堵直排口。",)),
                    Section("1.2", "（二）", "水质监测", 2,
                            paragraphs=("设监测断面八个，每月公布化验结果。",)),
                ),
            ),
            Section(
                "2", "二", "岸线", 3,
                sections=(
                    Section("2.1", "（一）", "步道建设", 3,
                            paragraphs=("沿岸铺设步道十二公里，安装路灯和座椅。",)),
                    Section("2.2", "（二）", "垂钓管理", 4,
                            paragraphs=("划定垂钓区，禁渔期内不得垂钓。",)),
                    Section("2.3", "（三）", "绿化养护", 4,
                            paragraphs=("补种柳树和水杉，由街道负责浇水修剪。",)),
                ),
            ),
        ),
        indicators=(
            Indicator(1, "水质优良断面比例", "%", 2023, "62", 2026, "90", "--", section="1.2"),
        ),
    )  # fmt: skip


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(
        version="test.1",
        words=("雨污分流", "垂钓区"),
        sections={
            "1.1": SectionWords(("污水管网",), ("臭水", "下水道")),
            "2.2": SectionWords(("垂钓区",), ("钓鱼", "鱼竿")),
        },
        general=("没有意见", "总体"),
        offplan=("公交", "物业费"),
    )


@pytest.fixture
def consultation() -> Consultation:
    return Consultation(
        slug=SLUG,
        title="关于征求清河整治规划意见的公告",
        office="清河县水务局",
        window=Window(date(2024, 5, 1), date(2024, 5, 30)),
        texts={
            "summary": "清河要整治。",
            "next_steps": "逐条研究，公布结果。",
            "privacy": "联系方式只用于回复。",
            "privacy_version": "1",
            "channel.letter": "信函：清河县水务局收",
        },
    )


@pytest.fixture
def published(office: Office, consultation: Consultation, plan: Plan, lexicon: Lexicon) -> Office:
    """An office with the small consultation published."""
    publish(
        office, consultation=consultation, plan=plan, knowledge=Knowledge(lexicon),
        source="plan.txt", data=b"plan", actor="test",
    )  # fmt: skip
    return office


@pytest.fixture
def shared() -> Path:
    """The folder of official and labelled material; a test that needs it skips without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared (official documents, labelled comments) is not here")
    return SHARED
