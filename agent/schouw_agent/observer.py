"""What is seen becomes inventory: messages that are like earlier ones all at once.

A message of a run is *familiar* when its flow, its fields, its layout and its class are those of an
earlier one, which was looked at in full, and whose answer holds for all such messages.  Then it is
only counted.  All others are looked at one by one, in the order of their frames.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from schouw_agent.familiar import Familiar, FigurePlace
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.numbers import Numbers
from schouw_agent.order import Order
from schouw_agent.privacy.closer_look import CloserLook
from schouw_agent.recognition.classification import Classified, Classifier, Figured
from schouw_agent.recognition.digit_runs import CLASS_BITS
from schouw_agent.recognition.figures import PLACED, Figures, figured_by
from schouw_agent.recognition.layouts import LAYOUT_BITS, UNREAD, Layouts, Recognised
from schouw_agent.recognition.media_sessions import MediaSessions
from schouw_agent.records import Content, Delivery
from schouw_agent.runs import Delivered, DeliveredRun, Payloads, in_order
from schouw_agent.sources import Sources
from schouw_agent.unfamiliar import New, OfRuns, Unfamiliar

_MOST_SOURCES = 16_384
_MOST_FAMILIAR = 1 << 17
_MOST_PLACES = 1 << 18
"""Of figures, of all familiar messages together."""
_TOGETHER = 1 << 13
"""Messages that are compared with layouts at a time."""
_IN_TURN = 512
"""Messages that are looked at before those after them are compared with what was learnt."""

_MOST_ANSWERS = 1 << 14
_OF_MESSAGE = (1 << LAYOUT_BITS + CLASS_BITS) - 1
"""The bits of a likeness that are of the message alone, and not of its source."""


class _Seen(NamedTuple):
    """Messages of runs as columns."""

    source: Numbers
    rank: Numbers
    octets: Numbers
    time: Numbers


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
        self._ranked = 1
        """The rank of the next message.  What was noted before the first one has rank 0."""
        self._judge = classifier
        self._closer_look = closer_look
        self._figures = figures
        self._sessions = MediaSessions()
        self._layouts = Layouts()
        self._forget()

    def _forget(self) -> None:
        self._sources = Sources()
        self._answers: dict[tuple[Hashable, ...], tuple[Classified, Figured | None]] = {}
        """By circumstances, layout and class: the answer without figures, and what has them."""
        self._familiar = Familiar(self.inventory.accounts)
        """By source, layout and class as one number."""
        self._generation = self._forgotten()

    def _forgotten(self) -> tuple[int, int, int]:
        repetitions = self.inventory.repetitions
        return self._layouts.forgotten, repetitions.forgotten, self._judge.cleared

    def observe(self, delivered: Iterable[Delivered]) -> None:
        """Account for messages, in the order of the frames that completed them."""
        accounts = self.inventory.accounts
        if self.inventory.repetitions.crowded:
            accounts.settle()
            self.inventory.repetitions.make_room()
        crowded = len(self._sources) > _MOST_SOURCES or len(self._familiar) > _MOST_FAMILIAR
        if crowded or self._familiar.places > _MOST_PLACES or self._forgotten() != self._generation:
            self._forget()
        if self._closer_look is not None:
            # Nothing is familiar then: each message is looked at for itself.
            delivered = in_order(delivered)
        delivered = list(delivered)
        if not delivered:
            return
        for new in self._new(delivered):
            self._in_turn(new)
        # What is noted until the next messages come has the rank behind these.
        accounts.rank(self._ranked)
        self._ranked += 1
        accounts.settle_much()

    def _in_turn(self, new: Sequence[New]) -> None:
        """Look at messages, those alone that are not familiar by now."""
        of_runs = [i for i, each in enumerate(new) if each.source >= 0]
        seen = self._layouts.recognise(
            Payloads.of([new[i].delivery.message.payload for i in of_runs])
        )
        source = np.array([new[i].source for i in of_runs], dtype=np.int64)
        likeness, row = [-1] * len(new), [-1] * len(new)
        for n, (i, each) in enumerate(zip(of_runs, _likeness(source, seen).tolist(), strict=True)):
            likeness[i], row[i] = each, n
        kinds = np.full(len(new), -1)
        accounts = self.inventory.accounts
        for i, each in enumerate(new):
            accounts.rank(each.rank)
            kind = self._familiar.kind(likeness[i])
            if kind < 0 or self._forgotten() != self._generation:
                recalled = self._recalled(each, likeness[i], seen, row[i])
                self._look_at(each, likeness[i], recalled)
                continue
            kinds[i] = kind
            message = each.delivery.message
            bundle = int(self._familiar.bundle(kinds[i]))
            accounts.note_bundle(bundle, len(message.payload), each.delivery.time)
        kinds = kinds[of_runs]
        known = np.flatnonzero(kinds >= 0)
        self._familiar.note_figures(kinds[known], seen.written, seen.first[known])

    def _new(self, delivered: Sequence[Delivered]) -> Iterator[list[New]]:
        """Count the familiar messages, and yield the others in their order, some at a time."""
        runs = [each for each in delivered if isinstance(each, DeliveredRun)]
        alone = [each for each in delivered if not isinstance(each, DeliveredRun)]
        is_run = np.array([isinstance(each, DeliveredRun) for each in delivered], dtype=np.bool_)
        in_run = np.repeat(is_run, _sizes(delivered))
        frames = np.empty(in_run.size, dtype=np.int64)
        frames[~in_run] = [frame for frame, _ in alone]
        if runs:
            frames[in_run] = np.concatenate([each.frames for each in runs])
        rank = _ranks(frames) + self._ranked
        self._ranked += rank.size
        self.messages += rank.size
        chosen = self._unfamiliar(runs, rank[in_run]) if runs else None
        return Unfamiliar(alone, rank[~in_run], chosen).in_turn(_IN_TURN)

    def _unfamiliar(self, runs: Sequence[DeliveredRun], rank: Numbers) -> OfRuns:
        """Count the familiar messages of runs; return those that are not."""
        payloads = Payloads.of_runs([each.run for each in runs])
        source = np.concatenate(list(map(self._sources.numbers, runs)))
        octets = payloads.end - payloads.begin
        seen = _Seen(source, rank, octets, np.concatenate([each.times for each in runs]))
        unread: list[Numbers] = []
        unknown: list[Numbers] = []
        for i in range(0, source.size, _TOGETHER):
            rows = np.arange(i, min(i + _TOGETHER, source.size))
            found = self._layouts.at_sight(payloads.part(i, i + _TOGETHER))
            unread.append(rows[found.likeness == UNREAD])
            unknown.append(self._count(seen, rows, found))
        left = np.concatenate(unread)
        for i in range(0, left.size, _TOGETHER):
            rows = left[i : i + _TOGETHER]
            found = self._layouts.recognise(Payloads.of(payloads.one_by_one(rows)))
            unknown.append(self._count(seen, rows, found))
        chosen = np.concatenate(unknown)
        return OfRuns(runs, chosen, rank[chosen], source[chosen])

    def _count(self, seen: _Seen, rows: Numbers, found: Recognised) -> Numbers:
        """Count those of some messages that are familiar; return those that are not."""
        kind = self._familiar.kinds(_likeness(seen.source[rows], found))
        known = np.flatnonzero(kind >= 0)
        at, kinds = rows[known], kind[known]
        bundle = self._familiar.bundle(kinds)
        self.inventory.accounts.note_many(bundle, seen.rank[at], seen.octets[at], seen.time[at])
        self._familiar.note_figures(kinds, found.written, found.first[known])
        new: Numbers = rows[(kind < 0) & (found.likeness != UNREAD)]
        return new

    def _recalled(self, new: New, likeness: int, seen: Recognised, row: int) -> Classified | None:
        """Return the answer to a message that is like those of other sources; None if unknown."""
        if likeness < 0 or self._forgotten() != self._generation:
            return None
        plain, figured = self._answers.get(self._shared(new.delivery, likeness), (None, None))
        if plain is None:
            return None
        numbers = figured.numbers if figured is not None else None
        whole = self._layouts.whole_parts(likeness & _OF_MESSAGE) if numbers else []
        first = int(seen.first[row])
        read = [seen.written.number(first + whole[n]) for n, _, _ in numbers or ()]
        return figured_by(plain, figured, read)

    def _shared(self, delivery: Delivery, likeness: int) -> tuple[Hashable, ...]:
        """Return what makes the answers to two messages of runs the same."""
        content = self._content(delivery)
        around = self._judge.circumstances(content, delivery.message.kind) if content else ()
        return likeness & _OF_MESSAGE, *around

    def _look_at(self, new: New, likeness: int, recalled: Classified | None) -> None:
        """Account for one message, and learn to recognise those that are like it."""
        delivery = new.delivery
        classified = recalled or self.classified(delivery)
        bundle = self.inventory.message(delivery, classified)
        if classified is None:
            return
        for reason, octets in classified.undecoded:
            row = self.undecoded.setdefault(reason, [0, 0])
            row[0] += 1
            row[1] += octets
        if bundle < 0 or classified.undecoded or not classified.plain.by_structure:
            return
        figured = classified.figured
        if figured is not None and figured.numbers is None:
            return
        if likeness >= 0:
            if self._forgotten() == self._generation:
                self._familiar.learn(likeness, bundle, self._places(delivery, classified, likeness))
                if recalled is None and PLACED.isdisjoint(m.category for m in classified.matches):
                    if len(self._answers) >= _MOST_ANSWERS:
                        self._answers.clear()
                    shared = self._shared(delivery, likeness)
                    self._answers[shared] = classified.plain, figured
        elif new.source >= 0:
            self._layouts.learn(delivery.message.payload)

    def _places(
        self, delivery: Delivery, classified: Classified, likeness: int
    ) -> list[FigurePlace]:
        """Return where in messages like one with figures the numbers stand that those rest on."""
        numbers = classified.figured.numbers if classified.figured else None
        if not numbers:
            return []
        whole = self._layouts.whole_parts(likeness & _OF_MESSAGE)
        states = self.inventory.repetitions.states(delivery, classified)
        return [FigurePlace(whole[n], states[match].row, seconds) for n, match, seconds in numbers]

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


def _likeness(source: Numbers, found: Recognised) -> Numbers:
    """Return what messages are like, their sources included; -1 for nothing that is known."""
    likeness = source << (LAYOUT_BITS + CLASS_BITS) | found.likeness
    return np.where(found.likeness < 0, -1, likeness)


def _sizes(delivered: Sequence[Delivered]) -> Numbers:
    sizes = [len(each.times) if isinstance(each, DeliveredRun) else 1 for each in delivered]
    return np.array(sizes, dtype=np.int64)


def _ranks(frames: Numbers) -> Numbers:
    """Return the place of each message in the order of frames, and of messages within a frame."""
    order = np.argsort(frames, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return rank
