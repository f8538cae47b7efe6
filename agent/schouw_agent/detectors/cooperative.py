"""Words of the messages that vehicles send to traffic lights and to each other (C-ITS)."""

from schouw_agent.vocabulary.names import word_set

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


def is_cooperative(words: frozenset[str]) -> bool:
    """Return whether words are of a message that a vehicle sends."""
    return not words.isdisjoint(_WORDS) or any(words.issuperset(pair) for pair in _PAIRS)


def is_station_id(own: frozenset[str]) -> bool:
    """Return whether the words of a name are those of the number of a station."""
    return own >= {"station", "id"} or own >= {"stationid"} or own >= {"temporary", "id"}
