"""The shipped consultations: found by slug or by the title of their plan."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from consult.domain.consultation import Plan
from consult.domain.knowledge import Knowledge, Thesaurus
from consult.intake.corpus import (
    CorpusConsultation,
    merge,
    read_consultation,
    read_lexicon,
    read_outline,
)
from consult.intake.corpus_exemplars import read_exemplars
from consult.intake.corpus_thesaurus import read_thesaurus
from consult.intake.draft import read_draft
from consult.resources import corpus_folder

# A draft of this name in the corpus folder is the official text, brought in by the office.
_OFFICIAL = ("official.docx", "official.txt", "official.html")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a corpus folder ships; ``source`` and ``data`` are the file the plan was read from."""

    folder: Path
    about: CorpusConsultation
    plan: Plan
    knowledge: Knowledge
    source: str
    data: bytes


def thesaurus() -> Thesaurus:
    """Read the general thesaurus, which serves every plan."""
    return read_thesaurus(corpus_folder())


def load(slug: str) -> Corpus:
    """Read a shipped consultation; raises ``FileNotFoundError`` and ``InputRefused``."""
    folder = corpus_folder(slug)
    outline = read_outline(folder)
    plan, path = outline, folder / "outline.toml"
    for name in _OFFICIAL:
        if (folder / name).is_file():
            path = folder / name
            plan = merge(read_draft(path.read_bytes(), name).plan, outline)
            break
    return Corpus(
        folder=folder,
        about=read_consultation(folder),
        plan=plan,
        knowledge=Knowledge(
            lexicon=read_lexicon(folder),
            thesaurus=thesaurus(),
            exemplars=read_exemplars(folder, outline),
        ),
        source=f"corpus/{slug}/{path.name}",
        data=path.read_bytes(),
    )


def matching(*, slug: str, title: str) -> Corpus | None:
    """Return the shipped consultation with this slug or, without one, this title of the plan."""
    for folder in sorted(corpus_folder().iterdir()):
        if not (folder / "consultation.toml").is_file():
            continue
        named = slug == folder.name
        if named or (not slug and _bare(read_consultation(folder).plan_title) == _bare(title)):
            return load(folder.name)
    return None


def _bare(title: str) -> str:
    """Fold a title to its letters: brackets and ``(征求意见稿)`` differ between files."""
    text = unicodedata.normalize("NFKC", title)
    return re.sub(r"[^\w]", "", text.replace("征求意见稿", ""))
