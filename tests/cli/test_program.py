from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Run

LINES = [
    {"id": "1", "text": "污水管网要尽快建，下水道臭得很。"},
    {"id": "2", "text": "钓鱼的地方太少，请多划几处垂钓区。", "speaker": "individual"},
    {
        "id": "3",
        "text": "步道要有路灯。",
        "channel": "letter",
        "received": "2024-05-03T09:00:00+08:00",
    },
]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES))
    return path


def test_a_dry_run_shows_the_tree_and_writes_nothing(
    run: Run, plan_file: Path, tmp_path: Path
) -> None:
    done = run("publish", str(plan_file), "--dry-run", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert (found["chapters"], found["sections"], found["indicators"]) == (2, 4, 0)
    assert found["window"] == {
        "opens": "2024-05-01", "closes": "2024-05-30", "timezone": "Asia/Shanghai",
    }  # fmt: skip
    assert [node["code"] for node in found["tree"]] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert not (tmp_path / "var").exists()


def test_import_analyse_export_account_for_every_line(
    site: Run, lines: Path, tmp_path: Path
) -> None:
    taken = site("import", str(lines), "--json")
    assert (taken.returncode, json.loads(taken.stdout)) == (
        0, {"imports": [1], "found": 3, "taken": 3, "repeated": 0, "empty": 0, "refused": []},
    )  # fmt: skip
    run = json.loads(site("analyse", "--json").stdout)
    assert (run["submissions"], run["comments"], run["added"]) == (3, 3, 3)
    assert site("export", "--out", "out").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "digest.docx", "digest.html", "digest.json", "digest.md", "digest.schema.json",
        "register.csv", "register.docx", "register.json", "register.schema.json", "register.xlsx",
    ]  # fmt: skip
    sums = json.loads((tmp_path / "out" / "register.json").read_text())["accounting"]
    assert (sums["received"], sums["listed"], sums["comments"]) == (3, 3, 3)
    again = json.loads(site("analyse", "--json").stdout)
    assert (again["added"], again["superseded"], again["standing"]) == (0, 0, 3)
    assert json.loads(site("analyse", "--anew", "--json").stdout)["standing"] == 0


def test_two_exports_of_one_database_are_the_same_bytes(
    site: Run, lines: Path, tmp_path: Path
) -> None:
    site("import", str(lines))
    site("analyse")
    environ = {"CONSULT_NOW": "2024-05-20T08:00:00+08:00"}
    for out in ("one", "two"):
        assert site("export", "--out", out, **environ).returncode == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_refused_lines_give_exit_code_1_and_a_reason_in_chinese(site: Run, lines: Path) -> None:
    lines.write_text(lines.read_text() + '{"id": "4"}\nnot json\n{"text": " "}\n')
    done = site("import", str(lines), "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert (found["found"], found["taken"], len(found["refused"])) == (6, 3, 3)
    for item in found["refused"]:
        assert item["place"].startswith("in.jsonl:")
        assert not item["reason"].startswith(item["code"])
    again = json.loads(site("import", str(lines), "--json").stdout)
    assert (again["taken"], again["repeated"], len(again["refused"])) == (0, 3, 3)


@pytest.mark.parametrize(
    ("args", "environ", "words"),
    [
        (("serve",), {}, "没有找到数据库"),
        (("analyse",), {}, "没有找到数据库"),
        (("publish", "missing.txt"), {}, "没有找到文件"),
        (("serve",), {"CONSULT_PORT": "many"}, "设置 port"),
        (("serve",), {"CONSULT_PORTT": "1"}, "不认识的设置"),
        (("frobnicate",), {}, "No such command"),
        (("migrate",), {}, "没有找到数据库"),
        (("restore", "missing.zip"), {}, "没有找到文件"),
    ],
)
def test_wrong_use_is_one_clear_line_and_exit_code_2(
    run: Run, args: tuple[str, ...], environ: dict[str, str], words: str
) -> None:
    done = run(*args, **environ)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_publishing_twice_needs_to_be_meant(site: Run, plan_file: Path) -> None:
    args = ("publish", str(plan_file), "--slug", "river", "--office", "清河县水务局")
    assert site(*args).returncode == 2
    plan_file.write_text(PLAN.replace("三十公里", "四十公里"))
    done = site(*args, "--replace")
    assert done.returncode == 0
    assert "第 2 版" in done.stdout


def test_a_plan_without_dates_asks_for_them(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare.txt"
    path.write_text(PLAN[PLAN.index("清河整治规划\n（") :], encoding="utf-8")
    args = ("publish", str(path), "--slug", "river", "--office", "水务局")
    done = run(*args)
    assert (done.returncode, "--opens" in done.stderr) == (2, True)
    assert run(*args, "--opens", "2024-05-01", "--closes", "2024-05-30").returncode == 0


def test_accounts_are_made_with_the_password_on_standard_input(site: Run) -> None:
    assert site("staff", "add", "li", "--role", "manager", stdin="long-enough-1\n").returncode == 0
    assert json.loads(site("staff", "list", "--json").stdout) == [
        {
            "username": "li",
            "role": "manager",
            "disabled": False,
            "everywhere": True,
            "second_factor": False,
            "grants": {},
        }
    ]
    assert site("staff", "disable", "li").returncode == 0
    assert site("staff", "add", "wang", stdin="short\n").returncode == 2


def test_four_eyes_go_by_who_can_approve_and_are_switched_off_for_a_reason(site: Run) -> None:
    for name, role in (("li", "manager"), ("wang", "reviewer")):
        assert site("staff", "add", name, "--role", role, stdin="long-enough-1\n").returncode == 0
    told = site("staff", "four-eyes").stdout.splitlines()
    assert (told[0].endswith("要由另一个人审定。"), told[1]) == (True, "能审定的人：li、wang。")
    refused = site("staff", "four-eyes", "off")
    assert (refused.returncode, "请写明理由" in refused.stderr) == (2, True)
    off = site("staff", "four-eyes", "off", "--why", "王去学习").stdout
    assert off.splitlines()[0].endswith("写的人自己可以审定。")


def test_backup_and_restore_bring_the_same_documents(
    site: Run, lines: Path, tmp_path: Path
) -> None:
    site("import", str(lines))
    site("analyse")
    (tmp_path / "secret").write_text("open sesame")
    done = site("backup", "b.zip", "--passphrase-file", "secret")
    assert done.returncode == 0
    head = done.stdout.split()[-1]
    other = ("--data-dir", "var2")
    done = site(*other, "restore", "b.zip", "--passphrase-file", "secret")
    assert (done.returncode, done.stdout.split()[-1]) == (0, head)
    environ = {"CONSULT_NOW": "2024-05-20T08:00:00+08:00"}
    site("export", "--out", "one", **environ)
    site(*other, "export", "--out", "two", **environ)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    findings = json.loads(site(*other, "doctor", "--json").stdout)
    assert [f["name"] for f in findings if not f["ok"] and f["name"] != "disk"] == []


def test_doctor_reports_a_forged_event_with_exit_code_2(site: Run, tmp_path: Path) -> None:
    import sqlite3

    assert site("doctor").returncode == 0
    path = tmp_path / "var" / "consult.sqlite3"
    sqlite3.connect(path, isolation_level=None).execute("update events set actor = 'x'")
    done = site("doctor")
    assert (done.returncode, "第 1 号事件：内容与校验值不符" in done.stdout) == (2, True)


def test_migrate_says_when_there_is_nothing_to_do(site: Run) -> None:
    assert json.loads(site("migrate", "--json").stdout) == {"steps": [], "copy": ""}


def test_a_password_in_another_encoding_is_refused_in_one_line(site: Run, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "consult", "staff", "add", "li"], cwd=tmp_path,
        input="密码密码密码密码密码密码\n".encode("gb18030"), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode() == "错误：密码不是 UTF-8 编码，请检查终端的编码后重试。\n"


def test_a_labelled_file_nested_too_deep_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deep.jsonl").write_text("[" * 200_000, encoding="utf-8")
    done = run("evaluate", "mapping", "deep.jsonl")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(
    site: Run, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "register.xlsx").mkdir()  # stands where the document should
    done = site("export", "--out", "out")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert list((tmp_path / "out").glob(".*")) == []


def test_a_table_is_looked_at_then_imported_with_columns_told(site: Run, tmp_path: Path) -> None:
    table = tmp_path / "心声.csv"
    table.write_bytes("姓名,心声\r\n甲,多装路灯。\r\n乙,\r\n".encode("gb18030"))
    looked = site("import", str(table), "--mapping", "心声=text", "--dry-run", "--json")
    (sheet,) = json.loads(looked.stdout)["sheets"]
    assert sheet["columns"] == {"姓名": "name", "心声": "text"}
    assert [row.get("code", "") for row in sheet["rows"]] == ["", "table.no-text"]
    shown = site("import", str(table), "--mapping", "姓名=name", "--dry-run").stdout.splitlines()
    assert shown[1] == "  不读的列：心声（要读的，用 --mapping 列名=含义 说明）"
    told = site("import", str(table), "--mapping", "心声=text", "--json")
    found = json.loads(told.stdout)
    assert (told.returncode, found["found"], found["taken"]) == (1, 2, 1)
    assert found["refused"][0]["place"] == "心声.csv:3"
    wrong = site("import", str(table), "--mapping", "心声=words")
    assert (wrong.returncode, "--mapping" in wrong.stderr) == (2, True)
