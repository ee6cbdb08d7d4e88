"""Opposite asks stand side by side: on the section's page, on the theme's, in the digest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from consult.export.records import digest_json
from consult.services.compile import compile_digest
from consult.services.merge_themes import merge_themes
from consult.services.office import Office
from consult.services.theme_view import section_themes, theme_view
from tests.conftest import SLUG
from tests.services.asks import LITTER, of, run, seen, send

ALLOW = (
    "建议允许夜间垂钓，晚上九点以后也能钓鱼。",
    "请允许夜间垂钓，晚上九点以后也让人钓鱼。",
)
AGAINST = (
    "反对允许夜间垂钓，晚上九点以后钓鱼吵得住户睡不着。",
    "不同意放开夜间垂钓，晚上九点后钓鱼太吵，住户睡不着。",
)
OTHERS = (
    "河堤步道坑坑洼洼，下雨积水，请重新铺一遍。",
    "公厕离渡口太远，建议在码头旁边加一座。",
    "凉亭的长椅坏了两年没人修。",
    "防洪警示牌被树挡住，请移一移。",
)
NOW = datetime(2022, 11, 1, tzinfo=UTC)


@pytest.fixture
def asked(published: Office) -> Office:
    send(published, *ALLOW, *AGAINST, *LITTER, *OTHERS)
    run(published)
    return published


def test_opposite_asks_are_two_themes_that_name_each_other(asked: Office) -> None:
    allow, forbid = of(asked, 1), of(asked, 3)
    lines = section_themes(asked, slug=SLUG, code="2.2").lines

    assert (allow == forbid, of(asked, 2) == allow, of(asked, 4) == forbid) == (False, True, True)
    assert {line.theme.id: [other.id for other in line.opposed] for line in lines} == {
        allow: [forbid],
        forbid: [allow],
    } | {of(asked, number): [] for number in range(5, 11)}
    view = theme_view(asked, slug=SLUG, number=allow or 0)
    assert [other.id for other in view.opposite] == [forbid]


def test_the_digest_puts_them_side_by_side(asked: Office) -> None:
    digest = compile_digest(asked, slug=SLUG, as_of=NOW)
    section = next(part for part in digest.sections if part.code == "2.2")
    facing = {line.numbers: [o.label for o in line.opposed] for line in section.themes}
    labels = {line.numbers: line.label for line in section.themes}

    assert (facing[1, 2], facing[3, 4]) == ([labels[3, 4]], [labels[1, 2]])
    assert sum(map(len, facing.values())) == 2
    for line in section.themes:
        for other in line.opposed:
            assert section.themes[other.position - 1].label == other.label
            assert section.themes[other.position - 1].counts == other.counts
    assert '"opposed": [{"counts"' in digest_json(digest).decode()


def test_a_theme_out_of_lists_faces_nobody(asked: Office) -> None:
    allow, forbid, litter = of(asked, 1) or 0, of(asked, 3) or 0, of(asked, 5) or 0
    merge_themes(asked, slug=SLUG, theme=forbid, into=litter, why="同一诉求", actor="li",
                 seen=seen(asked, forbid))  # fmt: skip

    assert theme_view(asked, slug=SLUG, number=allow).opposite == ()


def test_a_new_run_writes_the_pairs_anew(asked: Office) -> None:
    before = asked.store.db.query("select count(*) as n from theme_opposites")
    first = next(iter(before))["n"]
    run(asked)
    after = asked.store.db.query("select count(*) as n from theme_opposites")

    assert (first, next(iter(after))["n"]) == (2, 2)
