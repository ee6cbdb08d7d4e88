from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient
from lxml import html

from consult.web.caching import SHARED

BASE = "/c/river-2024"
PAGES = ["/", "/plan", "/plan/1", "/plan/whole", "/plan/search?q=水", "/plan.txt", "/privacy"]


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_not_sent_again_while_it_is_the_same(
    client: FlaskClient, path: str
) -> None:
    first = client.get(BASE + path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(BASE + path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, no-cache"
    other = client.get(BASE + path, headers={"If-None-Match": '"x"'})
    assert other.status_code == 200


def test_a_page_in_a_chosen_language_or_view_is_for_one_visitor_alone(client: FlaskClient) -> None:
    chosen = client.get(f"{BASE}/?lang=en")
    assert chosen.headers["Cache-Control"] == "private, no-cache"
    later = client.get(f"{BASE}/")
    assert later.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in later.headers["Vary"]


def test_another_language_is_another_page(client: FlaskClient) -> None:
    etag = client.get(f"{BASE}/").headers["ETag"]
    answer = client.get(f"{BASE}/?lang=en", headers={"If-None-Match": etag})
    assert answer.status_code == 200


def test_what_holds_no_secret_is_sent_small(client: FlaskClient) -> None:
    plain = client.get(f"{BASE}/")
    packed = client.get(f"{BASE}/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]
    seen = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert client.get(f"{BASE}/", headers=seen).status_code == 304


def test_what_holds_a_secret_is_not_compressed(client: FlaskClient) -> None:
    for path in ("/comment", "/status", "/receipt"):
        answer = client.get(BASE + path, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers


def test_the_shared_pages_hold_no_token(client: FlaskClient) -> None:
    assert not {"public.comment", "public.status", "public.receipt"} & SHARED
    for path in PAGES:
        page = client.get(BASE + path)
        assert "csrf_token" not in page.text


def test_a_page_with_its_files_is_lighter_than_a_photograph(client: FlaskClient) -> None:
    """Bytes over the wire of a first visit, without pictures; the limit is 200 kB."""
    small = {"Accept-Encoding": "gzip"}
    page = client.get(f"{BASE}/plan/whole", headers=small)
    tree = html.fromstring(gzip.decompress(page.data))
    files = tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    sizes = [len(client.get(path, headers=small).data) for path in files]
    assert len(files) == 3
    assert len(page.data) + sum(sizes) < 60_000
