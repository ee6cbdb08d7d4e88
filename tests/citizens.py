"""Citizens who send comments through the pages, and send again until they hold a receipt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    build_opener,
)

from lxml import html

_PATIENCE = 120  # seconds until a citizen gives up
_PAUSE = 0.05  # seconds between two attempts


class _Stay(HTTPRedirectHandler):
    """Does not go where an answer points to."""

    def redirect_request(self, *_: object) -> None:
        return None


class Browser:
    """Keeps cookies and fills forms; a failed request is made again, as it was."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._cookies = CookieJar()
        self._opener = self._open_with()
        self.failures = 0

    def _open_with(self, *handlers: HTTPRedirectHandler) -> OpenerDirector:
        return build_opener(ProxyHandler({}), HTTPCookieProcessor(self._cookies), *handlers)

    def post_once(self, path: str, data: dict[str, str]) -> tuple[int, str]:
        """Post a single time; returns the status and where the answer points to."""
        opener = self._open_with(_Stay())
        try:
            with opener.open(urljoin(self._url, path), urlencode(data).encode()) as response:
                return response.status, ""
        except HTTPError as error:
            error.close()
            return error.code, error.headers.get("Location", "")

    def page(self, path: str, data: dict[str, str] | None = None) -> html.HtmlElement:
        """Ask until there is an answer; raises ``HTTPError`` for one that refuses."""
        body = urlencode(data).encode() if data is not None else None
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                with self._opener.open(urljoin(self._url, path), body, timeout=30) as response:
                    return html.fromstring(response.read().decode())
            except HTTPError as error:
                error.close()
                if error.code != 503:
                    raise
            except (OSError, HTTPException):
                pass
            self.failures += 1
            if time.monotonic() > deadline:
                raise TimeoutError(path)
            time.sleep(_PAUSE)


def form(page: html.HtmlElement, action: str) -> dict[str, str]:
    """Return what the form with this action would send."""
    (found,) = (form for form in page.forms if form.get("action") == action)
    return {name: value for name, value in found.form_values() if name}


def send(browser: Browser, slug: str, text: str) -> str:
    """Write, check and send one comment; returns the number of the receipt."""
    path = f"/c/{slug}/comment"
    filled = {**form(browser.page(path), path), "text": text, "privacy": "y"}
    checked = form(browser.page(path, filled), f"{path}/send")
    return str(browser.page(f"{path}/send", checked).get_element_by_id("receipt-number").text)


@dataclass
class Crowd:
    """Several citizens at once, each sending one comment after the other."""

    url: str
    slug: str
    size: int
    receipts: dict[str, str] = field(default_factory=dict)  # text → number
    failures: int = 0
    troubles: list[str] = field(default_factory=list)

    def during(self, story: Callable[[], None]) -> None:
        """Let them send while the story runs; each finishes the comment begun last."""
        over = threading.Event()
        threads = [threading.Thread(target=self._one, args=(n, over)) for n in range(self.size)]
        for thread in threads:
            thread.start()
        try:
            story()
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _one(self, number: int, over: threading.Event) -> None:
        count = 0
        while not over.is_set():
            browser = Browser(self.url)
            text = f"建议{number}号路口第{count}盏路灯早点修好。"
            try:
                self.receipts[text] = send(browser, self.slug, text)
            except Exception as error:
                self.troubles.append(f"{text} {error!r}")
                return
            self.failures += browser.failures
            count += 1
