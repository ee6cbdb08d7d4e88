"""Frozen dataclasses that are made fast stay what they are."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from consult.domain.quick import quickly_made


@dataclass(frozen=True, slots=True)
class Slow:
    number: int
    words: tuple[str, ...] = ("一",)
    notes: list[str] = field(default_factory=list, compare=False)


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    number: int
    words: tuple[str, ...] = ("一",)
    notes: list[str] = field(default_factory=list, compare=False)


def test_a_quick_object_has_the_values_the_repr_and_the_signature_of_a_slow_one() -> None:
    quick, slow = Quick(3, words=("二",)), Slow(3, words=("二",))

    assert type(quick) is Quick
    assert [getattr(quick, one.name) for one in fields(Quick)] == [3, ("二",), []]
    assert repr(quick) == repr(slow).replace("Slow", "Quick")
    assert inspect.signature(Quick) == inspect.signature(Slow)


def test_a_quick_object_cannot_be_changed() -> None:
    quick = Quick(3)

    with pytest.raises(FrozenInstanceError):
        quick.number = 4  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del quick.number
    assert quick.number == 3


def test_quick_objects_of_equal_values_are_equal_and_of_one_hash() -> None:
    one, same, other = Quick(3, notes=["a"]), Quick(3, notes=["b"]), Quick(4)

    assert (one == same, one == other) == (True, False)
    assert hash(one) == hash(same)


def test_a_default_list_is_made_for_each_object() -> None:
    one, other = Quick(3), Quick(3)

    one.notes.append("a")

    assert other.notes == []


def test_replaced_copied_and_pickled_objects_are_quick_ones_with_all_their_values() -> None:
    quick = Quick(3, ("二",), ["a"])

    every = [
        replace(quick, number=3), copy.copy(quick), copy.deepcopy(quick),
        pickle.loads(pickle.dumps(quick)),  # noqa: S301 - our own
    ]  # fmt: skip

    assert [(type(one), one, one.notes) for one in every] == [(Quick, quick, ["a"])] * 4


def test_a_missing_value_is_told_as_ever() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'number'"):
        Quick()  # type: ignore[call-arg]


def test_a_class_that_checks_its_values_is_refused() -> None:
    class Checked:
        def __post_init__(self) -> None:
            """Stands for a check of the values."""

    with pytest.raises(TypeError, match="Checked"):
        quickly_made(Checked)
