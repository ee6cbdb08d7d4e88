"""Which texts read the same, told of all at once as one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.families_distinct import distinct
from consult.analysis.families_texts import Texts
from consult.analysis.normalise import fold

WRITTEN = st.lists(st.text("路灯，。 修", max_size=4), max_size=20)


@given(WRITTEN, WRITTEN)
def test_texts_that_read_the_same_are_one_wherever_they_stand(before: list[str], texts: list[str]):
    known = Texts()
    known.numbered(before)  # of an earlier call: none of this one's
    numbers = known.numbered(texts)

    found, place = distinct(known, numbers)

    said = [fold(text) or text.strip() for text in texts]
    different = list(dict.fromkeys(said))
    same = [
        [text for text, own in zip(texts, said, strict=True) if own == one] for one in different
    ]
    assert place.tolist() == [different.index(own) for own in said]
    assert [known.text[number] for number in found.number] == [min(own) for own in same]
    assert found.length.tolist() == list(map(len, different))
    assert found.first.tolist() == [said.index(own) for own in different]
    assert found.weight.tolist() == list(map(len, same))
