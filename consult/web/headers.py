"""The headers of every answer: no foreign content, no frames, no leak by referrer or cache."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request

# Everything comes from this site, nothing is inline; "data:" is for the icons in Bootstrap's CSS.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self'",
    )
)
# For what citizens uploaded: a browser that shows it all the same runs and loads nothing.
SANDBOX: Final = "sandbox; default-src 'none'"
SECURITY: Final[dict[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Our own forms may see where they were sent from; nobody else may.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# A file's address carries its version, so the file itself may be kept for a year.
FILES: Final = frozenset({"static", "bootstrap.static"})
KEPT: Final = "public, max-age=31536000, immutable"
# Pages that hold nothing personal. The empty form is one of them on purpose: under "no-store" a
# browser forgets what was typed when somebody goes back one page.
OPEN: Final = frozenset(
    {
        "public.index",
        "public.notice",
        "public.plan",
        "public.chapter",
        "public.privacy",
        "public.comment",
        "api.consultation",
    }
)


def install(app: Flask) -> None:
    """Set the headers after every request."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        response.headers["Cache-Control"] = _caching(response.status_code)
        return response


def _caching(status: int) -> str:
    if request.endpoint in FILES and status in {200, 304}:
        return KEPT
    if request.endpoint in OPEN and request.method in {"GET", "HEAD"}:
        return "private, no-cache"
    return "no-store"
