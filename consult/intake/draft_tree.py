"""From the stream of lines to the plan's tree: nesting, codes, paragraphs and tables in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from consult.domain.consultation import LEAD, Indicator, Section
from consult.intake.draft_contents import Contents
from consult.intake.draft_headings import Form, Heading, heading_of, standing_alone
from consult.intake.draft_indicators import TableReading, read_table
from consult.intake.draft_lines import Block, Line, TableBlock

_ROOT = Heading(Form("root", 0, "", "", "holds everything", ""), (0,), "", "")


@dataclass
class Node:
    """A section while it is being filled."""

    heading: Heading = _ROOT
    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """Rank of the heading; 0 for the root."""
        return self.heading.rank

    @property
    def value(self) -> int:
        """The last number of the heading, 0 for the root."""
        return self.heading.values[-1]


@dataclass(frozen=True, slots=True)
class Tree:
    """What was built: the chapters, the lead and the indicators."""

    chapters: tuple[Section, ...]
    lead: tuple[str, ...]
    indicators: tuple[Indicator, ...]


def grow(blocks: Sequence[Block]) -> Node:
    """Nest the blocks under their headings; what stands before the first is the root's own."""
    alone = standing_alone(block for block in blocks if isinstance(block, Line))
    root = Node()
    path = [root]
    for block in blocks:
        heading = _accepted(block, alone, path)
        if heading is None:
            path[-1].blocks.append(block)
            continue
        while path[-1].rank >= heading.rank:
            path.pop()
        node = Node(heading, [Line(heading.rest)] if heading.rest else [])
        path[-1].nodes.append(node)
        path.append(node)
    return root


def _accepted(block: Block, alone: frozenset[str], path: Sequence[Node]) -> Heading | None:
    """Return the heading a line is in this place, or None where it is text."""
    heading = heading_of(block) if isinstance(block, Line) else None
    if heading is None:
        return None
    outer = [node for node in path if node.rank < heading.rank]
    if any(node.heading.is_article for node in outer):
        return None  # below an article come its items (项), by the rules for drafting law
    # 一、 seldom numbers items; a line that goes on counting with its text behind it is a heading.
    item = heading.rest and not heading.is_article and heading.form.name in alone
    if item and heading.form.name != "cn":
        return None
    if item or heading.form.counted:
        return heading if _continues(heading, outer[-1]) else None
    return heading


def _continues(heading: Heading, parent: Node) -> bool:
    """Tell whether a counted number is the next one of its siblings, under the right parent."""
    if len(heading.values) > 1 and parent.value != heading.values[-2]:
        return False
    siblings = [node for node in parent.nodes if node.rank == heading.rank]
    before = siblings[-1].value if siblings else 0
    return heading.values[-1] == before + 1


def build(root: Node, contents: Contents) -> Tree:
    """Turn the nodes into sections with codes and pages, and gather the indicators."""
    indicators: list[Indicator] = []
    lead = _paragraphs(root.blocks, LEAD, indicators)
    chapters = _sections(root.nodes, "", contents, indicators)
    return Tree(chapters, lead, tuple(indicators))


def _sections(
    nodes: Sequence[Node], above: str, contents: Contents, indicators: list[Indicator]
) -> tuple[Section, ...]:
    done = []
    for node, number in zip(nodes, _numbers(nodes), strict=True):
        code = f"{above}.{number}" if above else str(number)
        heading = node.heading
        page = contents.page_of(heading.number, heading.title)
        paragraphs = _paragraphs(node.blocks, code, indicators)
        below = _sections(node.nodes, code, contents, indicators)
        done.append(
            Section(code, heading.number, heading.title, page, "", paragraphs, below),
        )
    return tuple(done)


def _numbers(nodes: Sequence[Node]) -> list[int]:
    """Return the numbers for the codes: as printed, or counted where the print repeats itself."""
    printed = [node.value for node in nodes]
    rising = all(a < b for a, b in zip([0, *printed], printed, strict=False))
    return printed if rising else list(range(1, len(nodes) + 1))


def _paragraphs(blocks: Iterable[Block], code: str, indicators: list[Indicator]) -> tuple[str, ...]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            reading = read_table(block, code)
            _take(reading, indicators)
            texts += reading.rest
        else:
            texts.append(block.text)
    return tuple(texts)


def _take(reading: TableReading, indicators: list[Indicator]) -> None:
    """Add a table's indicators; a second table's numbers go on where they would collide."""
    taken = {known.number for known in indicators}
    shift = max(taken, default=0) if taken & {i.number for i in reading.indicators} else 0
    indicators += [replace(row, number=row.number + shift) for row in reading.indicators]
