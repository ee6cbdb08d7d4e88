from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult.domain.consultation import Consultation, Plan, Section, Window
from consult.domain.errors import Conflict, ConsultError, InputRefused, NotFound
from consult.domain.knowledge import Concept, Exemplar, Knowledge, Thesaurus
from consult.domain.lexicon import Lexicon
from consult.services.browse import every_consultation, published
from consult.services.office import Office
from consult.services.publish import publish
from consult.store import consultations
from tests.conftest import SLUG


def _publish(office: Office, consultation: Consultation, plan: Plan, **more: object) -> int:
    done = publish(
        office, consultation=consultation, plan=plan, source="f", data=b"f", actor="t", **more
    )  # type: ignore[arg-type]
    return done.version


def test_what_was_published_is_read_back_equal(
    office: Office, consultation: Consultation, plan: Plan, lexicon: Lexicon
) -> None:
    concept = Concept("smell", "生态环境", ("黑臭水体治理",), ("河水发臭",))
    exemplars = (Exemplar("水太臭了", "1.1"),)
    knowledge = Knowledge(lexicon, Thesaurus("1", (concept,)), exemplars)
    _publish(office, consultation, plan, knowledge=knowledge)
    found = published(office, slug=SLUG)
    assert (found.consultation, found.plan) == (consultation, plan)
    assert consultations.knowledge(office.store.db, 1) == knowledge


def test_a_plan_without_official_text_is_a_rehearsal(
    office: Office, consultation: Consultation
) -> None:
    plan = Plan("规划", (Section("1", "一", "甲", summary="摘要"),))
    _publish(office, consultation, plan)
    assert published(office, slug=SLUG).consultation.rehearsal


def test_publishing_twice_is_a_conflict_unless_it_is_a_new_version(
    office: Office, consultation: Consultation, plan: Plan
) -> None:
    assert _publish(office, consultation, plan) == 1
    with pytest.raises(Conflict):
        _publish(office, consultation, plan)
    newer = replace(plan, title="清河整治规划（第二稿）")
    assert _publish(office, consultation, newer, replacing=True) == 2
    assert published(office, slug=SLUG).plan.title == newer.title


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"slug": ""}, "consultation.slug"),
        ({"slug": "../x"}, "consultation.slug"),
        ({"slug": "清河"}, "consultation.slug"),
        ({"window": Window(date(2024, 5, 2), date(2024, 5, 1))}, "window.order"),
        ({"window": Window(date(2024, 5, 2), date(9999, 12, 31))}, "window.years"),
        ({"window": Window(date(1, 1, 1), date(2024, 5, 1))}, "window.years"),
    ],
)
def test_a_wrong_consultation_is_refused_and_nothing_is_stored(
    office: Office, consultation: Consultation, plan: Plan, change: dict[str, object], code: str
) -> None:
    with pytest.raises(InputRefused) as refusal:
        _publish(office, replace(consultation, **change), plan)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert every_consultation(office) == ()


def test_an_unknown_consultation_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        published(office, slug="nowhere")


def test_errors_show_their_code_and_values() -> None:
    assert str(ConsultError("a.b", x=1)) == "a.b(x=1)"
