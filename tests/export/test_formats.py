"""What holds for every document: refused when sums differ, the same bytes twice, equal numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import takewhile

import pytest
from lxml import html

from consult.domain.comment import Kind
from consult.domain.errors import AccountingError
from consult.export.formats import DOCUMENTS

MADE = {name: form for name, form in DOCUMENTS.items() if ".schema." not in name}
DIGESTS = sorted(name for name, form in MADE.items() if form.source == "digest")
REGISTERS = sorted(name for name, form in MADE.items() if form.source == "register")
KINDS = [kind.value for kind in Kind]
SUMS = ("received", "listed", "withdrawn", "erased", "comments", "mapped", "general", "offplan",
        "unassigned", "refused", "held", "rejected", "undone", "awaiting",
        "transcribing")  # fmt: skip


@pytest.fixture
def make(make_digest, make_register):
    """Build what a document of this name is made of."""

    def build(name, *args, **changes):
        makers = {"digest": make_digest, "register": make_register}
        return makers[DOCUMENTS[name].source](*args, **changes)

    return build


def test_the_documents_have_their_names_and_types():
    types = {name: form.content_type.split(";")[0] for name, form in DOCUMENTS.items()}

    office = "application/vnd.openxmlformats-officedocument"
    assert types == {
        "digest.docx": f"{office}.wordprocessingml.document",
        "digest.html": "text/html",
        "digest.md": "text/markdown",
        "digest.json": "application/json",
        "register.xlsx": f"{office}.spreadsheetml.sheet",
        "register.docx": f"{office}.wordprocessingml.document",
        "register.csv": "text/csv",
        "register.json": "application/json",
        "digest.schema.json": "application/schema+json",
        "register.schema.json": "application/schema+json",
    }


@pytest.mark.parametrize("name", [*DIGESTS, *REGISTERS])
@pytest.mark.parametrize("item", SUMS[:9])
def test_sums_that_do_not_add_up_are_refused_by_every_document(make, name, item):
    source = make(name)
    wrong = replace(source.accounting, **{item: getattr(source.accounting, item) + 1})

    with pytest.raises(AccountingError) as refusal:
        DOCUMENTS[name].write(replace(source, accounting=wrong))

    assert refusal.value.code == "accounting.unbalanced"
    assert refusal.value.values == {key: getattr(wrong, key) for key in SUMS}


@pytest.mark.parametrize("name", [*DIGESTS, *REGISTERS])
def test_a_document_that_lists_less_than_the_accounting_is_refused(make, name):
    source = make(name)
    account = source.accounting
    wrong = replace(account, comments=account.comments + 1, mapped=account.mapped + 1)

    with pytest.raises(AccountingError) as refusal:
        DOCUMENTS[name].write(replace(source, accounting=wrong))

    assert refusal.value.code == "accounting.mismatch"
    assert refusal.value.values == {
        "document": DOCUMENTS[name].source,
        "item": "mapped",
        "listed": account.mapped,
        "accounted": account.mapped + 1,
    }


@pytest.mark.parametrize("name", [*DIGESTS, *REGISTERS])
@pytest.mark.parametrize("rows", [None, ()], ids=["sample", "empty"])
def test_the_same_values_give_the_same_bytes(make, name, rows):
    write = DOCUMENTS[name].write

    assert write(make(name, rows)) == write(make(name, rows))


def test_all_documents_give_the_same_numbers(make_digest, make_register, read_docx, read_xlsx):
    written = {
        name: form.write(make_digest() if form.source == "digest" else make_register())
        for name, form in DOCUMENTS.items()
    }
    sheets = read_xlsx(written["register.xlsx"])
    balance = {str(label): value for label, value in sheets["核对"]}
    text = read_docx(written["digest.docx"])
    table = read_docx(written["register.docx"])
    json_digest = json.loads(written["digest.json"])
    json_register = json.loads(written["register.json"])
    rows = list(csv.DictReader(io.StringIO(written["register.csv"].decode("utf-8-sig"))))

    four = [json_digest["counts"][key] for key in ("people", "submissions", "texts", "comments")]
    sums = [json_digest["accounting"][key] for key in SUMS]
    assert [json_register["counts"][k] for k in ("people", "submissions", "texts", "comments")] == (
        four
    )
    assert [json_register["accounting"][key] for key in SUMS] == sums
    assert [balance[name] for name in ("人数", "来件数", "不同文本数", "意见条数")] == four
    assert list(balance.values())[-len(SUMS) - 3 : -3] == sums
    assert f"人数 | 来件数 | 不同文本数 | 意见条数\n{' | '.join(map(str, four))}\n" in text
    printed = text.split("项目 | 数量\n")[1].splitlines()[: len(SUMS)]
    assert [int(line.rsplit(" | ", 1)[1]) for line in printed] == sums
    numbers = [row["number"] for row in json_register["rows"]]
    assert [int(row["意见编号"]) for row in rows] == numbers
    assert [row[3] for row in sheets["意见汇总表"][4:]] == numbers
    assert sorted(cited(text)) == [n for n in numbers if n != 59]  # 59 is in no theme
    assert sheets["分章节统计"][15 - 1][:5] == ["合计", *four]
    assert table.split("\n合计 | ")[1].splitlines()[0].split(" | ")[:4] == [*map(str, four)]
    inside = table.split("[Heading 1] 三、逐条意见")[1].split("[Heading 1]")[0].splitlines()
    listed = [line.split(" | ") for line in inside if re.match(r"\d+ \| \d+ \| ", line)]
    assert [int(cells[1]) for cells in listed] == numbers
    themes = [row for row in sheets["同类意见"][1:] if row[0] is not None]
    assert sum(row[9] for row in themes) == four[3]
    assert [row[9] for row in themes] == [t["counts"]["comments"] for t in json_register["themes"]]
    printed = table.split("[Heading 1] 二、")[1].split("[Heading 1]")[0]
    quarters = re.findall(r"\| (\d+)/(\d+)/(\d+)/(\d+) \|", printed)
    assert [[int(n) for n in own] for own in quarters] == [
        [t["counts"][k] for k in ("people", "submissions", "texts", "comments")]
        for t in json_register["themes"]
    ]


def cited(text: str) -> list[int]:
    """List the numbers of all lines of the digest and of their voices, ranges written out."""
    found = []
    beside = "\n".join(re.findall(r"同一主题(?:的其他意见)?：(.+)", text))
    own, others = (
        re.findall(r"意见编号：([\d, –]+)。", text),
        re.findall(r"（意见([\d, –]+)）", beside),
    )
    for line in (*own, *others):
        for part in line.split(", "):
            first, _, last = part.partition("–")
            found += range(int(first), int(last or first) + 1)
    return found


def broken(digest, change):
    """Change one line of the digest's section 2, which has lines of every kind but questions."""
    place = next(i for i, part in enumerate(digest.sections) if part.code == "2")
    part = change(digest.sections[place])
    return replace(digest, sections=(*digest.sections[:place], part, *digest.sections[place + 1 :]))


def with_numbers(lines, numbers=(2, 3)):
    return (replace(lines[0], numbers=numbers), *lines[1:])


BREAKS = {
    "2 cited": lambda s: replace(s, wording=with_numbers(s.wording)),
    "2 asks": lambda s: replace(s, themes=(*s.themes, s.themes[0])),
    "kinds": lambda s: replace(s, kinds=()),
}


@pytest.mark.parametrize("name", DIGESTS)
@pytest.mark.parametrize("item", BREAKS)
def test_a_line_that_counts_other_than_it_cites_stops_every_digest(make_digest, name, item):
    with pytest.raises(AccountingError) as refusal:
        DOCUMENTS[name].write(broken(make_digest(), BREAKS[item]))

    assert (refusal.value.code, refusal.value.values["item"]) == ("accounting.mismatch", item)


@pytest.mark.parametrize("name", DIGESTS)
def test_days_that_do_not_add_up_stop_every_digest(make_digest, name):
    digest = make_digest()

    with pytest.raises(AccountingError) as refusal:
        DOCUMENTS[name].write(replace(digest, days=digest.days[1:-1]))

    assert refusal.value.values == {
        "document": "digest", "item": "submissions by day", "listed": 58, "accounted": 59,
    }  # fmt: skip


def test_html_and_markdown_print_the_numbers_of_the_json(make_digest):
    """Read back with lxml, and line by line."""
    digest = make_digest()
    plain = json.loads(DOCUMENTS["digest.json"].write(digest))
    page = html.document_fromstring(DOCUMENTS["digest.html"].write(digest).decode())
    text = DOCUMENTS["digest.md"].write(digest).decode()
    rows = [[flat(c) for c in row] for row in page.xpath("//tr")]
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line[:1] == "|"]

    four = [str(plain["counts"][k]) for k in ("people", "submissions", "texts", "comments")]
    sums = [str(plain["accounting"][key]) for key in SUMS]
    heat = [str(sum(dict(s["kinds"]).get(k, 0) for s in plain["sections"])) for k in KINDS]
    for table in (rows, lines):
        assert four in table
        start = table.index(["项目", "数量"])
        body = [row for row in table[start + 1 :] if row[0] != "---"][: len(SUMS)]
        assert [row[1] for row in body] == sums
        assert ["合计", *heat, four[3]] in table
        assert ["合计", four[1], four[3]] in [[*filter(None, row)] for row in table]
    asked = [n for s in plain["sections"] for t in s["themes"] for n in t["numbers"]]
    details = [flat(p) for p in page.xpath("//p[@class='detail']")]
    assert sorted(cited("\n".join(details))) == sorted(asked)
    assert sorted(cited(text.replace("**", "").replace("： ", "："))) == sorted(asked)


def test_docx_and_json_list_the_same_changes_figures_and_questions(make_digest, read_docx):
    digest = make_digest()
    plain = json.loads(DOCUMENTS["digest.json"].write(digest))
    lines = read_docx(DOCUMENTS["digest.docx"].write(digest)).splitlines()
    heads = (
        "方式 | 原文 | 建议", "指标或者数据 | 意向", "问题 | 人数",
    )  # fmt: skip
    printed = []
    for place, line in enumerate(lines):
        if line.startswith(heads):
            rows = takewhile(lambda row: " | " in row, lines[place + 1 :])
            printed += [row.split(" | ")[-5:] for row in rows]

    stored = []
    for part in plain["sections"]:
        ways = [way for figure in part["figures"] for way in figure["directions"]]
        for item in (*part["wording"], *ways, *part["corrections"], *part["questions"]):
            counts = [item["counts"][k] for k in ("people", "submissions", "texts", "comments")]
            stored.append([*map(str, counts), ", ".join(map(str, item["numbers"]))])
    assert printed == stored
    assert len(printed) == 7


def flat(element):
    return " ".join(element.text_content().split())
