"""What was met lately: what does not come again for long is forgotten."""

from collections.abc import Sequence
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Thing = TypeVar("_Thing")


class Remembered(Generic[_Key, _Thing]):
    """Things by their keys, in two generations: those of now, and those of before."""

    def __init__(self, most: int) -> None:
        """`most`: octets of a generation.  One thing alone may be larger."""
        self._most = most
        self._octets = 0
        """Of those of now."""
        self._now: dict[_Key, _Thing] = {}
        self._before: dict[_Key, _Thing] = {}
        self._sizes: dict[_Key, int] = {}
        """In octets, of all."""

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._now) + len(self._before)

    def get(self, key: _Key) -> _Thing | None:
        """Return a thing, which then is of now; None if it is not remembered."""
        thing = self._now.get(key)
        if thing is None:
            thing = self._before.pop(key, None)
            if thing is not None:
                self.put(key, thing, self._sizes[key])
        return thing

    def get_all(self, keys: Sequence[_Key]) -> list[_Thing | None]:
        """Return what `get` returns of each; things may not be false."""
        found = list(map(self._now.get, keys))
        return found if all(found) else list(map(self.get, keys))

    def put(self, key: _Key, thing: _Thing, octets: int) -> None:
        """Remember a thing, which takes so much room."""
        if self._now and self._octets + octets > self._most:
            self.age()
        self._before.pop(key, None)
        self._octets += octets
        self._now[key], self._sizes[key] = thing, octets

    def age(self) -> None:
        """Forget what was of before; all that is of now is of before."""
        for key in self._before:
            del self._sizes[key]
        self._before, self._now, self._octets = self._now, {}, 0
