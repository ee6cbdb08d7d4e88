"""Run an analysis on an existing Dask cluster instead of on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from consult.analysis.engine import cluster
from consult.domain.errors import ConsultError


@contextmanager
def on_cluster(scheduler: str, processes: int = 0) -> Iterator[int]:
    """Yield the number of processes to use: ``processes`` here, all threads of the cluster there.

    No ``scheduler`` means this machine. Raises ``ConsultError("cluster.missing")`` where Dask is
    not installed and ``ConsultError("cluster.unreachable")`` when nobody answers at the address.
    """
    if not scheduler:
        yield processes
        return
    stack = ExitStack()
    try:
        threads = stack.enter_context(cluster(scheduler))
    except ModuleNotFoundError as error:
        raise ConsultError("cluster.missing") from error
    except (OSError, ValueError) as error:
        raise ConsultError("cluster.unreachable", scheduler=scheduler) from error
    with stack:
        yield processes or threads
