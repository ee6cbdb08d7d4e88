"""Comments with the same ask."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.concepts import CONCEPTS, concepts
from consult.analysis.opposites import Opposites
from consult.analysis.themes import ThemeClusterer
from consult.domain.theme import Constraints

SCHOOL = [
    "建议引进人才的子女就近入学，由教育部门统一安排。",
    "娃儿读书没得学位，先把上学的事办了嘛",
    "希望孩子能进公办小学，别让我们自己跑。",
]
HOUSING = [
    "建议建一批人才公寓，租金低一些。",
    "房租太贵，给年轻人几间便宜房住嘛",
    "盼望单位宿舍扩大，合租太挤。",
]
LOWER = ["研发投入2.5%定高了，建议下调到2%。", "研发投入的目标太高，难做到，请调低。"]
RAISE = ["研发投入2.5%偏低，建议上调到3%。", "研发投入的目标太低，还可以提高。"]
ELSEWHERE = [
    "老街的路灯晚上十点就关，夜班的人回家要打手电。",
    "公园早上六点就该开门，建议提前。",
    "图书馆希望周一也开放，周三闭馆。",
    "专利被人仿冒，打官司要一年多。",
    "银行只认厂房，贷款批不下来。",
    "医生评职称不要只看论文。",
    "报账要贴半天发票，能不能简化？",
    "规划写得好，早日落地。",
    "附件打不开，请换个格式。",
    "科普车多往山里开几趟。",
]


@pytest.fixture(scope="module")
def clusterer() -> ThemeClusterer:
    return ThemeClusterer()


def groups(labels: list[int], texts: list[str]) -> set[frozenset[str]]:
    pairs = list(zip(labels, texts, strict=True))
    return {frozenset(text for own, text in pairs if own == label) for label in labels}


def test_nothing_has_no_themes(clusterer: ThemeClusterer):
    assert clusterer.fit_predict([], []) == []


def test_one_comment_is_one_theme(clusterer: ThemeClusterer):
    assert clusterer.fit_predict(["请建公园"], ["1.1"]) == [0]


def test_everyday_and_official_words_meet_in_one_theme(clusterer: ThemeClusterer):
    texts = SCHOOL + HOUSING + LOWER + RAISE + ELSEWHERE
    sections = ["6.2"] * 6 + ["2.3"] * 4 + ["5.1"] * len(ELSEWHERE)

    labels = clusterer.fit_predict(texts, sections)

    assert labels[:6] == [0, 0, 0, 3, 3, 3]


def test_opposite_asks_never_share_a_theme(clusterer: ThemeClusterer):
    texts = LOWER + RAISE

    labels = clusterer.fit_predict(texts, ["2.3"] * len(texts))

    assert set(labels[:2]) & set(labels[2:]) == set()


def test_sections_never_share_a_theme(clusterer: ThemeClusterer):
    labels = clusterer.fit_predict([SCHOOL[0], SCHOOL[0]], ["6.2", "general"])

    assert labels == [0, 1]


def test_a_family_is_in_one_theme(clusterer: ThemeClusterer):
    labels = clusterer.fit_predict(["甲", "乙", "丙"], ["1.1"] * 3, families=[0, 0, 2])

    assert labels[0] == labels[1]


@settings(deadline=None, max_examples=12)
@given(st.permutations(list(range(10))))
def test_themes_do_not_depend_on_the_order_of_input(order: list[int]):
    texts = SCHOOL + HOUSING + LOWER + RAISE
    sections = ["6.2"] * 6 + ["2.3"] * 4
    clusterer = ThemeClusterer()
    expected = groups(clusterer.fit_predict(texts, sections), texts)

    shuffled = [texts[i] for i in order]
    labels = clusterer.fit_predict(shuffled, [sections[i] for i in order])

    assert groups(labels, shuffled) == expected


def test_large_sections_are_clustered_by_sample_whatever_their_order():
    asks = (
        ["公园", "开门", "早上六点", "锻炼", "老人", "散步", "闭园"],
        ["仿冒", "打官司", "取证", "专利", "快速维权", "赔偿", "侵权"],
        ["贷款", "抵押", "信用", "厂房", "利息", "担保", "放款"],
    )
    texts = ["，".join(words) + "。" for own in asks for words in permutations(own, 3)][::5]
    sections = ["6.1"] * len(texts)
    alone = list(range(len(texts)))
    clusterer = ThemeClusterer(largest=30)

    labels = clusterer.fit_predict(texts, sections, families=alone)
    backwards = clusterer.fit_predict(texts[::-1], sections, families=alone)

    third = len(texts) // 3
    parts = [set(labels[i * third : (i + 1) * third]) for i in range(3)]
    assert groups(labels, texts) == groups(backwards, texts[::-1])
    assert sum(map(len, parts)) == len(set(labels))
    assert len(set(labels)) < third


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("建议把年龄放宽到45岁。", {"degree": 1, "stance": 1}),
        ("建议40岁改为35岁。", {"degree": -1, "stance": 1}),
        ("补贴不应再提高。", {"degree": -1, "stance": 1}),
        ("反对单位自己评。", {"stance": -1}),
        ("由0.92%提到2.5%不现实，建议调低。", {"degree": -1, "stance": 1}),
        ("验收不合格的，补助应当追回。", {"degree": -1, "stance": 1}),
        ("受灾减产的农户，不应追回补助。", {"degree": 1, "stance": 1}),
        ("公园很大。", {}),
    ],
)
def test_a_text_leans_by_what_it_asks(text: str, leaning: dict[str, int]):
    assert dict(Opposites().leaning(text)) == leaning


def test_concepts_are_named_once_each_and_have_words():
    names = [name for name, _ in CONCEPTS]

    assert sorted(names) == sorted(set(names))
    assert [name for name, words in CONCEPTS if "" in words.split("|")] == []
    assert concepts("娃儿上学没有钱租房") == ["child", "home", "schooling"]


def test_hundreds_of_asks_that_differ_in_their_figure_alone_are_parted_whatever_their_order() -> (
    None
):
    texts = [f"建议每年给乡镇中学增加{number}个实验课名额" for number in range(2, 302)]
    forwards = ThemeClusterer().fit_predict(texts, ["1.1"] * 300)
    backwards = ThemeClusterer().fit_predict(texts[::-1], ["1.1"] * 300)
    assert _groups(texts, forwards) == _groups(texts[::-1], backwards)
    assert len(set(forwards)) > 100


def _groups(texts: list[str], labels: list[int]) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        found.setdefault(label, set()).add(text)
    return {frozenset(members) for members in found.values()}


@pytest.mark.parametrize(
    ("order", "labels", "facing"),
    [((0, 1, 2, 3), [0, 1, 1, 0], (3, 2)), ((0, 2, 1, 3), [0, 1, 1, 0], (3, 1))],
)
def test_of_themes_put_together_the_same_texts_face_each_other_in_any_order(
    clusterer: ThemeClusterer, order: tuple[int, ...], labels: list[int], facing: tuple[int, int]
) -> None:
    less, more = LOWER[0], "研发投入2.5%偏低，建议上调到3%。"
    longer, shorter = "图书馆周一也要开放，建议延长开馆时间。", "图书馆开馆太久，建议缩短开馆时间。"
    texts = [(less, more, longer, shorter)[n] for n in order]
    pairs = [tuple(sorted(map(texts.index, pair))) for pair in ((less, shorter), (more, longer))]

    found = clusterer.fit_predict(texts, ["2.3"] * 4, constraints=Constraints(together=(*pairs,)))

    assert (found, clusterer.opposed_, clusterer.facing_) == (labels, [(0, 1)], [facing])
