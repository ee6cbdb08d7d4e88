"""How far each chapter is: comments, those answered, those overdue."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

# The day of a comment: its own, else its chapter's, else the promised day of the results.
_SQL = """
with counted as (
    select c.number, substr(c.section, 1, instr(c.section || '.', '.') - 1) as chapter,
        exists (select 1 from decision_members m join decisions d on d.id = m.decision
                where m.comment = c.number and d.current = 1 and d.stage = 'approved') as answered
    from comments c join submissions s on s.id = c.submission
    where c.consultation = :c and c.state = 'active' and s.state = 'active'
)
select k.chapter as chapter, count(*) as n, sum(k.answered) as answered,
    sum(k.answered = 0 and coalesce(nullif(a.due, ''), nullif(d.due, ''), nullif(:by, ''), '9999')
        < :today) as overdue
from counted k
left join assignments a on a.comment = k.number
left join chapter_desks d on d.consultation = :c and d.chapter = k.chapter
group by k.chapter
"""


def by_chapter(
    db: Database, consultation: int, *, today: date, answer_by: str
) -> dict[str, tuple[int, int, int]]:
    """Return comments, answered and overdue ones by chapter code."""
    values = {"c": consultation, "by": answer_by, "today": today.isoformat()}
    found = db.query(_SQL, values)
    return {
        str(row["chapter"]): (int(row["n"]), int(row["answered"]), int(row["overdue"]))
        for row in found
    }
