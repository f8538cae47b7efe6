"""How many pseudonyms come back in a later window, as estimates: never which.

Each identifier is made another one by HMAC with a key of 256 bits that is only in memory and lives
for one horizon.  What remains of it enters a theta sketch (Apache DataSketches), and is not kept.
docs/recurrence.md says what this allows and what not.
"""

import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import ceil, floor, log10
from typing import TYPE_CHECKING, NamedTuple

from schouw_agent.inventory.emissions import moment
from schouw_agent.report import Estimate, Linkage, PseudonymRecurrence

if TYPE_CHECKING:
    from datasketches import compact_theta_sketch, update_theta_sketch

IDENTIFIERS = frozenset(
    {
        "wifi_mac_hashed",
        "wifi_mac_randomised",
        "bluetooth_id_hashed",
        "licence_plate_hashed",
        "person_track_id",
        "cits_station_id",
        "access_token_id",
    }
)
"""Categories whose values are pseudonyms."""
FEWEST = 10
"""Below this nothing is told."""
MOST_TRACKERS = 256
"""Emissions whose pseudonyms are counted: each takes up to 100 KiB."""
_LG_K = 12
"""2¹² hashes in a sketch: a relative error of 1/64 (one standard deviation)."""
_DEVIATIONS = 2
"""Bounds that hold in 95 of 100 cases."""
_SECOND = 1_000_000_000
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{12,}")


class Recurrence:
    """The key and the sketches of one agent."""

    def __init__(self, horizon_seconds: int, window_seconds: int) -> None:
        self.horizon_seconds = horizon_seconds
        self.window_seconds = window_seconds
        self.since = 0
        """When the horizon began, in nanoseconds since 1970; 0: it has not."""
        self.rotations = 0
        """How often a horizon has ended, and the key and all sketches with it."""
        self.overflowed = 0
        """Messages whose pseudonyms were not counted: too many emissions."""
        self._key = secrets.token_bytes(32)
        self._trackers: list[Tracker] = []
        self._of_device: list[tuple[str, str, Tracker]] = []

    def __repr__(self) -> str:
        """Return the settings, and nothing of the key or of what was seen."""
        return f"Recurrence({self.horizon_seconds} s, windows of {self.window_seconds} s)"

    def pseudonyms(self, values: Iterable[object], time: int) -> "Pseudonyms | None":
        """Return what may be counted of the identifiers in one message; None if there are none.

        `time` in nanoseconds since 1970.  When the horizon is over, everything is forgotten first.
        """
        if not self.since:
            self.since = time
        elif time - self.since >= self.horizon_seconds * _SECOND:
            self._rotate(time)
        marks = [self._mark(octets) for each in values if (octets := _canonical(each))]
        return Pseudonyms(self, marks, time // (self.window_seconds * _SECOND)) if marks else None

    def _mark(self, octets: bytes) -> int:
        return int.from_bytes(hmac.digest(self._key, octets, "sha256")[:8], "big") >> 1

    def _rotate(self, time: int) -> None:
        self._key = secrets.token_bytes(32)
        for tracker in self._trackers:
            tracker.forget()
        self.since = time
        self.rotations += 1

    def tracker(self) -> "Tracker | None":
        """Return a new account of pseudonyms; None if there are too many."""
        if len(self._trackers) >= MOST_TRACKERS:
            self.overflowed += 1
            return None
        self._trackers.append(Tracker())
        return self._trackers[-1]

    def told(self, trackers: "Sequence[Tracker]") -> PseudonymRecurrence | None:
        """Return what the report says of the pseudonyms of one emission; None without a tracker.

        Of several trackers: what came back from one to another is not counted.
        """
        if not trackers:
            return None
        distinct = _rounded(_union(t.distinct() for t in trackers))
        again = _rounded(_union(t.again() for t in trackers)) if distinct else None
        share = min(again.estimate / distinct.estimate, 1) if again and distinct else None
        return PseudonymRecurrence(
            distinct=distinct,
            again=again,
            share=None if share is None else round(share * 20) / 20,
            windows=max(t.windows for t in trackers),
            window_seconds=self.window_seconds,
            horizon_seconds=self.horizon_seconds,
            since=moment(self.since),
        )

    def attribute(self, device_id: str, category: str, trackers: "Iterable[Tracker]") -> None:
        """Note which device of the report gave the pseudonyms that these trackers counted."""
        self._of_device.extend((device_id, category, tracker) for tracker in trackers)

    def linkages(self) -> tuple[Linkage, ...]:
        """Return how many pseudonyms each two devices share, if they are ten or more."""
        categories: dict[str, set[str]] = {}
        sketches: dict[str, list[compact_theta_sketch]] = {}
        for device_id, category, tracker in self._of_device:
            categories.setdefault(device_id, set()).add(category)
            sketches.setdefault(device_id, []).append(tracker.distinct())
        whole = {device_id: _union(found) for device_id, found in sketches.items()}
        out = []
        for one, other in combinations(whole, 2):
            shared = _rounded(_intersection(whole[one], whole[other]))
            if shared is not None:
                out.append(
                    Linkage(
                        device_ids=(one, other),
                        categories=tuple(sorted(categories[one] | categories[other])),
                        shared=shared,
                        horizon_seconds=self.horizon_seconds,
                        since=moment(self.since),
                    )
                )
        return tuple(out)


class Pseudonyms(NamedTuple):
    """Pseudonyms of one message, under the key."""

    recurrence: Recurrence
    marks: Sequence[int]
    window: int

    def __repr__(self) -> str:
        """Return how many there are."""
        return f"Pseudonyms({len(self.marks)})"

    def into(self, trackers: "list[Tracker]") -> None:
        """Count these in the one tracker of an emission, which is made if it is not there yet."""
        if not trackers and (new := self.recurrence.tracker()):
            trackers.append(new)
        for tracker in trackers[:1]:
            tracker.add(self.marks, self.window)


class Tracker:
    """Which pseudonyms of one emission came back: sketches, and no value.

    To come back is to be seen in two windows with a whole one between them: who lingers while a
    window ends does not come back.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Start anew, with nothing seen."""
        self.windows = 0
        """Windows in which anything was seen."""
        self._window = -1
        self._earlier, self._previous, self._again = _sketch(()), _sketch(()), _sketch(())
        self._current = _open_sketch()

    def add(self, marks: Iterable[int], window: int) -> None:
        """Count what one message had; `window` is the number of its window."""
        if window < self._window:
            # Late: it was seen before, and whether it came again is not told by it.
            self._earlier = _union((self._earlier, _sketch(marks)))
            return
        if window > self._window:
            self._close(window)
        for mark in marks:
            self._current.update(mark)

    def _close(self, window: int) -> None:
        self._again, self._earlier = self.again(), _union((self._earlier, self._previous))
        self._previous, self._current = self._current.compact(), _open_sketch()
        if window > self._window + 1:
            self._earlier = _union((self._earlier, self._previous))
            self._previous = _sketch(())
        self._window = window
        self.windows += 1

    def distinct(self) -> "compact_theta_sketch":
        """Return a sketch of everything that was seen."""
        return _union((self._earlier, self._previous, self._current.compact()))

    def again(self) -> "compact_theta_sketch":
        """Return a sketch of what came back."""
        return _union((self._again, _intersection(self._earlier, self._current.compact())))


def _open_sketch() -> "update_theta_sketch":
    from datasketches import update_theta_sketch  # slow to import, and most runs do without

    return update_theta_sketch(_LG_K)


def _sketch(marks: Iterable[int]) -> "compact_theta_sketch":
    sketch = _open_sketch()
    for mark in marks:
        sketch.update(mark)
    return sketch.compact()


def _union(sketches: "Iterable[compact_theta_sketch]") -> "compact_theta_sketch":
    from datasketches import theta_union

    union = theta_union(_LG_K)
    for sketch in sketches:
        union.update(sketch)
    return union.get_result()


def _intersection(
    one: "compact_theta_sketch", other: "compact_theta_sketch"
) -> "compact_theta_sketch":
    from datasketches import theta_intersection

    intersection = theta_intersection()
    intersection.update(one)
    intersection.update(other)
    return intersection.get_result()


def _rounded(sketch: "compact_theta_sketch") -> Estimate | None:
    """Return an estimate to two digits, tens at the finest, bounds outward; None if too few."""
    number = sketch.get_estimate()
    if number < FEWEST:
        return None
    step = max(FEWEST, 10 ** (floor(log10(number)) - 1))
    low = floor(sketch.get_lower_bound(_DEVIATIONS) / step) * step
    high = ceil(sketch.get_upper_bound(_DEVIATIONS) / step) * step
    return Estimate(estimate=round(number / step) * step, low=low, high=high)


def _canonical(value: object) -> bytes:
    """Return an identifier in one notation; empty if it is none."""
    if isinstance(value, bytes):
        return value.hex().encode()
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return b""
    text = str(value).strip()
    bare = re.sub(r"[:.-]", "", text)
    return (bare.lower() if _HEXADECIMAL.fullmatch(bare) else text).encode("utf-8", "replace")
