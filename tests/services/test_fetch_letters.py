"""The office's mailbox: stored first, marked afterwards, whatever happens on the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from consult.domain.errors import MailboxUnready
from consult.intake import imap, mail_boxes
from consult.intake.imap import PLAIN, Account, Mailbox
from consult.services.fetch_letters import Fetched, fetch_letters
from consult.services.office import Office
from consult.store import submissions
from tests.conftest import OPEN, SLUG
from tests.imap_server import Faults, ImapServer
from tests.mails import letter

LETTERS = [letter(f"意见{n}", ident=f"<{n}@example.com>") for n in range(5)]


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer(LETTERS) as server:
        yield server


def account(server: ImapServer, **more: str) -> Account:
    plain = Account("127.0.0.1", server.port, PLAIN, "office", "secret", seconds=5)
    return replace(plain, **more)  # type: ignore[arg-type]


def fetch(office: Office, server: ImapServer, **more: str) -> Fetched:
    return fetch_letters(
        office, slug=SLUG, account=account(server, **more), now=OPEN, actor="timer",
        pause=lambda _seconds: None,
    )  # fmt: skip


def stored(office: Office) -> int:
    return len(submissions.active(office.store.db, 1))


def test_letters_are_stored_and_marked_and_a_second_fetch_makes_no_import(
    published: Office, server: ImapServer
) -> None:
    assert fetch(published, server).taken == 5
    assert server.flags() == [["\\Seen"]] * 5
    assert fetch(published, server).reports == ()
    server.deliver(letter("又一封", ident="<new>"))
    server.letters[-1].flags.add("\\Seen")  # somebody has opened it before us
    assert fetch(published, server).taken == 1
    assert stored(published) == 6


@pytest.mark.parametrize(
    "faults",
    [
        Faults(drop_in_fetch=2), Faults(bye_before_fetch=3), Faults(drop_before_store=0),
        Faults(drop_in_fetch=0, drop_before_store=0),
    ],
)  # fmt: skip
def test_a_line_that_breaks_is_taken_up_again(
    published: Office, server: ImapServer, faults: Faults
) -> None:
    server.faults = faults
    assert fetch(published, server).taken == 5
    assert (stored(published), server.flags()) == (5, [["\\Seen"]] * 5)


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("method", ["letter", "settle"])
def test_a_program_that_dies_before_it_has_marked_loses_and_doubles_nothing(
    published: Office, server: ImapServer, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Mailbox, method, die)
        fetch(published, server)
    assert server.flags() == [[]] * 5
    fetch(published, server)
    assert (stored(published), server.flags()) == (5, [["\\Seen"]] * 5)


def test_other_numbers_for_the_same_letters_add_nothing(
    published: Office, server: ImapServer
) -> None:
    fetch(published, server)
    server.letters.reverse()
    server.renumber()
    found = fetch(published, server)
    assert [(r.taken, r.repeated) for r in found.reports] == [(0, 5)]
    assert stored(published) == 5


@pytest.mark.parametrize("moves", [True, False])
def test_letters_are_moved_to_a_folder_with_a_chinese_name(published: Office, moves: bool) -> None:
    with ImapServer(LETTERS, moves=moves) as server:
        server.deliver(letter("别人删的", ident="<deleted>"))
        server.letters[-1].flags.add("\\Deleted")
        assert fetch(published, server, done="已收").taken == 5
        # RFC 3501 section 5.1.3: modified UTF-7
        assert [len(kept) for kept in server.folders.values()] == [5]
        assert list(server.folders) == [b"&XfJlNg-"]
        assert [kept.flags for kept in server.letters] == [{"\\Deleted"}]  # not ours to expunge
        assert not any(command.upper() == "EXPUNGE" for command in server.commands)


def test_who_we_are_is_said_after_the_password_and_before_the_folder(
    published: Office, server: ImapServer
) -> None:
    fetch(published, server)
    words = [command.split()[0].upper() for command in server.commands]
    assert words.index("LOGIN") < words.index("ID") < words.index("SELECT")


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        (Faults(refuse_login=True), "imap.login"),
        (Faults(refuse_folder=True), "imap.folder"),
    ],
)
def test_what_is_wrong_is_said(
    published: Office, server: ImapServer, faults: Faults, code: str
) -> None:
    server.faults = faults
    with pytest.raises(MailboxUnready) as unready:
        fetch(published, server)
    assert unready.value.code == code
    assert "secret" not in str(unready.value)


def test_a_mailbox_that_is_not_there_not_set_or_not_safe_is_said_to_be(published: Office) -> None:
    with ImapServer() as gone:
        pass
    cases = {
        "imap.unreachable": account(gone),
        "imap.insecure": replace(account(gone), host="imap.example.com"),
        "imap.unset": Account(""),
    }
    for code, where in cases.items():
        with pytest.raises(MailboxUnready) as unready:
            fetch_letters(published, slug=SLUG, account=where, now=OPEN, actor="x")
        assert unready.value.code == code


def test_a_line_that_never_holds_keeps_what_was_taken(
    published: Office, server: ImapServer
) -> None:
    server.faults = Faults(drop_in_fetch=0)
    tries: list[float] = []

    def again(seconds: float) -> None:
        tries.append(seconds)
        server.faults = Faults(drop_in_fetch=0)

    with pytest.raises(MailboxUnready) as unready:
        fetch_letters(
            published, slug=SLUG, account=account(server), now=OPEN, actor="x", pause=again
        )
    assert (unready.value.code, tries) == ("imap.broken", [2.0, 4.0])
    server.faults = Faults()
    fetch(published, server)
    assert stored(published) == 5


def test_a_letter_too_large_to_hold_is_refused_without_being_fetched(
    published: Office, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 10_000)
    monkeypatch.setattr(mail_boxes, "LARGEST", 10_000)
    monkeypatch.setattr("consult.intake.mail_letter.LARGEST", 10_000)
    server.deliver(letter("长" * 10_000, ident="<long>"))
    (report,) = fetch(published, server).reports
    assert [item.code for item in report.refusals] == ["mail.large"]
    assert not any("FETCH 6 (BODY" in command for command in server.commands)
    assert fetch(published, server).reports == ()
