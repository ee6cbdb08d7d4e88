"""Letters by command: from files, from a mailbox, and by the worker on its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from consult.services import vault
from consult.services.office import open_office
from consult.store import submissions
from tests.cli.conftest import Run
from tests.imap_server import Faults, ImapServer
from tests.mails import WORDS, letter, mbox

AUTO = letter(more=b"Auto-Submitted: auto-replied\n", ident="<auto>")


def texts(folder: Path) -> list[str]:
    office = open_office(folder / "var")
    return [vault.original(office.keys, s).text for s in submissions.active(office.store.db, 1)]


def test_letters_are_imported_by_content_and_named_in_the_report(site: Run, tmp_path: Path) -> None:
    (tmp_path / "export").write_bytes(mbox([letter(), AUTO, letter("另一封", ident="<2>")]))
    (tmp_path / "eml").mkdir()
    (tmp_path / "eml" / "a.eml").write_bytes(letter())
    seen = site("import", "export", "--dry-run")
    assert ("共 3 封" in seen.stdout, "自动回复" in seen.stderr, texts(tmp_path)) == (
        True, True, [],
    )  # fmt: skip
    done = site("import", "export", "eml", "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["found"], said["taken"], said["repeated"]) == (1, 4, 2, 1)
    assert [(row["place"], row["code"]) for row in said["refused"]] == [
        ("export:2", "mail.automatic")
    ]
    assert texts(tmp_path) == [WORDS, "另一封"]
    empty = site("import", "var")
    assert (empty.returncode, "var" in empty.stderr) == (2, True)


def settings_of(server: ImapServer, folder: Path) -> dict[str, str]:
    (folder / "password").write_text("secret\n", encoding="utf-8")
    return {
        "CONSULT_IMAP_HOST": "127.0.0.1", "CONSULT_IMAP_PORT": str(server.port),
        "CONSULT_IMAP_SECURITY": "none", "CONSULT_IMAP_USER": "office",
        "CONSULT_IMAP_PASSWORD_FILE": str(folder / "password"),
    }  # fmt: skip


def test_a_mailbox_is_fetched_and_marked(site: Run, tmp_path: Path) -> None:
    with ImapServer([letter(), AUTO]) as server:
        settings = settings_of(server, tmp_path)
        done = site("fetch", **settings)
        assert done.returncode == 1
        assert "共 2 项：收下 1，已有 0，未收 1，空 0。" in done.stdout
        assert "自动回复" in done.stderr
        assert server.flags() == [["\\Seen"]] * 2
        assert any('LOGIN "office" "secret"' in command for command in server.commands)
        server.faults = Faults(refuse_login=True)
        refused = site("fetch", **settings)
        assert (refused.returncode, "不让 office 登录" in refused.stderr) == (2, True)
        assert "secret" not in refused.stderr
    unset = site("fetch")
    assert (unset.returncode, "没有设置收信的邮箱" in unset.stderr) == (2, True)


def test_the_worker_looks_into_the_mailbox_by_itself(site: Run, tmp_path: Path) -> None:
    with ImapServer([letter()]) as server:
        environ = {**os.environ, **settings_of(server, tmp_path)}
        with subprocess.Popen(
            [sys.executable, "-m", "consult", "work"], cwd=tmp_path, env=environ
        ) as worker:
            end = time.monotonic() + 60
            while server.flags() != [["\\Seen"]] and time.monotonic() < end:
                time.sleep(0.1)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
    assert texts(tmp_path) == [WORDS]
