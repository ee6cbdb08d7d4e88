"""Near-duplicates."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.families import FamilyFinder
from consult.analysis.families_distinct import Distinct
from consult.analysis.figures import figures
from consult.analysis.opposites import Opposites
from consult.domain.lexicon import Lexicon, Opposite

CORPUS = Path(__file__).parents[2] / "corpus" / "luzhou-2022"
LETTER = (
    "我们是住在河边老街的三十户居民。每年七月涨水，地下室都要淹一回，去年还冲走了两辆电瓶车。"
    "社区说抽水机要从城东调，等调来水都退了。建议在老街配两台固定的抽水机，"
    "由社区派专人看管，汛期前检修一次，费用由街道承担。"
)
COPIES = [
    LETTER,
    "尊敬的领导：您好！" + LETTER + "谢谢！",
    LETTER + "另外，老街口的井盖松了三个多月，晚上没有灯，请一并修好。",
    LETTER.replace("三十户", "二十多户").replace("两辆电瓶车", "一辆摩托车"),
    LETTER.replace("抽水机", "抽水泵").replace("。", "．").replace("，", ","),
    "同意邻居们的意见：" + LETTER[LETTER.index("建议") :],
    "我們是住在河邊老街的三十戶居民。每年七月漲水，地下室都要淹一回，去年還沖走了兩輛電瓶車。"
    "社區說抽水機要從城東調，等調來水都退了。建議在老街配兩台固定的抽水機，由社區派專人看管，"
    "汛期前檢修一次，費用由街道承擔。",
    LETTER[LETTER.index("建议") :] + LETTER[: LETTER.index("建议")],
]
OTHERS = [
    "老街的路灯晚上十点就关，夜班的人回家要打手电，希望开到十二点。",
    "建议把老街改成步行街，早市的摊位统一搬到河堤上，周末再办夜市，外地游客会更多。",
]


def families(texts: list[str]) -> list[int]:
    return FamilyFinder().fit_predict(texts)


def test_nothing_has_no_families():
    assert families([]) == []


def test_copies_with_edits_excerpts_and_additions_are_one_family():
    assert families(COPIES) == [0] * len(COPIES)


def test_other_texts_stay_alone():
    assert families([*OTHERS, LETTER, COPIES[2]]) == [0, 1, 2, 2]


def test_short_texts_are_families_only_when_they_say_the_same():
    texts = ["支持！", "支持", "支 持。", "不支持", "👍👍", "👍👍", "👍"]

    assert families(texts) == [0, 0, 0, 3, 4, 4, 6]


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("建议在老街配两台", "不建议在老街配两台"),
        ("配两台固定的抽水机", "配八台固定的抽水机"),
        ("费用由街道承担", "费用不应由街道承担"),
        ("由社区派专人看管", "由社区派专人看管是没有必要的，不同意这封信的意见"),
    ],
)
def test_a_letter_with_its_ask_turned_round_is_no_member(words: str, instead: str):
    turned = LETTER.replace(words, instead)

    assert families([LETTER, turned]) == [0, 1]


@pytest.mark.parametrize(
    ("ask", "reverse"),
    [
        ("建议把入园的年龄上限放宽到六十五岁", "建议把入园的年龄上限收紧到五十五岁"),
        ("绿化率的目标太低，请上调", "绿化率的目标太高，请下调"),
        ("支持把评审权下放到街道", "反对把评审权下放到街道"),
        ("今后应当收取停车费", "今后不应收取停车费"),
        ("资格审查时不再看学历", "资格审查时继续看学历"),
    ],
)
def test_opposite_asks_are_told_apart(ask: str, reverse: str):
    assert Opposites().reverse(f"{ask}。", f"{reverse}。")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("请给每户不低于70%的补贴", "请给每户至少百分之七十的补贴"),
        ("希望五个工作日内办完", "希望5个工作日内办完"),
        ("建议五个工作日内兑付到人", "建议五个工作日内发放到人"),
        ("我们等了两年，请尽快修好", "我们等了三年，请尽快修好"),
    ],
)
def test_the_same_ask_in_other_words_is_no_reversal(one: str, other: str):
    assert not Opposites().reverse(f"{one}。", f"{other}。")


def test_opposites_of_the_lexicon_count():
    pair = Opposite(("人车分流",), ("人车混行",), "the two layouts of the street")
    one = LETTER.replace("费用由街道承担", "河堤上实行人车分流的办法")
    other = LETTER.replace("费用由街道承担", "河堤上实行人车混行的办法")

    with_words = FamilyFinder(Lexicon(opposites=(pair,))).fit_predict([one, other])

    assert (families([one, other]), with_words) == ([0, 0], [0, 1])


def test_many_letters_with_a_sentence_in_common_do_not_chain():
    words = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    choose = random.Random(3)
    texts = [
        "规划第二页说要建一座新的市民公园。" + "".join(choose.choices(words, k=90)) + "。"
        for _ in range(60)
    ]

    assert families(texts) == list(range(60))


@settings(deadline=None, max_examples=20)
@given(st.permutations(COPIES + OTHERS))
def test_families_do_not_depend_on_the_order_of_input(texts: list[str]):
    labels = families(texts)

    found = {
        frozenset(t for t, own in zip(texts, labels, strict=True) if own == label)
        for label in labels
    }
    assert found == {frozenset(COPIES), *(frozenset([text]) for text in OTHERS)}


def test_thousands_of_letters_form_the_same_families_in_any_order():
    """Chunks of pairs must not tell where a text stands."""
    texts = letters(3000)
    order = list(range(len(texts)))
    random.Random(5).shuffle(order)

    assert groups(texts, list(range(len(texts)))) == groups(texts, order)


def letters(count: int) -> list[str]:
    """Return letters of clauses of the shipped comments, most of them copies with edits."""
    lines = (CORPUS / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    said = "，".join(json.loads(line)["text"] for line in lines)
    clauses = [clause for clause in re.split(r"[，。；！？\n]+", said) if len(clause) > 5]
    chance = random.Random(7)
    made: list[list[str]] = []
    for _ in range(count):
        own = list(chance.choice(made)) if made and chance.random() < 0.9 else []
        if own:
            own[chance.randrange(len(own))] = chance.choice(clauses)
            if chance.random() < 0.5:
                own[chance.randrange(len(own))] = chance.choice(clauses)
        else:
            own = [chance.choice(clauses[:300]) for _ in range(6)]
        made.append(own)
    return ["，".join(own) + "。" for own in made]


def groups(texts: list[str], order: list[int]) -> set[frozenset[int]]:
    """Return the families of texts handed over in some order, by their places in the list."""
    found: dict[int, set[int]] = {}
    labels = families([texts[place] for place in order])
    for place, label in zip(order, labels, strict=True):
        found.setdefault(label, set()).add(place)
    return {frozenset(own) for own in found.values()}


def test_who_left_a_family_later_lends_it_no_label():
    """Text 0 joined text 2 after text 1 had joined text 0."""
    found = Distinct(
        number=np.arange(3), length=np.full(3, 50), first=np.arange(3), weight=np.ones(3, int),
        standing=np.zeros(3), head=np.array([2, 0, 2]),
    )  # fmt: skip

    labels, bases = found.families()

    assert labels.tolist() == [0, 1, 0]
    assert bases.tolist() == [0, 1, 0]


def test_a_label_is_the_place_of_the_first_member():
    assert families([OTHERS[0], COPIES[1], OTHERS[1], COPIES[0]]) == [0, 1, 2, 1]


def test_figures_are_read_with_their_units():
    text = "百分之七十,45周岁,四十五岁,300家,2.5%,七成,1.5万元,二〇二五年,十二个月"

    assert figures(text) == [
        (70.0, "%"), (45.0, "岁"), (45.0, "岁"), (300.0, "家"), (2.5, "%"), (70.0, "%"),
        (15000.0, "元"), (2025.0, "年"), (12.0, "月"),
    ]  # fmt: skip


@pytest.mark.parametrize(("word", "instead"), [("支持！", "反对！"), ("反对！", "赞成！")])
def test_a_vote_in_front_of_the_same_words_counts(word: str, instead: str):
    assert families([word + LETTER, instead + LETTER]) == [0, 1]


def test_families_do_not_depend_on_the_number_of_processes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("consult.analysis.families_placing.WORTH", 1)
    monkeypatch.setattr("consult.analysis.families_verdicts.WORTH", 1)
    monkeypatch.setattr("consult.analysis.families_verdicts._SHARD", 2)
    texts = [*COPIES, *OTHERS, LETTER.replace("建议在", "不建议在"), "支持", *reversed(COPIES)]
    alone, together = FamilyFinder(), FamilyFinder(processes=2)

    assert alone.fit_predict(texts) == together.fit_predict(texts)
    assert alone.bases_ == together.bases_


@pytest.mark.parametrize(
    ("texts", "label"),
    [(["好好，" * 10, "好好，" * 11], [0, 0]), (["一，" * 25, "。" * 25], [0, 1])],
)
def test_texts_of_one_clause_again_and_again_are_compared_as_well(
    texts: list[str], label: list[int]
):
    assert families(texts) == label


def test_a_second_call_with_other_texts_remembers_nothing_wrong():
    finder = FamilyFinder()
    finder.fit_predict(COPIES)

    assert finder.fit_predict([*OTHERS, *COPIES]) == families([*OTHERS, *COPIES])


def test_texts_read_ahead_form_the_families_they_form_without():
    texts = [*COPIES, *OTHERS, "支持", f"  {COPIES[0]}！", COPIES[1].replace("，", ","), *COPIES]
    alone, prepared = FamilyFinder(), FamilyFinder()

    ahead = prepared.ahead()
    for start in range(0, len(texts), 3):
        ahead.read(texts[start : start + 3])

    assert prepared.fit_predict([*texts, LETTER]) == alone.fit_predict([*texts, LETTER])
    assert prepared.bases_ == alone.bases_
    assert prepared.written(prepared.copies()[0]) == alone.written(alone.copies()[0])
