"""Accounts of all staff, for administrators: roles, passwords, second factors, sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.domain.errors import ConsultError, NotFound
from consult.domain.member import StaffMember
from consult.services import accounts as service
from consult.services import second_factor
from consult.services.browse import every_consultation, published
from consult.services.grants import grant
from consult.services.sessions import end_session, session_counts, sessions_of
from consult.web.desk import desk
from consult.web.errors import status_of
from consult.web.staff.account_forms import AccountForm, GrantForm
from consult.web.staff.blueprint import staff

Answer = str | Response | tuple[str, int]


@staff.get("/accounts")
def accounts() -> str:
    """List all accounts, with a form for a further one."""
    return _list(AccountForm(formdata=None).offer())


@staff.post("/accounts")
def add_account() -> Answer:
    """Add an account; its first password is shown this once."""
    form = AccountForm().offer()
    if not form.validate():
        return _list(form), form.status
    password = service.new_password()
    name = (form.username.data or "").strip()
    try:
        service.add_staff(
            desk().office, username=name, password=password, role=form.chosen(),
            everywhere=bool(form.everywhere.data), actor=g.member.username,
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _list(form), status_of(error)
    return _one(_member(name), AccountForm(formdata=None), password=password)


@staff.get("/accounts/<username>")
def account_of(username: str) -> str:
    """Show one account."""
    return _one(_member(username), AccountForm(formdata=None))


@staff.post("/accounts/<username>")
def change_account(username: str) -> Answer:
    """Do one thing to an account: what the button that was pressed says."""
    form, member = AccountForm(), _member(username)
    act = _ACTS.get(request.form.get("act", ""))
    if not form.validate() or act is None:
        return _one(member, form), 400
    try:
        password = act(member, form)
    except ConsultError as error:
        form.refuse(error)
        return _one(member, form), status_of(error)
    if password:
        return _one(_member(username), AccountForm(formdata=None), password=password)
    return redirect(url_for("staff.account_of", username=username), 303)


@staff.post("/accounts/<username>/roles/<slug>")
def grant_role(username: str, slug: str) -> Answer:
    """Set or take away the role in one consultation."""
    member, found = _member(username), published(desk().office, slug=slug)
    form = GrantForm().offer(found, member.grants.get(slug))
    whole = AccountForm(formdata=None)
    if not form.validate():
        return _one(member, whole, sent=(slug, form)), form.status
    try:
        grant(desk().office, username=username, slug=slug, given=form.given(),
              actor=g.member.username)  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _one(member, whole, sent=(slug, form)), status_of(error)
    return redirect(url_for("staff.account_of", username=username), 303)


def _role(member: StaffMember, form: AccountForm) -> None:
    service.set_role(
        desk().office, username=member.username, role=form.chosen(),
        everywhere=bool(form.everywhere.data), actor=g.member.username,
    )  # fmt: skip


def _password(member: StaffMember, form: AccountForm) -> str:
    password = service.new_password()
    service.set_password(
        desk().office, username=member.username, password=password, actor=g.member.username
    )
    return password


def _disable(member: StaffMember, form: AccountForm) -> None:
    service.disable(desk().office, username=member.username, actor=g.member.username)


def _enable(member: StaffMember, form: AccountForm) -> None:
    service.enable(desk().office, username=member.username, actor=g.member.username)


def _factor(member: StaffMember, form: AccountForm) -> None:
    second_factor.drop(desk().office, username=member.username, actor=g.member.username)


def _session(member: StaffMember, form: AccountForm) -> None:
    end_session(
        desk().office, username=member.username, handle=request.form.get("handle", ""),
        actor=g.member.username,
    )  # fmt: skip


# What the button says → what it does; one that makes a password returns it.
_ACTS: Final[dict[str, Callable[[StaffMember, AccountForm], str | None]]] = {
    "role": _role,
    "password": _password,
    "disable": _disable,
    "enable": _enable,
    "factor": _factor,
    "session": _session,
}


def _member(username: str) -> StaffMember:
    found = {member.username: member for member in service.every_account(desk().office)}
    if username not in found:
        raise NotFound("staff.unknown", username=username)
    return found[username]


def _list(form: AccountForm) -> str:
    office = desk().office
    return render_template(
        "staff/accounts.html", form=form, members=service.every_account(office),
        open=session_counts(office), titles={c.slug: c.title for c in every_consultation(office)},
    )  # fmt: skip


def _one(
    member: StaffMember,
    form: AccountForm,
    *,
    password: str = "",
    sent: tuple[str, GrantForm] | None = None,
) -> str:
    office = desk().office
    grants = []
    for item in every_consultation(office):
        found = published(office, slug=item.slug)
        again = sent[1] if sent and sent[0] == item.slug else GrantForm(formdata=None)
        grants.append((found, again.offer(found, member.grants.get(item.slug))))
    return render_template(
        "staff/account_of.html", person=member, form=form.offer(member), grants=grants,
        password=password, sessions=sessions_of(office, username=member.username),
        refused=sent[1] if sent else form,
    )  # fmt: skip
