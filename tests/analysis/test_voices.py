"""Who makes an ask is told by plain evidence: everybody else speaks for themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.opposites import Opposites
from consult.analysis.voices import Statement, voices

OPPOSITES = Opposites()


def said(text: str, words: str = "", **values: object) -> Statement:
    return Statement(text, words or text.rstrip("。！"), **values)  # type: ignore[arg-type]


def told(*statements: Statement, first: int = -1) -> list[tuple[int, ...]]:
    return voices(statements, OPPOSITES, first)


def test_nearly_the_same_words_are_one_voice_and_one_matter_is_not() -> None:
    same = said("建议在区县开几场座谈会，面对面听意见。")
    again = said("我们厂三班倒，上不了网。建议到园区、社区开几场座谈会，面对面听意见。",
                 "建议到园区、社区开几场座谈会，面对面听意见")  # fmt: skip
    other = said("座谈会的发言请整理出来上网公布。")

    assert told(same, again, other) == [(0, 1), (2,)]


def test_the_same_figure_wanted_the_same_way_is_one_voice_in_any_words() -> None:
    fewer = frozenset({("研发投入", "lower", "2%")})
    more = frozenset({("研发投入", "raise", "3%")})
    ask = said("R&D占比2.5%偏高，建议改成2%。", aims=fewer, wants=fewer)
    open_ = frozenset({("研发投入", "lower", "")})
    also = said("2.5%定得太高，完不成咋个交代？", aims=open_, wants=open_)
    lower = frozenset({("研发投入", "lower", "1.6%")})
    least = said("定在1.6%就够了。", aims=lower, wants=lower)
    against = said("2.5%只是平均水平，应再拔高一些。", aims=more, wants=more)

    assert told(ask, also, against, least) == [(1, 0, 3), (2,)]
    assert told(ask, least) == [(0,), (1,)]


def test_what_is_turned_round_and_what_asks_to_refrain_is_no_support() -> None:
    ask = said("不要追求300名技术经纪人的数字。")
    mentions = said("技术经纪人要有职称通道，300名的数字才立得住。")
    allow = said("建议夜间允许货车在滨江路通行。")
    forbid = said("建议夜间禁止货车在滨江路通行。")

    assert told(ask, mentions) == [(0,), (1,)]
    assert told(allow, forbid) == [(0,), (1,)]


def test_agreement_and_having_nothing_to_say_are_two_voices_and_no_ask() -> None:
    praise = said("写得全面，完全支持！", agrees=True)
    cheer = said("赞成！", agrees=True)
    nothing = said("我局无修改意见。", agrees=True)
    ask = said("写得全面，建议再短一点，一般市民读不下去。")

    assert told(praise, cheer, nothing, ask) == [(1, 0), (3,), (2,)]


def test_what_most_texts_ask_comes_first_then_what_most_comments_ask() -> None:
    letter = said("请在学校门口装一盏红绿灯，孩子过街太危险。", weight=9)
    one = said("请把公园的路灯修好，晚上太黑了。")
    two = said("晚上太黑了，请把公园的路灯修好。")
    alone = said("桥下涵洞积水，请派人疏通。")

    assert told(alone, letter, one, two) == [(3, 2), (1,), (0,)]
    assert told(alone, said("请增设公交站。"), first=1) == [(1,), (0,)]


@given(st.lists(st.text(alphabet="建议不要开放公园夜间路灯修好1，。 ", min_size=1), max_size=7))
def test_every_statement_has_one_voice_whatever_the_order(texts: list[str]) -> None:
    distinct = [said(text) for text in dict.fromkeys(texts)]
    turned = distinct[::-1]

    groups = told(*distinct)

    assert sorted(i for own in groups for i in own) == list(range(len(distinct)))
    assert [[turned[i].text for i in own] for own in told(*turned)] == [
        [distinct[i].text for i in own] for own in groups
    ]
