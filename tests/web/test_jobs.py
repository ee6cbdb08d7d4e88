from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from consult.domain.triage import Role
from consult.services.carry_out import new_owner, run_now, take
from consult.services.jobs import ask
from consult.services.office import Office
from consult.store import jobs
from tests.conftest import SLUG
from tests.services.asks import FISHING, send
from tests.web.client import fields

JOBS = f"/staff/c/{SLUG}/jobs"
Staff = Callable[..., FlaskClient]


def shown(client: FlaskClient) -> str:
    return " ".join(client.page(JOBS).get_element_by_id("jobs").text_content().split())


def test_an_analysis_is_asked_for_watched_and_cancelled_without_scripts(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    assert client.page(JOBS).get_element_by_id("jobs").get("data-poll") is None
    assert client.post(JOBS, data=client.fill(JOBS)).location == JOBS
    assert "等待中 工作人员开始 · handler" in shown(client)
    job = take(published, owner=new_owner())
    assert job is not None
    with published.store.write() as db:
        jobs.advance(db, job.id, owner=job.owner, stage="map", done=1, total=4,
                     now=published.clock())  # fmt: skip
    assert "进行中" in shown(client)
    assert "归入章节 25%" in shown(client)
    page = client.page(JOBS)
    assert page.get_element_by_id("jobs").get("data-poll") == JOBS
    form = page.forms[-1]
    assert client.post(str(form.action), data=fields(page, form)).location == JOBS
    assert "正在取消" in shown(client)


def test_what_it_came_to_stays(client: FlaskClient, published: Office, staff: Staff) -> None:
    send(published, *FISHING)
    run_now(published, slug=SLUG, actor="cli")
    staff(client, Role.VIEWER)
    assert "完成 命令行 · cli" in shown(client)
    assert "来件 3 件，意见 3 条（新增 3，替换 0）" in shown(client)
    page = client.page(JOBS)
    assert [form.action for form in page.forms] == ["/staff/sign-out"]


def test_a_missing_worker_is_said(client: FlaskClient, published: Office, staff: Staff) -> None:
    staff(client)
    assert "后台程序没有运行" in client.page(JOBS).find_class("note")[0].text_content()


def test_what_is_over_cannot_be_cancelled(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    staff(client)
    job = ask(published, slug=SLUG, actor="li")
    page = client.page(JOBS)
    form = page.forms[-1]
    sent = fields(page, form)
    assert client.post(str(form.action), data=sent).status_code == 303
    assert client.post(str(form.action), data=sent).status_code == 409
    assert "分析已取消，没有保存任何结果。" in shown(client)
    assert client.post(f"{JOBS}/{job + 9}/cancel", data=sent).status_code == 404
