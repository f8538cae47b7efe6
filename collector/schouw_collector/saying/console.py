"""Results go to standard output, messages to standard error; style only where a person looks."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text


def write(lines: "Iterable[str | Text]") -> None:
    """Write the lines of a result."""
    styled = None
    if sys.stdout.isatty():
        from rich.console import Console

        styled = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    with _as_far_as_is_read():
        for line in lines:
            if styled:
                styled.print(line)
            else:
                sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def write_octets(pieces: Iterable[bytes]) -> None:
    """Write a result that is octets, piece by piece."""
    with _as_far_as_is_read():
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()


@contextmanager
def _as_far_as_is_read() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # Who reads us has enough: not an error, and no reason to leave the evidence unwritten.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(*lines: object) -> None:
    """Write messages beside the result."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


def say(text: str) -> None:
    """Write what is being done, if somebody watches."""
    if sys.stderr.isatty():
        tell(text)


def progress() -> Callable[[int], None] | None:
    """Return a function that shows how many frames were read; None if nobody watches.

    It takes the number so far, and -1 at the end.
    """
    if not sys.stderr.isatty():
        return None

    def show(frames: int) -> None:
        sys.stderr.write(f"\r{frames:,}" if frames >= 0 else "\r\033[K")
        sys.stderr.flush()

    return show
