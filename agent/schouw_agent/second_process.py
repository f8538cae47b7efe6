"""Messages are looked at in a second process, while this one reads what comes next."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from schouw_agent.errors import Error
from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.observation import Observation, Observed
from schouw_agent.runs import Delivered
from schouw_agent.wire import Packer, Unpacker

_WORTH_IT = 24 << 20
"""Octets of captures from which it pays: the other must be started, and be told everything."""

_STOPPING = (signal.SIGINT, signal.SIGTERM)
_ENDED = "the process that looks at messages has ended early"


def worth_it(sources: Sequence[object]) -> bool:
    """Return whether a second process makes it faster: long captures, and a processor for it."""
    if not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < 2:
        return False
    files = [Path(each) for each in sources if isinstance(each, str | Path)]
    if len(files) < len(sources):
        return False
    return sum(file.stat().st_size for file in files if file.is_file()) >= _WORTH_IT


class SecondProcess:
    """An observation in another process."""

    def __init__(self, to: Connection) -> None:
        """Take the connection to it."""
        self._to = to
        self._packer = Packer()

    def by_radio(self) -> None:
        """Note that frames were heard by radio."""
        self._tell("by_radio", ())

    def observe(self, delivered: Iterable[Delivered]) -> None:
        """Account for messages, in the order of the frames that completed them."""
        delivered = list(delivered)
        if delivered:
            self._tell("observe", self._packer.pack(delivered))

    def flows(self, batch: FlowBatch) -> None:
        """Account for flows that have ended, in their order."""
        if len(batch.protocol):
            self._tell("flows", batch)

    def observed(self) -> Observed:
        """Return what was learnt.  Raises `Error` if the other process has ended before."""
        self._tell("observed", ())
        try:
            found: Observed = self._to.recv()
        except (EOFError, ConnectionError):
            raise Error(_ENDED) from None
        return found

    def _tell(self, what: str, told: object) -> None:
        try:
            self._to.send((what, told))
        except ConnectionError:
            raise Error(_ENDED) from None


@contextmanager
def second_process(begin: Callable[[], Observation]) -> Iterator[SecondProcess]:
    """Start a process that observes as what `begin` returns there does; it ends with this one."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    process = context.Process(target=_observe, args=(begin, theirs, mine), daemon=True)
    waiting = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
    theirs.close()
    try:
        yield SecondProcess(mine)
    finally:
        mine.close()
        process.join()


def _observe(begin: Callable[[], Observation], to: Connection, not_mine: Connection) -> None:
    """Do what the first process asks until it has ended."""
    not_mine.close()
    # Who stops an inspection stops the reading; what was read is looked at nevertheless.
    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    observation = begin()
    unpacker = Unpacker()
    while True:
        try:
            asked, told = to.recv()
        except (EOFError, OSError):  # the latter amid a message
            return
        if asked == "observe":
            observation.observe(unpacker.unpack(told))
        elif asked == "flows":
            observation.flows(told)
        elif asked == "by_radio":
            observation.by_radio()
        else:
            to.send(observation.observed())
            return
