"""Bindings files, and which device is which entry."""

from datetime import date

import pytest

from schouw_collector.binding.binding import bind, check_entries, read_bindings, with_overrides
from schouw_collector.errors import BindingError
from schouw_collector.registers.register_entry import CategoryMapping, RegisterEntry, Stream

SCHEMA = "https://schouw.example.org/schema/bindings/1"
ENTRIES = [RegisterEntry(entry_id=f"VB-00{n}") for n in (1, 2, 3)]


def row(kind, pattern, entry="VB-001", confidence=1.0):
    return {
        "entry": entry,
        "kind": kind,
        "pattern": pattern,
        "confidence": confidence,
        "set_by": "beheerder sensornetwerk",
    }


def bindings_of(*rows, **top):
    lines = [f"schema: {SCHEMA}", f"bindings: {list(rows)!r}"]
    lines += [f"{key}: {value!r}" for key, value in top.items()]
    return read_bindings("bindings.yaml", "\n".join(lines).encode())


FITS = [
    ("mac", "02:00:5E:00:53:01", {"mac": "02:00:5e:00:53:01"}, True),
    ("mac", "02-00-5e-00-53-01", {"mac": "02:00:5e:00:53:01"}, True),
    ("mac", "02:00:5e:00:53:01", {"mac": "02:00:5e:00:53:02"}, False),
    ("oui", "02:00:5e", {"mac": "02:00:5e:00:53:01"}, True),
    ("oui", "02:00:5e", {"mac": "06:00:5e:00:53:01"}, False),
    ("ip", "192.0.2.39", {"ip": "192.0.2.39"}, True),
    ("ip", "192.0.2.0/28", {"ip": "192.0.2.39"}, False),
    ("ip", "192.0.2.32/28", {"ip": "192.0.2.39"}, True),
    ("ip", "2001:db8::/64", {"ip": "2001:db8::5"}, True),
    ("ip", "2001:db8::/64", {"ip": "192.0.2.39"}, False),
    ("client_id", "geluid-01", {"client_id": "geluid-01"}, True),
    ("client_id", "geluid-*", {"client_id": "geluid-01"}, True),
    ("client_id", "geluid", {"client_id": "geluid-01"}, False),
    ("dev_eui", "0257480000000121", {"dev_eui": "0257480000000121"}, True),
    ("dev_eui", "02-57-48-00-00-00-01-21", {"dev_eui": "0257480000000121"}, True),
    ("serial", "SN-7", {"serial": "sn-7"}, True),
    ("host_name", "camera.voorbeeld.example", {"host_name": "camera.voorbeeld.example"}, True),
    ("name", "bin-12", {"name": "bin-12"}, True),
    ("topic", "plein/geluid/1", {"topic": "plein/geluid/1"}, True),
    ("topic", "plein/+/1", {"topic": "plein/geluid/1"}, True),
    ("topic", "plein/#", {"topic": "plein"}, True),
    ("topic", "plein/#", {"topic": "plein/geluid/1"}, True),
    ("topic", "plein/+", {"topic": "plein/geluid/1"}, False),
    ("topic", "plein/geluid", {"topic": "plein/geluid/1"}, False),
    ("topic", "plein/{id}/1", {"topic": "plein/{id}/1"}, True),
    ("topic", "plein/7/1", {"topic": "plein/{id}/1"}, False),
    ("ngsi_id", "urn:ngsi-ld:Sensor:haven-1", {"name": "urn:ngsi-ld:Sensor:haven-1"}, True),
    ("ngsi_id", "urn:ngsi-ld:Sensor:haven-1", {"host_name": "urn:ngsi-ld:Sensor:haven-1"}, False),
    ("sta_thing", "Meetpaal haven *", {"name": "meetpaal haven 3"}, True),
    ("gateway", "gw-haven", {"gateway": "GW-haven"}, True),
    ("gateway", "gw-haven", {"name": "gw-haven"}, False),
]


@pytest.mark.parametrize(("kind", "pattern", "identifiers", "fits"), FITS)
def test_a_pattern_fits_a_device(kind, pattern, identifiers, fits, make_device):
    binding = bind([make_device(identifiers=identifiers)], ENTRIES, bindings_of(row(kind, pattern)))

    assert bool(binding.of_device) is fits
    assert binding.unbound == (() if fits else ("d1",))


NOBODY = {"kind": "mac", "pattern": "02:00:5e:00:53:01", "set_by": "beheerder", "reason": "bezocht"}


def test_out_of_scope_undeclared_and_unbound_are_three_things(make_device):
    devices = [
        make_device(id_, identifiers={"mac": f"02:00:5e:00:53:0{n}"})
        for n, id_ in enumerate("abc", 1)
    ]
    other = {**NOBODY, "pattern": "02:00:5e:00:53:02"}
    binding = bind(devices, ENTRIES, bindings_of(out_of_scope=[NOBODY], undeclared=[other]))

    assert set(binding.out_of_scope) == {"a"}
    assert set(binding.undeclared) == {"b"}
    assert set(binding.unbound) == {"b", "c"}


def test_a_binding_goes_before_the_statement_that_there_is_no_entry(make_device):
    stated = bindings_of(row("topic", "havenplein/#"), out_of_scope=[NOBODY], undeclared=[NOBODY])
    binding = bind([make_device(emissions=["wind"])], ENTRIES, stated)

    assert binding.of_entry == {"VB-001": ("d1",)}
    assert (binding.out_of_scope, binding.undeclared, binding.unbound) == ({}, {}, ())


def test_what_was_rejected_is_no_candidate(make_device):
    device = make_device(emissions=[{"category": "wind", "channel": "stad/vb-002/vb-003"}])
    no = {**NOBODY, "entry": "VB-002"}

    assert bind([device], ENTRIES, bindings_of(rejected=[no])).candidates == {"d1": ("VB-003",)}


def test_the_unbound_are_listed_by_privacy_class_the_worst_first(make_device):
    sent = {
        "a": ["wind"],
        "b": ["opaque_payload"],
        "c": [{"category": "still_image", "confidence": 0.4}],
        "d": ["wind", "licence_plate_raw"],
        "e": [{"category": "still_image", "direction": "received"}],
        "f": ["wifi_mac_hashed"],
        "g": ["device_health"],
    }
    devices = [
        make_device(id_, emissions=e, identifiers={"client_id": id_}) for id_, e in sent.items()
    ]

    assert bind(devices, ENTRIES, bindings_of()).unbound == tuple("dfbaceg")


def test_a_reference_is_found_whole_or_not_at_all(make_device):
    found = {
        topic: bool(
            bind(
                [make_device(emissions=[{"category": "wind", "channel": topic}])],
                ENTRIES,
                bindings_of(),
            ).candidates
        )
        for topic in ("stad/VB_002/wind", "stad/vb-0021", "stad/xvb-002", "stad/vb/002", "vb-002")
    }

    assert found == {
        "stad/VB_002/wind": True,
        "stad/vb-0021": False,
        "stad/xvb-002": False,
        "stad/vb/002": True,
        "vb-002": True,
    }


def test_a_topic_fits_by_the_channels_of_what_is_sent(make_device):
    device = make_device(emissions=["sound_level"], identifiers={"mac": "02:00:5e:00:53:01"})

    assert bind([device], ENTRIES, bindings_of(row("topic", "havenplein/+/1"))).of_entry == {
        "VB-001": ("d1",)
    }


@pytest.mark.parametrize("role", ["relay", "broker", "viewer", "infrastructure"])
def test_what_carries_for_others_needs_no_entry(role, make_device):
    device = make_device(emissions=["sound_level"], role=role)
    binding = bind([device], ENTRIES, bindings_of(row("topic", "havenplein/#")))

    assert binding.infrastructure == ("d1",)
    assert binding.unbound == ()


def test_the_most_telling_binding_decides(make_device):
    binding = bind(
        [make_device()],
        ENTRIES,
        bindings_of(row("oui", "02:00:5e", "VB-002"), row("mac", "02:00:5e:00:53:01", "VB-001")),
    )

    assert [b.entry_id for b in binding.of_device["d1"]] == ["VB-001"]
    assert binding.conflicts == ()


def test_equally_telling_bindings_are_a_conflict(make_device):
    binding = bind(
        [make_device()],
        ENTRIES,
        bindings_of(
            row("mac", "02:00:5e:00:53:01", "VB-002"), row("mac", "02:00:5e:00:53:01", "VB-001")
        ),
    )

    assert [b.entry_id for b in binding.of_device["d1"]] == ["VB-001", "VB-002"]
    assert binding.conflicts == ("d1",)
    assert binding.of_entry == {"VB-001": ("d1",), "VB-002": ("d1",)}


def test_an_unbound_device_whose_topic_holds_a_reference_has_a_candidate(make_device):
    device = make_device(emissions=[{"category": "wind", "channel": "stad/vb-002/wind"}])
    binding = bind([device], ENTRIES, bindings_of())

    assert binding.unbound == ("d1",)
    assert binding.candidates == {"d1": ("VB-002",)}


def test_a_device_of_a_malformed_entry_stays_unbound_and_says_so(make_device):
    rows = bindings_of(row("mac", "02:00:5e:00:53:01", "VB-009"))
    binding = bind([make_device()], ENTRIES, rows, unreadable=["VB-009"])

    assert binding.unbound == ("d1",)
    assert binding.unreadable == {"d1": "VB-009"}


def test_a_person_overrides_what_was_read():
    stream = Stream(
        declared_text="Iets",
        categories=("people_count",),
        mapping=CategoryMapping(method="text rule"),
        contains_personal_data=False,
    )
    override = {
        "entry": "VB-001",
        "categories": ["video_stream"],
        "set_by": "adviseur gegevensbescherming",
        "set_on": "2026-05-03",
        "reason": "Brief van de leverancier",
    }
    stated = bindings_of(overrides=[override])
    entry = with_overrides(RegisterEntry(entry_id="VB-001", streams=(stream,)), stated)
    other = with_overrides(RegisterEntry(entry_id="VB-002", streams=(stream,)), stated)

    assert entry.declared_categories == ("video_stream",)
    mapping = entry.streams[0].mapping
    assert (mapping.method, mapping.reviewed_by) == ("human", "adviseur gegevensbescherming")
    assert mapping.reviewed_at == date(2026, 5, 3)
    assert entry.contains_personal_data is False
    assert other.declared_categories == ("people_count",)
    assert with_overrides(RegisterEntry(entry_id="VB-001"), stated).declared_categories == (
        "video_stream",
    )


INVALID = [
    (row("mac", "02:00:5e"), "binding 1 (entry VB-001): pattern must be 12 hex digits"),
    (row("oui", "02:00:5e:01"), "binding 1 (entry VB-001): pattern must be 6 hex digits"),
    (row("dev_eui", "0257"), "binding 1 (entry VB-001): pattern must be 16 hex digits"),
    (row("ip", "192.0.2.300"), "binding 1 (entry VB-001): pattern must be an address or a block"),
    (row("topic", "plein/#/1"), "binding 1 (entry VB-001): pattern is not an MQTT topic filter"),
    (row("topic", "plein/a+/1"), "binding 1 (entry VB-001): pattern is not an MQTT topic filter"),
    (row("topic", "#"), "binding 1 (entry VB-001): pattern must be an MQTT topic filter that does"),
    (row("client_id", "*"), "binding 1 (entry VB-001): pattern must name something"),
    (row("colour", "red"), "binding 1 (entry VB-001): kind: input should be"),
    (row("mac", "02:00:5e:00:53:01", confidence=2), "binding 1 (entry VB-001): confidence: input"),
    ({"entry": "VB-001"}, "binding 1 (entry VB-001): kind: field required"),
    (row("geohash", "u1"), "binding 1 (entry VB-001): pattern must be a geohash of three to five"),
    (row("geohash", "u1a"), "binding 1 (entry VB-001): pattern must be a geohash of three to five"),
    (row("position", "52,5"), "binding 1 (entry VB-001): pattern must be latitude,longitude,metr"),
    (row("position", "92,5,1"), "binding 1 (entry VB-001): pattern must be a place on earth"),
    (row("position", "52,5,nan"), "binding 1 (entry VB-001): pattern must be a place on earth"),
    (
        {**row("mac", "02:00:5e:00:53:01"), "broker": "192.0.2.10"},
        "binding 1 (entry VB-001): a broker goes with a client_id or a topic only",
    ),
    (7, "binding 1: input should be a valid dictionary"),
]


@pytest.mark.parametrize(("bad", "reason"), INVALID)
def test_a_malformed_binding_is_named(bad, reason):
    with pytest.raises(BindingError) as refused:
        bindings_of(bad)

    assert refused.value.diagnostics().startswith(f"bindings.yaml: {reason}")
    assert "\n" not in refused.value.diagnostics()


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"[1]", "must be a mapping with schema and bindings"),
        (b"schema: x", "field schema: input should be"),
        (b"bindings: []", "field schema: field required"),
        (f"schema: {SCHEMA}\nbinding: []".encode(), "field binding: not a field of the schema"),
        (b"a: [", "not valid YAML, line"),
        (
            f"schema: {SCHEMA}\noverrides: [{{entry: VB-001, categories: [noise], set_by: x, "
            "reason: y}]".encode(),
            "override 1 (entry VB-001): categories.0: not a category of the taxonomy",
        ),
    ],
)
def test_an_unusable_file_is_an_error(octets, reason):
    with pytest.raises(BindingError) as refused:
        read_bindings("bindings.yaml", octets)

    assert refused.value.diagnostics().startswith(f"bindings.yaml: {reason}")


def test_a_malformed_statement_is_named():
    with pytest.raises(BindingError) as refused:
        bindings_of(undeclared=[{**NOBODY, "reason": ""}])

    assert "undeclared device 1: reason" in refused.value.diagnostics()


def test_an_entry_that_the_register_does_not_have_is_named():
    stated = bindings_of(row("mac", "02:00:5e:00:53:01"), row("mac", "02:00:5e:00:53:02", "VB-404"))

    with pytest.raises(BindingError, match="binding 2: entry VB-404 is not in the register"):
        check_entries(stated, ENTRIES)
    check_entries(stated, ENTRIES, unreadable=["VB-404"])
