"""The headers of every answer: no foreign content, no frames, no leak by the referrer."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, redirect

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


def install(app: Flask) -> None:
    """Set the headers after every request, and keep redirects on this site."""

    @app.after_request
    def add(response: Response) -> Response:
        _stay_here(response)
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        return response


def _stay_here(response: Response) -> None:
    """Take the host out of a redirect: it would be what the request claimed it to be."""
    target = urlsplit(response.location or "")
    if target.netloc:
        path = f"/{target.path.lstrip('/')}"
        ours = redirect(urlunsplit(("", "", path, target.query, "")), response.status_code)
        response.location = ours.location
        response.set_data(ours.get_data())
