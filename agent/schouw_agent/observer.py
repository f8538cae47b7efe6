"""What is seen becomes inventory: messages that are like earlier ones all at once.

A message of a run is *familiar* when its flow, its fields, its layout and its class are those of an
earlier one, which was looked at in full, and whose answer holds for all such messages.  Then it is
only counted.  All others are looked at one by one, in the order of their frames.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.inventory import Inventory
from schouw_agent.order import Order
from schouw_agent.privacy.closer_look import CloserLook
from schouw_agent.recognition.classification import Classified, Classifier
from schouw_agent.recognition.digit_runs import CLASS_BITS
from schouw_agent.recognition.figures import Figures
from schouw_agent.recognition.layouts import LAYOUT_BITS, Layouts
from schouw_agent.recognition.media_sessions import MediaSessions
from schouw_agent.records import Content, Delivery, FlowReference, Message
from schouw_agent.runs import Delivered, DeliveredRun, in_order

_MOST_SOURCES = 16_384
_MOST_FAMILIAR = 1 << 17
_TOGETHER = 512
"""Messages that are compared with layouts at a time: so many stay in the cache of a processor."""

_Numbers = NDArray[np.int64]


class _Source(NamedTuple):
    """One direction of a flow; it holds what it is found by, so that no other gets its identity."""

    flow: FlowReference
    numbers: dict[int, int]
    """Identity of the fields of a message → number of flow, direction and fields."""
    held: list[Mapping[str, Any]]


class _New(NamedTuple):
    """A message that must be looked at."""

    rank: int
    delivery: Delivery
    source: int = -1
    """Number of flow, direction and fields; -1 for a message of no run."""
    key: int = -1
    """Source, layout and class as one number; -1 without a layout."""


class Observer:
    """Takes the deliveries of the traffic into the inventory."""

    def __init__(
        self,
        classifier: Classifier,
        order: Order | None = None,
        closer_look: CloserLook | None = None,
        figures: Figures | None = None,
    ) -> None:
        self.inventory = Inventory(order)
        self.messages = 0
        self.undecoded: dict[str, list[int]] = {}
        """Reason → messages, octets."""
        self._judge = classifier
        self._closer_look = closer_look
        self._figures = figures
        self._sessions = MediaSessions()
        self._layouts = Layouts()
        self._learnt = 0
        """Layouts that had been learnt when the messages of runs were last recognised."""
        self._forget()

    def _forget(self) -> None:
        self._sources: dict[tuple[int, bool], _Source] = {}
        self._numbered = 0
        self._familiar: dict[int, int] = {}
        """Source, layout and class as one number → bundle of the accounts."""
        self._generation = self._forgotten()

    def _forgotten(self) -> tuple[int, int, int]:
        repetitions = self.inventory.repetitions
        return self._layouts.forgotten, repetitions.forgotten, self._judge.cleared

    def observe(self, delivered: Iterable[Delivered]) -> None:
        """Account for messages, in the order of the frames that completed them."""
        accounts = self.inventory.accounts
        accounts.settle()
        self.inventory.repetitions.make_room()
        crowded = self._numbered > _MOST_SOURCES or len(self._familiar) > _MOST_FAMILIAR
        if crowded or self._forgotten() != self._generation:
            self._forget()
        if self._closer_look is not None:
            # Nothing is familiar then: each message is looked at for itself.
            delivered = in_order(delivered)
        new = self._new(list(delivered))
        for i in range(0, len(new), _TOGETHER):
            for each in self._again(new[i : i + _TOGETHER]):
                accounts.rank(each.rank)
                bundle = self._familiar.get(each.key, -1)
                if bundle < 0 or self._forgotten() != self._generation:
                    self._look_at(each)
                else:
                    message = each.delivery.message
                    accounts.note_bundle(bundle, len(message.payload), each.delivery.time)
        accounts.settle()
        accounts.rank(0)

    def _again(self, new: list[_New]) -> list[_New]:
        """Return the messages, recognised by what was learnt meanwhile."""
        unknown = [i for i, each in enumerate(new) if each.source >= 0 > each.key]
        if not unknown or self._layouts.learnt == self._learnt:
            return new
        found = self._layouts.recognise([new[i].delivery.message.payload for i in unknown])
        for i, layout in zip(unknown, found.tolist(), strict=True):
            if layout >= 0:
                key = new[i].source << (LAYOUT_BITS + CLASS_BITS) | layout
                new[i] = new[i]._replace(key=key)
        return new

    def _new(self, delivered: Sequence[Delivered]) -> list[_New]:
        """Count the familiar messages, and return the others in their order."""
        runs = [each for each in delivered if isinstance(each, DeliveredRun)]
        alone = [each for each in delivered if not isinstance(each, DeliveredRun)]
        rank = _ranks(delivered)
        self.messages += rank.size
        is_run = np.array([isinstance(each, DeliveredRun) for each in delivered], dtype=np.bool_)
        in_run = np.repeat(is_run, _sizes(delivered))
        new = [
            _New(at, delivery)
            for at, (_, delivery) in zip(rank[~in_run].tolist(), alone, strict=True)
        ]
        if runs:
            new += self._unfamiliar(runs, rank[in_run])
        new.sort(key=lambda each: each.rank)
        return new

    def _unfamiliar(self, runs: Sequence[DeliveredRun], rank: _Numbers) -> Iterator[_New]:
        """Count the familiar messages of runs, and return the others."""
        self._learnt = self._layouts.learnt
        payloads = list(chain.from_iterable(each.run.payloads for each in runs))
        source = np.array(
            list(chain.from_iterable(map(self._source_numbers, runs))), dtype=np.int64
        )
        layout = np.concatenate(
            [
                self._layouts.recognise(payloads[i : i + _TOGETHER])
                for i in range(0, len(payloads), _TOGETHER)
            ]
        )
        key = np.where(layout < 0, -1, source << (LAYOUT_BITS + CLASS_BITS) | layout)
        keys, nth = np.unique(key, return_inverse=True)
        known = self._familiar.get
        bundle = np.array([known(each, -1) for each in keys.tolist()], dtype=np.int64)[nth]
        familiar = np.flatnonzero(bundle >= 0)
        if familiar.size:
            octets = np.fromiter(map(len, payloads), dtype=np.int64, count=len(payloads))
            time = np.concatenate([np.array(each.times, dtype=np.int64) for each in runs])
            self.inventory.accounts.note_many(
                bundle[familiar], rank[familiar], octets[familiar], time[familiar]
            )
        return _records(runs, np.flatnonzero(bundle < 0), rank, source, key)

    def _source_numbers(self, delivered: DeliveredRun) -> list[int]:
        """Return a number for flow, direction and fields of each message of a run."""
        flow, fields = delivered.flow, delivered.run.fields
        place = (id(flow), delivered.from_orig)
        source = self._sources.get(place)
        if source is None:
            source = self._sources[place] = _Source(flow, {}, [])
        number = source.numbers.get
        identities = list(map(id, fields))
        found = list(map(number, identities))
        if None in found:
            for identity, each in zip(identities, fields, strict=True):
                if identity not in source.numbers:
                    source.numbers[identity] = self._numbered
                    source.held.append(each)
                    self._numbered += 1
            found = list(map(number, identities))
        return [each for each in found if each is not None]

    def _look_at(self, new: _New) -> None:
        """Account for one message, and learn to recognise those that are like it."""
        delivery = new.delivery
        classified = self.classified(delivery)
        bundle = self.inventory.message(delivery, classified)
        if classified is None:
            return
        for reason, octets in classified.undecoded:
            row = self.undecoded.setdefault(reason, [0, 0])
            row[0] += 1
            row[1] += octets
        if bundle < 0 or classified.undecoded or not classified.by_structure:
            return
        if new.key >= 0:
            if self._forgotten() == self._generation:
                self._familiar[new.key] = bundle
        elif new.source >= 0:
            self._layouts.learn(delivery.message.payload)

    def classified(self, delivery: Delivery) -> Classified | None:
        """Return what a message was found to be; None if there is nothing to open in it."""
        content = self._content(delivery)
        found = self._judge.classify(content, delivery.message.kind) if content else None
        if found is not None and content is not None and self._figures is not None:
            found = self._figures.look(delivery, content, found)
        closer = self._closer_look
        return closer.look(delivery, content, found) if closer is not None else found

    def _content(self, delivery: Delivery) -> Content | None:
        message = delivery.message
        fields = message.fields
        if message.kind == "session":
            self._sessions.announced(delivery)
            return None
        if message.kind == "media":
            fields = self._sessions.fields(delivery)
        topic = str(fields.get("topic") or fields.get("path") or "")
        if not message.payload and fields.get("query"):
            return Content(
                octets=str(fields["query"]).encode("latin-1", "replace"),
                topic=topic,
                media_type="application/x-www-form-urlencoded",
                protocol=message.protocol,
                fields=fields,
            )
        if not message.payload and not fields.get("credentials"):
            return None
        return Content(
            octets=message.payload,
            topic=topic,
            media_type=str(fields.get("content_type") or ""),
            protocol=message.protocol,
            fields=fields,
        )


def _sizes(delivered: Sequence[Delivered]) -> _Numbers:
    sizes = [len(each.times) if isinstance(each, DeliveredRun) else 1 for each in delivered]
    return np.array(sizes, dtype=np.int64)


def _ranks(delivered: Sequence[Delivered]) -> _Numbers:
    """Return the place of each message in the order of frames, and of messages within a frame."""
    frames: list[int] = []
    for each in delivered:
        if isinstance(each, DeliveredRun):
            frames.extend(each.frames)
        else:
            frames.append(each[0])
    order = np.argsort(np.array(frames, dtype=np.int64), kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return rank


def _records(
    runs: Sequence[DeliveredRun],
    chosen: _Numbers,
    rank: _Numbers,
    source: _Numbers,
    key: _Numbers,
) -> Iterator[_New]:
    """Yield some messages of runs as records; they are counted through all runs."""
    start = np.cumsum([0, *(len(each.times) for each in runs)])
    nth = np.searchsorted(start, chosen, side="right") - 1
    places = zip(chosen.tolist(), nth.tolist(), (chosen - start[nth]).tolist(), strict=True)
    for at, n, i in places:
        flow, run, times, _, from_orig = runs[n]
        message = Message(run.protocol, run.kind, run.fields[i], run.payloads[i], run.ends[i])
        delivery = Delivery(flow, message, times[i], from_orig)
        yield _New(int(rank[at]), delivery, int(source[at]), int(key[at]))
