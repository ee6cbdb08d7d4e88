"""What ``form`` and ``receive`` share: the shipped consultation behind the real application.

Requests go straight into the WSGI application of this process: no socket, no server, so that what
is compared is the work of the applications alone. Set ``TMPDIR`` to try another disk.
"""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.material import corpus

# Those of consult/store/database.py.
PRAGMAS: Final = (
    "busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON",
    "secure_delete = ON", "temp_store = MEMORY", "cache_size = -16000",
)  # fmt: skip
_HIDDEN: Final = re.compile(r'<input type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"')
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class Visitor:
    """A browser without a network: keeps its cookie, reads hidden fields."""

    application: Application
    cookie: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def ask_query(self, address: str) -> str:
        """Return the body of an answer to an address with a query."""
        path, _, query = address.partition("?")
        return self.ask(path, query=query)

    def ask(self, path: str, data: dict[str, str] | None = None, query: str = "") -> str:
        """Return the body of an answer."""
        body = urlencode(data).encode() if data is not None else b""
        environ = {
            "REQUEST_METHOD": "GET" if data is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": self.cookie,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
        }
        answer = self.application(environ, self._start)
        text = b"".join(answer).decode()
        getattr(answer, "close", bool)()
        return text

    def _start(self, status: str, headers: list[tuple[str, str]], *_: object) -> None:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = dict(headers)
        if "Set-Cookie" in self.headers:
            self.cookie = self.headers["Set-Cookie"].split(";")[0]


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page."""
    return dict(_HIDDEN.findall(page))


@contextmanager
def site() -> Iterator[tuple[Application, str]]:
    """Open the application on a fresh data directory; yields it and the path of the form."""
    from consult.services.office import open_office
    from consult.services.publish import publish
    from consult.settings import Settings
    from consult.web import create_app

    shipped = corpus()
    consultation = shipped.about.consultation
    with TemporaryDirectory(prefix="consult-benchmark-") as folder:
        office = open_office(Path(folder) / "data", create=True)
        publish(
            office, consultation=consultation, plan=shipped.plan, knowledge=shipped.knowledge,
            source=shipped.source, data=shipped.data, actor="benchmark",
        )  # fmt: skip
        settings = Settings(
            data_dir=Path(folder) / "data", now=consultation.window.start + timedelta(days=1),
            proposals=False, min_seconds=0, posts_per_hour=1_000_000, posts_per_form=100_000,
        )  # fmt: skip
        yield create_app(settings, office), f"/c/{consultation.slug}/comment"
        office.store.close()


@contextmanager
def bare() -> Iterator[tuple[Application, sqlite3.Connection]]:
    """Open a WSGI application that inserts the field ``text`` of a form, durably, and no more."""
    from urllib.parse import parse_qs

    with TemporaryDirectory(prefix="consult-benchmark-") as folder:
        db = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        for pragma in PRAGMAS:
            db.execute(f"pragma {pragma}").fetchall()
        db.execute("create table submissions (id integer primary key, text text) strict")

        def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            text = parse_qs(body.decode())["text"][0]
            db.execute("begin immediate")
            db.execute("insert into submissions (text) values (?)", [text])
            db.execute("commit")
            start("303 See Other", [("Location", "/receipt"), ("Content-Length", "0")])
            return [b""]

        yield application, db
        db.close()
