"""The table of ways to cite a place of the plan by number, on aligned text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CAPITAL: Final = "壹贰叁肆伍陆柒捌玖拾"  # the forms of cheques and contracts
_KINDS_OF_NUMBER: Final = (  # the characters of one, and how many more of them may follow
    ("一二三四五六七八九十廿", 2), (_CAPITAL, 2), (r"\d", 2), ("ivx\u2170-\u217b", 0),
)  # fmt: skip
NUMBER: Final = f"(?:{'|'.join(f'[{kind}]{{1,{more + 1}}}' for kind, more in _KINDS_OF_NUMBER)})"
_UNIT: Final = r"(?:章|部分|大部分|大点|大项|大条|大块|板块|篇)"
PART: Final = r"(?:节|小节|条|点|小点|款|项|小项|段|部分|块|小部分)"
_IN: Final = r"[、,.:的中里之]?\s*"  # what stands between the two numbers
_HAN_DIGIT: Final = "一二三四五六七八九十百千万"
_COUNTING: Final = rf"{_HAN_DIGIT}第\d"  # before a number these make it a part of another
# A decimal that is a quantity, by what follows or precedes it.
_QUANTITY: Final = r"\d.%‰万亿千百元件倍个名人家户项年月日岁公米吨kw版"
_TOWARDS: Final = r"\d.从到为达至是超约过近率比了占"


def _after(not_one_of: str, name: str) -> str:
    """Return a number behind none of some characters, as a named group.

    It says what ``(?<![…])(?P<name>NUMBER)`` does, and begins with a set of characters: a search
    passes over everything else at once. What must not stand before is looked back for behind it.
    """
    kinds = "".join(f"|(?<=[{kind}])[{kind}]{{0,{more}}}" for kind, more in _KINDS_OF_NUMBER)
    every = "".join(kind for kind, _ in _KINDS_OF_NUMBER)
    return rf"(?P<{name}>[{every}](?<![{not_one_of}].)(?:{kinds[1:]}))"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to cite by number, on aligned text; ``path`` is what the example means.

    A text without any character of ``signs`` cannot match: most texts need no search at all.
    """

    regex: re.Pattern[str]
    example: str
    path: tuple[int, ...]
    reason: str
    signs: frozenset[str]
    flat: bool = False  # names articles of a plan without chapters only


def _pattern(
    regex: str,
    example: str,
    path: tuple[int, ...],
    reason: str,
    signs: str = "第",
    flat: bool = False,
) -> Pattern:
    return Pattern(re.compile(regex), example, path, reason, frozenset(signs), flat)


# The first pattern that matches at a place wins; named groups: c (chapter), s (section).
PATTERNS: Final = (
    _pattern(
        rf"第(?P<c>{NUMBER}){_UNIT}{_IN}第?\s*[(](?P<s>{NUMBER})[)]{PART}?",
        "第三部分第(二)条",
        (3, 2),
        "unit word and the plan's own brackets mixed",
    ),
    _pattern(
        rf"第(?P<c>{NUMBER}){_UNIT}{_IN}第(?P<s>{NUMBER}){PART}",
        "第三章第二节",
        (3, 2),
        "both numbers with unit words, whatever words the plan itself uses",
    ),
    _pattern(
        rf"第(?P<c>{NUMBER})(?:章|部分){_IN}(?P<s>{NUMBER})(?:节|小节|款)",
        "第3章2节",
        (3, 2),
        "the second 第 left out; only before unit words that count nothing else",
    ),
    _pattern(
        rf"{_after(_COUNTING, 'c')}章{_IN}(?P<s>{NUMBER})节",
        "三章二节",
        (3, 2),
        "spoken short form",
        "章",
    ),
    _pattern(
        rf"第(?P<c>{NUMBER})[条点项]{_IN}第?[(](?P<s>{NUMBER})[)]{PART}?",
        "第5条(3)",
        (5, 3),
        "wrong unit word for the chapter, the section in brackets",
    ),
    _pattern(
        rf"第(?P<c>{NUMBER})[条点项]{_IN}第(?P<s>{NUMBER})(?:小点|小项|小条|款)",
        "第五点第一小点",
        (5, 1),
        "wrong unit word for the chapter, a small one for the section",
    ),
    _pattern(
        rf"{_after(_COUNTING + '(', 'c')}\s*[、,.]?\s*[(](?P<s>{NUMBER})[)]",
        "三、（二）",
        (3, 2),
        "the plan's own numbering; the mark between is often left out",
        "(",
    ),
    _pattern(
        rf"[(](?<![)\d{_HAN_DIGIT}].)(?P<c>{NUMBER})[)]\s*[(](?P<s>{NUMBER})[)](?![(])",
        "（三）（二）",
        (3, 2),
        "both numbers in brackets",
        "(",
    ),
    _pattern(
        rf"(?P<c>[一二三四五六七八九十](?<![{_HAN_DIGIT}分第\d].))(?:之|\.|·)"
        rf"(?P<s>[一二三四五六七八九十])(?![{_HAN_DIGIT}分个名家条项级\d.])",
        "六之二",
        (6, 2),
        "spoken, or a full stop between; behind 分 it is a fraction",
        "之.·",
    ),
    _pattern(
        r"(?P<c>\d(?<![\d.-].)\d?)-(?P<s>\d{1,2})(?:节|小节|款)",
        "3-2节",
        (3, 2),
        "a dash for the point; a unit word must say that it is no range",
        "-",
    ),
    _pattern(
        rf"(?P<c>\d(?<![{_TOWARDS}].)\d?)\.(?P<s>\d{{1,2}})(?!\s*[{_QUANTITY}])",
        "3.2",
        (3, 2),
        "decimal numbering; not after or before what makes it a quantity",
        ".",
    ),
    _pattern(
        rf"第(?P<c>{NUMBER}){_UNIT}",
        "第四大点",
        (4,),
        "chapter alone: stands for all its sections",
    ),
    _pattern(
        rf"第(?P<c>{NUMBER})条",
        "第5条",
        (5,),
        "article of a flat plan; elsewhere a bare 第5条 counts the writer's own points",
        flat=True,
    ),
)
# What every pattern with 第 begins with: 第一，… that counts the writer's own points needs no more.
ORDINAL: Final = re.compile(rf"第{NUMBER}(?:{_UNIT}|[条点项])")
SIGNS: Final = frozenset[str]().union(*(pattern.signs for pattern in PATTERNS))
# Pages of the table of contents. A bare "18页" says how long something is; with 第 or P it points.
_MORE: Final = rf"(?:\s*[、,至到-]\s*(?:第|p)?{NUMBER})*"
PAGES: Final = re.compile(
    rf"(?:第|规划|文本|稿|目录|见)\s*(?P<p>{NUMBER}{_MORE})\s*页(?![多码])"
    rf"|(?<![a-z])p\.?\s*(?P<q>\d{{1,3}}{_MORE})(?![\d.a-z%])"
)
