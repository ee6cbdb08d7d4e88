"""Who may do what: one table over all routes, and the guard that reads it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, Literal
from urllib.parse import urlsplit

from flask import Flask, abort, g, redirect, request, session, url_for
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response

from consult.domain.consultation import Stage
from consult.domain.errors import Forbidden, NotFound
from consult.domain.member import StaffMember
from consult.domain.triage import Role
from consult.services.browse import stage_of
from consult.services.judge_items import blinded
from consult.services.responsibility import sections_of
from consult.services.sign_in import who
from consult.web import unsaved
from consult.web.desk import desk, opened

PUBLIC: Final = "public"
TOKEN: Final = "token"  # noqa: S105 - the name of the session entry
ACCESS: Final[dict[str, Role | Literal["public"]]] = {
    "static": PUBLIC,
    "bootstrap.static": PUBLIC,
    "health.healthz": PUBLIC,
    "health.readyz": PUBLIC,
    "api.openapi": PUBLIC,
    "api.consultations": PUBLIC,
    "api.consultation": PUBLIC,
    "api.plan": PUBLIC,
    "api.results": PUBLIC,
    "api.submit": PUBLIC,
    "api.push": PUBLIC,  # asks for a token of its own
    "public.index": PUBLIC,
    "public.notice": PUBLIC,
    "public.plan": PUBLIC,
    "public.chapter": PUBLIC,
    "public.whole_plan": PUBLIC,
    "public.plan_file": PUBLIC,
    "public.plan_search": PUBLIC,
    "public.results": PUBLIC,
    "public.result_chapter": PUBLIC,
    "public.result_file": PUBLIC,
    "public.privacy": PUBLIC,
    "public.comment": PUBLIC,
    "public.check": PUBLIC,
    "public.change": PUBLIC,
    "public.send": PUBLIC,
    "public.receipt": PUBLIC,
    "public.receipt_file": PUBLIC,
    "public.forget_receipt": PUBLIC,
    "public.save": PUBLIC,
    "public.resume": PUBLIC,
    "public.status": PUBLIC,
    "public.status_code": PUBLIC,
    "public.revise": PUBLIC,
    "staff.sign_in": PUBLIC,
    "staff.sign_out": PUBLIC,
    "staff.second_step": PUBLIC,
    "staff.account": Role.VIEWER,
    "staff.own_password": Role.VIEWER,
    "staff.end_own_session": Role.VIEWER,
    "staff.confirm_factor": Role.VIEWER,
    "staff.drop_factor": Role.VIEWER,
    "staff.accounts": Role.ADMINISTRATOR,
    "staff.add_account": Role.ADMINISTRATOR,
    "staff.account_of": Role.ADMINISTRATOR,
    "staff.change_account": Role.ADMINISTRATOR,
    "staff.grant_role": Role.ADMINISTRATOR,
    "staff.index": Role.VIEWER,
    "staff.overview": Role.VIEWER,
    "staff.section": Role.VIEWER,
    "staff.comment": Role.VIEWER,
    "staff.search": Role.VIEWER,
    "staff.learning": Role.VIEWER,
    "staff.digest": Role.VIEWER,
    "staff.document": Role.VIEWER,
    "staff.issue": Role.HANDLER,
    "staff.decision": Role.VIEWER,
    "staff.intake": Role.HANDLER,
    "staff.let_in": Role.HANDLER,
    "staff.turn_down": Role.HANDLER,
    "staff.imports": Role.HANDLER,
    "staff.hold_import": Role.HANDLER,
    "staff.one_import": Role.HANDLER,
    "staff.act_on_import": Role.HANDLER,
    "staff.import_report": Role.HANDLER,
    "staff.departments": Role.HANDLER,
    "staff.add_department": Role.HANDLER,
    "staff.take_form": Role.HANDLER,
    "staff.act_on_department": Role.HANDLER,
    "staff.department_form": Role.HANDLER,
    "staff.tokens": Role.ADMINISTRATOR,
    "staff.add_token": Role.ADMINISTRATOR,
    "staff.drop_token": Role.ADMINISTRATOR,
    "staff.entries": Role.HANDLER,
    "staff.enter_one": Role.HANDLER,
    "staff.meeting": Role.HANDLER,
    "staff.refused": Role.HANDLER,
    "staff.resend": Role.HANDLER,
    "staff.refused_file": Role.HANDLER,
    "staff.received_letter": Role.HANDLER,
    "staff.open_letter": Role.HANDLER,
    "staff.file": Role.HANDLER,
    "staff.transcribe": Role.HANDLER,
    "staff.recode": Role.HANDLER,
    "staff.themes": Role.VIEWER,
    "staff.theme": Role.VIEWER,
    "staff.families": Role.VIEWER,
    "staff.family": Role.VIEWER,
    "staff.changes": Role.VIEWER,
    "staff.history": Role.VIEWER,
    "staff.new_consultation": Role.MANAGER,
    "staff.prepare": Role.MANAGER,
    "staff.save_texts": Role.MANAGER,
    "staff.prepare_section": Role.MANAGER,
    "staff.open_consultation": Role.MANAGER,
    "staff.plan_versions": Role.VIEWER,
    "staff.upload_version": Role.MANAGER,
    "staff.confirm_plan": Role.MANAGER,
    "staff.plan_difference": Role.VIEWER,
    "staff.claim_comment": Role.HANDLER,
    "staff.handler_form": Role.HANDLER,
    "staff.hand_comment_over": Role.HANDLER,
    "staff.write_note": Role.HANDLER,
    "staff.desks": Role.VIEWER,
    "staff.change_desk": Role.MANAGER,
    "staff.list_routes": Role.VIEWER,
    "staff.route_sheet": Role.HANDLER,
    "staff.take_replies": Role.HANDLER,
    "staff.results": Role.VIEWER,
    "staff.notice": Role.VIEWER,
    "staff.renew": Role.MANAGER,
    "staff.release": Role.MANAGER,
    "staff.take_back": Role.MANAGER,
    "staff.letters": Role.VIEWER,
    "staff.letter": Role.VIEWER,
    "staff.sent_letter": Role.VIEWER,
    "staff.note_letter": Role.MANAGER,
    "staff.send_letters": Role.MANAGER,
    "staff.paper_letters": Role.MANAGER,
    "staff.archive": Role.MANAGER,
    "staff.archive_file": Role.MANAGER,
    "staff.templates": Role.MANAGER,
    "staff.add_template": Role.MANAGER,
    "staff.remove_template": Role.MANAGER,
    "staff.template_file": Role.MANAGER,
    "staff.jobs": Role.VIEWER,
    "staff.quality": Role.VIEWER,
    "staff.sample": Role.VIEWER,
    "staff.coding_file": Role.VIEWER,
    "staff.question": Role.VIEWER,
    "staff.judge": Role.VIEWER,
    "staff.draw": Role.MANAGER,
    "staff.drop_sample": Role.MANAGER,
    "staff.leave_sample": Role.VIEWER,
    "staff.ask_analysis": Role.HANDLER,
    "staff.cancel_job": Role.HANDLER,
    "staff.relink": Role.HANDLER,
    "staff.accept": Role.HANDLER,
    "staff.theme_act": Role.HANDLER,
    "staff.decide_theme": Role.HANDLER,
    "staff.move_form": Role.HANDLER,
    "staff.move": Role.HANDLER,
    "staff.undo_theme": Role.HANDLER,
    "staff.decide": Role.HANDLER,
    "staff.approve": Role.REVIEWER,
    "staff.reopen": Role.REVIEWER,
}
# What somebody who judges a sample may open of its consultation: no answer is on these pages.
BLIND: Final = frozenset(
    {"staff.quality", "staff.sample", "staff.question", "staff.judge", "staff.leave_sample",
     "staff.draw", "staff.drop_sample"}
)  # fmt: skip
# What a member who has to set a second factor up may open until then.
UNPROVEN: Final = frozenset({"staff.account", "staff.confirm_factor", "staff.own_password"})
# Changes that a handler limited to chapters may make inside of them alone: what is changed, or ''
# where the address says it. Acts on many at once ask ``require_sections`` themselves.
CHAPTERED: Final[dict[str, str]] = {
    "staff.relink": "comments",
    "staff.accept": "comments",
    "staff.move": "comments",
    "staff.claim_comment": "comments",
    "staff.hand_comment_over": "comments",
    "staff.decide": "",
    "staff.decide_theme": "themes",
    "staff.undo_theme": "decisions",
}
# A target inside the staff pages, spelt with the characters our own addresses are made of.
_TARGET = re.compile(r"/[A-Za-z0-9/_.~\-]*(\?[A-Za-z0-9%=&+_.~\-]*)?", re.ASCII)
_DETOUR = re.compile(r"//|/\.")  # another host, or a way out of the staff pages


def install(app: Flask) -> None:
    """Guard every request. Raises ``LookupError`` when a route has no entry in the table."""
    missing = {rule.endpoint for rule in app.url_map.iter_rules()} - ACCESS.keys()
    if missing:
        raise LookupError(f"routes without a rule in consult.web.access: {sorted(missing)}")
    app.before_request(_guard)
    app.add_template_global(may)


def may(endpoint: str) -> bool:
    """Tell whether the member of staff of this request may use a route of its consultation."""
    role, needed = g.get("role"), ACCESS[endpoint]
    return needed == PUBLIC or (role is not None and role.allows(Role(needed)))


def require_sections(slug: str, sections: Collection[str]) -> None:
    """Raise ``Forbidden`` where a handler's chapters do not hold one of the sections."""
    if not g.member.answers_for(slug, sections):
        raise Forbidden("staff.chapter")


def _guard() -> Response | None:
    needed = ACCESS[request.endpoint] if request.endpoint else PUBLIC
    g.member = g.role = None
    slug = (request.view_args or {}).get("slug")
    if slug is not None:
        _hide_unpublished(slug, public=needed == PUBLIC)
    if needed == PUBLIC:
        return None
    g.member = _member()
    if g.member is None:
        if request.method == "POST" and not unsaved.keep():
            abort(401)  # its page gives back what was typed, to be copied
        return redirect(url_for("staff.sign_in", next=_here()), 303)
    unproven = desk().settings.require_second_factor and not g.member.second_factor
    if unproven and request.endpoint not in UNPROVEN:
        return redirect(url_for("staff.account"), 303)
    g.role = g.member.role_in(slug)
    if slug is None and g.role is None:
        g.role = Role.VIEWER  # of the pages that belong to no consultation
    if not may(request.endpoint or ""):
        abort(403)
    _keep_to_chapters(slug)
    return _blindfold(g.member.username)


def _hide_unpublished(slug: str, *, public: bool) -> None:
    """Show what is prepared or rehearsed to staff alone; a rehearsal goes by its own date."""
    stage, simulated = stage_of(desk().office, slug=slug)
    g.simulated = simulated
    if public and stage is not Stage.PUBLISHED:
        member = _member()
        if member is None or member.role_in(slug) is None:
            raise NotFound("consultation.unknown", slug=slug)


def _keep_to_chapters(slug: str | None) -> None:
    """Refuse a handler's change outside of the chapters given."""
    endpoint, values = request.endpoint or "", request.view_args or {}
    if slug is None or endpoint not in CHAPTERED or not g.member.chapters_in(slug):
        return
    kind = CHAPTERED[endpoint] or values["kind"]
    number = values["event" if kind == "decisions" else "number"]
    sections = sections_of(desk().office, slug=slug, kind=kind, number=number)
    require_sections(slug, sections)


def _blindfold(username: str) -> Response | None:
    """Let somebody who is judging a sample see nothing else of that consultation."""
    slug = (request.view_args or {}).get("slug")
    if slug is None or request.endpoint in BLIND:
        return None
    if blinded(desk().office, slug=slug, username=username):
        opened(slug)  # so that the page shows the way back to the questions
        raise Forbidden("quality.blind")
    return None


def _member() -> StaffMember | None:
    settings = desk().settings
    return who(
        desk().office,
        token=session.get(TOKEN, ""),
        idle=settings.session_idle,
        absolute=settings.session_absolute,
    )


def _here() -> str | None:
    if request.method not in {"GET", "HEAD"}:
        return unsaved.page()
    return iri_to_uri(request.script_root + request.full_path.rstrip("?"))


def safe_next(target: str) -> str:
    """Return the target when it is one of our staff pages, else the first staff page."""
    home = url_for("staff.index")
    parts = urlsplit(target) if _TARGET.fullmatch(target) else None
    inside = parts is not None and parts.path.startswith(home) and not parts.netloc
    return target if inside and not _DETOUR.search(target) else home
