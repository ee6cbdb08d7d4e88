"""A consultation made, prepared, rehearsed, published, extended; a second draft."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from consult.analysis.plan_match import match_plans
from consult.domain.comment import Receipt
from consult.domain.consultation import Plan, Section
from consult.domain.triage import Role
from consult.services.browse import comment_detail, section_comments
from consult.services.browse import published as browse
from consult.services.office import Office
from consult.services.plan_versions import knowledge_of
from consult.store import events
from tests.conftest import OPEN, SLUG
from tests.web.client import fields
from tests.web.conftest import TEXT

Staff = Callable[..., FlaskClient]
DRAFT = """湖区保护规划（征求意见稿）

一、水源

（一）取水口

取水口周围五百米禁止养殖，设围栏和告示牌。

（二）水质

每月化验一次，公布结果。

二、岸线

（一）步道

沿湖修步道八公里，安装路灯。
"""
NEW = "/staff/new"
HOME = "/staff/c/lake-2024/prepare"


@pytest.fixture
def manager(client: FlaskClient, staff: Staff) -> FlaskClient:
    return staff(client, Role.MANAGER)


def begin(client: FlaskClient, data: bytes = DRAFT.encode(), **values: str) -> Any:
    sent: dict[str, Any] = fields(client.page(NEW)) | {
        "slug": "lake-2024", "name": "湖区管委会", "opens": "2024-05-01", "closes": "2024-05-20",
    }  # fmt: skip
    sent |= values
    sent["file"] = (io.BytesIO(data), values.get("filename", "湖区.txt"))
    return client.post(NEW, data=sent, content_type="multipart/form-data")


def post(client: FlaskClient, page: str, action: str, **values: str) -> Any:
    form = next(f for f in client.page(page).forms if f.get("action").endswith(action))
    sent = fields(client.page(page), form)
    return client.post(form.get("action"), data=sent | values)


def test_a_consultation_is_prepared_unseen_then_published(
    manager: FlaskClient, app: Flask, published: Office
) -> None:
    visitor = app.test_client()
    assert begin(manager).status_code == 303
    tree = manager.page(HOME).xpath("//ol[@class='contents']/li/a/text()")
    assert tree == ["一、水源", "（一）取水口", "（二）水质", "二、岸线", "（一）步道"]
    hidden = ["/c/lake-2024/", "/c/lake-2024/comment", "/api/v1/consultations/lake-2024"]
    assert [visitor.get(path).status_code for path in hidden] == [404] * 3
    assert "湖区" not in visitor.get("/").text
    assert manager.get("/c/lake-2024/").status_code == 200
    saved = post(manager, HOME, "/prepare", summary="想听听大家怎么用湖岸。", ask_contact="off",
                 privacy="只用于答复。", answer_by="2024-07-01")  # fmt: skip
    short = post(manager, HOME, "/prepare/open", act="publish")
    assert (short.status_code, "只有 20 天，不足 30 天" in short.text) == (409, True)
    why = "与上级规划的报批时间衔接。"
    assert post(manager, HOME, "/prepare", window_reason=why).status_code == 303
    early = post(manager, HOME, "/prepare", answer_by="2024-05-10")
    wrong = post(manager, HOME, "/prepare", closes="2024-04-01")
    odd = post(manager, HOME, "/prepare", opens="五月")
    assert [r.status_code for r in (saved, early, wrong, odd)] == [303, 422, 422, 422]
    assert post(manager, HOME, "/prepare/open", act="publish").status_code == 303
    assert [visitor.get(path).status_code for path in hidden] == [200] * 3
    assert "想听听大家怎么用湖岸" in visitor.get("/c/lake-2024/").text
    acts = [e.verb for e in events.of(published.store.db, ["consultation:lake-2024"])]
    assert acts == ["published", "texts-changed", "texts-changed", "opened-to-public"]
    assert why in visitor.get("/c/lake-2024/").text


def test_what_cannot_be_a_consultation_is_said_with_everything_typed_kept(
    manager: FlaskClient,
) -> None:
    cases = [
        begin(manager, b""),
        begin(manager, "没有标题的文字。".encode()),
        begin(manager, filename="x.exe"),
        begin(manager, slug="不行"),
        begin(manager, slug=SLUG),
        begin(manager, opens="", closes=""),
        begin(manager, opens="2024-06-01"),
    ]
    assert [r.status_code for r in cases] == [422, 422, 422, 422, 409, 422, 422]
    assert {'value="湖区管委会"' in r.text for r in cases} == {True}


def test_a_rehearsal_goes_by_its_own_date_and_stays_among_staff(
    manager: FlaskClient, app: Flask, published: Office
) -> None:
    begin(manager, opens="2024-09-01", closes="2024-09-30")
    assert "还没有开始" in manager.get("/c/lake-2024/").text
    made = post(manager, HOME, "/prepare/open", act="rehearse", simulated="2024-09-05")
    assert made.location == "/staff/c/lake-2024-rehearsal-1/prepare"
    page = manager.get("/c/lake-2024-rehearsal-1/").text
    assert ("还剩 26 天" in page, "演练" in page, "2024年9月5日" in page) == (True, True, True)
    assert app.test_client().get("/c/lake-2024-rehearsal-1/").status_code == 404
    assert "还没有开始" in manager.get("/c/lake-2024/").text
    where = "/c/lake-2024-rehearsal-1/comment"
    form = manager.fill(where) | {"e0-text": "试一试", "text": "试一试", "privacy": "y"}
    assert manager.post(where, data=form).status_code in {200, 303, 422}


def test_the_window_is_extended_and_ended_with_a_reason_all_can_read(
    manager: FlaskClient, app: Flask, published: Office
) -> None:
    page = f"/staff/c/{SLUG}/prepare"
    silent = post(manager, page, "/prepare/open", act="end", closes="2024-06-10")
    past = post(manager, page, "/prepare/open", act="end", closes="2024-05-09", why="太早")
    done = post(manager, page, "/prepare/open", act="end", closes="2024-06-10", why="应群众要求")
    assert [r.status_code for r in (silent, past, done)] == [422, 422, 303]
    notice = app.test_client().get(f"/c/{SLUG}/").text
    assert ("2024-05-30" in notice, "2024-06-10" in notice, "应群众要求" in notice) == (True,) * 3
    ended = post(manager, page, "/prepare/open", act="end", closes="2024-05-10", why="已经够了")
    assert ended.status_code == 303
    acts = [e.verb for e in events.of(published.store.db, [f"consultation:{SLUG}"])]
    assert acts[-2:] == ["window-extended", "window-shortened"]


def test_the_window_ends_at_a_time_of_the_day_even_now(
    manager: FlaskClient, app: Flask, published: Office
) -> None:
    page, visitor = f"/staff/c/{SLUG}/prepare", app.test_client()
    odd = post(manager, page, "/prepare/open", act="end", until="五点", why="会议提前")
    past = post(manager, page, "/prepare/open", act="end", closes="2024-05-10", until="9:59",
                why="会议提前")  # fmt: skip
    timed = post(manager, page, "/prepare/open", act="end", closes="2024-05-28", until="17：30",
                 why="会议提前")  # fmt: skip
    assert [r.status_code for r in (odd, past, timed)] == [422, 422, 303]
    told = " ".join(visitor.get(f"/c/{SLUG}/").text.split())
    assert "由 2024-05-30 改为 2024-05-28 17:30" in told
    assert '不足 30 天的理由：<span lang="zh-Hans">会议提前' in told
    silent = post(manager, page, "/prepare/open", act="now")
    now = post(manager, page, "/prepare/open", act="now", why="已经收齐")
    again = post(manager, page, "/prepare/open", act="end", closes="2024-05-10", until="10:00",
                 why="再来一次")  # fmt: skip
    assert [r.status_code for r in (silent, now, again)] == [422, 303, 422]
    told = " ".join(visitor.get(f"/c/{SLUG}/").text.split())
    assert ("改为 2024-05-10 10:00" in told, "征求意见已经结束" in told) == (True, True)
    assert browse(published, slug=SLUG).consultation.window.state(OPEN) == "closed"
    assert events.verify(published.store.db) is None


def test_words_of_a_section_are_tried_before_they_are_stored(
    manager: FlaskClient, published: Office, received: Receipt
) -> None:
    page = f"/staff/c/{SLUG}/prepare/sections/1.1"
    words = {
        "everyday": "路灯\n散步太黑\n沿河\n多装",
        "exemplars": "建议沿河多装路灯，晚上散步太黑。",
    }
    tried = manager.post(page, data=manager.fill(page, act="try", tried="路灯坏了", **words))
    shown = html.fromstring(tried.text).xpath("string(//section[@aria-labelledby='trial'])")
    assert (tried.status_code, "意见 1" in shown, "路灯坏了" in shown) == (200, True, True)
    assert knowledge_of(published, slug=SLUG).exemplars == ()
    assert manager.post(page, data=manager.fill(page, act="save", summary="管污水的。", **words)
                        ).status_code == 303  # fmt: skip
    known = knowledge_of(published, slug=SLUG)
    assert known.lexicon.sections["1.1"].everyday[0] == "路灯"
    assert [e.section for e in known.exemplars] == ["1.1"]
    assert manager.post(page, data=manager.fill(page, summary="长" * 2001)).status_code == 422
    assert manager.get(f"/staff/c/{SLUG}/prepare/sections/9.9").status_code == 404


def leaf(code: str, title: str, text: str) -> Section:
    return Section(code, f"（{code[-1]}）", title, paragraphs=(text,))


def test_sections_of_two_drafts_are_matched_by_title_and_text() -> None:
    old = Plan("旧", (Section("1", "一", "水", sections=(
        leaf("1.1", "污水收集", "新建污水管网三十公里，封堵直排口。"),
        leaf("1.2", "水质监测", "设监测断面八个，每月公布化验结果。"),
        leaf("1.3", "垂钓管理", "划定垂钓区，禁渔期内不得垂钓。"),
        leaf("1.4", "码头", "老码头改成公园。"),
    )),))  # fmt: skip
    new = Plan("新", (Section("1", "一", "水", sections=(
        leaf("1.1", "水质监测", "设监测断面八个，每月公布化验结果。"),
        leaf("1.2", "污水收集", "新建污水管网五十公里，封堵全部直排口。"),
        leaf("1.3", "垂钓管理", "划定垂钓区，禁渔期内不得垂钓。"),
        leaf("1.4", "夜间照明", "桥洞和步道装灯，十一点熄灭。"),
    )),))  # fmt: skip
    found = {(m.before, m.after): m.kind.value for m in match_plans(old, new)}
    assert found == {
        ("1", "1"): "same", ("1.1", "1.2"): "changed", ("1.2", "1.1"): "moved",
        ("1.3", "1.3"): "same", ("1.4", ""): "gone", ("", "1.4"): "new",
    }  # fmt: skip


SECOND = """清河整治规划

一、岸线

（一）垂钓管理

划定垂钓区，禁渔期内不得垂钓。

（二）步道建设

沿岸铺设步道二十公里，安装路灯和座椅，夜里十一点熄灭。

二、水质

（一）污水收集

新建污水管网三十公里，雨污分流，封堵直排口。
"""


def test_a_second_draft_is_confirmed_and_the_comments_go_with_their_sections(
    manager: FlaskClient, published: Office, received: Receipt
) -> None:
    page = f"/staff/c/{SLUG}/plan-versions"
    sent: dict[str, Any] = fields(manager.page(page))
    sent["file"] = (io.BytesIO(SECOND.encode()), "二稿.txt")
    assert manager.post(page, data=sent, content_type="multipart/form-data").status_code == 303
    form = next(f for f in manager.page(page).forms if f.get("action").endswith("/confirm"))
    proposed = fields(manager.page(page), form)
    assert (proposed["to-2.1"], proposed["to-2.2"], proposed["to-1.2"]) == ("1.2", "1.1", "")
    assert section_comments(published, slug=SLUG, code="2.1").total == 1  # nothing has changed yet
    odd = manager.post(f"{page}/confirm", data=proposed | {"to-2.1": "9.9"})
    stale = manager.post(f"{page}/confirm", data=proposed | {"seen": "7"})
    assert (odd.status_code, stale.status_code) == (422, 409)
    done = manager.post(f"{page}/confirm", data=proposed | {"act": "confirm"})
    assert done.location == f"{page}/2"
    first, second = (comment_detail(published, slug=SLUG, number=n).row.comment for n in (1, 2))
    assert (first.text, first.section, second.section) == (TEXT, "1.2", "1.1")
    assert [link.section for link in first.runners_up] == []  # 2.3 is gone
    assert sorted(knowledge_of(published, slug=SLUG).lexicon.sections) == ["1.1", "2.1"]
    shown = " ".join(manager.page(f"{page}/2").text_content().split())
    assert ("有改动" in shown, "删去" in shown, "夜里十一点熄灭" in shown) == (True, True, True)
    assert manager.get(f"/c/{SLUG}/plan/1").status_code in {200, 404}
    assert manager.post(f"{page}/confirm", data=proposed).status_code == 404
    assert [e.verb for e in events.of(published.store.db, [f"consultation:{SLUG}"])][-2:] == [
        "version-proposed", "plan-replaced",
    ]  # fmt: skip
    assert published_plan(published) == ["1", "1.1", "1.2", "2", "2.1"]


def published_plan(office: Office) -> list[str]:
    return [node.code for node in browse(office, slug=SLUG).plan.walk()]
