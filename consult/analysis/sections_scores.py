"""How the signals of texts add up to one score per outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from consult.analysis.citations import Citation, CitationFinder
from consult.analysis.citations_kinds import EXPLICIT
from consult.analysis.normalise_batch import normalised
from consult.analysis.phrases_batch import Spotted
from consult.analysis.sections_beyond import CueFinder, CueHit
from consult.analysis.sections_concepts import ConceptScorer
from consult.analysis.sections_learned import Example, learn
from consult.analysis.sections_phrases import PhraseScorer
from consult.analysis.sections_products import Products, documents_part
from consult.analysis.sections_views import ViewReader, Views
from consult.analysis.sections_vocabulary import Counts, Floats, Vocabulary
from consult.analysis.sections_words import SharedWords
from consult.analysis.segment import Segmenter
from consult.domain.consultation import GENERAL, OFFPLAN, Plan, Section
from consult.domain.knowledge import Thesaurus
from consult.domain.lexicon import Lexicon, SectionWords

TITLE_TIMES: Final = 3  # the title counts three times; measured best in the reference notes
# Who names a section speaks of it: what is left then of the case for general and offplan.
POINTED: Final = 0.5
# What off-plan starts with, below the score of any text that shares words with a section: so a text
# that shares nothing goes there. Not higher: everyday wording of real matters scores .04 and up.
NOTHING: Final = 0.02


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal adds to the score, in units of the character cosine.

    Coarse by intention: chosen in steps of .05 to .1 on three separately written sets at once.
    ``cited`` is what a full citation adds; a content margin wider than that overrules it.
    """

    words: float = 0.4
    phrases: float = 0.25
    cited: float = 0.3
    chapter: float = 0.08
    cues: float = 0.3
    learned: float = 0.5
    concepts: float = 0.3


class Reading(NamedTuple):
    """What was found in one text; ``meant`` are the outcomes that each citation speaks for."""

    text: str
    citations: Sequence[Citation]
    meant: Sequence[tuple[int, ...]]
    cues: Sequence[CueHit]


@dataclass(frozen=True, slots=True)
class Readings:
    """Texts as they were read: what was found in each, and the arrays of all of them.

    ``content`` is what each outcome has without citations, ``total`` with them, both texts ×
    outcomes; ``lengths`` are those of ``terms`` in each part of the products.
    """

    texts: Sequence[str]
    aligned: Sequence[str]
    each: Sequence[Reading]
    content: Floats
    total: Floats
    phrases: Spotted
    concepts: Spotted
    terms: Counts
    lengths: Floats


class Reader:
    """Reads texts against one plan: similarity, phrases, citations, cues."""

    def __init__(
        self,
        plan: Plan,
        lexicon: Lexicon,
        segmenter: Segmenter,
        weights: Weights,
        examples: Sequence[Example] = (),
        thesaurus: Thesaurus | None = None,
    ) -> None:
        self.plan = plan
        self.weights = weights
        self.lexicon = lexicon
        self.codes = (*(section.code for section in plan.sections), GENERAL, OFFPLAN)
        self.headings = (*(section.heading for section in plan.sections), "", "")
        self._index = {code: index for index, code in enumerate(self.codes)}
        self._beyond = (self._index[GENERAL], self._index[OFFPLAN])
        self._meant = _Meant()
        for node in plan.walk():
            leaves = (leaf.code for leaf in node.walk() if not leaf.sections)
            self._meant[(node.code,)] = tuple(self._index[code] for code in leaves)
        self._chapters = {node.code for node in plan.walk()}.difference(self._index)
        phrases = {
            self._index[code]: (*words.terms, *words.everyday)
            for code, words in lexicon.sections.items()
            if code in self._index
        }
        phrases[self._index[GENERAL]] = lexicon.general
        phrases[self._index[OFFPLAN]] = lexicon.offplan
        self.phrases = PhraseScorer(phrases, len(self.codes))
        titles = [*(section.title for section in plan.sections), "", ""]
        matters = [_matter(section, lexicon) for section in plan.sections]
        self.concepts = ConceptScorer(
            thesaurus or Thesaurus(), titles, [*matters, "", ""], self._index[OFFPLAN]
        )
        documents = [_document(section, lexicon) for section in plan.sections]
        documents += [" ".join(lexicon.general), " ".join(lexicon.offplan)]
        labelled = [example.text for example in examples]
        self._views = ViewReader(plan.title, segmenter, self.concepts, documents, labelled)
        self._cues = CueFinder("\n".join((*plan.lead, *titles, *matters)))
        self._citations = CitationFinder(plan, lexicon)
        self._learn(documents, examples)

    def _learn(self, documents: Sequence[str], examples: Sequence[Example]) -> None:
        """Make the products of documents and examples, in runs and in terms."""
        terms = self._views.terms.terms
        own = [
            documents_part(vocabulary := Vocabulary(counts, size), vocabulary.read(counts))
            for counts, size in zip(
                self._views.documents(documents), (self._views.runs.size, len(terms)), strict=True
            )
        ]
        taught = learn(examples, self.codes, self._view, self._views.runs.size, terms)
        self.learned = taught.learned if taught else None
        self._runs = Products([own[0], *(taught.runs if taught else ())])
        self._terms = Products([own[1], *(taught.terms if taught else ())])
        sections = [code not in (GENERAL, OFFPLAN) for code in self.codes]
        self.shared = SharedWords(self._terms, 0, terms, sections)

    def _view(self, texts: Sequence[str]) -> Views:
        batch = normalised(texts)
        return self._views.read(batch, self.concepts.find(batch))

    def read(self, texts: Sequence[str]) -> Readings:
        """Return everything that speaks for an outcome, for each text by itself."""
        batch = normalised(texts)
        phrases, concepts = self.phrases.find(batch), self.concepts.find(batch)
        views = self._views.read(batch, concepts)
        cues = self._cues.find_all(batch)
        citations = self._citations.find_all(batch)
        known = self._meant
        meant = [[known[citation.codes] for citation in own] if own else () for own in citations]
        runs, terms = self._runs.of(views.runs), self._terms.of(views.terms)
        content = runs.products[0] + self.weights.words * terms.products[0]
        content += self.weights.phrases * self.phrases.scores(phrases, len(batch))
        if self._bridged:
            content += self.weights.concepts * self.concepts.scores(concepts)
        if self.learned is not None:
            content += self.weights.learned * self.learned.scores(
                views.runs, runs.products[1:], terms.products[1:]
            )
        self._add_beyond(content, cues, citations)
        total = self._with_cited(content, citations, meant)
        each = list(map(Reading, texts, citations, meant, cues))
        return Readings(
            texts, batch.aligned, each, content, total, phrases, concepts, views.terms,
            terms.lengths,
        )  # fmt: skip

    def words(self, aligned: str) -> Sequence[str]:
        """Return the words of one aligned text, without the plan's own title."""
        return self._views.words(aligned)

    def _add_beyond(
        self,
        content: Floats,
        cues: Sequence[Sequence[CueHit]],
        citations: Sequence[Sequence[Citation]],
    ) -> None:
        """Add what speaks for the outcomes that are no sections."""
        for place, hits in enumerate(cues):
            for cue in hits:
                content[place, self._index[cue.code]] += self.weights.cues * cue.share
        content[:, self._index[OFFPLAN]] += NOTHING
        for place, cited in enumerate(citations):
            if cited and any(citation.kind in EXPLICIT for citation in cited):
                for index in self._beyond:
                    content[place, index] *= POINTED

    @property
    def _bridged(self) -> bool:
        """Whether concepts count for the score and not only as reasons.

        They do for a plan without words of its own: there they add 2 points of accuracy. Beside a
        lexicon or exemplars, which know the plan, they cost half a point to two on the same sets.
        """
        return not self.lexicon.sections and not self.taught

    @property
    def taught(self) -> bool:
        """Whether labelled texts were enough to learn the plan from, not some sections alone."""
        return self.learned is not None and self.learned.settled

    @property
    def raised(self) -> str:
        """What raises the scores of this plan beside the plan itself: see ``CURVES``."""
        if self._bridged and self.concepts:
            return "concepts"
        signals = {"lexicon": bool(self.lexicon.sections), "learned": self.taught}
        return " ".join(name for name, there in signals.items() if there)

    def _with_cited(
        self,
        content: Floats,
        texts: Sequence[Sequence[Citation]],
        meant: Sequence[Sequence[tuple[int, ...]]],
    ) -> Floats:
        """Return the content with what citations add; several approach the full weight."""
        total, full = content.copy(), self.weights.cited
        for place, citations in enumerate(texts):
            if not citations:
                continue
            doubt: dict[int, float] = {}
            for citation, outcomes in zip(citations, meant[place], strict=True):
                leaves = self._chapters.isdisjoint(citation.codes)
                share = 1.0 if leaves else self.weights.chapter / full
                left = 1.0 - min(1.0, citation.weight * share)
                for index in outcomes:
                    doubt[index] = doubt.get(index, 1.0) * left
            own = total[place]
            for index, left in doubt.items():
                own[index] += full * (1.0 - left)
        return total


class _Meant(dict[tuple[str, ...], tuple[int, ...]]):
    """The outcomes that citations speak for, by their codes; a chapter speaks for its sections.

    Those of several codes are joined when they are first met.
    """

    def __missing__(self, codes: tuple[str, ...]) -> tuple[int, ...]:
        self[codes] = joined = tuple(index for code in codes for index in self[(code,)])
        return joined


def _matter(section: Section, lexicon: Lexicon) -> str:
    """Return what the plan itself says of a section, without how people speak of it."""
    words = lexicon.sections.get(section.code, SectionWords())
    return "\n".join((*section.paragraphs, section.summary, " ".join(words.terms)))


def _document(section: Section, lexicon: Lexicon) -> str:
    words = lexicon.sections.get(section.code, SectionWords())
    titles = [section.title] * TITLE_TIMES
    own = (" ".join(words.terms), " ".join(words.everyday))
    return "\n".join((*titles, *section.paragraphs, section.summary, *own))
