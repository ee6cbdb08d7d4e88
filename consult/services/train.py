"""Teach a mapper in a process of its own: what only answers pages never loads scikit-learn.

Loading it takes a second and 100 MB, and the work of fitting would hold up every page served by the
same process. What comes back is plain numpy, ready to place comments. The child is started by name
and not by ``multiprocessing``: that one would run a server's own main module a second time.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from consult.analysis.sections import SectionMapper
from consult.domain.comment import Comment
from consult.services.map_points import Mapping

LONGEST: Final = 600  # seconds; a mapper takes two, with 2,000 decided comments ten
# The child looks for modules where its parent does.
_CHILD: Final = "import sys; sys.path[:] = sys.argv[1:]; from consult.services import train; {}"


def train(mapping: Mapping, taught: Sequence[Comment]) -> SectionMapper:
    """Return ``mapping.taught(taught)``, fitted elsewhere; the caller waits for it.

    Raises ``ChildProcessError`` with the child's last words when fitting fails or is killed, and
    ``subprocess.TimeoutExpired``.
    """
    done = subprocess.run(
        [sys.executable, "-c", _CHILD.format("train.answer()"), *sys.path],
        input=pickle.dumps((mapping, tuple(taught))),
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode:
        raise ChildProcessError(done.returncode, done.stderr.decode(errors="replace")[-1000:])
    mapper: SectionMapper = pickle.loads(done.stdout)  # noqa: S301 - from our own child
    return mapper


def answer() -> None:
    """Be the child: read what to learn, write the mapper; whatever else is said goes elsewhere."""
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    mapping, taught = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    out.write(pickle.dumps(mapping.taught(taught)))
    out.flush()
