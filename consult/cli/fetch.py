"""``consult fetch``: the letters of the office's mailbox; the worker looks there by itself."""

from __future__ import annotations

import logging
import threading

import click

from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.cli.intake import ACTOR, tell
from consult.domain.errors import ConsultError
from consult.services.fetch_letters import Fetched, fetch_letters
from consult.services.office import Office
from consult.settings import mailbox
from consult.wording import sentence

MAILBOX = "mailbox"  # who imports what the worker fetches
_log = logging.getLogger(__name__)


@click.command("fetch")
@slug_option
@json_option
@pass_context
@click.pass_context
def fetch_command(
    click_context: click.Context, context: Context, slug: str | None, as_json: bool
) -> None:
    """收取邮箱里的来信（IMAP，按设置 imap_*）；收下以后才标记，重复收取不会重复收件。"""
    office = context.office()
    name = _slug(context, office, slug)
    found = _fetch(context, office, slug=name, actor=ACTOR)
    tell(office, name, found.reports, as_json=as_json)
    click_context.exit(1 if any(report.refused for report in found.reports) else 0)


def fetch_meanwhile(context: Context, office: Office, stopping: threading.Event) -> None:
    """Look into the mailbox every so many minutes, in a thread of its own: a line may hang."""
    settings = context.settings
    if not (settings.imap_host and settings.imap_every):
        return

    def attend() -> None:
        while True:
            try:
                _fetch(context, office, slug=_slug(context, office, None), actor=MAILBOX)
            except ConsultError as error:
                _log.warning("%s", sentence(error.code, error.values))
            except Exception:  # the next look may fare better, and the worker goes on
                _log.exception("could not fetch letters")
            if stopping.wait(settings.imap_every * 60):
                break
        office.store.close()  # the connection of this thread

    threading.Thread(target=attend, name="consult-letters", daemon=True).start()


def _slug(context: Context, office: Office, given: str | None) -> str:
    return context.slug(office, given or context.settings.imap_slug or None)


def _fetch(context: Context, office: Office, *, slug: str, actor: str) -> Fetched:
    account = mailbox(context.settings)
    return fetch_letters(office, slug=slug, account=account, now=context.now(), actor=actor)


COMMANDS = (fetch_command,)
