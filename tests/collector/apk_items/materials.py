"""What the rows of the items are made of."""

from schouw_collector.apk.autonomy import EndpointShare, ProtocolShares, SupplierShare

APPLICATION = {"id": "geluid", "entries": ["HP-04"]}
CONTRACT = {
    "id": "C-1",
    "supplier": "Meetbedrijf",
    "applications": ["geluid"],
    "type": "purchase",
    "council_ref": "RIS 12",
    "end": "2029-01-01",
}


def contract(**clauses):
    stated = {name: {"present": present} for name, present in clauses.items()}
    return [{**CONTRACT, "clauses": stated}]


def supplier(**changes):
    row = {"supplier": "Meetbedrijf", "entries": 1, "devices": 1, "octets": 9, "alone": 0}
    return {"suppliers": (SupplierShare(**{**row, "opaque_share": 0.0, **changes}),)}


def elsewhere():
    return {"endpoints": (EndpointShare(kind="elsewhere", recipients=2, octets=9, share=1.0),)}


DPIA = {"id": "D-1", "entries": ["HP-04"], "dated": "2025-01-01", "council_ref": "RIS 9"}
CLOSED = ProtocolShares(open=0.4, proprietary=0.3, encrypted=0.0, unknown=0.3)
