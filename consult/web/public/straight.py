"""The straight way of a form that is plainly right: stored and answered before the framework.

On the last day of a consultation everybody sends at once. What Flask does around a request (its
contexts, routing, hooks) took as long as storing the submission durably, so the one request that
stores is answered here, by the same code as ever: the same session, the same check, the same verb.
Whatever is not plainly right goes the ordinary way, which says what is wrong and gives it back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Flask
from werkzeug.urls import iri_to_uri

from consult.domain.consultation import Stage
from consult.domain.errors import ConsultError
from consult.services.browse import published
from consult.web.desk import Desk
from consult.web.headers import SECURITY
from consult.web.public.form_body import TYPE, read_form
from consult.web.public.receipts import keep
from consult.web.public.said import plainly_right
from consult.web.public.sending import take
from consult.web.sessions import SealedSessions

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
REFUSED: Final = "consult.refused"  # what the verb raised, for the ordinary way to say
_PATH: Final = re.compile(r"(/c/([A-Za-z0-9-]{1,200}))/comment/send", re.ASCII)
_HEADERS: Final = (
    *SECURITY.items(), ("Cache-Control", "no-store"), ("Vary", "Cookie"), ("Content-Length", "0"),
    ("Content-Type", "text/html; charset=utf-8"),
)  # fmt: skip


def install(app: Flask, desk: Desk, sessions: SealedSessions) -> None:
    """Put the straight way before the application."""
    ordinary = app.wsgi_app

    def go(environ: Environ, start: Any) -> Iterable[bytes]:
        headers = None
        if environ["REQUEST_METHOD"] == "POST":
            try:
                headers = _answer(app, desk, sessions, environ)
            except Exception:  # the ordinary way has a page for it, and the log its address
                app.logger.exception("the straight way failed")
        if headers is None:
            return ordinary(environ, start)
        start("303 SEE OTHER", headers)
        return []

    app.wsgi_app = go  # type: ignore[method-assign, assignment]


def _answer(
    app: Flask, desk: Desk, sessions: SealedSessions, environ: Environ
) -> list[tuple[str, str]] | None:
    """Store a form that is plainly right and return the headers of the answer.

    None leaves it to the ordinary way.
    """
    path = _PATH.fullmatch(environ.get("PATH_INFO", ""))
    sent = _sent(environ, desk.settings.max_body) if path else None
    if path is None or sent is None:
        return None
    session = sessions.of_cookies(app, environ.get("HTTP_COOKIE", ""))
    try:
        found = published(desk.office, slug=path[2])
        if found.consultation.stage is not Stage.PUBLISHED:
            return None
        secret = desk.office.keys.session_secret
        said = plainly_right(found.consultation, sent, session.get("csrf_token", ""), secret)
        if said is None:
            return None
        receipt = take(desk, found, said, environ.get("REMOTE_ADDR", ""))
    except ConsultError as error:
        environ[REFUSED] = error
        return None
    keep(session, path[2], receipt)
    place = iri_to_uri(f"{environ.get('SCRIPT_NAME', '')}{path[1]}/receipt")
    return [("Location", place), ("Set-Cookie", sessions.cookie(app, session)), *_HEADERS]


def _sent(environ: Environ, most: int) -> dict[str, str] | None:
    """Return the fields of a form, and leave its body to be read again."""
    length = environ.get("CONTENT_LENGTH") or ""
    plain = environ.get("CONTENT_TYPE") == TYPE and not environ.get("QUERY_STRING")
    if not (plain and length.isascii() and length.isdigit() and int(length) <= most):
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        return read_form(body)
    except UnicodeDecodeError:
        return None
