"""Departments: put them on the list, send each its form, see who has answered, remind the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from consult.crypto.codes import keyed_hash, new_number
from consult.crypto.sealing import seal, unseal
from consult.domain.consultation import Consultation, Plan
from consult.domain.department import Department
from consult.domain.errors import Conflict, InputRefused
from consult.domain.text import single_line
from consult.export.feedback_form import feedback_form
from consult.services.office import Office
from consult.store import consultations, department_mail, departments, events
from consult.store.departments import StoredDepartment

MOST: Final = 500  # departments of one consultation
_LINE: Final = 100  # characters of a name or a contact


def department_list(office: Office, *, slug: str) -> tuple[Department, ...]:
    """Return the departments that are asked, in order; raises ``NotFound``."""
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    sent = department_mail.newest(db, consultation, now=office.clock())
    return tuple(
        replace(_opened(office, item), mail=sent.get(item.value.id))
        for item in departments.every(db, consultation)
    )


def add_departments(office: Office, *, slug: str, lines: str, actor: str) -> int:
    """Put departments on the list, one a line: the name and, behind a space, how it is reached.

    Those on it already stay as they are. Returns how many are new. Raises
    ``InputRefused("department.none")``, ``InputRefused("department.many")``, ``NotFound``.
    """
    wanted = [line for line in map(_line, lines.splitlines()) if line[0]]
    if not wanted:
        raise InputRefused("department.none", field="lines")
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        known = {item.value.name for item in departments.every(db, consultation)}
        fresh: dict[str, str] = {}
        for name, contact in wanted:
            if name not in known:
                fresh[name] = fresh.get(name) or contact
        if len(known) + len(fresh) > MOST:
            raise InputRefused("department.many", field="lines", limit=MOST)
        for place, (name, contact) in enumerate(fresh.items(), len(known) + 1):
            code = f"BM-{place:03d}-{new_number()[:4]}"
            sealed = seal(_key(office), contact.encode(), bound_to=code) if contact else None
            departments.add(
                db, consultation, name=name, code=code, sealed_contact=sealed, now=office.clock()
            )
        _note(office, consultation, actor, "departments-added", slug, {"count": len(fresh)})
    return len(fresh)


def department_form(office: Office, *, slug: str, identifier: int, actor: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a department's form, and note that it was handed out."""
    db = office.store.db
    consultation, about = consultations.find(db, slug)
    plan = consultations.plan(db, consultation)
    found = departments.one(db, consultation, identifier).value
    made = form_of(about, plan, found)
    if found.sent is None:
        with office.store.write():
            departments.note_sent(db, identifier, now=office.clock())
            _note(office, consultation, actor, "form-sent", found.code, {})
    return f"{found.code}.docx", made


def form_of(about: Consultation, plan: Plan, department: Department) -> bytes:
    """Return the form of a department."""
    return feedback_form(
        plan=plan, title=about.title, office=about.office, department=department.name,
        code=department.code, closes=about.window.closes, created=about.window.start,
    )  # fmt: skip


def reminder(office: Office, *, slug: str, identifier: int, now: datetime) -> str:
    """Return the text of a reminder to a department that has not answered."""
    db = office.store.db
    consultation, about = consultations.find(db, slug)
    found = departments.one(db, consultation, identifier).value
    plan = consultations.plan(db, consultation)
    day = f"{about.window.closes.month}月{about.window.closes.day}日"
    local = now.astimezone(ZoneInfo(about.window.timezone)).date()
    left = (about.window.closes - local).days
    when = f"请于{day}前反馈（还有{left}天）" if left > 0 else f"反馈期限为{day}，请尽快反馈"
    return (
        f"{found.name}：\n此前就《{plan.title}》征求贵单位意见（表号 {found.code}），"
        "至今未收到反馈。"
        f"{when}；没有意见的，也请回复“无意见”。\n{about.office}"
    )


def note_reminded(office: Office, *, slug: str, identifier: int, actor: str) -> None:
    """Note that a department was reminded; raises ``Conflict("department.answered")``."""
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        found = departments.one(db, consultation, identifier).value
        if found.answered is not None:
            raise Conflict("department.answered", name=found.name)
        departments.note_reminded(db, identifier, now=office.clock())
        _note(office, consultation, actor, "department-reminded", found.code, {})


def remove_department(office: Office, *, slug: str, identifier: int, actor: str) -> None:
    """Take a department off the list; raises ``Conflict("department.answered")``."""
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        found = departments.one(db, consultation, identifier).value
        if found.answered is not None:
            raise Conflict("department.answered", name=found.name)
        departments.remove(db, identifier)
        _note(office, consultation, actor, "department-removed", found.code, {})


def _line(line: str) -> tuple[str, str]:
    name, _, contact = single_line(line, strict=False).partition(" ")
    return name[:_LINE], contact.strip()[:_LINE]


def _opened(office: Office, item: StoredDepartment) -> Department:
    if item.sealed_contact is None:
        return item.value
    contact = unseal(_key(office), item.sealed_contact, bound_to=item.value.code).decode()
    return replace(item.value, contact=contact)


def _key(office: Office) -> bytes:
    return bytes.fromhex(keyed_hash(office.keys.wrap, "departments"))


def _note(
    office: Office, consultation: int, actor: str, verb: str, subject: str,
    after: dict[str, object],
) -> None:  # fmt: skip
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, subject=f"department:{subject}",
        after=after, consultation=consultation,
    )  # fmt: skip
