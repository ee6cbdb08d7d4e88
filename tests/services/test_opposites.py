"""Opposite asks stand side by side: on the section's page, on the theme's, in the digest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from consult.domain.digest import Digest, ThemeLine
from consult.export.digest_highlights import highlights
from consult.export.records import digest_json
from consult.services.compile import compile_digest
from consult.services.merge_themes import merge_themes
from consult.services.move_comment import move_comment
from consult.services.office import Office
from consult.services.theme_view import section_themes, theme_view
from consult.store import comments
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
NOTHING = ("经研究，我局无修改意见。", "我局无修改意见。", "经研究，我单位无修改意见。")
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
            facing_line = section.themes[other.position - 1]
            voices = facing_line.voices or (facing_line.backing,)
            assert [v.counts for v in voices if other.against.number in v.numbers] == [other.counts]
    assert '"opposed": [{"against": {' in digest_json(digest).decode()


def test_each_side_is_told_by_the_comment_that_shows_it(asked: Office) -> None:
    digest = compile_digest(asked, slug=SLUG, as_of=NOW)
    section = next(part for part in digest.sections if part.code == "2.2")
    told = {line.numbers: line.opposed[0] for line in section.themes if line.opposed}

    allow, forbid = told[1, 2], told[3, 4]
    assert (allow.own, allow.against) == (forbid.against, forbid.own)
    assert allow.own is not None
    assert allow.against is not None
    assert (allow.own.number in (1, 2), allow.against.number in (3, 4)) == (True, True)
    texts = dict(enumerate((*ALLOW, *AGAINST), 1))
    assert all(quote.text in texts[quote.number] for quote in (allow.own, allow.against))


def test_a_side_whose_comment_left_it_faces_nobody(asked: Office) -> None:
    before = compile_digest(asked, slug=SLUG, as_of=NOW)
    own = next(line.opposed[0].own for line in _lines(before) if line.numbers == (1, 2))
    assert own is not None

    _, stamp = comments.one(asked.store.db, 1, own.number)
    move_comment(asked, slug=SLUG, number=own.number, target=of(asked, 5) or 0, why="另一回事",
                 actor="li", seen=str(stamp))  # fmt: skip

    after = compile_digest(asked, slug=SLUG, as_of=NOW)
    assert [line.opposed for line in _lines(after) if line.opposed] == []


def test_agreement_and_no_remarks_are_no_ask_and_come_last(published: Office) -> None:
    send(published, *NOTHING, *LITTER, "坚决支持夜间关闭垂钓区的灯。")
    run(published)
    digest = compile_digest(published, slug=SLUG, as_of=NOW)
    lines = _lines(digest)

    assert [(line.asks, line.numbers) for line in lines if line.counts.comments > 1] == [
        (True, (4, 5)),
        (False, (1, 2, 3)),
    ]
    assert [line.asks for line in lines] == sorted((line.asks for line in lines), reverse=True)
    assert not any("无修改意见" in text for _, text in highlights(digest))


def _lines(digest: Digest) -> tuple[ThemeLine, ...]:
    return next(part.themes for part in digest.sections if part.code == "2.2")


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
