"""What the analysis knows beside the plan: thesaurus, lexicon, exemplars. Data, not code.

Each can be left out: an empty one changes nothing. The thesaurus holds for every plan, lexicon and
exemplars belong to one consultation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from consult.domain.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Concept:
    """A matter of public life: what policy calls it, and how people speak of it."""

    id: str
    field: str
    policy: tuple[str, ...]
    everyday: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Concepts across all fields of a city's plans (通用词库)."""

    version: str = "none"
    concepts: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemplar:
    """What somebody may say about a section (示例说法), written before anyone has: a weak label."""

    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The three resources together."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    exemplars: tuple[Exemplar, ...] = ()

    @property
    def versions(self) -> dict[str, str]:
        """The versions of all three, for the record of a run."""
        return {
            "lexicon": self.lexicon.version,
            "thesaurus": self.thesaurus.version,
            "exemplars": str(len(self.exemplars)),
        }
