"""The application factory."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.proxy_fix import ProxyFix

from consult.resources import templates_folder
from consult.services.office import Office, open_office
from consult.services.propose import Proposer
from consult.settings import Settings, load
from consult.web import (
    access,
    caching,
    charts,
    compression,
    errors,
    filters,
    frame,
    headers,
    language,
    view,
)
from consult.web.api import api, health
from consult.web.desk import EXTENSION, Desk
from consult.web.public import public, straight
from consult.web.sessions import SealedSessions
from consult.web.staff import staff

COOKIE = "consult"
_YEAR = 365 * 24 * 3600


def create_app(settings: Settings | None = None, office: Office | None = None) -> Flask:
    """Make the site; without arguments, for what environment and ``consult.toml`` say.

    Raises ``SettingsError``, and ``StoreUnready`` or ``KeysUnready`` when the office in
    ``settings.data_dir`` cannot be opened.
    """
    settings = settings or load(os.environ, folder=Path.cwd())
    office = office or open_office(settings.data_dir, busy_seconds=settings.busy_seconds)
    app = Flask("consult.web", template_folder=str(templates_folder()))
    app.config.from_mapping(_configuration(settings, office))
    sessions = app.session_interface = SealedSessions()
    app.extensions[EXTENSION] = Desk(
        office=office,
        settings=settings,
        proposer=Proposer(office, threshold=settings.threshold, on=settings.proposals),
    )
    language.install(app, settings)
    view.install(app)
    Bootstrap5(app)
    filters.install(app)
    charts.install(app)
    headers.install(app)
    compression.install(app)  # runs after the next one: functions of this kind run last to first
    caching.install(app)
    errors.install(app)
    for blueprint in (public, staff, api, health):
        app.register_blueprint(blueprint)
    access.install(app)
    frame.install(app)
    straight.install(app, app.extensions[EXTENSION], sessions)
    _trust_proxies(app, settings.proxies)  # outermost: all behind it sees the real address
    return app


def _configuration(settings: Settings, office: Office) -> dict[str, object]:
    return {
        "SECRET_KEY": office.keys.session_secret,
        "SESSION_COOKIE_NAME": COOKIE,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        # Both are set: urlencoded bodies would be unlimited, multipart ones limited to 500 kB.
        "MAX_CONTENT_LENGTH": settings.max_body,
        "MAX_FORM_MEMORY_SIZE": settings.max_body,
        # Somebody who writes for an hour keeps a valid form.
        "WTF_CSRF_TIME_LIMIT": None,
        "BOOTSTRAP_SERVE_LOCAL": True,
        "SEND_FILE_MAX_AGE_DEFAULT": _YEAR,
    }


def _trust_proxies(app: Flask, hops: int) -> None:
    """Believe the forwarding headers of so many proxies, and of no more."""
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )
