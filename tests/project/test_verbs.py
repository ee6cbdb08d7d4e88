"""Every act that a service records has words on the pages."""

from __future__ import annotations

import re
from pathlib import Path

from consult.web.staff.verbs import SUBJECTS, VERBS

SERVICES = Path(__file__).resolve().parents[2] / "consult" / "services"


def said() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SERVICES.glob("*.py"))


def test_every_verb_of_the_services_has_a_word() -> None:
    verbs = set(re.findall(r'verb=\(?"([a-z-]+)"', said()))
    assert verbs - VERBS.keys() == set()


def test_every_subject_of_an_event_has_a_word() -> None:
    kinds = set(re.findall(r'subject=f?"([a-z-]+)', said()))
    assert kinds - SUBJECTS.keys() == set()
