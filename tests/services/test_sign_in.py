from __future__ import annotations

import pytest

from consult.domain.errors import Conflict, InputRefused, NotFound, TooMany
from consult.domain.triage import Role
from consult.services import accounts
from consult.services.accounts import StaffMember
from consult.services.office import Office
from consult.services.sign_in import sign_in, sign_out, who
from tests.conftest import Clock

PASSWORD = "long-enough-1"


@pytest.fixture
def staffed(office: Office) -> Office:
    accounts.add_staff(office, username="li", password=PASSWORD, role=Role.HANDLER, actor="test")
    return office


def test_a_session_lasts_until_sign_out_and_a_replayed_token_finds_nothing(
    staffed: Office,
) -> None:
    token = sign_in(staffed, username="li", password=PASSWORD, client="x")
    assert who(staffed, token=token) == StaffMember("li", Role.HANDLER)
    sign_out(staffed, token=token)
    assert who(staffed, token=token) is None


def test_an_idle_session_ends_and_use_prolongs_it_up_to_the_absolute_limit(
    staffed: Office, clock: Clock
) -> None:
    token = sign_in(staffed, username="li", password=PASSWORD, client="x")
    for _ in range(3):
        clock.advance(minutes=50)
        assert who(staffed, token=token, idle=3600, absolute=10_000) is not None
    clock.advance(minutes=50)
    assert who(staffed, token=token, idle=3600, absolute=10_000) is None
    fresh = sign_in(staffed, username="li", password=PASSWORD, client="x")
    clock.advance(minutes=61)
    assert who(staffed, token=fresh, idle=3600) is None


@pytest.mark.parametrize("change", ["password", "disable"])
def test_changing_the_password_or_disabling_ends_all_sessions(staffed: Office, change: str) -> None:
    token = sign_in(staffed, username="li", password=PASSWORD, client="x")
    if change == "password":
        accounts.set_password(staffed, username="li", password="another-long-1", actor="t")
    else:
        accounts.disable(staffed, username="li", actor="t")
    assert who(staffed, token=token) is None


@pytest.mark.parametrize(("name", "password"), [("li", "wrong-password"), ("wang", PASSWORD)])
def test_wrong_name_and_wrong_password_get_the_same_answer(
    staffed: Office, name: str, password: str
) -> None:
    with pytest.raises(InputRefused) as refusal:
        sign_in(staffed, username=name, password=password, client="x")
    assert refusal.value.code == "sign-in.failed"


def test_guessing_is_delayed_and_nobody_is_locked_out_for_good(
    staffed: Office, clock: Clock
) -> None:
    for _ in range(10):
        with pytest.raises(InputRefused):
            sign_in(staffed, username="li", password="wrong", client="x")
    with pytest.raises(TooMany):
        sign_in(staffed, username="li", password=PASSWORD, client="x")
    clock.advance(minutes=5, seconds=1)
    assert sign_in(staffed, username="li", password=PASSWORD, client="x")


def test_wrong_passwords_from_elsewhere_keep_nobody_out(staffed: Office) -> None:
    for number in range(30):
        with pytest.raises(InputRefused):
            sign_in(staffed, username="li", password="wrong", client=f"192.0.2.{number // 10}")
    assert sign_in(staffed, username="li", password=PASSWORD, client="198.51.100.7")


def test_ten_wrong_passwords_from_any_one_address_leave_the_named_user_free_elsewhere(
    staffed: Office,
) -> None:
    for _ in range(10):
        with pytest.raises(InputRefused):
            sign_in(staffed, username="li", password="wrong", client="203.0.113.9")
    with pytest.raises(TooMany):
        sign_in(staffed, username="li", password=PASSWORD, client="203.0.113.9")
    assert sign_in(staffed, username="li", password=PASSWORD, client="198.51.100.7")


def test_one_address_cannot_try_many_names(staffed: Office) -> None:
    for number in range(50):
        with pytest.raises(InputRefused):
            sign_in(staffed, username=f"name-{number}", password="wrong", client="x")
    with pytest.raises(TooMany):
        sign_in(staffed, username="li", password=PASSWORD, client="x")


def test_accounts_are_refused_with_a_reason(staffed: Office) -> None:
    with pytest.raises(Conflict):
        accounts.add_staff(staffed, username="li", password=PASSWORD, role=Role.VIEWER, actor="t")
    for name, password in (("x", PASSWORD), ("a b", PASSWORD), ("zhao", "short")):
        with pytest.raises(InputRefused):
            accounts.add_staff(
                staffed, username=name, password=password, role=Role.VIEWER, actor="t"
            )
    with pytest.raises(NotFound):
        accounts.disable(staffed, username="nobody", actor="t")
    assert accounts.every_account(staffed) == (StaffMember("li", Role.HANDLER),)
