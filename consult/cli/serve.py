"""``consult serve``."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from consult.cli import say
from consult.cli.context import Context, pass_context
from consult.cli.stopping import told_to_stop
from consult.cli.work import end_worker, start_worker
from consult.domain.errors import InputRefused
from consult.services.office import Office
from consult.services.resume import resume

# Seconds for requests under way after a signal to stop; systemd waits 90, most containers 30.
_DRAIN = 25
_log = logging.getLogger(__name__)
_RESTART = 10  # seconds a worker must have lived to be started anew: no storm of restarts


@click.command("serve")
@click.option("--host", help="监听地址（默认 127.0.0.1）。")
@click.option("--port", type=click.IntRange(0, 65_535), help="端口（默认 8000）。")
@pass_context
def serve_command(context: Context, host: str | None, port: int | None) -> None:
    """启动网站；没有数据库时说明原因并停止。"""
    serve(context, context.office(), host=host, port=port)


def serve(context: Context, office: Office, *, host: str | None, port: int | None) -> None:
    """Serve with waitress until told to stop: it shrugs off slow clients, others do not.

    SIGTERM and SIGINT let requests under way finish. Raises ``InputRefused`` with ``serve.address``
    when host and port are taken, not ours, or not known.
    """
    settings = context.settings
    app = context.create_app(settings, office)
    resume(office, told=_log.error, wait=True)
    sockets: dict[int, Any] = {}
    server = _bind(
        app,
        sockets,
        host=host or settings.host,
        port=settings.port if port is None else port,
        threads=settings.threads,
        connection_limit=1000,  # at the default of 100 a few slow clients block everybody
        channel_timeout=60,
        # Flask refuses first, kindly, and gives back what was typed.
        max_request_body_size=8 * (settings.max_body + settings.upload_bytes),
        ident="",
        # Flask believes as many proxies as are configured; waitress would drop what they say.
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    with told_to_stop(second_ends=True) as stopping, _worker(context) as alive:
        for address in _addresses(server):
            say.line(f"网站已启动：{address} （Ctrl+C 停止）")
        _loop(sockets, stopping, alive)
        _drain(sockets)
    server.task_dispatcher.shutdown(timeout=1)


def _bind(app: object, sockets: dict[int, Any], *, host: str, port: int, **options: object) -> Any:
    import waitress

    # A line for each request that waits a moment fills the log on the busiest day, and threads that
    # write while the process ends bring it down.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return waitress.create_server(app, map=sockets, host=host, port=port, **options)
    except (OSError, ValueError) as error:  # a name that cannot be resolved is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise InputRefused("serve.address", host=host, port=port, reason=reason) from error


def _addresses(server: Any) -> Iterator[str]:
    """Yield the addresses of all sockets: a name such as ``localhost`` may stand for several."""
    own = getattr(server, "effective_listen", None)
    for host, port in own or [(server.effective_host, server.effective_port)]:
        yield f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextmanager
def _worker(context: Context) -> Iterator[Callable[[], None]]:
    """Keep a worker beside the site; what it yields starts another one when that one died."""
    if not context.settings.worker:
        yield lambda: None
        return
    running = [start_worker(context)]
    since = [time.monotonic()]

    def alive() -> None:
        if running[0].poll() is not None and time.monotonic() - since[0] > _RESTART:
            running[0], since[0] = start_worker(context), time.monotonic()

    try:
        yield alive
    finally:
        end_worker(running[0])


def _loop(sockets: dict[int, Any], stopping: threading.Event, alive: Callable[[], None]) -> None:
    """Serve; looks up at least once a second whether to stop."""
    from waitress import wasyncore

    while not stopping.is_set():
        # poll and not select: a thousand connections and the database pass select's 1,024 files.
        wasyncore.loop(timeout=1, use_poll=True, map=sockets, count=1)
        alive()


def _drain(sockets: dict[int, Any]) -> None:
    """Take no new connections and answer what has been asked, for ``_DRAIN`` seconds at most."""
    from waitress import wasyncore
    from waitress.channel import HTTPChannel

    for item in list(sockets.values()):
        if item.accepting:
            wasyncore.dispatcher.close(item)  # the listening socket alone: threads still wake us
    deadline = time.monotonic() + _DRAIN
    while time.monotonic() < deadline:
        channels = [item for item in sockets.values() if isinstance(item, HTTPChannel)]
        if not channels:
            break
        for channel in channels:
            channel.will_close |= not (channel.requests or channel.total_outbufs_len)
        wasyncore.loop(timeout=0.1, use_poll=True, map=sockets, count=1)
    wasyncore.close_all(sockets, ignore_all=True)


COMMANDS = (serve_command,)
