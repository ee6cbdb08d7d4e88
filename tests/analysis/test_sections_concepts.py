from __future__ import annotations

import numpy as np

from consult.analysis.normalise_batch import normalised
from consult.analysis.sections import SectionMapper
from consult.analysis.sections_concepts import ConceptScorer
from consult.domain.comment import Evidence
from consult.domain.consultation import Plan, Section
from consult.domain.knowledge import Concept, Exemplar, Thesaurus
from consult.domain.lexicon import Lexicon, SectionWords

THESAURUS = Thesaurus(
    "test",
    (
        Concept("sewage", "生态环境", ("污水收集", "雨污分流"), ("下大雨就淹", "臭水沟")),
        Concept("angling", "生态环境", ("垂钓管理",), ("钓鱼", "鱼竿")),
        Concept("parking", "交通", ("停车设施",), ("停车难", "乱停车")),
    ),
)
PLAN = Plan(
    "清河规划",
    (
        Section("1", "一", "污水收集", paragraphs=("新建管网三十公里。",)),
        Section("2", "二", "垂钓管理", paragraphs=("划定区域，禁渔期内不得捕捞。",)),
        Section("3", "三", "步道建设", paragraphs=("沿岸铺设步道。",)),
    ),
)


def test_an_everyday_word_leads_to_the_section_that_has_the_policy_word() -> None:
    bare, knowing = SectionMapper().fit(PLAN), SectionMapper(thesaurus=THESAURUS).fit(PLAN)
    text = "一下大雨就淹我们家"
    assert bare.predict([text]) != ["1"]
    assert knowing.predict([text]) == ["1"]


def test_the_reason_names_both_words_and_the_place() -> None:
    text = "天天有人钓鱼"
    (placement,) = SectionMapper(thesaurus=THESAURUS).fit(PLAN).place([text])
    concept = next(e for e in placement.links[0].evidence if e.kind == "concept")
    assert concept == Evidence("concept", "钓鱼", "垂钓管理", 4, 6, 0.5)


def test_a_matter_that_no_section_has_speaks_for_off_plan() -> None:
    titles = [section.title for section in PLAN.sections]
    scorer = ConceptScorer(THESAURUS, titles, [""] * 3, offplan=2)
    (scores,) = scorer.scores(scorer.find(normalised(["小区停车难"])))
    assert int(np.argmax(scores)) == 2
    assert scores[:2].tolist() == [0.0, 0.0]


def test_no_concepts_score_nothing() -> None:
    scorer = ConceptScorer(Thesaurus(), ["甲"], ["乙"], offplan=0)
    assert not scorer
    assert scorer.scores(scorer.find(normalised(["钓鱼"]))).tolist() == [[0.0]]


def test_beside_a_lexicon_concepts_are_reasons_and_do_not_change_the_answer() -> None:
    lexicon = Lexicon("1", sections={"3": SectionWords((), ("钓鱼", "散步"))})
    texts = ["钓鱼散步的人多", "臭水沟", "步道太窄"]
    without = SectionMapper(lexicon).fit(PLAN)
    beside = SectionMapper(lexicon, thesaurus=THESAURUS).fit(PLAN)
    assert beside.predict(texts) == without.predict(texts)


def test_exemplars_teach_what_people_say_and_corrections_weigh_more() -> None:
    exemplars = tuple(
        Exemplar(text, code)
        for number in range(12)
        for text, code in (
            (f"夜里黑灯瞎火不敢走{number}", "3"),
            (f"鱼竿摆得到处都是{number}", "2"),
            (f"一股臭味钻进屋头{number}", "1"),
        )
    )
    taught = SectionMapper(exemplars=exemplars).fit(PLAN)
    assert taught.predict(["黑灯瞎火的谁敢走"]) == ["3"]
    corrected = SectionMapper(exemplars=exemplars).fit(
        PLAN, [f"黑灯瞎火不敢走{n}" for n in "甲乙丙丁戊己庚辛"], ["1"] * 8
    )
    assert corrected.predict(["黑灯瞎火不敢走"]) == ["1"]
