"""Work that may take its process down, done in other processes: limited in memory and time, replaced when they die.

A reader of corrupt files can abort the whole process; no `except` stops that. A worker that dies or overruns its time
costs the one item it was at, the rest goes on. Results are those of a plain loop, in the items' order.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any, Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16
"""Items that a worker is handed at a time: it must not wait for every next one."""

SELDOM = 100_000
"""Lists and the like that a worker makes before it looks for rubbish: a form is thousands of them, and leaves none."""

STARTING = 10.0
"""Seconds that a new worker may take before its first item."""


class Limits(NamedTuple):
    """What one item may take: seconds, and MiB of memory (kept to where the system can limit it: Linux)."""

    seconds: float
    megabytes: int


class Lost(Enum):
    """Why an item has no result."""

    KILLED = "killed"
    SLOW = "slow"


def map_apart(function: Callable[[Item], Result], items: Sequence[Item], limits: Limits) -> Iterator[Result | Lost]:
    """The function's result for each item, in order, computed in as many processes as there are processors. The
    function, the items and the results must be picklable."""
    pool = _Pool(function, items, limits)
    try:
        yield from pool.results()
    finally:
        pool.stop()


@dataclass
class _Worker:
    """A process, its pipe, the numbers of the items it still owes, when it has to deliver the next, and
    whether it has delivered any."""

    process: Any
    pipe: "Connection[Any, Any]"
    owed: list[int] = field(default_factory=list)
    deadline: float = 0.0
    ready: bool = False


class _Pool(Generic[Item, Result]):
    """The workers, and what is still to be handed out."""

    def __init__(self, function: Callable[[Item], Result], items: Sequence[Item], limits: Limits) -> None:
        self.function, self.items, self.limits = function, items, limits
        self.waiting = list(range(len(items)))[::-1]
        self.done: dict[int, Result | Lost] = {}
        self.workers: list[_Worker] = []
        self.context = _context()

    def results(self) -> Iterator[Result | Lost]:
        for _ in range(min(os.cpu_count() or 1, len(self.items))):
            self.start()
        for number in range(len(self.items)):
            while number not in self.done:
                self.listen()
            yield self.done.pop(number)

    def start(self) -> None:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, self.function, self.limits.megabytes), daemon=True
        )
        with out_of_reach():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.workers.append(worker)
        self.hand_out(worker)

    def hand_out(self, worker: _Worker) -> None:
        """The next items; the fewer the longer the others would wait for them at the end."""
        share = max(1, min(CHUNK, len(self.waiting) // (2 * len(self.workers))))
        worker.owed = [self.waiting.pop() for _ in range(min(share, len(self.waiting)))]
        worker.deadline = time.monotonic() + self.limits.seconds + (0 if worker.ready else STARTING)
        with contextlib.suppress(OSError):  # a dead one is noticed where it is listened to
            worker.pipe.send([self.items[number] for number in worker.owed])

    def listen(self) -> None:
        """Takes in what has come; replaces the workers that are dead or overdue."""
        busy = {worker.pipe: worker for worker in self.workers if worker.owed}
        first = min(worker.deadline for worker in busy.values())
        ready = wait(list(busy), max(0.0, first - time.monotonic()))
        for pipe in ready:
            self.take(busy[pipe])  # type: ignore[index]
        now = time.monotonic()
        for worker in [] if ready else list(busy.values()):
            if worker.deadline <= now:
                self.replace(worker, Lost.SLOW)

    def take(self, worker: _Worker) -> None:
        try:
            kind, result = worker.pipe.recv()
        except (EOFError, OSError):
            self.replace(worker, Lost.KILLED)
            return
        if kind == "error":
            raise result
        self.done[worker.owed.pop(0)] = result
        worker.ready = True
        worker.deadline = time.monotonic() + self.limits.seconds
        if not worker.owed and self.waiting:
            self.hand_out(worker)

    def replace(self, worker: _Worker, why: Lost) -> None:
        """The item it was at is lost, the others go back to where they were taken from."""
        self.workers.remove(worker)
        _end(worker)
        self.done[worker.owed[0]] = why
        self.waiting += worker.owed[:0:-1]
        if self.waiting:
            self.start()

    def stop(self) -> None:
        for worker in self.workers:
            _end(worker)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _context() -> BaseContext:
    """Workers are copies of a clean process that has imported what they need, where the system knows how to."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.intake.collect"])
    return context


@contextlib.contextmanager
def out_of_reach() -> Iterator[None]:
    """A process that is started here never hears of Ctrl+C, which a terminal sends to all of them, not even while it
    begins: the first process is told, and ends it. (Windows knows no such thing: there it hears of it until it runs.)
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # begun later, it would make what is started after it hear again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: "Connection[Any, Any]", function: Callable[[Any], Any], megabytes: int) -> None:
    """A worker's life: chunks of items in, a result for each out."""
    gc.freeze()  # what was imported is no rubbish, and need not be looked through
    gc.set_threshold(SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and ends us
    be_quiet()
    _limit_memory(megabytes)
    with contextlib.suppress(EOFError, OSError):
        while True:
            for item in pipe.recv():
                pipe.send(_answer(function, item))


def _answer(function: Callable[[Any], Any], item: Any) -> tuple[str, Any]:
    try:
        return "result", function(item)
    except MemoryError:
        return "lost", Lost.KILLED
    except Exception as error:  # a mistake of ours: the parent fails with it, as a plain loop would
        return "error", error


def be_quiet() -> None:
    """What an aborting library prints is nothing that people could use."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "linux":
        import resource

        most = megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
