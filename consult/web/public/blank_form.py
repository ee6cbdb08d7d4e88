"""The page with the form. The empty one differs from visitor to visitor by two secrets alone.

Rendering it costs twenty times what sending it costs, so it is rendered once for each day, language
and section, and the two secrets are put in.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta

from flask import current_app, render_template, request, session
from flask_wtf.csrf import generate_csrf

from consult.services.browse import Published
from consult.web.desk import desk
from consult.web.public import form_files
from consult.web.public.comment_form import CommentForm
from consult.web.public.form_key import new_key

CACHE = "consult form pages"
_MOST = 200  # pages kept: a consultation has about forty sections in two languages
# Stand for the secrets in a rendered page; nothing that can be typed or published holds NUL.
_TOKEN, _KEY = "\x00token\x00", "\x00key\x00"


def page(found: Published, section: str, beginning: str = "") -> str:
    """Return the page with an empty form, a section chosen beforehand or none.

    ``beginning`` are the first words of the comment: what is quoted of the plan.
    """
    kept = _kept()
    name = _name(found, section)
    text = None if beginning else kept.get(name)
    if text is None:
        text = _rendered(found, section, beginning)
        if set(request.args) <= {"lang", "section", "view"}:  # others are nobody's business
            kept[name] = text
            while len(kept) > _MOST:
                kept.popitem(last=False)
    office = desk().office
    key = new_key(desk().today(), office.clock(), secret=office.keys.session_secret)
    return text.replace(_TOKEN, generate_csrf()).replace(_KEY, key)


def render(found: Published, form: CommentForm, **more: object) -> str:
    """Return the page with a form as it was filled in."""
    settings = desk().settings
    closes = found.consultation.window.closes
    return render_template(
        "public/comment.html",
        found=found,
        form=form,
        now=desk().today(),
        token_value=more.pop("token_value", None) or form.csrf_token.current_token,
        accept=form_files.ACCEPT,
        rules=form_files.rules(settings),
        until=closes + timedelta(days=settings.contact_days),
        grace=settings.grace // 60,
        draft_days=settings.draft_days,
        **more,
    )


def _rendered(found: Published, section: str, beginning: str) -> str:
    form = CommentForm().offer(
        found.consultation,
        found.plan,
        limit=desk().settings.max_text,
        now=desk().today(),
        clock=desk().office.clock(),
    )
    form.parts[0].section.data = section
    form.parts[0].text.data = beginning
    form.key.data = _KEY
    return render(found, form, token_value=_TOKEN)


def _kept() -> OrderedDict[tuple[object, ...], str]:
    found: OrderedDict[tuple[object, ...], str] = current_app.extensions.setdefault(
        CACHE, OrderedDict()
    )
    return found


def _name(found: Published, section: str) -> tuple[object, ...]:
    """Return what the page depends on."""
    looks = tuple(sorted((key, str(value)) for key, value in session.items() if key in _LOOKS))
    shown = f"{found.consultation!r} {found.released is not None}"
    return shown, section, desk().today().date(), looks, request.script_root


_LOOKS = frozenset({"lang", "view"})  # what of the session changes how a page looks
