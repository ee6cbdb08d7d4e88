"""Comments that two analyses at once have stored twice: an earlier fault, mended and ruled out.

Of each pair the one that staff have worked with stays, else the older; the other is superseded,
as by a new split: it keeps its number and its history and is listed no more.
"""

from __future__ import annotations

from typing import Final

DOUBLES: Final = (
    """
    update comments set state = 'superseded', family = null, theme = null, stamp = stamp + 1
    where number in (
        select number from (
            select c.number as number, row_number() over (
                partition by c.submission, c.start, c."end", c.holes order by
                    exists (select 1 from decision_members d where d.comment = c.number) desc,
                    exists (select 1 from links l where l.comment = c.number
                            and l.origin = 'staff') desc,
                    c.pinned is null, c.number
            ) as place
            from comments c where c.state = 'active'
        ) where place > 1
    )
    """,
    """
    create unique index comments_once on comments (submission, start, "end", holes)
    where state = 'active'
    """,
)
