"""The outline, words of no section and opposites: corrected in the browser after a look."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import Receipt
from consult.domain.triage import Role
from consult.services.browse import published as browse
from consult.services.office import Office
from consult.services.plan_versions import knowledge_of
from consult.store import events
from tests.conftest import SLUG
from tests.web.test_preparing import Staff, begin


@pytest.fixture
def manager(client: FlaskClient, staff: Staff) -> FlaskClient:
    return staff(client, Role.MANAGER)


def test_titles_and_codes_are_corrected_before_publication_after_a_look(
    manager: FlaskClient, published: Office
) -> None:
    begin(manager)
    page = "/staff/c/lake-2024/prepare/outline"
    words = {"everyday": "路灯", "exemplars": "步道上的灯太暗。"}
    section = "/staff/c/lake-2024/prepare/sections/2.1"
    assert manager.post(section, data=manager.fill(section, act="save", **words)).status_code == 303
    wanted = {"code-2": "1.3", "code-2.1": "1.3.1", "number-2": "（三）", "title-1": "水源和岸线"}
    cases = {
        "code-1.2": "x", "title-1.1": " ", "code-2.1": "4.1", "code-1.1": "1.2",
    }  # fmt: skip
    for name, value in cases.items():
        refused = manager.post(page, data=manager.fill(page, act="save", **{name: value}))
        assert refused.status_code == 422
        assert html.fromstring(refused.text).get_element_by_id(name).get("value") == value.strip()
    tried = manager.post(page, data=manager.fill(page, act="try", **wanted))
    told = html.fromstring(tried.text).xpath("//section[@aria-labelledby='change']//li/text()")
    assert told == ["1 一、水源 → 1 一、水源和岸线", "2 二、岸线 → 1.3 （三）岸线",
                    "2.1 （一）步道 → 1.3.1 （一）步道"]  # fmt: skip
    assert "词语 1 个，示例说法 1 句" in tried.text
    stale = manager.fill(page, act="save", **wanted) | {"seen": "7"}
    assert manager.post(page, data=stale).status_code == 409
    assert manager.post(page, data=manager.fill(page, act="save", **wanted)).status_code == 303
    plan = browse(published, slug="lake-2024").plan
    assert [(n.code, n.title) for n in plan.walk()] == [
        ("1", "水源和岸线"), ("1.1", "取水口"), ("1.2", "水质"), ("1.3", "岸线"), ("1.3.1", "步道"),
    ]  # fmt: skip
    walk = plan.find("1.3.1")
    assert walk is not None
    assert walk.paragraphs == ("沿湖修步道八公里，安装路灯。",)
    known = knowledge_of(published, slug="lake-2024")
    assert known.lexicon.sections["1.3.1"].everyday == ("路灯",)
    assert [e.section for e in known.exemplars] == ["1.3.1"]
    used = f"/staff/c/{SLUG}/prepare/outline"
    assert manager.post(used, data=manager.fill(used, act="save")).status_code == 409


def test_words_of_no_section_and_opposites_are_tried_then_stored(
    manager: FlaskClient, published: Office, received: Receipt
) -> None:
    page = f"/staff/c/{SLUG}/prepare/sections/offplan"
    words = {"terms": "路灯\n步道", "exemplars": "路灯太暗。"}
    tried = manager.post(page, data=manager.fill(page, act="try", tried="路灯坏了", **words))
    assert "与规划无关" in html.fromstring(tried.text).xpath(
        "string(//section[@aria-labelledby='trial'])"
    )
    assert manager.post(page, data=manager.fill(page, act="save", **words)).status_code == 303
    known = knowledge_of(published, slug=SLUG)
    assert known.lexicon.offplan == ("路灯", "步道")
    assert [(e.section, e.text) for e in known.exemplars] == [("offplan", "路灯太暗。")]
    page = f"/staff/c/{SLUG}/prepare/opposites"
    for wrong in ("亮灯", "亮 / 亮", "/ 熄灯"):
        refused = manager.post(page, data=manager.fill(page, act="save", pairs=wrong))
        assert (refused.status_code, "第 1 行看不懂" in refused.text) == (422, True)
    pairs = "通宵亮灯 / 按时熄灯 / 居民怕光"
    typed = "建议步道通宵亮灯。\n建议步道按时熄灯。"
    tried = manager.post(page, data=manager.fill(page, act="try", pairs=pairs, tried=typed))
    shown = html.fromstring(tried.text).xpath("//section[@aria-labelledby='trial']//li/span/text()")
    assert shown[-1] == "相反"
    assert manager.post(page, data=manager.fill(page, act="save", pairs=pairs)).status_code == 303
    (pair,) = knowledge_of(published, slug=SLUG).lexicon.opposites
    assert (pair.a, pair.b, pair.reason) == (("通宵亮灯",), ("按时熄灯",), "居民怕光")
    assert manager.page(page).get_element_by_id("pairs").text.strip() == pairs
    acts = [e.verb for e in events.of(published.store.db, [f"consultation:{SLUG}"])]
    assert acts[-2:] == ["section-prepared", "opposites-changed"]
