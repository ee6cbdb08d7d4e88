"""A test client that checks every page it fetches."""

from __future__ import annotations

import gzip
import itertools
import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask.testing import FlaskClient
from lxml import html

from consult.web.headers import SANDBOX, SECURITY
from consult.web.staff.taking_in import UPLOADED

SINGLE_COOKIE = re.compile(r"consult=[^;]*;( Secure;)? HttpOnly; Path=/; SameSite=Lax")


class PageClient(FlaskClient):
    """Fails on any page that is not valid, not accessible, or not our own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("buffered", True)  # closes files that are sent
        response = super().open(*args, **kwargs)
        check_headers(response)
        saved = response.headers.get("Content-Disposition", "").startswith("attachment")
        shown = response.mimetype == "text/html" and not saved  # a saved file is no page of ours
        if shown and not 300 <= response.status_code < 400:
            check_page(text_of(response))
        return response

    def page(self, address: str, status: int = 200) -> html.HtmlElement:
        response = self.get(address)
        assert response.status_code == status
        return html.fromstring(response.text)

    def fill(self, address: str, **values: object) -> dict[str, str]:
        """Return what the form on a page would send, with some values changed."""
        return {**fields(self.page(address)), **{k: str(v) for k, v in values.items()}}

    def form(self, address: str, action: str) -> dict[str, str]:
        """Return what the form on a page that leads to ``action`` (its end) would send."""
        page = self.page(address)
        return fields(page, next(f for f in page.forms if str(f.action).endswith(action)))


def text_of(response: Any) -> str:
    """Return a page as a browser reads it."""
    packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.data) if packed else response.data).decode()


def fields(page: html.HtmlElement, form: int | html.FormElement = -1) -> dict[str, str]:
    """Return what a browser would send; it drops the first line end of a text area."""
    found = page.forms[form] if isinstance(form, int) else form
    values = {name: value for name, value in found.form_values() if name}
    areas = found.xpath(".//textarea/@name")
    return values | {name: values[name].removeprefix("\n") for name in areas}


def check_headers(response: Any) -> None:
    wanted = dict(SECURITY)
    path = response.request.path
    sent = response.mimetype in UPLOADED.values() and "/intake/files/" in path
    original = "/intake/letters/" in path or "/refused/" in path
    if sent or (response.mimetype == "application/octet-stream" and original):
        wanted["Content-Security-Policy"] = SANDBOX
    assert {name: response.headers.get(name) for name in SECURITY} == wanted
    assert response.headers.get("Cache-Control")
    for cookie in response.headers.getlist("Set-Cookie"):
        cleared = cookie.startswith("consult=; Expires=")
        assert cleared or SINGLE_COOKIE.fullmatch(cookie), cookie


def check_page(text: str) -> None:
    html5lib.HTMLParser(strict=True).parse(text)
    page = html.document_fromstring(text)
    assert page.get("lang") in {"zh-Hans", "en"}
    assert re.fullmatch(r".+ - .+", page.findtext(".//title") or "")
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//main")) == 1
    check_ids(page)
    check_controls(page)
    check_origin(page)
    check_headings(page)
    check_names(page)
    check_complaints(page)


def check_ids(page: html.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    wanted = page.xpath("//@aria-describedby | //@aria-labelledby | //label/@for")
    wanted += [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
    assert {name for value in wanted for name in value.split()} - set(ids) == set()


def check_controls(page: html.HtmlElement) -> None:
    labelled = set(page.xpath("//label/@for"))
    hidden = {"hidden", "submit", "button"}
    for control in page.xpath("//input | //select | //textarea"):
        if control.get("type") not in hidden:
            named = control.get("id") in labelled or control.get("aria-labelledby")
            assert named, html.tostring(control)
    for form in page.forms:
        assert form.get("action", "").startswith("/")
        if form.method == "POST":
            assert form.fields["csrf_token"]


def check_origin(page: html.HtmlElement) -> None:
    """Nothing inline, nothing from elsewhere."""
    assert page.xpath("//style | //@style | //script[not(@src)] | //iframe | //base") == []
    attributes = page.xpath("//@*")
    assert [a for a in attributes if a.attrname.startswith("on")] == []
    addresses = page.xpath("//@href | //@src | //@action")
    assert [a for a in addresses if urlsplit(a).netloc or urlsplit(a).scheme] == []


def check_headings(page: html.HtmlElement) -> None:
    """The first heading is the page's own, and no level is skipped on the way down."""
    levels = [int(h.tag[1]) for h in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or "
                                                "self::h4 or self::h5 or self::h6]")]  # fmt: skip
    main = [level for level in levels if level]
    assert main[:1] == [1] or page.find_class("error-summary"), main
    steps = itertools.pairwise([1, *main])
    assert [(before, after) for before, after in steps if after > before + 1] == []


def check_names(page: html.HtmlElement) -> None:
    """Whatever can be pressed says what it does; pictures are described or left out."""
    for item in page.xpath("//a[@href] | //button | //summary"):
        assert item.text_content().strip() or item.get("aria-label"), html.tostring(item)
    for picture in page.xpath("//img"):
        assert picture.get("alt") is not None, html.tostring(picture)
    for drawing in page.xpath("//main//svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.get("role") == "img"
    for table in page.xpath("//table"):
        assert table.findtext(".//caption") or table.get("aria-label"), html.tostring(table)


def check_complaints(page: html.HtmlElement) -> None:
    """A page that complains says so first in its title, and leads to the places to correct."""
    title = page.findtext(".//title") or ""
    summaries = page.find_class("error-summary")
    assert title.startswith(("错误：", "Error: ")) == bool(summaries), title
    for summary in summaries:
        assert summary.xpath(".//a[starts-with(@href, '#')] | ./p")  # or nothing can be corrected
