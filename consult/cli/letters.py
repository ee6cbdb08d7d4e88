"""``consult letters``: letters of answer, on paper and by mail."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.cli.files import FILE
from consult.domain.errors import Conflict, InputRefused
from consult.domain.job import Job
from consult.domain.terms import LETTER_STATES
from consult.outbox.smtp import SmtpOutbox
from consult.services.answer_letters import letter_book, letterhead
from consult.services.carry_out import living
from consult.services.jobs import job_of
from consult.services.office import Office
from consult.services.owner import new_owner
from consult.services.queue_letters import queue_letters
from consult.services.send_letters import Sending, send_letters
from consult.services.write_letters import write_letters
from consult.settings import mail_server

ACTOR = "cli"
_why = click.option("--why", required=True, help="理由，记入经过（要读取联系方式）。")


@click.group("letters")
def letters_group() -> None:
    """给每位提交人的答复信：只写已审定的答复。"""


@letters_group.command("list")
@slug_option
@json_option
@pass_context
def list_command(context: Context, slug: str | None, as_json: bool) -> None:
    """有多少封信要发、要寄，已经发了多少。"""
    office = context.office()
    book = letter_book(office, slug=context.slug(office, slug))
    counts = {"due": len(book.due), "partly": len(book.partly), "paper": len(book.paper),
              "unanswered": book.unanswered}  # fmt: skip
    log = {state.value: number for state, number in book.tally.items()}
    if as_json:
        say.as_json(counts | {"log": log})
        return
    say.line(f"待发电子邮件 {counts['due']} 封，部分意见还没有答复的 {counts['partly']} 封")
    say.line(f"没有邮箱或退信、需要寄送的 {counts['paper']} 封，还没有答复的 {book.unanswered} 人")
    for state, number in book.tally.items():
        say.line(f"{LETTER_STATES[state]} {number} 封")


@letters_group.command("write")
@click.argument("target", type=FILE)
@slug_option
@_why
@pass_context
def write_command(context: Context, target: Path, slug: str | None, why: str) -> None:
    """写出需要寄送的信：.docx 为一个文件（每封另起一页），.zip 为每封一个文件。"""
    form = target.suffix.lower().removeprefix(".")
    if form not in ("docx", "zip"):
        raise InputRefused("letters.form", field="target", path=str(target))
    if target.exists():
        raise Conflict("backup.exists", path=str(target))
    office = context.office()
    made = write_letters(
        office, slug=context.slug(office, slug), form="zip" if form == "zip" else "docx",
        why=why, actor=ACTOR, **context.moment(),
    )  # fmt: skip
    try:
        target.touch(mode=0o600)  # names and addresses are in it
        target.write_bytes(made.data)
    except OSError as error:
        target.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise InputRefused(
            "file.unwritable", field="target", path=str(target), reason=reason
        ) from error
    say.line(f"已写入 {target}（含姓名和联系方式，请妥善保管）")


@letters_group.command("send")
@slug_option
@_why
@click.option("--partly", is_flag=True, help="部分意见还没有答复的人也发。")
@click.option("--dry-run", is_flag=True, help="只检查：连接服务器、登录，数出要发几封，不发。")
@pass_context
def send_command(context: Context, slug: str | None, why: str, partly: bool, dry_run: bool) -> None:
    """用电子邮件发信；中断后再运行一次，接着发，不会重发。"""
    office = context.office()
    chosen = context.slug(office, slug)
    sending = sending_of(context, office, chosen)
    if dry_run:
        book = letter_book(office, slug=chosen)
        sending.outbox.check()
        say.line(f"发信服务器可用。要发 {len(book.due) + partly * len(book.partly)} 封，没有发。")
        return
    owner = new_owner()
    queued = queue_letters(
        office, slug=chosen, sender=context.settings.smtp_from, why=why, actor=ACTOR,
        partly=partly, owner=owner,
    )  # fmt: skip
    say.line(f"要发 {queued.letters + queued.left} 封，其中上次没发完的 {queued.left} 封。")
    send_job(context, office, job_of(office, queued.job), owner)


def send_job(context: Context, office: Office, job: Job, owner: str) -> None:
    """Send the letters of a job this process has taken, and say how it went."""
    held = threading.Lock()
    held.acquire()  # nobody interrupts a letter half-way: a cancel takes effect between two
    with say.progress() as progress, living(office, job, owner, held):
        tally = send_letters(office, job=job, owner=owner, progress=progress,
                             sending=sending_of(context, office, job.slug))  # fmt: skip
    for state, words in LETTER_STATES.items():
        if state.value in tally:
            say.line(f"{words} {tally[state.value]} 封")


def sending_of(context: Context, office: Office, slug: str) -> Sending:
    """Return how letters are sent by the settings; raises ``OutboxUnready("outbox.unset")``."""
    moment = context.moment()
    head = letterhead(office, slug=slug, **moment)
    outbox = SmtpOutbox(mail_server(context.settings), name=head.office, clock=office.clock)
    return Sending(outbox, rate=context.settings.smtp_rate, wait=time.sleep, **moment)


COMMANDS = (letters_group,)
