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
    kept: dict[str, tuple[str, Results]] = current_app.extensions.setdefault(_ENTRY, {})
    state = state_of(desk().office)
    with _lock:
        if slug in kept and kept[slug][0] == state:
            return kept[slug][1]
    made = results(
        desk().office, slug=slug, as_of=as_of(found.consultation.window),
        rehearsal=desk().simulated, preview=preview,
    )  # fmt: skip
    with _lock:
        if len(kept) >= _MOST:
            kept.clear()
        kept[slug] = (state, made)
    return made
