"""Ten questions about the sample comments, answered twice: from the comments and from the digest.

The questions were written from the file of comments, before the digest was looked at. The right
answer is worked out here from that file alone, by its labels, by code that shares nothing with the
product; the other one is read off the Word file with python-docx, as its reader would.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from docx.table import Table

from consult.cli import corpora
from consult.cli.demo import NOW, SLUG
from consult.export.digest_docx import digest_docx
from consult.intake.corpus import read_samples
from consult.services.carry_out import run_now
from consult.services.compile import compile_digest
from consult.services.demo import prepare
from consult.services.office import open_office

Row = dict[str, str]


@dataclass(frozen=True)
class Paper:
    """What a reader has: the lines of the paper, and those of each section by its heading."""

    lines: tuple[str, ...]
    sections: dict[str, tuple[str, ...]]

    def asked(self, section: str, words: str) -> int:
        """Count the comments cited in a section for asks in whose words a pattern is found."""
        return sum(n for said, n in _asks(self.sections[section]) if re.search(words, said))

    def find(self, pattern: str, section: str = "") -> tuple[str, ...]:
        lines = self.sections[section] if section else self.lines
        found = (re.search(pattern, line) for line in lines)
        return next(match.groups() for match in found if match)


def _asks(lines: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield the words of every ask and how many comments are cited for it."""
    heading = ""
    for line in lines:
        if match := re.match(r"(\d+\. .+)意见编号：([\d, –]+)。", line):
            yield match.group(1), _many(match.group(2))
        elif match := re.match(r"(?:提出这一要求：.*|)意见编号：([\d, –]+)。", line):
            yield heading, _many(match.group(1))
        elif re.match(r"\d+\. ", line):
            heading = line
        if line.startswith("同一主题的其他意见："):
            for words, numbers in re.findall(r"“([^”]+(?:”[^”（]+)*)”（意见([\d, –]+)）", line):
                yield words, _many(numbers)


def _many(numbers: str) -> int:
    ends = [part.split("–") for part in numbers.split(", ")]
    return sum(int(own[-1]) - int(own[0]) + 1 for own in ends)


def _points(*names: str) -> Callable[[list[Row]], int]:
    return lambda rows: sum(row["point"] in names for row in rows)


def _busiest(rows: list[Row]) -> tuple[str, ...]:
    day, number = Counter(row["received"][:10] for row in rows).most_common(1)[0]
    year, month, date = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{date}日", str(number)


def _busiest_read(paper: Paper) -> tuple[str, ...]:
    days = [re.match(r"(\d+年\d+月\d+日) \| (\d+) \| \d+", line) for line in paper.lines]
    return max((match.groups() for match in days if match), key=lambda own: int(own[1]))


def _offices(rows: list[Row]) -> int:
    return sum(row["point"] == "no-objection" and row["speaker"] == "agency" for row in rows)


def _words(point: str, pattern: str) -> Callable[[list[Row]], tuple[str, ...]]:
    return lambda rows: next(
        match.groups()
        for row in rows
        if row["point"] == point and (match := re.search(pattern, row["text"]))
    )


def _copies(rows: list[Row]) -> int:
    """Count the largest letter about school places and what was copied from it."""
    base = Counter(
        row["near_dup_of"] or row["id"]
        for row in rows
        if row["point"] == "park-staff-children-nearby-school"
    )
    return max(base.values())


# question → how the comments answer it, how the paper does
QUESTIONS: dict[str, tuple[Callable[[list[Row]], object], Callable[[Paper], object]]] = {
    "On which day did most come in, and how much?": (_busiest, _busiest_read),
    "How many offices wrote that they have no remarks?": (
        _offices, lambda paper: int(paper.find(r"其中机关单位(\d+)条")[0]),
    ),
    "How many want the age line of young talent raised?": (
        _points("raise-youth-age-limit"), lambda paper: paper.asked("3.2", "以45周岁|往后推|推后"),
    ),
    "How many want it lowered?": (
        _points("lower-youth-age-limit"), lambda paper: paper.asked("3.2", "以35周岁|往下压"),
    ),
    "How many only say that the plan as a whole is good?": (
        _points("support-plan"), lambda paper: paper.asked("general", "赞成！希望泸州越来越好"),
    ),
    "How many copies has the letter about schools for workers' children?": (
        _copies, lambda paper: int(paper.find(r"其中雷同文本最多的一组(\d+)条", "6.2")[0]),
    ),
    "Which share of self-accepted projects shall others check?": (
        _words("self-acceptance-third-party", r"按不低于(\d+%)的比例由第三方"),
        lambda paper: paper.find(r"增 ?[加补] \| .*按不低于(\d+%)的比例由第三方", "5.1"),
    ),
    "How many want envoys' travel paid?": (
        _points("envoy-travel-allowance"),
        lambda paper: sum(paper.asked(code, "每名特派员每年有固定") for code in ("3.4", "5.1")),
    ),
    "To which figure shall the target of patents go?": (
        _words("raise-patent-target", r"提到(\d+件)以上"),
        lambda paper: paper.find(r"高价值发明专利拥有量 \| 调高 \| (\d+件) \| 1 ", "2.3"),
    ),
    "How many want more time for comments?": (
        _points("extend-window", "extend-consultation"),
        lambda paper: paper.asked("general", "延长半个月|延长到|宽限半个月"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder: Path = tmp_path_factory.mktemp("demo")
    office = open_office(folder / "data", create=True)
    corpus = corpora.load(SLUG)
    prepare(
        office, consultation=corpus.about.consultation, plan=corpus.plan,
        knowledge=corpus.knowledge, samples=read_samples(corpus.folder), source=corpus.source,
        data=corpus.data, now=NOW,
    )  # fmt: skip
    run_now(office, slug=SLUG, actor="test", threshold=0.5)
    file = digest_docx(compile_digest(office, slug=SLUG, as_of=NOW))
    names = {node.title: node.code for node in corpus.plan.sections} | {"总体意见": "general"}
    lines: list[str] = []
    sections: dict[str, list[str]] = {}
    own: list[str] = []
    for block in docx.Document(io.BytesIO(file)).iter_inner_content():
        if isinstance(block, Table):
            new = [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            new = block.text.split("\n")
            if block.style is not None and "Heading" in block.style.name:
                title = re.sub(r"^（.+?）", "", block.text)
                own = sections.setdefault(names.get(title, title), [])
        lines += new
        own += new
    return Paper(tuple(lines), {code: tuple(said) for code, said in sections.items()})


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    text = (corpora.load(SLUG).folder / "comments.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_paper_answers_as_the_comments_do(question: str, paper: Paper, rows: list[Row]) -> None:
    right, read = QUESTIONS[question]

    assert (read(paper), len(QUESTIONS)) == (right(rows), 10)
