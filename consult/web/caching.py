"""What may be kept, and for how long; pages that have not changed are not sent again.

Files carry their version in the address, so they are kept for a year. Pages that hold nothing
personal are asked about each time and answered by 304 while they are the same; others are never
stored.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request, session

FILES: Final = frozenset({"static", "bootstrap.static"})
_YEAR: Final = "public, max-age=31536000, immutable"
# Pages that hold nothing personal.
SHARED: Final = frozenset(
    {
        "public.index",
        "public.notice",
        "public.plan",
        "public.chapter",
        "public.whole_plan",
        "public.plan_file",
        "public.plan_search",
        "public.results",
        "public.result_chapter",
        "public.result_file",
        "public.privacy",
        "api.openapi",
        "api.consultations",
        "api.consultation",
        "api.plan",
        "api.results",
    }
)
# The empty form may be stored on purpose: under "no-store" a browser forgets what was typed when
# somebody goes back one page. It holds the token of a session, so nobody else may keep it.
OWN: Final = frozenset({"public.comment"})


def install(app: Flask) -> None:
    """Say it after every request."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers["Cache-Control"] = _caching(response.status_code)
        if request.endpoint in SHARED and response.status_code == 200:
            response.add_etag()
            response.make_conditional(request)
        return response


def _caching(status: int) -> str:
    if request.endpoint in FILES and status in {200, 304}:
        return _YEAR
    if request.method not in {"GET", "HEAD"} or status != 200:
        return "no-store"
    if request.endpoint in SHARED:
        # A page in the language or view that somebody chose is theirs; so is one that sets it.
        return "private, no-cache" if session else "public, no-cache"
    return "private, no-cache" if request.endpoint in OWN else "no-store"
