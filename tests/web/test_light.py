"""A process that only serves pages loads no scikit-learn: it costs a second and 100 MB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from consult.domain.consultation import Consultation, Plan
from consult.domain.knowledge import Exemplar, Knowledge
from consult.services.office import open_office
from consult.services.publish import publish
from tests.conftest import SLUG
from tests.serving import environment

SERVE = """
import sys, time
from datetime import datetime
from pathlib import Path
from consult.settings import Settings
from consult.web import create_app
from consult.web.desk import EXTENSION

now = datetime.fromisoformat("2024-05-10T10:00:00+08:00")
app = create_app(Settings(data_dir=Path(sys.argv[1]), now=now))
client = app.test_client()
for address in ("", "plan", "plan/1", "comment", "status", "privacy"):
    assert client.get(f"/c/river-2024/{address}").status_code == 200, address
proposer = app.extensions[EXTENSION].proposer
proposer.warm(slug="river-2024")
for _ in range(1200):
    with app.app_context():
        found = proposer.propose(slug="river-2024", text="钓鱼的地方太少")
    if found is not None:
        break
    time.sleep(0.05)
assert found.sections == ("2.2",), found
heavy = ("sklearn", "scipy", "joblib", "pandas")
print(*(name for name in heavy if name in sys.modules))
"""


def test_serving_pages_and_proposals_loads_no_scikit_learn(
    tmp_path: Path, consultation: Consultation, plan: Plan
) -> None:
    words = {"1.1": "下水道堵了", "2.2": "想去钓鱼", "2.1": "散步太黑"}
    exemplars = tuple(
        Exemplar(f"{n}号地方{said}", code) for code, said in words.items() for n in range(12)
    )
    office = open_office(tmp_path / "data", create=True)
    publish(
        office, consultation=consultation, plan=plan, knowledge=Knowledge(exemplars=exemplars),
        source="plan.txt", data=b"plan", actor="test",
    )  # fmt: skip
    assert SLUG in SERVE
    (tmp_path / "serve.py").write_text(SERVE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "serve.py", tmp_path / "data"], env=environment(),
        capture_output=True, encoding="utf-8", timeout=200, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "\n"), done.stderr
