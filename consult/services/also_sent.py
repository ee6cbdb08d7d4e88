"""Other submissions of the same person or with the same words, by whatever channel they came.

They are shown and never merged: each stays a submission of its own, and the counts of people and
of texts say how many stand behind them (DESIGN §4.4).
"""

from __future__ import annotations

from typing import Final

from consult.domain.twin import Twin
from consult.services.office import Office
from consult.store import consultations, submissions, twins

MOST: Final = 50  # that are shown


def also_sent(office: Office, *, slug: str, submission: int) -> tuple[Twin, ...]:
    """Return what else came from the same person or in the same words, the first ``MOST``.

    A person is known by the contact that was given, words by the families of the newest analysis.
    """
    consultation, _ = consultations.find(office.store.db, slug)
    with office.store.read():
        found = submissions.by_id(office.store.db, submission)
        return twins.of(office.store.db, consultation, submission, person=found.person, limit=MOST)
