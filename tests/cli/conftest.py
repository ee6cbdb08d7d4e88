"""Runs the program as its users do: as a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

PLAN = """关于征求《清河整治规划（征求意见稿）》意见的公告

现就规划征求意见，时间为2024年5月1日至2024年5月30日。

清河县水务局
2024年5月1日

清河整治规划
（征求意见稿）

为了让清河变清，制定本规划。
一、水质
（一）污水收集
新建污水管网三十公里，雨污分流，封堵直排口。
（二）水质监测
设监测断面八个，每月公布化验结果。
二、岸线
（一）步道建设
沿岸铺设步道十二公里，安装路灯和座椅。
（二）垂钓管理
划定垂钓区，禁渔期内不得垂钓。
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return what runs ``consult ARGS`` in the test's folder."""

    def run_(*args: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("CONSULT_")}
        return subprocess.run(
            [sys.executable, "-m", "consult", *args],
            cwd=tmp_path, env=clean | environ, input=stdin, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip

    return run_


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def site(run: Run, plan_file: Path) -> Run:
    """The same, after a small plan has been published."""
    done = run("publish", str(plan_file), "--slug", "river", "--office", "清河县水务局")
    assert done.returncode == 0, done.stderr
    return run
