"""Bindings by place and at one broker: what fits, and how sure it can be."""

import pytest

from schouw_collector.binding.binding import SCHEMA, Bindings, bind
from schouw_collector.registers.register_entry import RegisterEntry

ENTRIES = [RegisterEntry(entry_id="VB-001")]


def stated(**row):
    rows = [{"entry": "VB-001", "set_by": "beheerder sensornetwerk", **row}]
    return Bindings.model_validate({"schema": SCHEMA, "bindings": rows})


# Pattern, cells of the device, fits, why.
PLACES = [
    ("geohash", "u173", ["u173z"], True, "a cell within the cell"),
    ("geohash", "u173z", ["u173"], False, "the device may be in another part of its cell"),
    ("geohash", "u173", ["u176z"], False, "the cell beside it"),
    ("position", "52.37,4.88,0", ["u173z"], True, "the point lies in the cell"),
    ("position", "52.30,4.88,100", ["u173z"], False, "kilometres away"),
    ("position", "52.30,4.88,9000", ["u173z"], True, "the circle reaches the cell"),
    ("position", "52.37,4.88,0", ["u17"], False, "a cell of 150 km says nothing"),
    ("position", "52.37,4.88,0", [], False, "it does not say where it is"),
]


@pytest.mark.parametrize(("kind", "pattern", "areas", "fit", "why"), PLACES)
def test_a_place_fits_a_device_and_is_never_sure(kind, pattern, areas, fit, why, make_device):
    binding = bind([make_device(areas=areas)], ENTRIES, stated(kind=kind, pattern=pattern))

    assert bool(binding.of_device) is fit, why
    assert {b.confidence for rows in binding.of_device.values() for b in rows} <= {0.5}


@pytest.mark.parametrize("role", ["relay", "broker"])
def test_a_place_binds_nothing_that_carries_for_others(role, make_device):
    device = make_device(areas=["u173z"], role=role)

    assert not bind([device], ENTRIES, stated(kind="geohash", pattern="u173")).of_device


@pytest.mark.parametrize(
    ("broker", "fits"),
    [("192.0.2.10", True), ("192.0.2.0/28", True), ("192.0.2.11", False), ("*.example.org", False)],
)
def test_a_client_id_counts_at_its_own_broker(broker, fits, make_device):
    device = make_device(identifiers={"client_id": "geluid-01"})
    rows = stated(kind="client_id", pattern="geluid-01", broker=broker)

    assert bool(bind([device], ENTRIES, rows).of_device) is fits
