"""Watches what a browser does: who it asks, and what it complains about."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

HOST = "127.0.0.1"
_FAILED = "Failed to load resource"  # Chromium's line for any answer of 400 and above


class Watch:
    """Collects the troubles of one browser context.

    A trouble is a request to another host, a warning or an error on the console (every violation
    of the content security policy is one), or a script that failed.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.troubles: list[str] = []
        self._pages: set[str] = set()  # the address of every page asked for
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", self._failed)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != HOST:
            self.troubles.append(f"request to {request.url}")
        if request.is_navigation_request():
            self._pages.add(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        # An error page is an answer of ours, not a trouble of the page.
        ours = message.text.startswith(_FAILED) and message.location["url"] in self._pages
        if message.type in {"error", "warning"} and not ours:
            self.troubles.append(f"console: {message.text}")

    def _failed(self, error: WebError) -> None:
        self.troubles.append(f"script: {error.error}")
