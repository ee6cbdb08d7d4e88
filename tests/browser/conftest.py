"""The demonstration behind a real server, and Debian's Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.answered import AFTER, answer_and_publish
from tests.browser.inspection import Inspection, inspect, keep_picture
from tests.browser.sites import JUDGES, JUDGES_PASSWORD, Sites, sign_in
from tests.browser.states import DESK, STATES
from tests.browser.watch import Watch
from tests.serving import PROGRAM, environment, serving

# The sandbox needs rights that a container lacks; the rest keeps Chromium from calling home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DATES = {
    "before": "2022-09-20T10:00:00+08:00",
    "open": "2022-10-20T10:00:00+08:00",
    "closed": "2022-11-01T10:00:00+08:00",
}
PATIENCE = 20_000  # milliseconds: other work may share the machine
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the system; without it the tests are skipped, but not in CI."""
    found = shutil.which("chromium")
    if found is None:
        absent = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        absent("chromium is not installed (Debian: apt-get install chromium)")
    return str(found)


@pytest.fixture(scope="session")
def base_url() -> str:
    """Nothing: there are three sites. (The fixture of the plugin itself warns under pytest 9.)"""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: str
) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*ARGUMENTS]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # Without motion nothing is looked at while it is still under way.
    return {**browser_context_args, "locale": "zh-CN", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def sites(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """The demonstration, served before, inside and after the window of the consultation."""
    folder = tmp_path_factory.mktemp("demo")
    made = subprocess.run(
        [*PROGRAM, "demo", "--no-serve", "--out", "out"], cwd=folder, env=environment(),
        capture_output=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
    username, password = re.findall(r"用户名 (\S+)\s+密码 ([0-9A-Z-]+)", made.stdout)[0]
    for judge in JUDGES:
        subprocess.run(
            [*PROGRAM, "--data-dir", "var/demo", "staff", "add", judge, "--role", "handler"],
            cwd=folder, env=environment(), input=f"{JUDGES_PASSWORD}\n", text=True, timeout=60,
            check=True, capture_output=True,
        )  # fmt: skip
    args = ("--data-dir", "var/demo", "serve", "--port", "0")
    with ExitStack() as stack:
        urls = {}
        for name, now in DATES.items():
            # A thousand failed look-ups: the tests are all one address.
            limits = {"CONSULT_LOOKUPS_PER_HOUR": "1000"}
            server = stack.enter_context(serving(folder, *args, CONSULT_NOW=now, **limits))
            urls[name] = server.url.rstrip("/")
        urls |= _others(stack, folder)
        database = folder / "var" / "demo" / "consult.sqlite3"
        yield Sites(**urls, username=username, password=password, database=database)


def _others(stack: ExitStack, folder: Path) -> dict[str, str]:
    """Serve a consultation with results, one that received nothing, and a program with a fault."""
    shutil.copytree(folder / "var" / "demo", folder / "var" / "released")
    answer_and_publish(folder / "var" / "released")
    shutil.copytree(folder / "var" / "released", folder / "var" / "nothing")
    with closing(sqlite3.connect(folder / "var" / "nothing" / "consult.sqlite3")) as db, db:
        db.execute("update submissions set state = 'withdrawn'")
        db.execute("update comments set state = 'superseded'")
    broken = (sys.executable, str(Path(__file__).with_name("broken.py")))
    urls = {}
    for name, data, now, program in (
        ("released", "released", AFTER.isoformat(), PROGRAM),
        ("nothing", "nothing", AFTER.isoformat(), PROGRAM),
        ("broken", "demo", DATES["open"], broken),
    ):
        args = ("--data-dir", f"var/{data}", "serve", "--port", "0")
        server = stack.enter_context(serving(folder, *args, program=program, CONSULT_NOW=now))
        urls[name] = server.url.rstrip("/")
    return urls


@pytest.fixture(scope="session")
def desk_cookies(browser: Browser, sites: Sites) -> Any:
    """What a browser holds once a member of staff has signed in; done once, for argon2 is slow."""
    context = browser.new_context()
    sign_in(context.new_page(), sites)
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], sites: Sites, request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Open a browser of its own; at the end none may have asked elsewhere or complained."""
    watches: list[Watch] = []

    def opened(*, staff: bool = False, **options: Any) -> Page:
        if staff:
            options["storage_state"] = request.getfixturevalue("desk_cookies")
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        watches.append(Watch(context))
        return context.new_page()

    yield opened
    assert [trouble for watch in watches for trouble in watch.troubles] == []


@pytest.fixture(scope="session")
def inspections() -> dict[str, Inspection]:
    """What was found on the pages visited so far: several tests look at one visit."""
    return {}


@pytest.fixture
def inspected(
    state: str,
    inspections: dict[str, Inspection],
    new_context: Callable[..., BrowserContext],
    sites: Sites,
    request: pytest.FixtureRequest,
) -> Inspection:
    """The faults of a page in the state of this name."""
    if state not in inspections:
        cookies = request.getfixturevalue("desk_cookies") if state in DESK else None
        context = new_context(storage_state=cookies)
        context.set_default_timeout(PATIENCE)
        watch = Watch(context)
        page = context.new_page()
        STATES[state](page, sites)
        keep_picture(page, state)
        inspections[state] = inspect(page, watch.troubles, public=state not in DESK)
        context.close()
    return inspections[state]
