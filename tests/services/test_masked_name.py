"""Lists show offices in full and people by their first character, whoever they speak for."""

from __future__ import annotations

import pytest

from consult.domain.comment import NewSubmission, Speaker
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.vault import masked_name
from consult.store import submissions
from tests.conftest import OPEN, SLUG


@pytest.mark.parametrize(
    ("speaker", "name", "shown"),
    [
        (Speaker.AGENCY, "清河县司法局", "清河县司法局"),
        (Speaker.AGENCY, "司法局", "司法局"),
        (Speaker.COMPANY, "清河机械公司", "清河机械公司"),
        (Speaker.ACADEMIA, "陈大河", "陈**"),
        (Speaker.MEDICAL, "陈河", "陈*"),
        (Speaker.INDIVIDUAL, "陈大河", "陈**"),
        (Speaker.ASSOCIATION, "商会", "商会"),
        (Speaker.COMPANY, "", ""),
        (Speaker.INDIVIDUAL, "", ""),
        (Speaker.MEDICAL, "清河县护理院 陈大河", "清河县护理院 陈**"),
        (Speaker.COMPANY, "清河机械公司 质检部", "清河机械公司 质检部"),
    ],
)
def test_a_person_is_masked_and_an_office_is_not(
    published: Office, speaker: Speaker, name: str, shown: str
) -> None:
    new = NewSubmission(text="请多种树。", speaker=speaker, name=name)
    receive(published, slug=SLUG, new=new, now=OPEN)

    (stored,) = submissions.active(published.store.db, 1)
    assert masked_name(published.keys, stored) == shown
