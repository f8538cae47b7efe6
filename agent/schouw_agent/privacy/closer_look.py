"""What is looked for in each single message, beyond what its structure means.

Without canaries and without a decision on recurrence nobody looks closer, and it costs nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from schouw_agent.plugins import Format
from schouw_agent.privacy.canaries import Canaries, octets_of
from schouw_agent.privacy.recurrence import IDENTIFIERS, Recurrence
from schouw_agent.recognition.classification import Classified
from schouw_agent.recognition.opening import Layer, open_content
from schouw_agent.records import Content, Delivery, Match


class CloserLook:
    """Opens messages in full and adds what it finds to what they were found to be."""

    def __init__(
        self,
        formats: Mapping[str, Format],
        canaries: Canaries | None,
        recurrence: Recurrence | None,
    ) -> None:
        self._formats = formats
        self._canaries = canaries
        self._recurrence = recurrence

    def look(
        self, delivery: Delivery, content: Content | None, found: Classified | None
    ) -> Classified | None:
        """Return what the message is, with the canaries and the pseudonyms that are in it."""
        counted = self._recurrence is not None and found is not None and _identifies(found.matches)
        if self._canaries is None and not counted:
            return found
        parts: list[Content] = []
        layers = open_content(content, self._formats, parts.append) if content else []
        if found is not None and counted:
            found = self._with_pseudonyms(found, layers, delivery.time)
        if self._canaries is not None:
            ends = (delivery.flow.orig.mac, delivery.flow.resp.mac)
            met = self._canaries.find(_texts(delivery, parts, layers), ends)
            if met:
                found = _with_canaries(found, met)
        return found

    def notes(self) -> list[str]:
        """Return for the coverage what was looked for, and within which bounds."""
        notes = []
        if self._canaries is not None:
            seen = sum(map(bool, self._canaries.seen.values()))
            notes.append(
                f"{len(self._canaries.labels)} known values were searched for and {seen} found, in "
                "what could be read; not found does not say not sent"
            )
        recurrence = self._recurrence
        if recurrence is not None:
            notes.append(
                "recurrence of pseudonyms was estimated under a new key: what was seen before this "
                f"run counts as new; the key was replaced {recurrence.rotations} times since"
            )
            if recurrence.overflowed:
                notes.append(
                    f"pseudonyms of {recurrence.overflowed} messages were not counted: too many "
                    "kinds of them"
                )
        return notes

    def _with_pseudonyms(self, found: Classified, layers: Sequence[Layer], time: int) -> Classified:
        if self._recurrence is None:
            return found
        values: dict[tuple[str, str], list[object]] = {}
        for layer in layers:
            for leaf in layer.leaves:
                subject = leaf.subject or layer.subject
                values.setdefault((leaf.path, subject), []).append(leaf.value)
        matches = tuple(
            match._replace(
                pseudonyms=self._recurrence.pseudonyms(
                    values.get((match.path, match.subject), ()), time
                )
            )
            if match.category in IDENTIFIERS
            else match
            for match in found.matches
        )
        return replace(found, matches=matches, lasting=False)


def _identifies(matches: Iterable[Match]) -> bool:
    return any(match.category in IDENTIFIERS for match in matches)


def _texts(
    delivery: Delivery, parts: Iterable[Content], layers: Iterable[Layer]
) -> Iterator[tuple[str, str, bytes]]:
    """Yield path, subject and octets of everything in a message that could hold a canary."""
    message = delivery.message
    for name, value in message.fields.items():
        yield name, "", octets_of(value)
    for layer in layers:
        for leaf in layer.leaves:
            subject = leaf.subject or layer.subject
            yield leaf.path, subject, octets_of(leaf.value)
    yield "", "", message.payload
    for part in parts:
        if part.octets is not message.payload:
            yield "", "", part.octets


def _with_canaries(found: Classified | None, met: Sequence[Match]) -> Classified:
    """Return what a message is with its canaries; each place counts once for each category."""
    if found is None:
        return Classified("", tuple(met))
    places = {(match.path, match.category, match.subject): match for match in met}
    matches = []
    for match in found.matches:
        canary = places.pop((match.path, match.category, match.subject), None)
        if canary is not None:
            match = match._replace(
                confidence=canary.confidence,
                basis=(*match.basis, *canary.basis),
                canaries=canary.canaries,
            )
        matches.append(match)
    return replace(found, matches=(*matches, *places.values()), lasting=False, by_structure=False)
