from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from consult.domain.comment import Evidence
from consult.store import codec

_WORDS = st.text(st.characters(exclude_categories=()))
_REASONS = st.builds(
    Evidence,
    kind=st.sampled_from(["citation", "title", "quote", "terms", "lexicon", "exemplar"]),
    text=_WORDS,
    counterpart=_WORDS,
    start=st.integers(-1, 20_000),
    end=st.integers(-1, 20_000),
    weight=st.floats(-1, 1),
)


@given(st.lists(_REASONS, max_size=6))
def test_reasons_are_written_as_any_other_value_is(reasons: list[Evidence]) -> None:
    plain = [[*reason[:5], round(reason.weight, 4)] for reason in reasons]
    assert codec.dump_evidence(reasons) == codec.dump(plain)
    assert json.loads(codec.dump_evidence(reasons)) == plain


def test_no_sign_of_a_weight_depends_on_what_was_written_before() -> None:
    zeros = [Evidence("terms", "", weight=weight) for weight in (0.0, -0.0, 0.0)]

    assert [weight for *_, weight in codec.load(codec.dump_evidence(zeros))] == [0.0, -0.0, 0.0]
    assert codec.dump_evidence(zeros[1:2]).endswith("-0.0]]")
