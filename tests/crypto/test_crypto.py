from __future__ import annotations

from pathlib import Path

import pytest

from consult.crypto.codes import ALPHABET, canonical, keyed_hash, new_code, new_number, same
from consult.crypto.keyring import FILE, derive, load_keyring
from consult.crypto.passphrase import open_with_passphrase, seal_with_passphrase
from consult.crypto.passwords import hash_password, verify_password
from consult.crypto.sealing import new_key, seal, unseal
from consult.domain.errors import KeysUnready


@pytest.fixture(autouse=True)
def cheap_hashes() -> None:
    """Here passwords cost what they cost in life."""


def test_keys_are_generated_once_with_mode_0600(tmp_path: Path) -> None:
    first = load_keyring(tmp_path / "keys", create=True)
    second = load_keyring(tmp_path / "keys", create=True)
    assert first == second
    assert ((tmp_path / "keys" / FILE).stat().st_mode & 0o777) == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [FILE]


def test_every_purpose_has_a_key_of_its_own() -> None:
    keys = derive(b"k" * 32)
    assert len({keys.wrap, keys.codes, keys.person, keys.session_secret}) == 4


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "keys.missing"), ("nonsense", "keys.unreadable"), ("abcd", "keys.unreadable")],
)
def test_a_missing_or_broken_key_file_is_named(
    tmp_path: Path, content: str | None, code: str
) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content)
    with pytest.raises(KeysUnready) as fault:
        load_keyring(tmp_path)
    assert fault.value.code == code


def test_a_sealed_text_opens_only_with_its_key_and_in_its_row() -> None:
    key = new_key()
    sealed = seal(key, "意见".encode(), bound_to="A")
    assert unseal(key, sealed, bound_to="A").decode() == "意见"
    assert "意见".encode() not in sealed
    for wrong in ((new_key(), "A"), (key, "B")):
        with pytest.raises(KeysUnready):
            unseal(wrong[0], sealed, bound_to=wrong[1])


def test_codes_hold_at_least_sixty_bits_and_numbers_forty() -> None:
    code, number = canonical(new_code()), canonical(new_number())
    assert len(ALPHABET) == 32
    assert (len(code) * 5, len(number) * 5) == (65, 40)


@pytest.mark.parametrize("typed", ["7k3m-92qf", " 7K3M 92QF ", "7K3M92QF", "７Ｋ３Ｍ－９２ｑｆ"])
def test_a_code_may_be_typed_with_or_without_marks(typed: str) -> None:
    assert canonical(typed) == "7K3M92QF"


def test_confused_letters_are_read_as_what_was_meant() -> None:
    assert canonical("oIl-u") == "011V"


def test_keyed_hashes_differ_by_key() -> None:
    assert not same(keyed_hash(b"a", "x"), keyed_hash(b"b", "x"))
    assert same(keyed_hash(b"a", "x"), keyed_hash(b"a", "x"))


def test_passwords_verify_in_every_unicode_form() -> None:
    stored = hash_password("pass\u00e9word-1")
    assert verify_password(stored, "passe\u0301word-1")
    assert not verify_password(stored, "password-1")
    assert not verify_password(None, "pass\u00e9word-1")


def test_keys_travel_under_a_passphrase_only() -> None:
    document = seal_with_passphrase(b"master", "correct horse")
    assert open_with_passphrase(document, "correct horse") == b"master"
    with pytest.raises(KeysUnready):
        open_with_passphrase(document, "wrong horse")
