"""``consult serve``."""

from __future__ import annotations

import click

from consult.cli import say
from consult.cli.context import Context, pass_context
from consult.services.office import Office


@click.command("serve")
@click.option("--host", help="监听地址（默认 127.0.0.1）。")
@click.option("--port", type=click.IntRange(0, 65_535), help="端口（默认 8000）。")
@pass_context
def serve_command(context: Context, host: str | None, port: int | None) -> None:
    """启动网站；没有数据库时说明原因并停止。"""
    serve(context, context.office(), host=host, port=port)


def serve(context: Context, office: Office, *, host: str | None, port: int | None) -> None:
    """Serve with waitress until interrupted: it shrugs off slow clients, others do not."""
    import waitress

    settings = context.settings
    app = context.create_app(settings, office)
    server = waitress.create_server(
        app,
        host=host or settings.host,
        port=settings.port if port is None else port,
        threads=settings.threads,
        connection_limit=1000,  # at the default of 100 a few slow clients block everybody
        channel_timeout=60,
        max_request_body_size=settings.max_body + 1_000_000,  # Flask refuses first, kindly
        ident="",
    )
    say.line(f"网站已启动：http://{server.effective_host}:{server.effective_port}/ （Ctrl+C 停止）")
    try:
        server.run()
    finally:
        server.close()


COMMANDS = (serve_command,)
