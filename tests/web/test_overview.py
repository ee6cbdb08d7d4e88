"""The overview tells how long it runs, what waits, how far the answers are, and what is late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient

from consult.domain.comment import Receipt
from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.office import Office
from consult.settings import Settings
from consult.store import consultations
from tests.conftest import SLUG

HOME = "/staff/c/river-2024"
Staff = Callable[..., FlaskClient]


def said(client: FlaskClient, kind: str) -> str:
    return " ".join(client.page(f"{HOME}/").find_class(kind)[0].text_content().split())


def approved(office: Office) -> None:
    one, yes = Target(comment=1), Ruling(Disposition.ADOPTED)
    seen = decide(office, slug=SLUG, target=one, ruling=yes, actor="wang", seen="0", submit=True)
    approve(office, slug=SLUG, target=one, actor="li", seen=str(seen.id))


def test_it_tells_days_left_what_waits_and_until_when_contacts_are_kept(
    client: FlaskClient, published: Office, received: Receipt, staff: Staff
) -> None:
    staff(client)
    assert "2条没看过" in said(client, "next")
    client.page(f"{HOME}/comments/1")
    approved(published)
    waits = said(client, "next")
    counts = ("1条未答复", "0条待审定", "1条没看过", "0条尚未归类", "0条逾期", "1条请核对")
    assert [words for words in counts if words not in waits] == []
    clock = said(client, "clock")
    assert "还剩 21 天" in clock
    assert "已审定 50%" in clock
    assert "联系方式最晚保存到 2024年11月26日" in clock
    (line,) = client.page(f"{HOME}/").xpath("//table[caption='按渠道']/tbody/tr")
    assert line.text_content().split() == ["网上填写", "1", "2"]
    days = client.page(f"{HOME}/").xpath("//table[caption='每日数量']/tbody/tr")
    full = [day.text_content().split() for day in days if day.text_content().split()[1] != "0"]
    assert (len(days), full) == (30, [["2024-05-10", "1", "2"]])


def test_what_has_no_approved_answer_when_it_is_due_is_overdue(
    make_app: Callable[..., Flask], published: Office, received: Receipt, staff: Staff,
    settings: Settings,
) -> None:  # fmt: skip
    with published.store.write() as db:
        identifier, held = consultations.find(db, SLUG)
        knowledge = consultations.knowledge(db, identifier)
        consultations.change(
            db, replace(held, texts=held.texts | {"answer_by": "2024-06-10"}), knowledge
        )
    approved(published)
    late = replace(settings, now=datetime(2024, 6, 12, 2, 0, tzinfo=UTC))
    client = staff(make_app(settings=late).test_client())
    assert "1条逾期" in said(client, "next")
    assert "答复日期 2024年6月10日 已过 2 天" in said(client, "clock")
