"""Who may do what: one table over all routes, and the guard that reads it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
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
from consult.web.access_table import ACCESS, PUBLIC
from consult.web.desk import desk, opened

TOKEN: Final = "token"  # noqa: S105 - the name of the session entry
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
    "staff.settle": "comments",
    "staff.set_tag": "comments",
    "staff.split": "comments",
    "staff.join": "comments",
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
