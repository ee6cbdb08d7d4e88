"""Which lines are headings: the forms of numbering, in the order in which they nest.

A candidate says what it could be; whether a counted form really continues its siblings is decided
in ``draft_tree``, where the siblings are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from consult.intake.draft_lines import Line, title_text
from consult.intake.draft_numerals import NUMERAL, number_of

_N = f"[{NUMERAL}0-9]{{1,5}}"
_GAP = r"[\s:：]"
_ARTICLE_RANK = 40


@dataclass(frozen=True, slots=True)
class Form:
    """A form of numbering: outer forms have the lower rank.

    ``number`` is how the number is written down; ``run_in`` allows a title that is followed by its
    text on the same line; ``counted`` wants the number right after its sibling's, since the form
    is also how sentences and figures begin.
    """

    name: str
    rank: int
    pattern: str
    number: str
    reason: str
    example: str
    run_in: bool = False
    counted: bool = False


FORMS: Final[tuple[Form, ...]] = (
    Form(
        "part", 10, rf"第({_N})(?:编|篇|部分){_GAP}*", "", "outermost of long plans", "第一编 总论"
    ),
    Form("chapter", 20, rf"第({_N})章{_GAP}*", "", "chapter of a plan or rule", "第一章 总则"),
    Form("section", 30, rf"第({_N})节{_GAP}*", "", "section below a chapter", "第一节 目标"),
    Form(
        "article",
        _ARTICLE_RANK,
        rf"第({_N})条(?=[\s　:：【（(]|$){_GAP}*",
        "",
        "article; without a gap it is a reference (第三条所称)",
        "第一条 为了修路，制定本办法。",
    ),
    Form(
        "cn",
        50,
        rf"([{NUMERAL}]{{1,4}})、\s*(?![{NUMERAL}]+(?:[、，]|次?产业))",
        "{}",
        "first level of official writing; 一、二产业 counts things",
        "一、规划背景",
        run_in=True,
    ),
    Form(
        "paren",
        60,
        rf"[（(]\s*([{NUMERAL}]{{1,4}})\s*[）)][、.．]?\s*",
        "（{}）",
        "second level of official writing",
        "（一）发展基础",
        run_in=True,
    ),
    Form(
        "digit",
        70,
        r"([0-9]{1,3})[.．、]\s*(?![0-9])",
        "{}.",
        "third level, or first of technical plans; 1.5 and 2022.9 are figures",
        "1.建设平台",
        counted=True,
    ),
    Form(
        "dotted",
        80,
        r"([0-9]{1,3}(?:[.．][0-9]{1,3}){1,4})[.．、]?(?:\s+|(?=[\u3400-\u9fff]))",
        "{}",
        "decimal numbering, deeper by each dot",
        "1.1 目标",
        counted=True,
    ),
    Form(
        "spaced",
        70,
        r"([0-9]{1,2})\s+(?=[\u3400-\u9fff])",
        "{}.",
        "decimal numbering without a dot at the top",
        "1 总则",
        counted=True,
    ),
)
_PATTERNS = tuple((form, re.compile(form.pattern)) for form in FORMS)

# A title this long is a sentence; a heading style vouches for longer ones.
_LONGEST = 40
_LONGEST_STYLED = 80
# A run-in title is a phrase of a few words before its full stop.
_LONGEST_RUN_IN = 30
_ENDS_SENTENCE = re.compile(r"[。；;！!？?，,、…]$")
_RUN_IN = re.compile(r"^([^。，,；;：:！？]{2,30})。\s*(\S.*)$", re.DOTALL)
# An article's own title: 第一条【目的】 or 第一条（目的）.
_BRACKETED = re.compile(r"^[【（(]([^】）)]{1,20})[】）)]\s*(.*)$", re.DOTALL)
_OPENING = re.compile(r"^[^。，,；;：:！？、]{1,20}")
_LONGEST_ARTICLE_TITLE = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A candidate: its form, printed values (1.2 → (1, 2)), number and title as we write them.

    ``rest`` is official text that stands on the heading's own line.
    """

    form: Form
    values: tuple[int, ...]
    number: str
    title: str
    rest: str = ""

    @property
    def rank(self) -> int:
        """Nesting: a lower rank holds a higher one."""
        return self.form.rank + len(self.values) - 1

    @property
    def is_article(self) -> bool:
        """Whether what is numbered below it are its items, not headings."""
        return self.form.rank == _ARTICLE_RANK


def heading_of(line: Line) -> Heading | None:
    """Return what a line could be a heading of, or None for a paragraph."""
    if line.hint == "cell":
        return None
    for form, pattern in _PATTERNS:
        found = pattern.match(line.text)
        values = _values(found.group(1)) if found else ()
        if found and values:
            return _heading(form, values, found, line)
    return None


def _values(text: str) -> tuple[int, ...]:
    values = [number_of(part) for part in re.split("[.．]", text)]
    return tuple(value for value in values if value is not None) if None not in values else ()


def _heading(
    form: Form, values: tuple[int, ...], found: re.Match[str], line: Line
) -> Heading | None:
    printed = found.group(1).replace("．", ".")
    mark = form.number.format(printed) if form.number else found.group().rstrip(" \t　:：")
    if form.name == "digit" and "、" in found.group():
        mark = printed
    rest = line.text[found.end() :].strip()
    if form.rank == _ARTICLE_RANK:
        title, rest = _article(rest)
        return Heading(form, values, mark, title_text(title), rest)
    if is_title(rest, styled=line.hint == "heading"):
        return Heading(form, values, mark, title_text(rest).rstrip("：: "))
    run_in = _RUN_IN.match(rest) if form.run_in else None
    if not run_in or len(run_in.group(1)) > _LONGEST_RUN_IN:
        return None
    return Heading(form, values, mark, title_text(run_in.group(1)), run_in.group(2))


def is_title(text: str, *, styled: bool = False) -> bool:
    """Tell a title from a sentence: short, and neither ended nor interrupted by a full stop."""
    longest = _LONGEST_STYLED if styled else _LONGEST
    fits = 0 < len(text) <= longest and not _ENDS_SENTENCE.search(text)
    return fits and not re.search("[。；]", text) and any(map(str.isalpha, text))


def _article(text: str) -> tuple[str, str]:
    """Give an article a title: its own, or the words it opens with (verbatim)."""
    bracketed = _BRACKETED.match(text)
    if bracketed:
        return bracketed.group(1), bracketed.group(2)
    if is_title(text) and len(text) <= _LONGEST_ARTICLE_TITLE:
        return text, ""
    opening = _OPENING.match(text)
    return (opening.group() if opening else ""), text


def standing_alone(lines: Iterable[Line]) -> frozenset[str]:
    """Return the forms that have headings on lines of their own.

    Where they do, a line of the same form with text behind its full stop is an item of a section.
    """
    found = (heading_of(line) for line in lines)
    return frozenset(heading.form.name for heading in found if heading and not heading.rest)
