"""The files of the published results, in the office's own template where there is one."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import NotFound
from consult.domain.results import Results
from consult.export.result_formats import RESULT_FILES
from consult.services.deliver import Document
from consult.services.office import Office
from consult.services.office_templates import RESULTS, dressed
from consult.services.results import results
from consult.store import consultations, releases


def result_file(office: Office, *, slug: str, name: str, made: Results) -> Document:
    """Return one file of results; raises ``NotFound("document.unknown")``, ``AccountingError``."""
    entry = RESULT_FILES.get(name)
    if entry is None:
        raise NotFound("document.unknown", name=name)
    data = entry.write(made)
    if name.endswith(".docx"):
        at = made.masthead.as_of
        data = dressed(office, slug=slug, purpose=RESULTS, data=data, as_of=at)
    return Document(name, entry.content_type, data)


def released_files(office: Office, *, slug: str, as_of: datetime) -> tuple[Document, ...]:
    """Return all files of the results as they were published; none before that."""
    identifier, _ = consultations.find(office.store.db, slug)
    if releases.when(office.store.db, identifier) is None:
        return ()
    made = results(office, slug=slug, as_of=as_of)
    return tuple(result_file(office, slug=slug, name=name, made=made) for name in RESULT_FILES)
