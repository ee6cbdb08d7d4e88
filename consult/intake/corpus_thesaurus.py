"""``thesaurus.toml``: everyday words and policy concepts, for every plan."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from consult.domain.knowledge import Concept, Thesaurus
from consult.intake.corpus_fields import Fields, read_file

THESAURUS: Final = "thesaurus.toml"
MOST: Final = 2  # concepts one word may point to: a word of more would point nowhere


def read_thesaurus(folder: Path) -> Thesaurus:
    """Read ``thesaurus.toml``; an empty thesaurus when the folder has none.

    Raises ``InputRefused`` (``corpus.*``), ``corpus.duplicate`` for an id given twice and for a
    word that stands in one concept twice or in more than ``MOST`` concepts.
    """
    if not (folder / THESAURUS).is_file():
        return Thesaurus()
    fields = read_file(folder, THESAURUS)
    version = fields.text("version")
    seen: set[str] = set()
    homes: dict[str, int] = {}
    concepts = []
    for table in fields.tables("concepts"):
        concept = _concept(table)
        if concept.id in seen:
            table.refuse("corpus.duplicate", "id", value=concept.id)
        seen.add(concept.id)
        words = (*concept.policy, *concept.everyday)
        for word in words:
            homes[word] = homes.get(word, 0) + 1
            if words.count(word) > 1 or homes[word] > MOST:
                table.refuse("corpus.duplicate", "everyday", value=word)
        concepts.append(concept)
    fields.finish()
    return Thesaurus(version, tuple(concepts))


def _concept(table: Fields) -> Concept:
    concept = Concept(
        id=table.text("id"),
        field=table.text("field"),
        policy=table.texts("policy"),
        everyday=table.texts("everyday"),
    )
    for key, words in (("policy", concept.policy), ("everyday", concept.everyday)):
        if not words:
            table.refuse("corpus.missing-key", key)
    table.finish()
    return concept
