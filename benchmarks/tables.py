"""``tables``: an xlsx of so many comments taken in by the worker, while the site answers.

Stage ``import`` is the worker, a process of its own with the reader's child below it, from the
confirmed file to the last row of the ledger; its peak is that of the largest of the two. Stage
``slowest-post`` is the longest that somebody waited who sent a form meanwhile, five a second.
Naive: the whole workbook loaded, a bare insert for each row in one transaction.
"""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from xlsxwriter import Workbook

from benchmarks.material import SLUG, Sample
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.pages import PRAGMAS, Visitor, hidden, site

_HEAD = ("序号", "单位/姓名", "联系电话", "章节条款", "意见内容", "理由", "来信日期", "渠道")
_BETWEEN = 0.2  # seconds between two forms
_WORKER = """
import sys
from datetime import datetime
from pathlib import Path
from consult.services.office import open_office
from consult.services.admit import Rules
from consult.services.run_imports import run_imports
office = open_office(Path(sys.argv[1]))
run_imports(office, now=lambda: datetime.fromisoformat(sys.argv[2]), rules=Rules())
"""


def table(material: Sequence[Sample]) -> bytes:
    """Return the comments as the workbook an office keeps."""
    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet("意见汇总")
        sheet.write_row(0, 0, _HEAD)
        for row, sample in enumerate(material, 1):
            sheet.write_row(row, 0, (row, f"王{row}", 13800000000 + row, "三、（二）", sample.text,
                                     "外地已经这样做了。", "2022-10-08", "电话"))  # fmt: skip
    return out.getvalue()


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.domain.ledger import SourceKind
    from consult.domain.table import Columns
    from consult.services.ledger import ledger
    from consult.services.queue_import import begin, hold_file
    from consult.web.desk import EXTENSION

    data = table(material)
    with site() as (application, path):
        desk = application.extensions[EXTENSION]  # type: ignore[attr-defined]
        office, settings = desk.office, desk.settings
        number = hold_file(
            office, slug=SLUG, kind=SourceKind.TABLE, name="意见汇总.xlsx", data=data, actor="b",
            most=10**9,
        )  # fmt: skip
        begin(office, slug=SLUG, number=number, columns=Columns(), told={}, actor="b")
        command = [sys.executable, "-c", _WORKER, str(settings.data_dir), settings.now.isoformat()]
        slowest = peak = 0.0
        with watch.stage("import"):
            worker = subprocess.Popen(command)
            while worker.poll() is None:
                slowest = max(slowest, _post(application, path))
                peak = max(peak, _peak(worker.pid))
                time.sleep(_BETWEEN)
        watch.seconds["slowest-post"] = slowest
        watch.peaks["import"] = watch.peaks["slowest-post"] = peak
        (record,) = ledger(office, slug=SLUG)
        if record.report.taken != len(material):
            raise AssertionError(record)


def _post(application: object, path: str) -> float:
    visitor = Visitor(application)  # type: ignore[arg-type]
    form = hidden(visitor.ask(path))
    began = time.perf_counter()
    visitor.ask(f"{path}/send", {**form, "text": "建议加强对青年人才的支持。", "privacy": "y",
                                 "speaker": "individual"})  # fmt: skip
    if visitor.status != 303:
        raise AssertionError(visitor.status)
    return time.perf_counter() - began


def _peak(process: int) -> float:
    """Return the largest peak (MiB) of a process and its children.

    The system's own account of an ended child begins with what its parent held.
    """
    found = 0.0
    below = Path(f"/proc/{process}/task/{process}/children")
    try:
        for each in (str(process), *below.read_text(encoding="ascii").split()):
            for line in Path(f"/proc/{each}/status").read_text(encoding="utf-8").splitlines():
                if line.startswith("VmHWM:"):
                    found = max(found, int(line.split()[1]) / 1024)
    except OSError:  # one of them has just ended
        return found
    return found


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    data = table(material)
    with TemporaryDirectory(prefix="consult-benchmark-") as folder, watch.stage("import"):
        db = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        for pragma in PRAGMAS:
            db.execute(f"pragma {pragma}").fetchall()
        db.execute("create table submissions (id integer primary key, text text) strict")
        db.execute("begin immediate")
        for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True):
            db.execute("insert into submissions (text) values (?)", [row[4]])
        db.execute("commit")
        db.close()


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=200_000,
    reason="it holds the whole workbook in memory",
)
