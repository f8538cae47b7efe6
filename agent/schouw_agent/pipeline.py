"""Octets become a report: the stages composed.  The only module that imports them all."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from schouw_agent import detectors as detectors_package
from schouw_agent import formats as formats_package
from schouw_agent import protocols as protocols_package
from schouw_agent.capture.blocks import first_time, read_blocks
from schouw_agent.capture.feed import Feed
from schouw_agent.inventory.emissions import moment
from schouw_agent.inventory.freeze import freeze
from schouw_agent.network.links import of_radio
from schouw_agent.network.non_ip import unread_frames
from schouw_agent.network.packets import Tally
from schouw_agent.network.traffic import Limits, Traffic
from schouw_agent.observer import Observer
from schouw_agent.order import Order, View
from schouw_agent.overhearing import Overhearing
from schouw_agent.plugins import Decoder, Detector, Format, discover
from schouw_agent.privacy.canaries import Canaries
from schouw_agent.privacy.closer_look import CloserLook
from schouw_agent.privacy.recurrence import Recurrence
from schouw_agent.recognition.classification import Classifier
from schouw_agent.recognition.figures import Figures
from schouw_agent.records import FrameBlock
from schouw_agent.report import Coverage, Report, Source, Undecoded
from schouw_agent.vocabulary import vocabulary_digest

_FLOWS_TOGETHER = 1 << 16
"""The more flows, the more of them mean the same and are added up; each takes some 400 octets."""
_LIVE_TOGETHER = 1_024
"""Packets that are read within some 30 ms: at two gigabits a second 16 MiB of ring last for 60."""
CaptureSource = str | Path | BinaryIO


@lru_cache(maxsize=1)
def decoders() -> Mapping[str, Decoder]:
    """Return every protocol decoder by id."""
    return discover(protocols_package, "DECODER")


@lru_cache(maxsize=1)
def formats() -> Mapping[str, Format]:
    """Return every payload format by id."""
    return discover(formats_package, "FORMAT")


@lru_cache(maxsize=1)
def detectors() -> Mapping[str, Detector]:
    """Return every detector by id."""
    return discover(detectors_package, "DETECTOR")


def classifier() -> Classifier:
    """Return a classifier with every format and detector."""
    return Classifier(formats(), detectors())


@lru_cache(maxsize=1)
def knowledge() -> str:
    """Return the SHA-256, in hex, of what the agent can recognise: vocabulary and extensions.

    A category that is new under another digest is new knowledge, not a new behaviour.
    """
    digest = hashlib.sha256(vocabulary_digest().encode())
    for package in (protocols_package, formats_package, detectors_package):
        for file in sorted(resources.files(package).iterdir(), key=lambda item: item.name):
            if file.name.endswith(".py"):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def inspect(
    sources: Sequence[CaptureSource | Feed],
    *,
    agent_id: str = "spot-check",
    observation_point: str = "",
    order: Order | None = None,
    canaries: Canaries | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Return the inventory of one or more captures or live feeds as a report.

    Files are read in the order of their first frames.  `progress` is called with the
    number of frames (without frames: messages) so far, and with -1 at the end.  `canaries` are
    looked for in every message; use them for one run.  Raises `CaptureError` if a source cannot
    be read at all.
    """
    feeds = _in_order(sources)
    view = View(order) if order else None
    limits = Limits() if all(feed.waits for feed in feeds) else Limits(together=_LIVE_TOGETHER)
    traffic = Traffic(decoders(), limits, admit=view.admit if view else None)
    recurrence = _recurrence(order)
    closer_look = CloserLook(formats(), canaries, recurrence) if canaries or recurrence else None
    observer = Observer(classifier(), order, closer_look, Figures(formats()))
    overhearing = Overhearing(view, joins=any(feed.joins for feed in feeds))
    span = _read(feeds, traffic, overhearing, observer, progress)
    if progress:
        progress(-1)
    devices = freeze(observer.inventory, recurrence)
    report = Report(
        agent_id=agent_id,
        software=f"schouw {version('schouw')}",
        knowledge=knowledge(),
        observation_point=observation_point,
        start=moment(span[0] if span else 0),
        end=moment(span[1] if span else 0),
        sources=tuple(
            Source(
                name=seen.name[:400],
                kind=seen.kind,
                sha256=seen.sha256,
                frames=seen.frames,
                truncated=seen.truncated,
                notes=tuple(note[:400] for note in seen.notes),
            )
            for feed in feeds
            for seen in feed.seen()
        ),
        coverage=_coverage(traffic, observer, feeds, view, overhearing, closer_look),
        devices=devices,
        followings=observer.inventory.followings.told(),
        linkages=recurrence.linkages() if recurrence else (),
        canaries=canaries.searched() if canaries else (),
    )
    return canaries.kept_out_of(report) if canaries else report


def _read(
    feeds: Sequence[Feed],
    traffic: Traffic,
    overhearing: Overhearing,
    observer: Observer,
    progress: Callable[[int], None] | None,
) -> list[int]:
    """Look at everything in the feeds; return the first and the last time, if there are any."""
    span: list[int] = []
    for feed in feeds:
        feed.spare(traffic.bulk)
        for item in feed:
            if isinstance(item, FrameBlock):
                observer.inventory.by_radio |= any(map(of_radio, item.interfaces))
                if item.time.size:
                    span = _widened(span, int(item.time.min()), int(item.time.max()))
                observer.observe(overhearing.of_frames(traffic, item))
                _take_flows(traffic, observer)
            else:
                observer.observe(enumerate(overhearing.of_broker(item)))
            if progress:
                progress(sum(each.frames for each in feeds) or observer.messages)
        if feed.span:
            span = _widened(span, *feed.span)
    observer.observe(overhearing.rest(traffic))
    observer.observe(enumerate(overhearing.admitted(traffic.close())))
    _take_flows(traffic, observer)
    return span


def _take_flows(traffic: Traffic, observer: Observer) -> None:
    """Account for flows that run for long or have ended: of these there may be very many."""
    for part in traffic.running():
        observer.inventory.flows(part)
    while traffic.any_ended:
        observer.inventory.flows(traffic.ended(_FLOWS_TOGETHER))


def _recurrence(order: Order | None) -> Recurrence | None:
    """Return an account of recurrence, under a new key, if the order records the decision."""
    decision = order.recurrence if order else None
    if decision is None:
        return None
    return Recurrence(decision.horizon_days * 86_400, decision.window_minutes * 60)


def _in_order(sources: Sequence[CaptureSource | Feed]) -> list[Feed]:
    """Return the captures in the order of their first frames; streams stay where they are."""
    files = [s for s in sources if isinstance(s, str | Path)]
    if len(files) > 1 and len(files) == len(sources):
        files.sort(key=lambda file: first_time(file) or 0)
        return [read_blocks(file) for file in files]
    return [source if isinstance(source, Feed) else read_blocks(source) for source in sources]


def _widened(span: list[int], first: int, last: int) -> list[int]:
    times = [*span, first, last]
    return [min(times), max(times)]


def _coverage(
    traffic: Traffic,
    observer: Observer,
    feeds: Sequence[Feed],
    view: View | None,
    overhearing: Overhearing,
    closer_look: CloserLook | None,
) -> Coverage:
    counters = traffic.counters
    reasons: dict[str, list[int]] = {}
    for reason, unread in counters.undecoded.items():
        reasons[reason] = [unread.flows, 0, unread.octets]
    for reason, (messages, octets) in observer.undecoded.items():
        row = reasons.setdefault(reason, [0, 0, 0])
        row[1] += messages
        row[2] += octets
    sources = [seen for feed in feeds for seen in feed.seen()]
    notes = [f"{seen.name}: {note}" for seen in sources for note in seen.notes]
    notes += [f"{seen.name}: ends in the middle of a record" for seen in sources if seen.truncated]
    if counters.evicted_flows:
        notes.append(f"{counters.evicted_flows} flows were closed early: too many at a time")
    notes += _network_notes(counters.tally)
    if view and view.outside_period_frames:
        untimely = view.outside_period_frames
        notes.append(f"{untimely} frames outside the period of the order were not looked at")
    if view and view.outside_messages:
        hidden = view.outside_messages
        notes.append(
            f"{hidden} messages were not looked at: on topics that the order excludes, or unknown"
        )
    if overhearing.twice:
        notes.append(f"{overhearing.twice} messages of the broker were seen in frames too")
    notes += closer_look.notes() if closer_look else []
    inventory = observer.inventory
    crowded = inventory.overflowed + inventory.stations.overflowed
    crowded += inventory.identities.overflowed
    if crowded:
        notes.append(f"{crowded} observations were counted but not told apart: too many of them")
    return Coverage(
        frames=counters.tally.frames,
        octets=counters.tally.octets,
        kernel_drops=counters.tally.dropped if all(f.tells_drops for f in feeds) else None,
        duplicates=counters.tally.duplicates,
        truncated_frames=counters.tally.truncated,
        shunted_frames=counters.tally.shunted,
        invalid_frames=counters.tally.invalid,
        missed_octets=counters.missed_octets,
        payload_octets=counters.payload_octets,
        read_octets=counters.read_octets,
        undecoded=tuple(
            Undecoded(reason=reason, flows=row[0], messages=row[1], octets=row[2])
            for reason, row in sorted(reasons.items())
        ),
        flows=counters.flows,
        messages=observer.messages,
        missed_messages=sum(feed.missed_messages for feed in feeds),
        passers_by_frames=counters.tally.passers_by + (view.passers_by_frames if view else 0),
        outside_order_frames=view.outside_frames if view else 0,
        clock_synchronised=_clock(feeds),
        partial=any(feed.partial for feed in feeds),
        vantage=", ".join(dict.fromkeys(feed.vantage for feed in feeds)),
        notes=tuple(note[:400] for note in notes),
    )


def _network_notes(tally: Tally) -> list[str]:
    """Return what the frames were besides plain packets, for people."""
    notes = []
    if tally.tunnels:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.tunnels.items()))
        notes.append(f"frames in tunnels, of which the inside was read: {kinds}")
    if carrying := unread_frames(tally.non_ip):
        kinds = ", ".join(f"{count} {name}" for name, count in carrying.items())
        notes.append(f"frames without IP, of which nothing is read: {kinds}")
    if tally.lost_fragments:
        notes.append(f"{tally.lost_fragments} IP fragments belong to packets not seen whole")
    if tally.overlapping_fragments:
        notes.append(f"{tally.overlapping_fragments} IP fragments overlap others")
    return notes


def _clock(feeds: Sequence[Feed]) -> bool | None:
    clocks = [feed.clock_synchronised for feed in feeds]
    if False in clocks:
        return False
    return True if clocks and None not in clocks else None
