"""Many texts at once are told as one by one: the forms for a batch know no rule of their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.naming import best_ask
from consult.analysis.naming_batch import own_asks
from consult.analysis.normalise_batch import normalised
from consult.analysis.opposites import Opposites
from consult.analysis.readings import readings, readings_in
from consult.analysis.summarise import quotes
from consult.analysis.summarise_batch import Quoted, quotes_many
from consult.analysis.telling import MOST_READ, Group, Teller, Unit
from consult.analysis.voices import Statement, makes
from consult.analysis.voices_batch import Ask, Backing

OPPOSITES = Opposites()
CLAUSES = (
    "建议夜间允许货车在滨江路通行", "建议夜间禁止货车在滨江路通行", "不要追求300名技术经纪人的数字",
    "技术经纪人要有职称通道", "请在学校门口装一盏红绿灯", "孩子过街太危险", "希望把公园的路灯修好",
    "晚上太黑了", "我局无修改意见", "完全支持", "加强", "什么时候开工", "Ｒ＆Ｄ占比2.5%偏高",
    "因为家长接送不便", "對人才的補貼應當提高到５萬元", "please mend the lamps of the park",
)  # fmt: skip
MARKS = st.sampled_from(("，", "。", "；", "：", "\n", "！”", "~3", " ", "、", ""))
TEXTS = st.one_of(
    st.lists(st.tuples(st.sampled_from(CLAUSES), MARKS), min_size=1, max_size=9).map(
        lambda parts: "".join(map("".join, parts))
    ),
    st.text(
        alphabet="建议不要开放公园夜间路灯修好1，。：；”~. \nAb望请嘛", min_size=1, max_size=60
    ),
)
WANTED = st.sampled_from((("研发投入", "raise", "3%"), ("研发投入", "raise", ""), None))
UNITS = st.builds(
    Unit,
    text=TEXTS,
    copies=st.integers(1, 4),
    asks=st.booleans() | st.just(True),
    question=st.booleans(),
    aims=st.lists(st.tuples(st.integers(0, 9), st.integers(9, 30), WANTED), max_size=2).map(tuple),
    label=st.just(""),
    shown=TEXTS | st.just(""),
    rank=st.integers(1, 99),
)
GROUPS = st.builds(
    Group,
    units=st.lists(UNITS, min_size=1, max_size=30).map(tuple),
    placed=st.just(()) | st.just((0,)),
    label=st.just("增加绿道"),
    quoted=st.integers(0, 3),
)


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_texts_read_together_are_named_as_each_by_itself(texts: list[str]) -> None:
    batch = normalised(texts)

    read = readings_in(batch)

    assert read == readings(texts)
    assert own_asks(batch, read, range(len(texts))) == [best_ask([text])[1] for text in texts]


@given(st.lists(UNITS, min_size=2, max_size=8), st.integers(1, 7))
def test_who_makes_an_ask_is_told_together_as_one_by_one(units: list[Unit], split: int) -> None:
    said = [
        Statement(
            unit.text,
            best_ask([unit.text])[1],
            aims=frozenset(want for _, _, want in unit.aims[:1] if want),
            wants=frozenset(want for _, _, want in unit.aims if want),
            agrees=not unit.asks,
        )
        for unit in units
    ]
    groups = [int(n >= split) for n in range(len(said))]
    batch = normalised([unit.text for unit in units])
    asks = [
        Ask(one, groups[n], [m for m in range(len(said)) if m != n and groups[m] == groups[n]])
        for n, one in enumerate(said)
    ]

    found = Backing(batch, readings_in(batch), groups).backers(asks, said, OPPOSITES)

    assert found == [
        {n for n in ask.others if makes(said[n], ask.statement, OPPOSITES)} for ask in asks
    ]


@given(st.lists(st.tuples(st.lists(TEXTS, max_size=6), st.integers(0, 3)), max_size=4))
def test_groups_are_quoted_together_as_each_by_itself(groups: list[tuple[list[str], int]]) -> None:
    found = quotes_many([Quoted(readings(texts), top) for texts, top in groups])

    assert found == [quotes(texts, top=top) for texts, top in groups]


@given(st.lists(GROUPS, min_size=1, max_size=4))
def test_what_a_group_says_does_not_depend_on_those_read_with_it(groups: list[Group]) -> None:
    teller = Teller(OPPOSITES)

    assert teller(groups) == [teller([group])[0] for group in groups]


def test_quotations_are_of_who_makes_the_ask_the_central_text_first() -> None:
    letter, other = "请把公园的路灯修好，晚上太黑了。", "晚上太黑了，请把公园的路灯修好。"
    units = (
        Unit(letter, 1, True, False, (), "", "", 2),
        Unit(other, 1, True, False, (), "", "", -1),
        Unit("桥下涵洞积水，请派人疏通。", 1, True, False, (), "", "", 1),
    )

    told = Teller(OPPOSITES)([Group(units, quoted=2)])[0]

    assert [own for _, own in told.voices] == [(0, 1), (2,)]
    assert told.quotes == tuple((1 - n, words) for n, words in quotes([other, letter], top=2))


def test_who_is_put_into_a_theme_behind_many_others_still_says_what_it_asks() -> None:
    others = [f"请给{n}号公园的长椅刷漆" for n in range(MOST_READ + 4)]
    units = tuple(
        Unit(text, 1, asks=True, question=False, aims=(), label="", shown="", rank=n)
        for n, text in enumerate([*others, "请在学校门口装一盏红绿灯"])
    )

    (told,) = Teller(OPPOSITES)([Group(units, placed=(len(others),), label="装红绿灯")])

    assert told.voices[0] == ("装红绿灯", (len(others),))
