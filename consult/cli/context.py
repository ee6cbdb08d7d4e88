"""What every command works with: settings, the office, the consultation meant, the present."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from consult.domain.errors import InputRefused, NotFound
from consult.services.browse import every_consultation
from consult.services.office import Office, open_office
from consult.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

AppFactory = Callable[[Settings, Office], "Flask"]


class Moment(TypedDict):
    """The instant of a document, and whether it is simulated."""

    as_of: datetime
    rehearsal: bool


@dataclass(slots=True)
class Context:
    """The context of one invocation."""

    settings: Settings
    create_app: AppFactory

    def with_data_dir(self, data_dir: Path | None) -> None:
        """Work in another data directory from here on."""
        if data_dir is not None:
            self.settings = replace(self.settings, data_dir=data_dir)

    def office(self, *, create: bool = False) -> Office:
        """Open the data directory of the settings."""
        return open_office(
            self.settings.data_dir, create=create, busy_seconds=self.settings.busy_seconds
        )

    def slug(self, office: Office, given: str | None) -> str:
        """Return the consultation that is meant: the one named, or the only one."""
        wanted = given or self.settings.slug
        if wanted:
            if wanted not in {item.slug for item in every_consultation(office)}:
                raise NotFound("consultation.unknown", slug=wanted)
            return wanted
        slugs = [item.slug for item in every_consultation(office, shown=True)]
        if not slugs:
            raise NotFound("consultation.none")
        if len(slugs) > 1:
            raise InputRefused("consultation.several", slugs="、".join(slugs))
        return slugs[0]

    def now(self) -> datetime:
        """Return the consultation's present: simulated where the settings say so."""
        return self.settings.now or datetime.now(UTC)

    def moment(self) -> Moment:
        """Return as of when, and whether on a simulated date, a document is made."""
        return {"as_of": self.now(), "rehearsal": self.settings.now is not None}


pass_context = click.make_pass_decorator(Context)
slug_option = click.option("--slug", metavar="NAME", help="征求意见的名称；只有一个时可省略。")
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。")
