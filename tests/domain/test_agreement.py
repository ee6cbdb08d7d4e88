from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.agreement import agreement, bootstrap, f1_of, kappa_of

ANSWERS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=40)
# Cohen's own kind of table: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
TABLE = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15


def test_kappa_takes_off_what_chance_would_bring() -> None:
    assert kappa_of(TABLE) == pytest.approx(0.4)  # 0.7 seen, 0.5 by chance
    assert kappa_of([("a", "a"), ("b", "b")]) == 1.0
    assert kappa_of([("a", "b"), ("b", "a")]) == -1.0


def test_kappa_is_not_defined_where_nothing_varies() -> None:
    assert kappa_of([]) is None
    assert kappa_of([("a", "a")] * 5) is None


def test_f1_counts_one_answer() -> None:
    assert f1_of(TABLE, "y") == pytest.approx(2 * 20 / (25 + 30))
    assert f1_of([("n", "n")], "y") is None


@given(ANSWERS)
def test_figures_stay_in_bounds_and_do_not_depend_on_who_comes_first(
    pairs: list[tuple[str, str]],
) -> None:
    turned = [(other, one) for one, other in pairs]
    assert f1_of(pairs, "a") == f1_of(turned, "a")
    kappa, back = kappa_of(pairs), kappa_of(turned)
    assert (kappa is None) == (back is None)
    if kappa is not None and back is not None:
        assert kappa == pytest.approx(back)
        assert -1.0 <= kappa <= 1.0


def test_an_interval_is_the_same_from_the_same_seed_and_holds_the_value() -> None:
    one, two = (bootstrap(TABLE, kappa_of, seed="7") for _ in range(2))
    assert one == two
    assert one.value == pytest.approx(0.4)
    assert one.low is not None
    assert one.high is not None
    # The large-sample standard error of this table is 0.13.
    assert one.low == pytest.approx(0.4 - 1.96 * 0.13, abs=0.08)
    assert one.high == pytest.approx(0.4 + 1.96 * 0.13, abs=0.08)


def test_one_item_has_no_interval() -> None:
    found = agreement([("y", "n")], seed="1", positive="y")
    assert (found.share.right, found.share.of) == (0, 1)
    assert (found.f1.value, found.f1.low) == (0.0, None)
