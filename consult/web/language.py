"""The language of the pages: Chinese, or what ``?lang=`` asked for and the session keeps."""

from __future__ import annotations

from typing import Final

from flask import Flask, has_request_context, request, session
from flask_babel import Babel
from flask_babel import gettext as _

from consult.domain.errors import ConsultError, KeysUnready, StoreUnready
from consult.settings import Settings
from consult.wording import sentence

CHINESE: Final = "zh_Hans_CN"
# Programs say in a header which language they want; they keep no cookie.
PROGRAMS: Final = "/api/"
# What a link may ask for → the locale, and the language's own name.
LANGUAGES: Final[dict[str, tuple[str, str]]] = {
    "zh": (CHINESE, "中文"),
    "en": ("en", "English"),
}


def mark(text: str) -> str:
    """Return the text as it is; the extraction of messages finds it by this call."""
    return text


# What those read who can do nothing about it.
UNREADY: Final = mark("系统暂时不能服务，请过一会儿再试。")


def say(error: ConsultError) -> str:
    """Put an error into a sentence; paths and the like of a failing store stay in the log."""
    if isinstance(error, StoreUnready | KeysUnready) and error.values:
        return str(_(UNREADY))
    return sentence(error.code, error.values, lambda text: str(_(text)))


def install(app: Flask, settings: Settings) -> None:
    """Choose the locale of each request."""

    def chosen() -> str:
        if not has_request_context():
            return settings.language
        if request.path.startswith(PROGRAMS):
            name = request.accept_languages.best_match([*LANGUAGES]) or ""
        else:
            name = session.get("lang", "")
        return LANGUAGES[name][0] if name in LANGUAGES else settings.language

    Babel(
        app,
        default_locale=settings.language,
        default_timezone="UTC",
        locale_selector=chosen,
    )

    @app.before_request
    def remember() -> None:
        asked = request.args.get("lang", "")
        if asked in LANGUAGES and not request.path.startswith(PROGRAMS):
            session["lang"] = asked
