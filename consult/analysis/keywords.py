"""The terms that set a group of comments apart from its neighbours (class-based TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import log
from typing import Final

# Words every comment uses, whatever it is about.
STOP_WORDS: Final[frozenset[str]] = frozenset(
    word
    for words in (
        # asking and judging
        "建议 希望 应该 应当 需要 必须 能够 可以 能不能 是否 不要 不能 不宜 支持 反对 赞成 同意",
        "意见 提出 提高 增加 加强 推进 完善 明确 进一步 落实 解决 问题 情况 方面",
        # pronouns, particles, links
        "我们 你们 他们 自己 大家 人家 这个 那个 这些 那些 这样 那样 这种 什么 怎么 怎样 如何",
        "为什么 哪个 哪里 多少 几句 因为 所以 但是 而且 如果 虽然 或者 以及 还是 还有 就是 只是",
        "不是 没有 的话 并且 同时 另外 其中 以后 之后 以前 最后 现在 目前 已经 正在 一直 一样",
        "一些 一个 一点 一下 一次 一听 有些 有的 很多 许多 全是 非常 比较 特别 真正 不少 不同",
        "不仅 不到 不了 只有 只能 要么 起来 下来 出来 进行 通过 关于 对于 根据 按照 为了 由于",
        "除了 比如 例如",
        # the letter and the draft as such
        "规划 征求 征求意见稿 文件 文中 正文 条款 一条 一句 第一 第二 第三 尊敬 领导 您好 谢谢",
        "感谢 来函 收悉 我单位 贵局",
        # speech of the south-west
        "啥子 咋个 莫得 巴适 晓得 这坨 屋头",
        # the words between the words of a comment in English
        "the and or but not no of in on at by to for from with without as is are was were be been",
        "it its this that these those there here we you they he she our your their his her my me",
        "us them who which what when where why how if then than so also very more most much many",
        "some any all each every both few other such only own same too can could may might must",
        "shall should will would do does did done has have had please about into over under up",
    )
    for word in words.split()
)
_SHORTEST: Final = 2  # characters: single ones mean anything


def class_keywords(
    groups: Sequence[Sequence[Sequence[str]]], top: int = 6
) -> list[tuple[str, ...]]:
    """Return for each group (of texts, of words) its ``top`` keywords, best first.

    A word's weight in a group is its share there times ln(1 + A / f): A the mean number of words
    a group, f how often the word occurs in all groups (BERTopic's formula).
    """
    return best_words([counted(texts) for texts in groups], top)


def counted(texts: Iterable[Sequence[str]]) -> Counter[str]:
    """Return how often some texts (of words) hold each word that tells something."""
    every = Counter(chain.from_iterable(texts))
    return Counter({word: often for word, often in every.items() if telling(word)})


def best_words(groups: Sequence[Counter[str]], top: int = 6) -> list[tuple[str, ...]]:
    """Return what ``class_keywords`` does, of groups that are counted already."""
    overall: Counter[str] = Counter()
    for own in groups:
        overall.update(own)
    mean = overall.total() / max(1, len(groups))
    return [_best(own, overall, mean, top) for own in groups]


@lru_cache(maxsize=1 << 16)  # most words come again and again
def telling(word: str) -> bool:
    """Tell whether a word says what a comment is about: no figure, no word every comment uses."""
    return (
        len(word) >= _SHORTEST
        and word not in STOP_WORDS
        and not any(char.isdecimal() for char in word)
    )


def _best(own: Counter[str], overall: Counter[str], mean: float, top: int) -> tuple[str, ...]:
    total = own.total()
    weights = {word: n / total * log(1.0 + mean / overall[word]) for word, n in own.items()}
    ranked = sorted(weights, key=lambda word: (-round(weights[word], 12), word))
    return tuple(ranked[:top])
