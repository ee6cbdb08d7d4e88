"""Teach a mapper in a process of its own: what only answers pages never loads scikit-learn.

Loading it takes a second and 100 MB, and the work of fitting would hold up every page served by the
same process. What comes back is plain numpy, ready to place comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from consult.analysis.sections import SectionMapper
from consult.domain.comment import Comment
from consult.services.map_points import Mapping


def train(mapping: Mapping, taught: Sequence[Comment]) -> SectionMapper:
    """Return ``mapping.taught(taught)``, fitted elsewhere; the caller waits for it.

    Raises what fitting raises, and ``BrokenProcessPool`` when the process is killed. Spawned and
    not forked: a server has threads.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(mapping.taught, list(taught)).result()
