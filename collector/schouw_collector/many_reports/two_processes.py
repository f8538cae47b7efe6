"""Work that two processes share: one takes it from the front, the other from the back."""

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import SynchronizedArray
from typing import TypeVar

_Outcome = TypeVar("_Outcome")


def may_fork() -> bool:
    """Return whether a second process, which begins with all that this one has, is of any use."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


@contextmanager
def beside(
    count: int, work: Callable[[Iterable[int]], _Outcome], *, left: int = 0
) -> Iterator[tuple[Iterable[int], Callable[[], tuple[_Outcome | None, range]]]]:
    """Begin `work` in another process, with numbers from `count` - 1 down as it gets to them.

    Yields the numbers from 0 up for this process, until the two meet, and what returns the outcome
    of the other, with its numbers; None if it came to no end.  It is stopped if nobody waits.
    `left`: numbers that the other leaves to this one, which is busy with them while the other makes
    ready what it hands over.
    """
    context = multiprocessing.get_context("fork")
    ends = context.Array("q", [0, count])
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, ends, left, theirs), daemon=True)
    process.start()
    theirs.close()

    def outcome() -> tuple[_Outcome | None, range]:
        try:
            found: _Outcome | None = mine.recv()
        except EOFError:
            found = None
        process.join()
        return found, range(ends[1], count)

    try:
        yield _from_front(ends), outcome
    finally:
        mine.close()
        if process.is_alive():
            process.terminate()
        process.join()


def _work(
    work: Callable[[Iterable[int]], _Outcome],
    ends: "SynchronizedArray[int]",
    left: int,
    to: Connection,
) -> None:
    # To look for garbage is to touch, and so to copy, all that the first process has; and what this
    # one leaves ends with it.
    gc.disable()
    to.send(work(_from_back(ends, left)))


def _from_front(ends: "SynchronizedArray[int]") -> Iterator[int]:
    while True:
        with ends.get_lock():
            number = ends[0]
            if number >= ends[1]:
                return
            ends[0] = number + 1
        yield number


def _from_back(ends: "SynchronizedArray[int]", left: int) -> Iterator[int]:
    while True:
        with ends.get_lock():
            number = ends[1] - 1
            if number < ends[0] + left:
                return
            ends[1] = number
        yield number
