"""The queue (待办): filter, search, sort, page, and views that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.domain.consultation import UNASSIGNED
from consult.domain.desk import SavedView
from consult.domain.errors import InputRefused
from consult.domain.queue import Order, Place
from consult.services.browse import Published
from consult.services.highlight import highlight
from consult.services.keep import KEYS, drop_view, preference, set_preference
from consult.services.keep import save_view as keep_view
from consult.services.plan_order import ordered_codes
from consult.services.queue import (
    QueuePage,
    every_handler,
    every_tag,
    prepared,
    queue,
    saved_views,
)
from consult.web.desk import desk, opened
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.staff.blueprint import staff
from consult.web.staff.queue_filters import (
    CHOICES,
    NONE,
    UNKNOWN,
    Filters,
    place_of,
    place_text,
    read_filters,
)

SIZE = 50
_EMPTY = QueuePage((), 0, {}, None, None, {}, {})


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the tree beside the queue: a chapter, a section, or what is none."""

    code: str
    count: int
    deep: bool
    present: bool


def filters_of(found: Published, query: str | None = None) -> Filters:
    """Return what the address of this request (or a query of one) asks of the queue."""
    given = request.args.to_dict() if query is None else dict(parse_qsl(query))
    threshold = desk().settings.threshold
    return read_filters(given, found.plan, found.consultation.window, threshold=threshold)


@staff.get("/c/<slug>/queue")
def list_queue(slug: str) -> str:
    """Show one page of what is wanted."""
    found = opened(slug)
    filters = filters_of(found)
    wanted = prepared(desk().office, slug=slug, wanted=filters.wanted, query=filters.query)
    after, before = (place_of(request.args.get(name, "")) for name in ("after", "before"))
    usable = [_fits(place, filters.order) for place in (after, before)]
    page = _EMPTY if wanted is None else queue(
        desk().office, slug=slug, wanted=wanted, order=filters.order, after=usable[0],
        before=usable[1], size=SIZE,
    )  # fmt: skip
    return render_template(
        "staff/queue.html",
        found=found,
        filters=filters,
        page=page,
        words=wanted.words if wanted else (),
        branches=_branches(found, filters, page),
        views=saved_views(desk().office, slug=slug, username=g.member.username),
        tags=every_tag(desk().office, slug=slug),
        handlers=every_handler(desk().office, slug=slug),
        threshold=desk().settings.threshold,
        form=TokenForm(formdata=None),
        choices=CHOICES,
        place=place_text,
        unknown=UNKNOWN,
    )


@staff.post("/c/<slug>/views")
def save_view(slug: str) -> Response:
    """Keep the filters of the page under a name."""
    if not TokenForm().validate():
        abort(400)
    filters = filters_of(opened(slug), request.form.get("query", ""))
    view = SavedView(
        0, g.member.username, request.form.get("name", ""), filters.address(),
        request.form.get("shared") == "1",
    )  # fmt: skip
    try:
        keep_view(desk().office, slug=slug, view=view)
    except InputRefused as error:
        flash(say(error), "wrong")
    else:
        flash(_("已保存这组筛选条件。"), "done")
    return to_queue(slug, filters)


@staff.post("/c/<slug>/views/<int(max=999999999):number>/drop")
def drop_saved_view(slug: str, number: int) -> Response:
    """Delete a view of one's own."""
    if not TokenForm().validate():
        abort(400)
    drop_view(desk().office, slug=slug, number=number, owner=g.member.username)
    flash(_("已删除这组筛选条件。"), "done")
    return to_queue(slug, filters_of(opened(slug), request.form.get("query", "")))


@staff.post("/keys")
def set_keys() -> Response:
    """Switch the single keys on or off, for this person, for good."""
    if not TokenForm().validate():
        abort(400)
    wanted = "off" if request.form.get("keys") == "off" else "on"
    set_preference(desk().office, username=g.member.username, values={KEYS: wanted})
    flash(_("已打开单键快捷键。") if wanted == "on" else _("已关闭单键快捷键。"), "done")
    return redirect(url_for("staff.guide", _anchor="keys"), 303)


def to_queue(slug: str, filters: Filters) -> Response:
    """Return to the queue with its filters."""
    return redirect(f"{url_for('staff.list_queue', slug=slug)}?{filters.address()}", 303)


@staff.app_template_global()
def keys_on() -> bool:
    """Tell whether single keys do something for this person."""
    member = g.get("member")
    if member is None:
        return False
    return preference(desk().office, username=member.username, name=KEYS) != "off"


staff.add_app_template_global(highlight)


def _fits(place: Place | None, order: Order) -> Place | None:
    """Drop a place that belongs to another order: its key could not be compared."""
    if place is None or order in {Order.NEWEST, Order.NUMBER}:
        return place
    number = place.key.replace(".", "", 1) if order is Order.DOUBT else place.key
    return place if number.isascii() and number.isdigit() else None


def _branches(found: Published, filters: Filters, page: QueuePage) -> list[Branch]:
    """Return the tree with how much of what is wanted stands where."""
    chosen = filters.values.get("section", "")
    branches = []
    for code in ordered_codes(found.plan):
        below = f"{code}."
        count = sum(
            n for c, n in page.by_section.items() if c == code or (code and c.startswith(below))
        )
        deep = "." in code
        shown = not deep or chosen.split(".")[0] == code.split(".")[0]
        if shown and (count or code != UNASSIGNED):
            name = code or NONE
            branches.append(Branch(code, count, deep, chosen == name))
    return branches
