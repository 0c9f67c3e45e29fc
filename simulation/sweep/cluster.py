"""Jobs on a Dask cluster: one of this machine by default, or of many machines.

The only module that knows Dask, imported when a sweep needs it and never before:
nobody else pays for it in seconds or memory.
"""

import logging
import socket
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any, Final, cast
from urllib.parse import urlsplit

import dask.config
import distributed
from distributed.scheduler import KilledWorker

from simulation.errors import LaboratoryError
from simulation.metrics.measure import Measures
from simulation.sweep.code import digest_of, sources
from simulation.sweep.jobs import Job, done

TRIES: Final = 3
"""Workers that may die over one job before it is taken for the killer."""

# Dask is annotated in part only; what it is asked here is small and tested.
_DASK: Final = cast("Any", distributed)
_CODE: Final = ("simulation", "service.domain", "service.draw")


@cache
def code_digest() -> str:
    """Return the SHA-256 of all code that a result depends on."""
    return digest_of(
        each for package in _CODE for each in sources(package, ".py", ".toml")
    )


def done_alike(job: Job, digest: str) -> Measures:
    """Play one job, if this worker would play it as the one who asks.

    Raises:
        LaboratoryError: The worker runs other code; its numbers could differ.
    """
    if code_digest() != digest:
        raise LaboratoryError(
            "a worker runs another version of the laboratory: its numbers could "
            "differ; install the same version on every machine"
        )
    return done(job)


def run_on_cluster(
    jobs: Sequence[Job],
    *,
    workers: int,
    scheduler: str = "",
    patience_s: float = 30,
) -> Iterator[tuple[Job, Measures]]:
    """Play jobs on a cluster; yield each as it ends.

    A worker that dies loses nothing: its jobs are given to another.

    Args:
        jobs: Any number; equal keys are played once.
        workers: Processes of the local cluster; without meaning on another.
        scheduler: Address of a scheduler, e.g. ``tcp://10.0.0.5:8786``; by default
            a cluster is started here, and ended.
        patience_s: How long a scheduler or a first worker may take to answer.

    Raises:
        LaboratoryError: No scheduler, no worker, other code on a worker, or a job
            that killed several workers; what was yielded is safe.
    """
    by_key = {job.key: job for job in jobs}
    with _client(min(workers, len(by_key)), scheduler, patience_s) as client:
        digest = code_digest()
        futures = [
            client.submit(done_alike, job, digest, key=key, retries=0)
            for key, job in by_key.items()
        ]
        try:
            for future, measures in _DASK.as_completed(futures, with_results=True):
                yield by_key[str(future.key)], cast("Measures", measures)
                future.release()
        except KilledWorker as error:
            raise LaboratoryError(
                f"{TRIES} workers were killed over the same run, perhaps for lack of "
                "memory; with --out, the same command goes on where it stopped; try "
                "fewer --workers or a smaller --scale"
            ) from error


@contextmanager
def _client(workers: int, scheduler: str, patience_s: float) -> Generator[Any]:
    quiet = {
        "distributed.scheduler.allowed-failures": TRIES - 1,
        "distributed.admin.large-graph-warning-threshold": "100MB",
    }
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(quiet))
        if scheduler:
            _refuse_silence(scheduler, patience_s)
        where = scheduler or stack.enter_context(
            _DASK.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        )
        client = stack.enter_context(_DASK.Client(where, timeout=patience_s))
        try:
            client.wait_for_workers(1, timeout=patience_s)
        except TimeoutError as error:
            raise LaboratoryError(_nobody(scheduler, "has no worker")) from error
        yield client


def _refuse_silence(scheduler: str, patience_s: float) -> None:
    """Knock before a client is made, which would wait and then speak in traces."""
    place = urlsplit(scheduler)
    try:
        host, port = place.hostname, place.port
    except ValueError:
        host, port = None, None
    if place.scheme not in {"tcp", "tls"} or host is None or port is None:
        raise LaboratoryError(
            f"--scheduler {scheduler}: an address such as tcp://10.0.0.5:8786"
        )
    try:
        socket.create_connection((host, port), patience_s).close()
    except OSError as error:
        raise LaboratoryError(_nobody(scheduler, "does not answer")) from error


def _nobody(scheduler: str, what: str) -> str:
    return (
        f"the scheduler {scheduler or 'of this machine'} {what}; start one with "
        "`dask scheduler` and, on each machine, `dask worker tcp://…`"
    )
