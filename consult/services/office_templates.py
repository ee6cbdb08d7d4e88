"""An office's own templates (单位模板): added, removed, and put around the documents we make."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from consult.domain.errors import InputRefused, NotFound
from consult.domain.masthead import Masthead
from consult.domain.office_template import BODY, LETTER, OfficeTemplate, names_for
from consult.domain.text import single_line
from consult.export.formats import DOCUMENTS
from consult.export.office_template import fill
from consult.export.phrases import day, in_marks, moment
from consult.intake.office_template import placeholders_in
from consult.services.masthead import masthead
from consult.services.office import Office
from consult.services.uploads import shown_name
from consult.store import consultations, events, office_templates

RESULTS: Final = "results"
_REFERENCE: Final = 60  # characters of a 文号


def purposes() -> tuple[str, ...]:
    """Return what a template can be for: every Word document there is, and letters of answer."""
    made = (name.removesuffix(".docx") for name in DOCUMENTS if name.endswith(".docx"))
    return (*made, RESULTS, LETTER)


def templates(office: Office, *, slug: str) -> tuple[OfficeTemplate, ...]:
    """Return the templates of a consultation."""
    identifier, _ = consultations.find(office.store.db, slug)
    return office_templates.every(office.store.db, identifier)


def add_template(
    office: Office,
    *,
    slug: str,
    purpose: str,
    name: str,
    data: bytes,
    reference: str = "",
    actor: str,
) -> OfficeTemplate:
    """Check a template in the sandbox and use it from now on, in place of the one before.

    ``reference`` stands for 文号. Raises ``InputRefused``: what the reader refuses,
    ``template.purpose``, ``template.names`` (unknown placeholders, named), ``template.body``
    (no 正文).
    """
    if purpose not in purposes():
        raise InputRefused("template.purpose", field="purpose", allowed=purposes())
    found = placeholders_in(data)
    known = names_for(purpose)
    if strange := [item for item in found if item not in known]:
        raise InputRefused("template.names", field="file", names=strange, allowed=known)
    if BODY not in found:
        raise InputRefused("template.body", field="file")
    item = OfficeTemplate(
        purpose=purpose,
        name=shown_name(name),
        reference=single_line(reference)[:_REFERENCE],
        placeholders=found,
        sha256=hashlib.sha256(data).hexdigest(),
        actor=actor,
        at=office.clock(),
    )
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        office_templates.put(db, identifier, item, data)
        _note(office, identifier, slug, "template-added", item.purpose, item.sha256, actor)
    return item


def remove_template(office: Office, *, slug: str, purpose: str, actor: str) -> None:
    """Use our own look again; raises ``NotFound("template.missing")``."""
    with office.store.write() as db:
        identifier, _ = consultations.find(db, slug)
        if not office_templates.drop(db, identifier, purpose):
            raise NotFound("template.missing")
        _note(office, identifier, slug, "template-removed", purpose, "", actor)


def template_file(office: Office, *, slug: str, purpose: str) -> bytes:
    """Return a template as it was uploaded; raises ``NotFound("template.missing")``."""
    identifier, _ = consultations.find(office.store.db, slug)
    found = office_templates.content(office.store.db, identifier, purpose)
    if found is None:
        raise NotFound("template.missing")
    return found[0]


def dressed(office: Office, *, slug: str, purpose: str, data: bytes, as_of: datetime) -> bytes:
    """Put a Word document of ours into the office's template, where there is one for it."""
    dress = dresser(office, slug=slug, purpose=purpose, as_of=as_of)
    return dress(data, {}) if dress else data


def dresser(
    office: Office, *, slug: str, purpose: str, as_of: datetime
) -> Callable[[bytes, Mapping[str, str]], bytes] | None:
    """Return what puts documents, with values of their own, into the office's template.

    None where there is no template for the purpose.
    """
    db = office.store.db
    identifier, consultation = consultations.find(db, slug)
    found = office_templates.content(db, identifier, purpose)
    if found is None:
        return None
    template, reference = found
    plan = consultations.plan(db, identifier)
    head = masthead(office, identifier, consultation, plan, as_of, rehearsal=False)
    values = {"文号": reference, **_facts(head)}
    return lambda data, more: fill(template, data, {**values, **more})


def _facts(head: Masthead) -> dict[str, str]:
    return {
        "单位": head.office,
        "事项": head.title,
        "规划": in_marks(head.plan_title),
        "征求意见时间": f"{day(head.opens)}至{day(head.closes)}",
        "日期": day(head.as_of.date().isoformat()),
        "截至": moment(head.as_of),
    }


def _note(
    office: Office, identifier: int, slug: str, verb: str, purpose: str, sha256: str, actor: str
) -> None:
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb,
        subject=f"consultation:{slug}", after={"purpose": purpose, "sha256": sha256},
        consultation=identifier,
    )  # fmt: skip
