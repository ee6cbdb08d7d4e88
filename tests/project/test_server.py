"""``consult serve`` as a process: health, clear refusals, and an end that loses nothing."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest
from lxml import html

from consult.services.office import Office
from tests.citizens import Browser, form
from tests.conftest import SLUG
from tests.serving import NOW, PROGRAM, Server, answer, environment, serving

SERVE = ("--data-dir", "data", "serve", "--port", "0")


@pytest.fixture
def server(published: Office, tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, *SERVE, CONSULT_NOW=NOW) as running:
        yield running


def refused(folder: Path, *args: str) -> str:
    """Return the only line with which a command refuses to work."""
    done = subprocess.run(
        [*PROGRAM, *args], cwd=folder, env=environment(), capture_output=True, encoding="utf-8",
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_answered_without_a_cookie(server: Server, path: str) -> None:
    with answer(server, path) as response:
        assert (response.status, response.getheader("Set-Cookie")) == (200, None)


def test_a_folder_without_database_is_not_served(tmp_path: Path) -> None:
    assert "没有找到数据库" in refused(tmp_path, "serve", "--port", "0")
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_one_clear_line(published: Office, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        line = refused(tmp_path, "--data-dir", "data", "serve", "--port", port)
    assert line.startswith(f"错误：无法在 127.0.0.1 的端口 {port} 上启动网站（")


def test_an_unknown_host_is_one_clear_line(published: Office, tmp_path: Path) -> None:
    line = refused(tmp_path, "--data-dir", "data", "serve", "--host", "256.0.0.1", "--port", "0")
    assert line.startswith("错误：无法在 256.0.0.1 的端口 0 上启动网站（")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_ends_an_idle_server(server: Server, number: int) -> None:
    with answer(server, "/healthz") as response:
        assert response.status == 200
    assert server.stop(number, within=5) == 0
    assert server.log.read_text(encoding="utf-8") == ""


def test_a_comment_under_way_is_taken_before_the_server_ends(
    server: Server, published: Office
) -> None:
    path = f"/c/{SLUG}/comment"
    browser = Browser(server.url)
    filled = {**form(browser.page(path), path), "text": "步道要有路灯。", "privacy": "y"}
    checked = form(browser.page(path, filled), f"{path}/send")
    answers: list[tuple[int, str]] = []
    sending = threading.Thread(
        target=lambda: answers.append(browser.post_once(f"{path}/send", checked))
    )
    with published.store.write():  # the server has to wait for us
        sending.start()
        time.sleep(1)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(1.5)
        with pytest.raises(ConnectionRefusedError), answer(server, "/healthz"):
            pass
    sending.join()
    assert server.wait(10) == 0
    assert answers == [(303, f"/c/{SLUG}/receipt")]
    assert published.store.db.execute("select count(*) from submissions").fetchone() == (1,)


@pytest.mark.parametrize(("proxies", "second"), [("1", 404), ("0", 429)])
def test_visitors_are_told_apart_by_the_configured_proxy_only(
    published: Office, tmp_path: Path, proxies: str, second: int
) -> None:
    environ = {"CONSULT_LOOKUPS_PER_HOUR": "2", "CONSULT_PROXIES": proxies, "CONSULT_NOW": NOW}
    with serving(tmp_path, *SERVE, **environ) as running:
        first = [look_up_from("203.0.113.1", running) for _ in range(3)]
        other = look_up_from("203.0.113.2", running)
    assert (first, other) == ([404, 404, 429], second)


def look_up_from(address: str, server: Server) -> int:
    """Look up a receipt that does not exist; returns the status of the answer."""
    cookies = HTTPCookieProcessor(CookieJar())
    opener = build_opener(ProxyHandler({}), cookies)
    opener.addheaders = [("X-Forwarded-For", address)]
    path = f"{server.url}c/{SLUG}/status"
    with opener.open(path) as response:
        fields = form(html.fromstring(response.read().decode()), f"/c/{SLUG}/status")
    data = urlencode({**fields, "number": "0000-0000", "code": "0" * 13}).encode()
    try:
        with opener.open(path, data) as response:
            return int(response.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_a_file_of_which_half_arrives_leaves_nothing(server: Server, published: Office) -> None:
    head = (
        f"POST /c/{SLUG}/comment HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
    )
    host, _, port = server.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(head.encode() + b"\x89PNG\r\n\x1a\n" + bytes(400_000))
    with answer(server, f"/c/{SLUG}/") as response:
        assert response.status == 200
    rows = published.store.db.execute(
        "select (select count(*) from uploads), (select count(*) from attachments),"
        " (select count(*) from submissions)"
    ).fetchone()
    assert rows == (0, 0, 0)
