"""``consult work``: the worker that analyses in the background; ``serve`` starts one itself."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

import click

from consult.cli import say
from consult.cli.context import Context, pass_context
from consult.cli.fetch import fetch_meanwhile
from consult.cli.letters import send_job
from consult.cli.stopping import told_to_stop
from consult.domain.errors import ConsultError
from consult.domain.job import Job, JobKind
from consult.services.admit import Rules
from consult.services.arrive import Arrivals
from consult.services.carry_out import carry_out
from consult.services.jobs import job_of
from consult.services.office import Office
from consult.services.run_imports import run_imports
from consult.services.worker import PAUSE, Worker

_GRACE = 10  # seconds for a worker to end
_GIVES_WAY = 10  # steps down in priority, of an analysis and its processes
_RECOVERY = 30  # seconds before the next try after something went wrong
_log = logging.getLogger(__name__)


@click.command("work")
@click.option("--once", is_flag=True, help="做完等待中的任务就结束，不再等新的任务。")
@click.option("--job", type=int, hidden=True, help="只做这一个任务（由后台程序自己使用）。")
@click.option("--owner", default="", hidden=True, help="任务的持有者（由后台程序自己使用）。")
@click.option("--attached", is_flag=True, hidden=True, help="上级程序结束时随之结束。")
@pass_context
def work_command(context: Context, once: bool, job: int | None, owner: str, attached: bool) -> None:
    """后台程序：做网页上要求的分析、定时的分析，收邮箱里的来信，给新来的意见暂归章节，发答复信。"""
    office = context.office()
    if job is not None:
        _end_with_parent(lambda: os._exit(1))
        _one(office, context, job, owner)
        return
    with told_to_stop(second_ends=False) as stopping:
        _work(context, office, stopping, once=once, attached=attached)


def _work(
    context: Context, office: Office, stopping: threading.Event, *, once: bool, attached: bool
) -> None:
    if attached:
        _end_with_parent(stopping.set)
    workers = [
        Worker(office, spawn=_spawner(context), every=context.settings.analyse_every),
        Worker(office, spawn=_spawner(context), kind=JobKind.LETTERS),
    ]
    arrivals = Arrivals(office, threshold=context.settings.threshold)
    take_in = _imports(context, office)
    if once:
        take_in()
        arrivals()
    else:
        _meanwhile(office, arrivals, stopping, "consult-arrivals")
        _meanwhile(office, take_in, stopping, "consult-imports")
        fetch_meanwhile(context, office, stopping)
    try:
        _attend(workers, stopping, once=once)
    finally:
        for worker in workers:
            worker.stop()


def _attend(workers: Sequence[Worker], stopping: threading.Event, *, once: bool) -> None:
    while not stopping.wait(0 if once else PAUSE):
        for worker in workers:
            worker.step()
        if once and not any(worker.busy for worker in workers):
            break
        if once:
            stopping.wait(PAUSE)


def _imports(context: Context, office: Office) -> Callable[[], object]:
    rules = Rules(max_text=context.settings.max_text)
    return lambda: run_imports(office, now=context.now, rules=rules)


def _meanwhile(
    office: Office, act: Callable[[], object], stopping: threading.Event, name: str
) -> None:
    """Place what comes in, or import, in a thread of its own: both take seconds and more."""

    def attend() -> None:
        while not stopping.wait(PAUSE):
            try:
                act()
            except Exception:  # the jobs go on, and so does this, with what comes next
                _log.exception("%s failed", name)
                stopping.wait(_RECOVERY)
        office.store.close()  # the connection of this thread

    threading.Thread(target=attend, name=name, daemon=True).start()


def start_worker(context: Context) -> subprocess.Popen[bytes]:
    """Start a worker that ends with this process, however this one ends."""
    return _popen(context, "--attached")


def end_worker(worker: subprocess.Popen[bytes]) -> None:
    """Tell a worker to stop, and see to it that it does."""
    worker.terminate()
    try:
        worker.wait(_GRACE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
    if worker.stdin is not None:
        worker.stdin.close()


def _one(office: Office, context: Context, number: int, owner: str) -> None:
    """Carry out one job; how it ends stands in its row, and in the exit code."""
    job = job_of(office, number)
    try:
        if job.kind is JobKind.LETTERS:
            send_job(context, office, job, owner)
        else:
            os.nice(_GIVES_WAY)  # whoever waits for a page comes first
            settings = context.settings
            carry_out(
                office, job=job, owner=owner, threshold=settings.threshold,
                processes=settings.analyse_processes,
            )  # fmt: skip
    except ConsultError as error:
        say.warn(str(error))
        raise SystemExit(2) from error


def _spawner(context: Context) -> Callable[[Job, str], subprocess.Popen[bytes]]:
    def spawn(job: Job, owner: str) -> subprocess.Popen[bytes]:
        return _popen(context, "--job", str(job.id), "--owner", owner)

    return spawn


def _popen(context: Context, *args: str) -> subprocess.Popen[bytes]:
    folder = str(context.settings.data_dir.resolve())
    command = [sys.executable, "-m", "consult", "--data-dir", folder, "work", *args]
    # The pipe closes when this process ends, even by kill -9: that is how the other one knows.
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def _end_with_parent(end: Callable[[], None]) -> None:
    def watch() -> None:
        # Not through the buffer: its lock, held by a thread at the end, aborts the process.
        while os.read(sys.stdin.fileno(), 4096):
            continue
        end()

    threading.Thread(target=watch, name="consult-parent", daemon=True).start()


COMMANDS = (work_command,)
