"""What a member of staff typed into a form whose session had run out, kept until after signing in.

It travels in the session's cookie, never in an address, and only when the form's token proves that
it was typed here: otherwise any site could fill in a form, or empty the cookie, of somebody else.
"""

from __future__ import annotations

from typing import Final

from flask import request, session, url_for

from consult.domain.text import single_line
from consult.web.forms import TokenForm

ENTRY: Final = "unsaved"
# Route → the page its form stands on.
_PAGES: Final = {
    "staff.relink": "staff.comment",
    "staff.decide_theme": "staff.theme_act",
    "staff.move": "staff.move_form",
}
# Name → the most characters kept: 500 Chinese ones, packed, are half of the 4 kB of a cookie.
_FIELDS: Final = {"section": 40, "why": 500, "seen": 80, "label": 80, "target": 9}


def page() -> str | None:
    """Return the address of the page with the form that was just sent, if it is known."""
    name = _PAGES.get(request.endpoint or "")
    return url_for(name, **(request.view_args or {})) if name else None


def keep() -> bool:
    """Keep what was sent; False when it cannot be kept."""
    where = page()
    if where is None or not TokenForm().validate():
        return False
    sent = {name: single_line(request.form.get(name, ""), strict=False) for name in _FIELDS}
    if any(len(text) > _FIELDS[name] for name, text in sent.items()):
        return False
    session[ENTRY] = [where, sent]
    return True


def take(where: str) -> dict[str, str]:
    """Return what was kept for a page, and forget it."""
    kept = session.get(ENTRY)
    if kept is None or kept[0] != where:
        return {}
    session.pop(ENTRY)
    return dict(kept[1])
