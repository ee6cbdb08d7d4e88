"""A clause is compared with its counterpart only where one of them can turn the other round."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.asks import ask_start, clauses, sentences
from consult.analysis.normalise import align, fold
from consult.analysis.opposites import Opposites

OPPOSITES = Opposites()
PARTS = (
    "建议夜间允许货车在滨江路通行", "建议夜间禁止货车在滨江路通行", "补贴标准提高到5万元",
    "补贴标准提高到3万元", "补贴标准不要提高到3万元", "这条路很堵", "这条路不堵", "支持这个规划",
    "反对这个规划", "请把年龄放宽到45岁", "请把年龄卡在40岁", "希望多听意见", "希望少听意见", "好",
)  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(PARTS), st.sampled_from("，。；：")), min_size=1, max_size=5
).map(lambda parts: "".join(map("".join, parts)))


def asked(text: str) -> dict[str, bool]:
    aligned = align(text)
    found: dict[str, bool] = {}
    for start, end in sentences(aligned):
        cue = ask_start(aligned[start:end])
        for a, b in clauses(aligned[start:end]):
            words = aligned[start + a : start + b]
            found[words] = found.get(words, False) or 0 <= cue < b
    return found


def alike(one: str, other: str) -> float:
    first, second = ({w[i : i + 2] for i in range(len(w) - 1)} for w in map(fold, (one, other)))
    return 2 * len(first & second) / max(1, len(first) + len(second))


def turned(text: str, other: str) -> bool:
    """Compare every clause with its counterpart, whatever it tells."""
    ours, theirs = asked(text), asked(other)
    right = [words for words in theirs if words not in ours]
    for words in set(ours) - set(theirs):
        near = [(alike(words, one), one) for one in right if alike(words, one) >= 0.4]
        if not near:
            continue
        match = max(near)[1]
        if OPPOSITES._opposed(words, match):
            return True
        if (ours[words] or theirs[match]) and OPPOSITES._turned(words, match):
            return True
    return False


@given(TEXTS, TEXTS)
def test_what_tells_nothing_is_left_out_and_nothing_else(text: str, other: str) -> None:
    assert OPPOSITES.reverse(text, other) == turned(text, other)
