"""Reading on many machines: a Dask cluster whose workers open the same files by the same paths (docs/cluster.md).

Only what can't harm its reader is read by the cluster's own processes. The rest, and the files of a chunk that
nevertheless took its workers down again and again, are read here, each in a process of its own. So the results are
those of `map_apart`, in the files' order, whatever happens to a worker.
"""

import pickle
import socket
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pipeline.domain.addresses import Address
from pipeline.intake.find import Found
from pipeline.intake.load import is_verifiable
from pipeline.intake.store import reader_mark
from pipeline.intake.workers import Limits, Lost, map_apart
from pipeline.problems import Problem, problem

if TYPE_CHECKING:
    from distributed import Client, Future

Result = TypeVar("Result")

CHUNK = 32
"""Files of a task: the scheduler's share of the time stays small, and a task that is lost costs little."""

AHEAD = 3
"""Tasks under way or done and not yet taken in, for each thread of the cluster."""

CONNECTING = 10.0
"""Seconds in which the scheduler must answer."""

PATIENCE = 30.0
"""Seconds for which a cluster may be without any worker: those that died are started anew in less."""


LONGEST = 200
"""Letters of the library's own words that are told."""


class ClusterError(Exception):
    """The cluster can't be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Unread(Enum):
    """Why a worker has left a file unread."""

    UNSEEN = "unseen"
    HARMFUL = "harmful"


class _Mistake(NamedTuple):
    """A mistake of ours in reading a file: no matter of the cluster."""

    error: Exception


class _Answers(NamedTuple):
    """What a worker has made of a chunk: the program that it runs (`reader_mark`), its machine, an answer a file."""

    reader: str
    host: str
    each: Sequence[Any]


def map_distributed(
    function: Callable[[Found], Result], files: Sequence[Found], address: str, limits: Limits
) -> Iterator[Result | Lost]:
    """The function's result for each file, in order, computed by the workers of the scheduler at `address`. The
    function and its results must be picklable; `limits` are for what is read here. Raises ClusterError."""
    if not files:
        return
    with _connected(address) as client:
        for chunk, answers in _chunks(client, function, files, limits):
            unread = [file for file, answer in zip(chunk, answers, strict=True) if isinstance(answer, _Unread)]
            here = map_apart(function, unread, limits)
            for answer in answers:
                if isinstance(answer, _Mistake):
                    raise answer.error
                yield next(here) if isinstance(answer, _Unread) else answer


@contextmanager
def _connected(address: str) -> "Iterator[Client]":
    """A client of the scheduler, closed at the end. What the library would log in English is silenced: what matters of
    it becomes a problem."""
    try:
        import asyncio

        import dask

        with dask.config.set({"logging": {"distributed": "critical", "distributed.client": "critical"}}):
            from distributed import Client
            from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        raise ClusterError(problem("intake.cluster_missing", found=error.name or error)) from error
    try:
        asyncio.run(_greet(address))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # our own marks are compared: see _checked
            client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise ClusterError(problem("intake.cluster_unreachable", found=address)) from error
    try:
        yield client
    finally:
        client.close()


async def _greet(address: str) -> None:
    """Raises OSError where no scheduler answers, ValueError or TypeError where the address can't be used. A client
    would wait for ever for a server that takes the connection and keeps silent."""
    import asyncio

    from distributed.comm import connect
    from distributed.security import Security

    greeting = connect(address, timeout=CONNECTING, **Security().get_connection_args("client"))
    (await asyncio.wait_for(greeting, CONNECTING)).abort()


def _chunks(
    client: "Client", function: Callable[[Found], Any], files: Sequence[Found], limits: Limits
) -> Iterator[tuple[Sequence[Found], Sequence[Any]]]:
    """The files in chunks, each with the answers. Only so many chunks are under way that no worker has to wait: the
    memory that they take doesn't grow with the number of files."""
    import dask

    # A task's result: each worker fetches it once, and it is computed anew where the only one that has it dies. Data
    # that is scattered would be lost with it.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"}):
        shared = client.submit(pickle.loads, pickle.dumps(function), pure=False)
    absolute = [Found(file.path.absolute(), file.file) for file in files]
    size = max(1, min(CHUNK, len(files) // (AHEAD * max(1, _threads(client)))))
    going: deque[tuple[Sequence[Found], Future]] = deque()
    for start in range(0, len(files), size):
        chunk = absolute[start : start + size]
        going.append((chunk, client.submit(_answers, shared, chunk, pure=False)))
        if len(going) > AHEAD * max(1, _threads(client)):
            yield _taken(client, *going.popleft(), limits)
    while going:
        yield _taken(client, *going.popleft(), limits)


def _threads(client: "Client") -> int:
    with _lasting():
        return sum(client.nthreads().values())


def _taken(
    client: "Client", chunk: Sequence[Found], future: "Future", limits: Limits
) -> tuple[Sequence[Found], Sequence[Any]]:
    """The chunk's answers; none but «harmful» where its workers were killed, or took longer than a chunk may."""
    from distributed import KilledWorker

    deadline = time.monotonic() + limits.seconds * CHUNK
    while time.monotonic() < deadline:
        with _lasting():
            try:
                return chunk, _checked(chunk, future.result(timeout=min(PATIENCE, limits.seconds)))
            except KilledWorker:
                break
            except TimeoutError:
                _await_workers(client)
    future.cancel()
    return chunk, [_Unread.HARMFUL] * len(chunk)


def _await_workers(client: "Client") -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise ClusterError(problem("intake.cluster_empty", found=client.scheduler.address)) from error


@contextmanager
def _lasting() -> Iterator[None]:
    """Whatever ends the cluster's work becomes a ClusterError."""
    try:
        yield
    except (ClusterError, KeyboardInterrupt):
        raise
    except (CancelledError, OSError) as error:
        raise ClusterError(problem("intake.cluster_lost")) from error
    except Exception as error:  # what doesn't fit together fails in all ways, most of all in pickling
        told = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST]
        raise ClusterError(problem("intake.cluster_failed", found=told)) from error


def _checked(chunk: Sequence[Found], answers: _Answers) -> Sequence[Any]:
    """The answers of a worker that runs the same program and sees the same files."""
    if answers.reader != reader_mark():
        raise ClusterError(problem("intake.cluster_differs", found=answers.host))
    for file, answer in zip(chunk, answers.each, strict=True):
        if answer is _Unread.UNSEEN and _is_seen(file):
            where = Address(file.file)
            raise ClusterError(problem("intake.cluster_blind", where, found=file.path, worker=answers.host))
    return answers.each


def _answers(function: Callable[[Found], Any], chunk: Sequence[Found]) -> _Answers:
    """A task of a worker."""
    return _Answers(reader_mark(), socket.gethostname(), [_answer(function, file) for file in chunk])


def _answer(function: Callable[[Found], Any], file: Found) -> Any:
    if not _is_seen(file):
        return _Unread.UNSEEN
    if not is_verifiable(file):
        return _Unread.HARMFUL
    try:
        return function(file)
    except MemoryError:
        return _Unread.HARMFUL
    except Exception as error:
        return _Mistake(error)


def _is_seen(file: Found) -> bool:
    try:
        with file.path.open("rb"):
            return True
    except OSError:
        return False
