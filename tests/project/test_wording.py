"""Every error has a sentence that says what is wrong, with values that are really given."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from consult.wording import SENTENCES, sentence

PACKAGE = Path(__file__).resolve().parents[2] / "consult"
ERRORS = {
    "InputRefused", "NotFound", "Conflict", "WindowClosed", "TooMany", "StoreUnready",
    "KeysUnready", "AccountingError", "SettingsError", "ConsultError",
    "Forbidden", "Unauthenticated", "MailboxUnready", "OutboxUnready", "MessageRefused",
    "DeliveryInDoubt",
}  # fmt: skip
# What passes a code on to an error → the values it adds itself.
DOORS = {"_refuse": set(), "refuse": {"file", "key"}, **{name: set() for name in ERRORS}}
NOT_VALUES = {"field"}  # names what to correct; is no part of the sentence
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*")
# Modules whose errors pass through a door that adds values: they name the file.
ADDED_LATER = {
    "intake/draft": {"name"}, "intake/letter": {"name"}, "intake/archive": {"name"},
    "intake/enclosures": {"name"}, "intake/file_kinds": {"name"}, "intake/table": {"name"},
    "services/take_forms": {"name"},
}  # fmt: skip
# Codes put together from parts → what the parts can be.
COMPOSED = {"window.{}": ("window.before", "window.closed")}


@dataclass
class Use:
    """A code and where it is used; ``given`` is None where the values cannot be seen."""

    code: str
    place: str
    given: set[str] | None


@dataclass
class Module:
    """The codes one module raises, and those it holds in tables."""

    path: Path
    uses: list[Use] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    open_calls: list[set[str] | None] = field(default_factory=list)


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def codes(node: ast.expr) -> Iterator[str]:
    """Yield the codes an expression can be; none when it is a variable."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*codes(node.body), *codes(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        shape = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
        yield from COMPOSED[shape]


def given(node: ast.Call, module: str) -> set[str] | None:
    if any(keyword.arg is None for keyword in node.keywords):
        return None
    later = [names for door, names in ADDED_LATER.items() if module.startswith(door)]
    own = {str(keyword.arg) for keyword in node.keywords} - NOT_VALUES
    return own.union(DOORS[called(node)], *later)


def read(path: Path) -> Module:
    module, name = Module(path), path.relative_to(PACKAGE).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    direct: set[ast.expr] = set()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and called(node) in DOORS and node.args):
            continue
        found = [
            Use(code, f"{name}:{node.lineno}", given(node, name)) for code in codes(node.args[0])
        ]
        module.uses += found
        direct |= set(ast.walk(node.args[0]))  # type: ignore[arg-type]
        if not found:
            module.open_calls.append(given(node, name))
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    values = {str(node.value) for node in texts if node not in direct}
    module.tables = {value for value in values if CODE.fullmatch(value)}
    return module


@pytest.fixture(scope="module")
def uses() -> dict[str, list[Use]]:
    found = [read(path) for path in sorted(PACKAGE.rglob("*.py")) if path.parent.name != "wording"]
    rooms = {use.code.split(".")[0] for module in found for use in module.uses}
    by_code: dict[str, list[Use]] = defaultdict(list)
    for module in found:
        for use in module.uses:
            by_code[use.code].append(use)
        # Codes in a table: raised by the calls of the same module whose code is a variable. The
        # names of routes in web look alike, and web has no tables of codes.
        if "web" in module.path.relative_to(PACKAGE).parts or not module.open_calls:
            continue
        for code in sorted(module.tables):
            if code.split(".")[0] in rooms:
                place = str(module.path.relative_to(PACKAGE))
                by_code[code] += [Use(code, place, values) for values in module.open_calls]
    return by_code


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_codes_are_found_in_every_form(uses: dict[str, list[Use]]) -> None:
    assert {"text.blank", "window.before", "store.full", "corpus.duplicate", "item.bad-json",
            "draft.old-word", "draft.too-large"} <= uses.keys()  # fmt: skip


def test_every_code_has_a_sentence(uses: dict[str, list[Use]]) -> None:
    missing = {code: found[0].place for code, found in uses.items() if code not in SENTENCES}
    assert missing == {}


def test_every_sentence_is_used(uses: dict[str, list[Use]]) -> None:
    assert SENTENCES.keys() - uses.keys() == set()


def test_every_field_of_a_sentence_is_given(uses: dict[str, list[Use]]) -> None:
    missing = [
        f"{use.place}: {use.code} without {name}"
        for code, found in uses.items()
        for use in found
        if use.given is not None
        for name in sorted(fields(SENTENCES.get(code, "")) - use.given)
    ]
    assert missing == []


def test_sentences_are_chinese_and_end_as_sentences() -> None:
    wrong = [
        code
        for code, text in SENTENCES.items()
        if not (re.search(r"[\u4e00-\u9fff]", text) and text.endswith(("。", "{reason}")))
    ]
    assert wrong == []


def test_values_are_put_into_words() -> None:
    assert sentence("item.wrong-channel", {"value": "fax", "allowed": ["web", "letter"]}) == (
        "没有“fax”这个渠道，可用的有：web、letter。"
    )
    assert sentence(
        "corpus.wrong-type", {"file": "a.toml", "key": "page", "wanted": "number", "found": "str"}
    ) == ("a.toml 中 page 应是整数，现在是文字。")
    assert sentence("item.bad-json", {"column": 3, "reason": "{x}"}) == (
        "这一行不是有效的 JSON（第 3 列：{x}），请更正后再导入。"
    )
