"""What an office's own templates add: one a purpose and consultation."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final = (
    """
    create table office_templates (
        consultation integer not null references consultations(id), purpose text not null,
        name text not null, reference text not null, placeholders text not null,
        sha256 text not null, data blob not null, actor text not null, at text not null,
        primary key (consultation, purpose)
    ) strict
    """,
)
