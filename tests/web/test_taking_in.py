from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient
from lxml import html

from consult.domain.comment import NewSubmission, Receipt
from consult.domain.triage import Role
from consult.services.office import Office
from consult.services.receive import receive
from consult.web.headers import SANDBOX
from tests.conftest import OPEN, SLUG
from tests.letters import png
from tests.web.client import fields
from tests.web.journey import FORM, SEND, complaints, stored

INTAKE = f"/staff/c/{SLUG}/intake"
Staff = Callable[..., FlaskClient]


def form_at(page: html.HtmlElement, action: str) -> dict[str, str]:
    (found,) = [form for form in page.forms if form.get("action") == action]
    return {name: value for name, value in found.form_values() if name}


def test_a_held_submission_is_released_with_its_own_time(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    new = NewSubmission("建议装路灯。", held="trap")
    receipt = receive(published, slug=SLUG, new=new, now=OPEN)
    page = staff(client).page(INTAKE)
    address = f"{INTAKE}/held/{receipt.number}/release"
    assert "填了不显示的空栏" in page.text_content()
    assert client.post(address, data=form_at(page, address)).status_code == 303
    (item,) = stored(published)
    assert (item.text, item.received) == ("建议装路灯。", OPEN)
    assert client.post(address, data=form_at(page, address)).status_code == 409


def test_a_held_submission_is_turned_down_and_its_author_reads_why(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    receipt = receive(published, slug=SLUG, new=NewSubmission("买药", held="trap"), now=OPEN)
    address = f"{INTAKE}/held/{receipt.number}/reject"
    staff(client)
    assert client.post(address, data=client.fill(address, why=" ")).status_code == 422
    sent = client.fill(address, why="广告，与征求意见无关")
    assert client.post(address, data=sent).status_code == 303
    assert client.post(address, data=sent).status_code == 409
    assert "广告，与征求意见无关" in client.page(INTAKE).text_content()
    status = f"/c/{SLUG}/status"
    asked = client.fill(status, number=receipt.number, code=receipt.code)
    page = html.fromstring(client.post(status, data=asked).text)
    assert "经核实，没有列入" in page.text_content()
    assert "理由：广告，与征求意见无关" in page.text_content()
    assert stored(published) == []


def test_a_picture_is_handed_out_in_a_sandbox_and_transcribed(
    client: FlaskClient, published: Office, staff: Staff
) -> None:
    sent = client.fill(FORM, text="见附件。", privacy="y")
    given = {**sent, "files": (BytesIO(png()), "../../意见\u202egpj.png")}
    checked = client.post(FORM, data=given, content_type="multipart/form-data")
    client.post(SEND, data=fields(html.fromstring(checked.text)))
    page = staff(client).page(INTAKE)
    (link,) = page.xpath("//ul[@class='files']//a")
    assert link.text == "意见gpj.png"
    transcript = client.page(link.get("href"))
    (download,) = transcript.xpath("//main//a[contains(@href, '/files/')]/@href")
    answer = client.get(download)
    assert (answer.data, answer.mimetype) == (png(), "image/png")
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    written = {**fields(transcript), "text": "步道太窄。"}
    assert client.post(link.get("href"), data={**written, "text": " "}).status_code == 422
    assert client.post(link.get("href"), data=written).status_code == 303
    assert stored(published)[0].text == "见附件。\n\n步道太窄。"
    assert client.post(link.get("href"), data=written).status_code == 409


def test_a_lost_code_is_replaced_and_shown_once(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    page = staff(client).page(INTAKE)
    address = f"{INTAKE}/code"
    asked = {**form_at(page, address), "number": received.number, "why": "来电，已核对"}
    wrong = client.post(address, data={**asked, "contact": "13900000000"})
    assert wrong.status_code == 422
    assert complaints(wrong.text) == ["与来件留下的联系方式不一致，没有换发。"]
    right = client.post(address, data={**asked, "contact": "138-0000-0000"})
    code = html.fromstring(right.text).get_element_by_id("code-value").text
    status = f"/c/{SLUG}/status"
    found = client.post(status, data=client.fill(status, number=received.number, code=code))
    assert found.status_code == 200
    assert "13800000000" not in right.text + found.text


def test_a_viewer_sees_neither_the_page_nor_the_link(
    client: FlaskClient, received: Receipt, staff: Staff
) -> None:
    signed_in = staff(client, Role.VIEWER)
    assert signed_in.get(INTAKE).status_code == 403
    links = signed_in.page(f"/staff/c/{SLUG}/").xpath("//nav//a/@href")
    assert INTAKE not in links
