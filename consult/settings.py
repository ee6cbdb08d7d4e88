"""Settings: defaults < ``consult.toml`` < ``CONSULT_*`` environment < command line.

The only reader of the environment. A secret may come from a file: ``CONSULT_X_FILE`` names it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from consult.domain.errors import ConsultError
from consult.intake import imap
from consult.outbox.smtp import SECURITIES, MailServer

PREFIX = "CONSULT_"
FILE = "consult.toml"


class SettingsError(ConsultError):
    """A setting has a wrong name or value; ``values`` hold name, value and where it stood."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Sizes are bytes, lengths characters, times seconds."""

    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    slug: str = ""  # the consultation shown at "/" and used by commands; empty: the only one
    now: datetime | None = None  # a simulated date: the site says so on every page
    proxies: int = 0  # trusted proxy hops in front (X-Forwarded-For)
    secure_cookies: bool = False  # set true behind https
    max_body: int = 4_000_000  # a request; 20,000 Chinese characters take 180 kB urlencoded
    max_text: int = 20_000  # characters of one submission
    min_seconds: int = 3  # a form sent sooner after it was opened is held for staff to look at
    file_bytes: int = 10_000_000  # one attached file
    file_count: int = 5  # attached files of one submission
    upload_bytes: int = 20_000_000  # all attached files of one submission
    import_bytes: int = 60_000_000  # a file imported on the staff pages; 100,000 rows take 5 MB
    draft_days: int = 14  # a draft saved for later is kept so long
    grace: int = 900  # a form opened in time may be sent so long after closing
    threshold: float = 0.5  # below this confidence a comment is shown as uncertain
    proposals: bool = True  # propose sections to citizens before they send
    contact_days: int = 180  # contact data are deleted so long after closing
    session_idle: int = 3600
    session_absolute: int = 43_200
    require_second_factor: bool = False  # nobody works on without a code from a device
    lookups_per_hour: int = 60  # failed look-ups from one address
    posts_per_hour: int = 600  # submissions from one address: many people sit behind one
    pushes_per_hour: int = 20_000  # items from one system with a token
    posts_per_form: int = 20  # submissions from one form, which a browser may take up again
    drafts_per_hour: int = 60  # drafts saved from one address
    worker: bool = True  # serve starts a worker for analyses in the background
    analyse_every: int = 0  # minutes between analyses by the timer; 0: only when asked for
    analyse_processes: int = 0  # processes of an analysis by the worker; 0: as many as pay
    smtp_host: str = ""  # the office's own mail server; empty: nothing is sent by mail
    smtp_port: int = 587
    smtp_security: str = "starttls"  # or ssl, or none (the same machine only, without a password)
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_from: str = ""  # the address that letters come from
    smtp_rate: int = 60  # letters a minute at most
    imap_host: str = ""  # the office's own mailbox; empty: no letters are fetched
    imap_port: int = 993
    imap_security: str = "ssl"  # or starttls, or none (the same machine only)
    imap_user: str = ""
    imap_password: str = field(default="", repr=False)
    imap_folder: str = "INBOX"
    imap_done: str = ""  # the folder that letters are moved to; empty: they are marked as seen
    imap_every: int = 10  # minutes between two looks; 0: only by consult fetch
    imap_slug: str = ""  # the consultation that letters belong to; empty: the only one
    language: str = "zh_Hans_CN"
    busy_seconds: int = 10  # how long a writer waits for another one


def _flag(value: str) -> bool:
    table = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return table[value.strip().lower()]


def _instant(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


# How the text of a setting becomes its value, by the annotation of its field.
_READERS: Mapping[str, Callable[[str], object]] = {
    "Path": Path,
    "str": str,
    "int": int,
    "float": float,
    "bool": _flag,
    "datetime | None": _instant,
}
_LIMITS: Mapping[str, tuple[float, float]] = {
    "port": (0, 65_535),
    "threads": (1, 256),
    "proxies": (0, 10),
    "max_body": (10_000, 1_000_000_000),
    "max_text": (100, 1_000_000),
    "min_seconds": (0, 600),
    "file_bytes": (10_000, 1_000_000_000),
    "file_count": (0, 50),
    "upload_bytes": (10_000, 2_000_000_000),
    "import_bytes": (10_000, 2_000_000_000),
    "draft_days": (1, 90),
    "pushes_per_hour": (1, 10_000_000),
    "posts_per_form": (1, 100_000),
    "drafts_per_hour": (1, 100_000),
    "grace": (0, 86_400),
    "threshold": (0, 1),
    "contact_days": (0, 3650),
    "session_idle": (60, 86_400),
    "session_absolute": (60, 604_800),
    "lookups_per_hour": (1, 100_000),
    "posts_per_hour": (1, 1_000_000),
    "analyse_every": (0, 10_080),
    "analyse_processes": (0, 256),
    "smtp_port": (1, 65_535),
    "imap_port": (1, 65_535),
    "imap_every": (0, 10_080),
    "smtp_rate": (1, 6_000),
    "busy_seconds": (1, 600),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "smtp_security": SECURITIES,
    "imap_security": imap.SECURITIES,
}
_TYPES = {item.name: str(item.type) for item in fields(Settings)}


def load(
    environ: Mapping[str, str], *, folder: Path, overrides: Mapping[str, object] | None = None
) -> Settings:
    """Read the settings; raises ``SettingsError`` with one clear reason.

    ``folder`` is where ``consult.toml`` is looked for, ``CONSULT_CONFIG`` names another file.
    """
    values: dict[str, Any] = {}
    values.update(_from_file(environ.get(f"{PREFIX}CONFIG", ""), folder))
    values.update(_from_environment(environ))
    values.update({key: value for key, value in (overrides or {}).items() if value is not None})
    for name, (low, high) in _LIMITS.items():
        number = values.get(name)
        if isinstance(number, int | float) and not low <= number <= high:
            raise SettingsError("settings.range", name=name, value=number, low=low, high=high)
    for name, allowed in _CHOICES.items():
        if values.get(name, allowed[0]) not in allowed:
            raise SettingsError("settings.choice", name=name, value=values[name], allowed=allowed)
    return replace(Settings(), **values)


def mail_server(settings: Settings) -> MailServer:
    """Return the mail server of the settings; its ``ready`` is False where none is set."""
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        sender=settings.smtp_from,
    )


def mailbox(settings: Settings) -> imap.Account:
    """Return the mailbox of the settings that letters are fetched from."""
    return imap.Account(
        host=settings.imap_host,
        port=settings.imap_port,
        security=settings.imap_security,
        user=settings.imap_user,
        password=settings.imap_password,
        folder=settings.imap_folder,
        done=settings.imap_done,
    )


def _from_file(named: str, folder: Path) -> dict[str, object]:
    path = Path(named) if named else folder / FILE
    if not path.is_file():
        if named:
            raise SettingsError("settings.no-file", path=str(path))
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("settings.bad-file", path=str(path), reason=str(error)) from error
    read = {name: _read(name, str(value), str(path)) for name, value in table.items()}
    data_dir = read.get("data_dir")
    if isinstance(data_dir, Path):
        read["data_dir"] = path.parent / data_dir
    return read


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in environ.items():
        if not key.startswith(PREFIX) or key == f"{PREFIX}CONFIG":
            continue
        name = key.removeprefix(PREFIX).lower()
        if name.endswith("_file") and name not in _TYPES:
            name = name.removesuffix("_file")
            try:
                text = Path(value).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingsError("settings.no-file", path=value) from error
            found[name] = _read(name, text, key)
        else:
            found[name] = _read(name, value, key)
    return found


def _read(name: str, text: str, where: str) -> object:
    if name not in _TYPES:
        raise SettingsError("settings.unknown", name=name, where=where)
    try:
        return _READERS[_TYPES[name]](text)
    except (ValueError, KeyError) as error:
        raise SettingsError("settings.value", name=name, value=text, where=where) from error
