"""Every error as a page in plain words, in one place; for the API as JSON."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from consult.domain.consultation import Consultation
from consult.domain.errors import (
    Conflict,
    ConsultError,
    Forbidden,
    InputRefused,
    KeysUnready,
    NotFound,
    OutboxUnready,
    StoreUnready,
    TooMany,
    Unauthenticated,
    WindowClosed,
)
from consult.services.browse import every_consultation
from consult.web import rescue
from consult.web.desk import desk, last_opened
from consult.web.language import PROGRAMS, UNREADY, mark, say

STATUS: Final[dict[type[ConsultError], int]] = {
    InputRefused: 422,
    NotFound: 404,
    Conflict: 409,
    Unauthenticated: 401,
    Forbidden: 403,
    WindowClosed: 403,
    TooMany: 429,
    StoreUnready: 503,
    KeysUnready: 503,
    OutboxUnready: 503,
}
_RETRY: Final = 30  # seconds: a locked database is usually free again
# Status → the title and what to do.
PAGES: Final[dict[int, tuple[str, str]]] = {
    400: (
        mark("没能看懂这个请求"),
        mark("浏览器发来的内容不完整。请返回上一页再试一次。"),
    ),
    401: (mark("登录已过期"), mark("这一次没有保存。请重新登录后再试。")),
    403: (mark("没有权限"), mark("您的账号不能做这件事。需要的话请联系管理员。")),
    404: (
        mark("没有找到这个页面"),
        mark("地址可能写错了，或者页面已经撤下。请从首页重新进入。"),
    ),
    405: (mark("不能这样打开这个页面"), mark("请从首页重新进入，再按页面上的按钮操作。")),
    409: (mark("内容已被别人修改"), mark("请重新打开页面，看过最新内容后再决定。")),
    415: (
        mark("不认识这种内容"),
        mark("请用 application/json 发送。"),
    ),
    413: (
        mark("内容太长"),
        mark("这次发送的内容超过了限度，没有收下。请返回上一页，删短文字或去掉大的附件后再提交。"),
    ),
    422: (mark("填写的内容需要改一改"), mark("请返回上一页修改后再提交。")),
    429: (mark("请稍后再试"), mark("操作太频繁了，请过一会儿再试。")),
    500: (
        mark("系统出错了"),
        mark("这不是您的问题，错误已经记录。刚才的操作可能没有完成，请稍后再试。"),
    ),
    503: (mark("系统暂时不能服务"), mark("请过一会儿再试。已经取得回执的意见不受影响。")),
}


def install(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(ConsultError, _explained)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: ConsultError) -> int:
    """Return the HTTP status of an error."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)


def headers_of(error: ConsultError) -> dict[str, str]:
    """Return the headers that say when to come back."""
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(_RETRY)} if status_of(error) == 503 else {}


def _explained(error: ConsultError) -> tuple[Response | str, int, dict[str, str]]:
    status = status_of(error)
    if status >= 500:
        current_app.logger.error("%s %s", request.endpoint, error.code)
    # The form of a manager names the mail server that fails; a page of an error does not.
    hidden = isinstance(error, OutboxUnready) and error.values
    text = str(_(UNREADY)) if hidden else say(error)
    return _page(status, text, error), status, headers_of(error)


def _http(error: HTTPException) -> Response | tuple[Response | str, int, dict[str, str]]:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return _page(status, ""), status, kept


def _unexpected(error: Exception) -> Response | tuple[Response | str, int, dict[str, str]]:
    # Neither the address nor what was typed goes into the log: both may hold personal data.
    current_app.logger.error("%s failed", request.endpoint, exc_info=error)
    return _http(InternalServerError())


def _problem(status: int, title: str, detail: str, error: ConsultError | None) -> Response:
    """Return what went wrong as in RFC 9457; ``code`` is for programs, the rest for people."""
    about = {"code": error.code} if error else {}
    field = getattr(error, "field", "")
    response = jsonify(
        type="about:blank", status=status, title=title, detail=detail, **about,
        **({"field": field} if field else {}),
    )  # fmt: skip
    response.content_type = "application/problem+json"
    return response


def _page(status: int, text: str, error: ConsultError | None = None) -> Response | str:
    title, advice = PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    text = text or str(_(advice))
    if request.path.startswith(PROGRAMS):
        return _problem(status, str(_(title)), text, error)
    typed, cut = _typed(status)
    return render_template(
        "error.html", status=status, title=_(title), text=text, typed=typed, cut=cut,
        channels_of=_elsewhere(),
    )  # fmt: skip


def _elsewhere() -> Consultation | None:
    """Return the consultation whose other channels a page of an error names, outside of one."""
    if last_opened() is None:
        try:
            every = every_consultation(desk().office, shown=True)
        except Exception:  # whatever failed may fail here again; this page must not
            return None
        return every[-1] if every else None
    return last_opened()


def _typed(status: int) -> tuple[str, bool]:
    """Return what somebody had written into the form that failed, and whether its end is missing.

    So it is not lost.
    """
    if request.method != "POST":
        return "", False
    try:
        if status == 413:
            return rescue.refused()
        return rescue.words(request.form.items(multi=True)), False
    except HTTPException:
        return "", False
