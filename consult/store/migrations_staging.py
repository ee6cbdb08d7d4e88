"""A run's results are staged: which links of a comment count is a column of the comment."""

from __future__ import annotations

from typing import Final

STAGING: Final = (
    "alter table comments add column linked integer not null default 0",
    "update comments set linked ="
    " coalesce((select max(run) from links where comment = comments.number), 0)",
    "create index comments_staged on comments (consultation, number) where state = 'staged'",
)
