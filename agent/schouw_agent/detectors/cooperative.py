"""Words of the messages that vehicles send to traffic lights and to each other (C-ITS)."""

from collections.abc import Sequence

from schouw_agent.detectors.surroundings import all_words, message_words
from schouw_agent.plugins import Context
from schouw_agent.records import Leaf
from schouw_agent.vocabulary.names import word_set
from schouw_agent.vocabulary.topics import topic_words

# Fields and names of messages that vehicles send: CAM, DENM, SRM.
_WORDS = word_set(
    "cam denm srm srmid bsm cits itspduheader itspdu camparameters basiccontainer "
    "referenceposition stationtype generationdeltatime requestor vehiclerole signalrequest "
    "srmmessage itsg5"
)
_PAIRS = (
    ("its", "pdu", "header"), ("generation", "delta", "time"), ("station", "type"),
    ("cam", "parameters"), ("signal", "request"), ("basic", "vehicle"), ("c", "its"),
    ("its", "station"), ("vehicle", "role"), ("high", "frequency", "container"),
)  # fmt: skip


def is_cooperative(leaves: Sequence[Leaf], context: Context) -> bool:
    """Return whether a message is one that a vehicle sends.

    The words of a pair stand in one name: a `station_id` beside a `type` is of any station.
    """
    if not message_words(leaves, context).isdisjoint(_WORDS):
        return True
    names = [topic_words(context.topic), *map(all_words, leaves)]
    return any(words.issuperset(pair) for words in names for pair in _PAIRS)


def is_station_id(own: frozenset[str]) -> bool:
    """Return whether the words of a name are those of the number of a station."""
    return own >= {"station", "id"} or own >= {"stationid"} or own >= {"temporary", "id"}
