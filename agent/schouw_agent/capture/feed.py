"""What an inspection looks at, whatever it is: a recording, interfaces, a broker."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from schouw_agent.bulk import Bulk
from schouw_agent.records import Delivery, FrameBlock


class Seen(NamedTuple):
    """What a feed has given, or one of the interfaces of a feed."""

    name: str
    """How errors and the report call it."""
    kind: Literal["capture", "interface", "broker"]
    frames: int = 0
    notes: tuple[str, ...] = ()
    """What could not be seen, and where; never content."""
    truncated: bool = False
    """It ends in the middle of a record."""
    sha256: str = ""
    """Of all its octets, in hexadecimal; empty if there is none."""


@runtime_checkable
class Feed(Protocol):
    """Something to be iterated once; afterwards it knows what was seen."""

    @property
    def frames(self) -> int:
        """Frames that it has given so far."""
        ...

    @property
    def missed_messages(self) -> int:
        """Messages that came and could not be kept."""
        ...

    @property
    def tells_drops(self) -> bool:
        """It says how many frames were lost while recording, be it none."""
        ...

    @property
    def joins(self) -> bool:
        """It gives frames and messages of which some may be the same."""
        ...

    @property
    def waits(self) -> bool:
        """It waits for its reader, however long that takes; else what comes meanwhile is lost."""
        ...

    @property
    def partial(self) -> bool:
        """Some of what goes by there was out of sight, and nobody can count it."""
        ...

    @property
    def vantage(self) -> str:
        """From where it was looked, as the coverage says it."""
        ...

    @property
    def clock_synchronised(self) -> bool | None:
        """Whether the clock that frames are stamped with is right; None: not known."""
        ...

    @property
    def span(self) -> tuple[int, int] | None:
        """Nanoseconds since 1970, from when to when it was looked; None: as its frames say."""
        ...

    def __iter__(self) -> Iterator[FrameBlock | Sequence[Delivery]]:
        """Yield frames or messages as they come; a block is valid until the next is asked for.

        A live feed yields an empty sequence now and then when there is nothing.
        """
        ...

    def spare(self, bulk: Callable[[], Sequence[Bulk]]) -> None:
        """Take the way to ask what need not be given whole any more."""
        ...

    def seen(self) -> Sequence[Seen]:
        """Return what was given, by source."""
        ...
