"""The demonstration as an office would keep it: archived, verified, restored elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.cli.conftest import Run
from tests.export.office_files import template

NOW = {"CONSULT_NOW": "2022-11-20T09:00:00+08:00"}


def test_the_archive_of_the_demonstration_gives_the_same_documents_elsewhere(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("open sesame")
    (tmp_path / "paper.docx").write_bytes(template())
    demo = ("--data-dir", "var/demo")
    assert run("demo", "--no-serve", **NOW).returncode == 0
    added = run(*demo, "template", "add", "paper.docx", "--for", "digest", "--reference", "1号")
    assert (added.returncode, added.stderr) == (0, "")
    done = run(*demo, "archive", "a.zip", "--passphrase-file", "secret", **NOW)
    head = done.stdout.split()[-1]
    inside = zipfile.ZipFile(tmp_path / "a.zip")
    inside.extract("verify.py", tmp_path)
    verified = subprocess.run(
        [sys.executable, "-I", "verify.py", "a.zip"], cwd=tmp_path, capture_output=True,
        text=True, check=False, env={"PYTHONUTF8": "1"}, timeout=120,
    )  # fmt: skip
    assert (verified.returncode, verified.stdout.split()[-1]) == (0, head)
    other = ("--data-dir", "elsewhere")
    wrong = run(*other, "restore", "a.zip", "--passphrase-file", "paper.docx")
    assert (wrong.returncode, (tmp_path / "elsewhere" / "consult.sqlite3").exists()) == (2, False)
    assert run(*other, "restore", "a.zip", "--passphrase-file", "secret").returncode == 0
    assert run(*other, "export", "--out", "two", **NOW).returncode == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert len(made) >= 7
    assert made == {
        name.removeprefix("documents/"): inside.read(name)
        for name in inside.namelist() if name.startswith("documents/")
    }  # fmt: skip


def test_letters_and_templates_say_what_is_missing(site: Run, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(template(body="{{题目}}"))
    refused = site("template", "add", "paper.docx", "--for", "digest")
    assert (refused.returncode, "不认识的占位符：题目" in refused.stderr) == (2, True)
    assert "{{文号}}" in site("template", "list").stdout
    assert site("template", "remove", "digest").returncode == 2
    counts = json.loads(site("letters", "list", "--json").stdout)
    assert counts == {"due": 0, "partly": 0, "paper": 0, "unanswered": 0, "log": {}}
    said = {
        words: site("letters", *arguments, "--why", "审定").stderr
        for words, arguments in {
            "现在没有要写的答复信。": ("write", "a.docx"),
            "应以 .docx 或 .zip 结尾": ("write", "a.pdf"),
            "还没有设置发信服务器。": ("send",),
        }.items()
    }  # fmt: skip
    assert {words: words in text for words, text in said.items()} == dict.fromkeys(said, True)
    assert not (tmp_path / "a.docx").exists()
