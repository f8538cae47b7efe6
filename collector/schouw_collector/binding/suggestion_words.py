"""Words that a device and an entry have in common: names of streets and things, and numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from schouw_agent.report import Device
from schouw_collector.binding.references import known_by, tokens
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import listed, same

_SHORTEST = 3
_MOST_ENTRIES = 100
"""A word that more entries have says too little."""
_COMPOUND = re.compile(r"(\w{4,}?)s?(?:sensor|sensoren|meter|meting|metingen|niveau|teller)")
"""Dutch writes in one word what names in topics write in two or leave out."""
_SAY_NOTHING = frozenset(
    (
        *("sensor", "sensoren", "meter", "meting", "metingen", "meetpunt", "device", "devices"),
        *("apparaat", "gemeente", "stad", "city", "data", "status", "json", "mqtt", "http"),
        *("https", "api", "app", "application", "applications", "down", "uplink", "downlink"),
        *("event", "events", "state", "value", "values", "telemetry", "tele", "stat", "test"),
        *("the", "and", "van", "der", "den", "het", "een", "met", "voor", "bij", "aan", "prod"),
        *("www", "com", "org", "example", "local", "lan"),
    )
)


class WordIndex:
    """The telling words of all entries."""

    def __init__(self, entries: Sequence[RegisterEntry]) -> None:
        self._of_word: dict[str, set[str]] = {}
        self._numbers: dict[str, frozenset[str]] = {}
        for entry in entries:
            said = [entry.name, entry.type, entry.location.text, entry.description]
            said += [stream.declared_text for stream in entry.streams]
            # The name of an entry often repeats its reference, which is no number of a device.
            words, numbers = _told(said, without=tokens(entry.entry_id))
            self._numbers[entry.entry_id] = numbers
            for word in words:
                self._of_word.setdefault(word, set()).add(entry.entry_id)

    def of(self, device: Device) -> Iterable[tuple[str, float, Words]]:
        """Yield the entries with words of a device's names and topics: weight and reason.

        The weight is 0.6 if no other entry has as many of them, and less the more there are.
        """
        words, numbers = _told(known_by(device))
        shared: dict[str, set[str]] = {}
        for word in words:
            owners = self._of_word.get(word, ())
            if len(owners) <= _MOST_ENTRIES:
                for entry in owners:
                    shared.setdefault(entry, set()).add(word)
        telling = {
            entry: frozenset(common | (numbers & self._numbers[entry]))
            for entry, common in shared.items()
        }
        counts = Counter(telling.values())
        alike_of = {c: sum(n for other, n in counts.items() if c <= other) for c in counts}
        for entry, common in telling.items():
            alike = alike_of[common]
            weight = round(0.6 / alike**0.5, 2)
            if numbers and self._numbers[entry] and not numbers & self._numbers[entry]:
                weight = round(weight / 2, 2)
            yield entry, weight, _reason(sorted(common), alike)


def _told(
    texts: Iterable[str], without: Iterable[str] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the telling words of texts, and their numbers without leading zeros."""
    parts = {part for text in texts for part in tokens(text)} - set(without)
    words = {p for p in parts if len(p) >= _SHORTEST and not p.isdigit()}
    words |= {match[1] for word in words if (match := _COMPOUND.fullmatch(word))}
    numbers = frozenset(part.lstrip("0") or "0" for part in parts if part.isdecimal())
    return frozenset(words - _SAY_NOTHING), numbers


def _reason(common: Sequence[str], alike: int) -> Words:
    names = listed(same(f"“{word}”") for word in common[:5])
    if alike == 1:
        return Words(
            nl=f"Naam of topic en register hebben gemeen: {names.nl}. Geen andere inschrijving "
            "heeft dat.",
            en=f"Name or topic and register have in common: {names.en}. No other entry has that.",
        )
    return Words(
        nl=f"Naam of topic en register hebben gemeen: {names.nl}. Dat geldt voor {alike} "
        "inschrijvingen.",
        en=f"Name or topic and register have in common: {names.en}. So do {alike} entries.",
    )
