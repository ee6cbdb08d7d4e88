"""Sends text smaller: Bootstrap's style sheet goes from 232 to 31 kB.

Only what holds no secret is compressed: beside a secret, the length of an answer can tell what of a
visitor's input it repeats (the attack is known as BREACH).
"""

from __future__ import annotations

import gzip
from typing import Final

from flask import Flask, Response, request

from consult.web.caching import FILES, SHARED

_TEXT: Final = frozenset(
    {
        "text/html", "text/css", "text/plain", "text/javascript", "application/javascript",
        "application/json", "image/svg+xml",
    }
)  # fmt: skip
_SMALLEST: Final = 1000  # bytes; below, the header costs what is saved
_LEVEL: Final = 6


def install(app: Flask) -> None:
    """Compress after every request; of a file the result is kept, its address names its version."""
    kept: dict[str, bytes] = {}

    @app.after_request
    def compress(response: Response) -> Response:
        if not _wanted(response):
            return response
        response.vary.add("Accept-Encoding")
        if not request.accept_encodings["gzip"]:  # its weight, 0 when it is not wanted
            return response
        response.direct_passthrough = False
        data = response.get_data()
        if len(data) < _SMALLEST:
            return response
        name = request.full_path if request.endpoint in FILES else ""
        packed = kept.get(name) or gzip.compress(data, _LEVEL, mtime=0)
        if name:
            kept[name] = packed
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)  # the same page, not the same bytes
        return response


def _wanted(response: Response) -> bool:
    compressible = response.mimetype in _TEXT and response.status_code == 200
    return compressible and request.endpoint in FILES | SHARED
