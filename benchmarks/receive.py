"""``receive``: submissions one by one, each durable before the next begins, in a SQLite file.

Stage ``post`` sends forms to the application, token, checks, sealing, limits, event and receipt
included; ``service`` is the verb alone, without pages. Naive: a bare WSGI application, and a bare
insert a transaction, with the same pragmas on the same disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.material import Sample, corpus
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.pages import Visitor, bare, hidden, site


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    _posts(material, watch)
    _verbs(material, watch)


def _posts(material: Sequence[Sample], watch: Stopwatch) -> None:
    with site() as (application, path):
        visitors, forms = [], []
        for sample in material:  # a visitor each, with a form of their own
            visitor = Visitor(application)
            forms.append({**hidden(visitor.ask(path)), "text": sample.text, "privacy": "y",
                          "speaker": "individual"})  # fmt: skip
            visitors.append(visitor)
        with watch.stage("post"):
            for visitor, form in zip(visitors, forms, strict=True):
                visitor.ask(f"{path}/send", form)
        if [visitor.status for visitor in visitors] != [303] * len(visitors):
            raise AssertionError("a form was not accepted")


def _verbs(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.domain.comment import NewSubmission, Speaker
    from consult.services.office import open_office
    from consult.services.publish import publish
    from consult.services.receive import receive

    shipped = corpus()
    consultation = shipped.about.consultation
    now = consultation.window.start + timedelta(days=1)
    with TemporaryDirectory(prefix="consult-benchmark-") as folder:
        office = open_office(Path(folder) / "data", create=True)
        publish(
            office, consultation=consultation, plan=shipped.plan, knowledge=shipped.knowledge,
            source=shipped.source, data=shipped.data, actor="benchmark",
        )  # fmt: skip
        with watch.stage("service"):
            for number, sample in enumerate(material):
                new = NewSubmission(sample.text, speaker=Speaker.INDIVIDUAL, key=f"key {number}")
                receive(office, slug=consultation.slug, new=new, now=now)
        office.store.close()


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    with bare() as (application, db):
        visitor = Visitor(application)
        with watch.stage("post"):
            for sample in material:
                visitor.ask("/send", {"text": sample.text})
        with watch.stage("service"):
            for sample in material:
                db.execute("begin immediate")
                db.execute("insert into submissions (text) values (?)", [sample.text])
                db.execute("commit")


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=1_000_000,
    reason="linear; it ends only with the disk",
)
