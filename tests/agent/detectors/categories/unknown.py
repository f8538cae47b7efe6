"""Rows by category: messages that are it, by language; near misses, with the reason."""

_OPAQUE = "Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZmdoaUpLTE1OT1BRUg=="

CATEGORIES = {
    "opaque_payload": (
        [("en", {"frm_data": _OPAQUE}), ("de", {"nutzdaten": _OPAQUE})],
        [("a number", {"value": 12})],
    ),
    "numeric_unclassified": (
        [("en", {"zork": 12}), ("fr", {"machin": 12})],
        [("named", {"temperature": 12})],
    ),
    "text_unclassified": (
        [("en", {"zork": "x-81-q4"}), ("fr", {"machin": "x-81-q4"})],
        [("named", {"serial": "x-81-q4"})],
    ),
}
