"""The results as last compiled; the head of the event chain tells whether anything changed."""

from __future__ import annotations

from threading import Lock

from flask import current_app

from consult.domain.results import Results
from consult.services.browse import Published
from consult.services.results import results, state_of
from consult.web.desk import as_of, desk

_ENTRY = "consult results"
_MOST = 8  # consultations kept
_lock = Lock()


def compiled(found: Published, *, preview: bool = False) -> Results:
    """Return the results; raises ``NotFound("results.unreleased")`` before they are published."""
    slug = found.consultation.slug
    if not preview and found.released is None:
        return results(desk().office, slug=slug, as_of=as_of(found.consultation.window))
    kept: dict[tuple[str, bool], tuple[str, Results]]
    kept = current_app.extensions.setdefault(_ENTRY, {})
    state, name = state_of(desk().office), (slug, preview)
    with _lock:
        if name in kept and kept[name][0] == state:
            return kept[name][1]
    made = results(
        desk().office, slug=slug, as_of=as_of(found.consultation.window),
        rehearsal=desk().simulated, preview=preview,
    )  # fmt: skip
    with _lock:
        if len(kept) >= _MOST:
            kept.clear()
        kept[name] = (state, made)
    return made
