from __future__ import annotations

from flask.testing import FlaskClient

BASE = "/c/river-2024"


def test_the_large_view_is_remembered_by_the_one_cookie_and_can_be_left(
    client: FlaskClient,
) -> None:
    assert client.page(f"{BASE}/").get("class") is None
    page = client.page(f"{BASE}/?view=elder")
    assert page.get("class") == "elder"
    assert client.page(f"{BASE}/plan").get("class") == "elder"
    (back,) = page.xpath("//nav[@class='tools']//a[text()='标准版']/@href")
    assert client.page(f"{BASE}/plan{back}").get("class") is None


def test_an_unknown_view_changes_nothing_and_sets_no_cookie(client: FlaskClient) -> None:
    response = client.get(f"{BASE}/?view=huge")
    assert response.headers.getlist("Set-Cookie") == []


def test_view_and_language_are_kept_beside_each_other(client: FlaskClient) -> None:
    client.get(f"{BASE}/?view=elder")
    page = client.page(f"{BASE}/?lang=en")
    assert (page.get("lang"), page.get("class")) == ("en", "elder")


def test_signing_in_keeps_the_view(client: FlaskClient, staff: object) -> None:
    client.get(f"{BASE}/?view=elder")
    signed = staff(client)  # type: ignore[operator]
    assert signed.page("/staff/c/river-2024/").get("class") == "elder"
