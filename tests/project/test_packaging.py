"""A wheel, installed where there is no checkout, makes the demo and serves every public page."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from consult.web.access import ACCESS, PUBLIC
from tests.serving import Server, answer, environment, serving

ROOT = Path(__file__).resolve().parents[2]
NOT_SOURCE = ("*.egg-info", ".*", "build", "dist", "var", "out", "__pycache__")
SETUPTOOLS = 77  # what pyproject.toml asks for
NOW = "2022-10-25T18:00:00+08:00"  # the demonstration's own date
SLUG = "luzhou-2022"


@dataclass(frozen=True)
class Installed:
    """A wheel in an environment of its own, and a folder far from the checkout to work in."""

    python: Path
    folder: Path
    sdist: Path
    wheel: Path
    demo: str

    @property
    def program(self) -> tuple[str]:
        return (str(self.python.with_name("consult")),)


def run(*args: str | Path, cwd: Path, expected: int = 0) -> str:
    done = subprocess.run(
        args, cwd=cwd, env=environment(), capture_output=True, encoding="utf-8", timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == expected, done.stdout + done.stderr
    return done.stdout


def can_build() -> bool:
    """Tell whether this environment has what the build needs: then no network is asked."""
    try:
        return int(version("setuptools").split(".")[0]) >= SETUPTOOLS
    except PackageNotFoundError:
        return False


def build(folder: Path) -> tuple[Path, Path]:
    """Build the sdist and, from it, the wheel; a copy keeps leftovers of the checkout out."""
    source, dist = folder / "source", folder / "dist"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    flags = ["--no-isolation"] if can_build() else []
    run(sys.executable, "-m", "build", *flags, "--outdir", dist, cwd=source)
    (sdist,), (wheel,) = dist.glob("*.tar.gz"), dist.glob("*.whl")
    return sdist, wheel


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel; the libraries are lent by the environment of the tests, unchanged."""
    home = folder / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--no-index", "--no-deps", wheel, cwd=folder)
    (packages,) = home.glob("lib/*/site-packages")
    lent = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    # Lines of a .pth beside the wheel: a development install over there is not followed.
    (packages / "lent.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")
    return python


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    sdist, wheel = build(folder)
    python = install(wheel, folder)
    shutil.rmtree(folder / "source")
    work = folder / "elsewhere"
    work.mkdir()
    demo = run(python.with_name("consult"), "demo", "--out", "out", "--no-serve", cwd=work)
    return Installed(python, work, sdist, wheel, demo)


@pytest.fixture
def server(installed: Installed) -> Iterator[Server]:
    args = ("--data-dir", "var/demo", "serve", "--port", "0")
    with serving(installed.folder, *args, program=installed.program, CONSULT_NOW=NOW) as running:
        yield running


def get(server: Server, path: str) -> tuple[int, str, str]:
    """Return status, where the answer points to, and the page if it is one."""
    with answer(server, path) as response:
        page = response.headers.get_content_type() == "text/html"
        text = response.read().decode() if page else ""
        return response.status, response.getheader("Location") or "", text


def links(text: str, base: str) -> set[str]:
    """Return what a page points to on its own site."""
    if not text:
        return set()
    found = html.fromstring(text).xpath("//a/@href | //link/@href | //script/@src | //img/@src")
    absolute = {urlsplit(urldefrag(urljoin(base, str(link))).url) for link in found}
    return {f"{url.path}?{url.query}" if url.query else url.path for url in absolute}


def crawl(server: Server) -> dict[str, int]:
    """Follow every link from the first page; returns the status of each address."""
    found: dict[str, int] = {}
    waiting = {"/"}
    while waiting:
        path = waiting.pop()
        status, location, text = get(server, path)
        found[path] = status
        targets = {location} if location else links(text, server.url.rstrip("/") + path)
        waiting |= targets - found.keys()
    return found


def test_the_program_is_the_wheels_own(installed: Installed) -> None:
    code = "import consult.resources as r; print(r.templates_folder()); print(r.corpus_folder())"
    places = run(installed.python, "-c", code, cwd=installed.folder).split()
    (packages,) = installed.python.parents[1].glob("lib/*/site-packages")
    assert places == [str(packages / "consult/templates"), str(packages / "consult/corpus")]


def test_sdist_and_wheel_hold_templates_corpus_and_static_files(installed: Installed) -> None:
    with tarfile.open(installed.sdist) as archive:
        source = {name.partition("/")[2] for name in archive.getnames()}
    wheel = set(zipfile.ZipFile(installed.wheel).namelist())
    shipped = [
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", "corpus", "consult/web/static")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]
    assert sorted(set(shipped) - source) == []
    inside = {name if name.startswith("consult/") else f"consult/{name}" for name in shipped}
    assert sorted(inside - wheel) == []
    assert [name for name in wheel if name.startswith(("tests/", "templates/", "corpus/"))] == []


def test_the_demo_writes_every_document(installed: Installed) -> None:
    written = sorted(path.name for path in (installed.folder / "out").iterdir())
    assert written == [
        "digest.docx", "digest.html", "digest.json", "digest.md", "digest.schema.json",
        "register.csv", "register.docx", "register.json", "register.schema.json", "register.xlsx",
    ]  # fmt: skip
    assert "尚未归类 0" in installed.demo


def test_every_page_that_can_be_reached_is_served(server: Server) -> None:
    found = crawl(server)
    broken = {path: status for path, status in found.items() if status not in {200, 302, 303}}
    assert broken == {}
    chapters = {f"/c/{SLUG}/plan/{number}" for number in range(1, 8)}
    pages = {f"/c/{SLUG}/{page}" for page in ("", "plan", "comment", "privacy", "status")}
    assert (chapters | pages | {"/"}) - found.keys() == set()
    kinds = {path.partition("?")[0].rpartition(".")[2] for path in found if "static" in path}
    assert {"css", "js", "svg"} - kinds == set()


def test_public_pages_without_a_link_are_served(server: Server) -> None:
    pages = {
        "health.healthz": "/healthz",
        "health.readyz": "/readyz",
        "api.consultation": f"/api/v1/consultations/{SLUG}",
        "staff.sign_in": "/staff/sign-in",
    }
    assert pages.keys() - ACCESS.keys() == set()
    assert [ACCESS[name] for name in pages] == [PUBLIC] * len(pages)
    assert {path: get(server, path)[0] for path in pages.values()} == dict.fromkeys(
        pages.values(), 200
    )
