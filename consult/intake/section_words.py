"""What people call the sections of a plan: code, number, title, in the spellings they use."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

from consult.domain.consultation import GENERAL, Plan

# 三、（二） and 第三章第二节 have the numbers in common; what stands between them keeps 十、（一）
# from being 十一、.
_BETWEEN: Final = re.compile(r"[第章节条款部分篇项目、，,;；:：()\[\]【】《》“”\"\s.]+")
_SEVERAL: Final = re.compile(r"[;；\n]+")
_WHOLE: Final = ("总体", "全文", "整体", "总体意见", "总体评价", "整体意见")


def section_words(plan: Plan) -> dict[str, str]:
    """Return what names exactly one section, folded, with its code."""
    names: list[tuple[str, str]] = [(word, GENERAL) for word in map(folded, _WHOLE)]
    for node in plan.walk():
        label = plan.label(node.code)
        spellings = {node.code, label, node.title, f"{node.number}{node.title}",
                     f"{label}{node.title}", f"{node.code} {node.title}"}  # fmt: skip
        names += [(name, node.code) for name in {folded(s) for s in spellings} if name]
    counts = Counter(name for name, _ in set(names))
    return {name: code for name, code in names if counts[name] == 1}


def codes_of(words: str, sections: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes that words name, none unless they name nothing else."""
    parts = [folded(part) for part in _SEVERAL.split(words)]
    codes = [sections.get(part, "") for part in parts if part]
    return tuple(dict.fromkeys(codes)) if codes and all(codes) else ()


def folded(words: str) -> str:
    """Fold a name of a section to what its spellings have in common."""
    return _BETWEEN.sub("|", unicodedata.normalize("NFKC", words).casefold()).strip("|")
