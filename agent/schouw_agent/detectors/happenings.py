"""What an event says happened, in a word: `{"event": "loitering"}`."""

from collections.abc import Iterator, Sequence

from schouw_agent.detectors.evidence import NAMED, NAMED_PERHAPS, Evidence
from schouw_agent.recognition.values import EVENT_KEYS
from schouw_agent.records import Leaf
from schouw_agent.vocabulary.lexicon import SURE, read_name

_LONGEST = 32


def happenings(
    leaves: Sequence[Leaf], categories: frozenset[str]
) -> Iterator[tuple[Leaf, str, tuple[Evidence, ...]]]:
    """Yield the leaves whose text names one of the categories, with it and what speaks for it."""
    for leaf in leaves:
        if not isinstance(leaf.value, str) or len(leaf.value) > _LONGEST:
            continue
        if leaf.path.rpartition(".")[2] not in EVENT_KEYS:
            continue
        reading = read_name(leaf.value)
        if reading is not None and reading.category in categories and reading.strength == SURE:
            # `fall_detected_reset` is no fall: of more words less is sure.
            yield leaf, reading.category, (NAMED_PERHAPS,) if reading.rest else (NAMED,)
