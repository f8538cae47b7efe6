"""What changed between two checks, and what must not be called a change."""

from datetime import timedelta

import pytest

from schouw_agent.report import Undecoded
from schouw_collector.change.changes import compare
from schouw_collector.records import Period

LATER = timedelta(days=120)


@pytest.fixture
def make_check(make_assessment, make_device):
    """Return a function that makes an assessment of one counter, bound as HP-03 unless said."""

    def make(
        *categories,
        minutes=10,
        later=False,
        bound=True,
        undeclared=(),
        devices=None,
        coverage=None,
        knowledge="0" * 64,
        **device,
    ):
        base = make_assessment()
        start = base.period.start + (LATER if later else timedelta())
        if devices is None:
            device.setdefault("identifiers", {"mac": "02:00:5e:00:53:03"})
            devices = (make_device("n1" if later else "o1", categories, **device),)
        entry = base.entries[0].model_copy(
            update={
                "entry_id": "HP-03",
                "name": "Teller Brug",
                "device_ids": tuple(d.id for d in devices) if bound else (),
                "verdicts": tuple(
                    base.entries[0].verdicts[1].model_copy(update={"category": category})
                    for category in undeclared
                ),
            }
        )
        return base.model_copy(
            update={
                "period": Period(start=start, end=start + timedelta(minutes=minutes)),
                "entries": (entry,),
                "devices": devices,
                "unbound_devices": () if bound else tuple(d.id for d in devices),
                "coverage": base.coverage.model_copy(update=coverage or {}),
                "knowledge": knowledge,
                "findings": (),
            }
        )

    return make


def _said(changes):
    return [(c.kind, c.category or c.recipient, c.undeclared) for c in changes.changes]


def _often(category, **changes):
    """An emission about every second."""
    return {"category": category, "intervals": (0,) * 9 + (600,), **changes}


def test_the_same_check_has_no_changes(make_check):
    found = compare(make_check("people_count"), make_check("people_count", later=True))
    assert (found.changes, found.alarming) == ((), False)


def test_function_creep_is_said_in_plain_words(make_check):
    found = compare(
        make_check("people_count"),
        make_check(
            "people_count",
            _often("wifi_mac_hashed"),
            later=True,
            undeclared=["wifi_mac_hashed"],
        ),
    )
    assert _said(found) == [
        ("category", "wifi_mac_hashed", True),
        ("privacy_class", "", False),
    ]
    assert found.changes[0].text.en == (
        "Teller Brug (HP-03) now also sends “Hashed or truncated Wi-Fi MAC address”;"
        " on 5 October 2026 it did not. The register does not declare it."
    )
    assert found.changes[0].text.nl == (
        "Teller Brug (HP-03) verstuurt nu ook “Gehasht of afgeknipt wifi-MAC-adres”;"
        " op 5 oktober 2026 niet. In het register staat dit niet."
    )
    assert found.alarming


ALARMS = [
    # category, undeclared, confidence, alarming, why
    ("wifi_mac_hashed", True, 0.95, True, "pseudonymous and undeclared"),
    ("still_image", True, 0.8, True, "personal and undeclared"),
    ("face_template", True, 0.95, True, "special category and undeclared"),
    ("wifi_mac_hashed", False, 0.95, False, "declared in the meantime"),
    ("wifi_mac_hashed", True, 0.79, False, "a question never alarms"),
    ("sound_level", True, 0.95, False, "about the surroundings"),
    ("people_count", True, 0.95, False, "about groups of people"),
    ("opaque_payload", True, 0.95, False, "its class is not known"),
]


@pytest.mark.parametrize(("category", "undeclared", "confidence", "alarming", "why"), ALARMS)
def test_only_certain_undeclared_data_about_individuals_alarm(
    make_check, category, undeclared, confidence, alarming, why
):
    found = compare(
        make_check("air_temperature"),
        make_check(
            "air_temperature",
            _often(category, confidence=confidence),
            later=True,
            undeclared=[category] if undeclared else [],
        ),
    )
    assert (found.alarming, found.changes[0].category) == (alarming, category), why


NO_CHANGE = [
    ({"category": "wifi_mac_hashed", "confidence": 0.49}, "too uncertain to say"),
    ("device_health", "about the device itself"),
    ("numeric_unclassified", "its meaning is not known"),
    ("no_such_category", "this version does not know it"),
]


@pytest.mark.parametrize(("emission", "why"), NO_CHANGE)
def test_what_says_nothing_is_no_change(make_check, emission, why):
    found = compare(make_check("people_count"), make_check("people_count", emission, later=True))
    assert found.changes == (), why


def test_what_was_perhaps_there_before_is_not_new(make_check):
    found = compare(
        make_check("people_count", {"category": "wifi_mac_hashed", "confidence": 0.3}),
        make_check("people_count", "wifi_mac_hashed", later=True),
    )
    assert found.changes == ()


def test_new_knowledge_is_no_change_of_the_device(make_check):
    found = compare(
        make_check("people_count"),
        make_check(
            "wifi_mac_hashed", later=True, knowledge="1" * 64, undeclared=["wifi_mac_hashed"]
        ),
    )
    assert _said(found) == [
        ("knowledge", "wifi_mac_hashed", True),
        ("knowledge", "people_count", False),
    ]
    assert found.knowledge_changed
    assert not found.alarming
    assert all("no proof that the device changed" in c.text.en for c in found.changes)


DIRECTIONS = [
    ("sent", "now also sends"),
    ("served", "now also gives"),
    ("received", "now also receives"),
]


@pytest.mark.parametrize(("direction", "words"), DIRECTIONS)
def test_the_direction_is_said(make_check, direction, words):
    found = compare(
        make_check("people_count"),
        make_check("people_count", _often("still_image", direction=direction), later=True),
    )
    assert words in found.changes[0].text.en


CAVEATS = [
    ({"undecoded": {"encrypted": 4000}}, _often("still_image"), "could not be read"),
    ({"coverage": {"kernel_drops": 3}}, _often("still_image"), "could not be read"),
    ({"coverage": {"partial": True}}, _often("still_image"), "could not be read"),
    ({"minutes": 0.02}, _often("still_image"), "the check was short"),
    ({}, {"category": "still_image", "intervals": (0,) * 20 + (3,)}, "the check was short"),
    ({}, _often("still_image"), ""),
]


@pytest.mark.parametrize(("old", "emission", "words"), CAVEATS)
def test_it_did_not_is_only_said_bare_if_it_could_have_been_seen(make_check, old, emission, words):
    found = compare(
        make_check("people_count", **old), make_check("people_count", emission, later=True)
    )
    text = found.changes[0].text.en
    assert words in text
    assert bool(words) == ("may be older" in text)


GONE = [
    ({"minutes": 10}, "gone", "no longer sends"),
    ({"minutes": 9}, "not_assessable", "too briefly"),
    ({"minutes": 10, "undecoded": {"encrypted": 4000}}, "not_assessable", "could not be read"),
    ({"minutes": 10, "coverage": {"missed_octets": 9}}, "not_assessable", "not complete"),
]


@pytest.mark.parametrize(("new", "kind", "words"), GONE)
def test_a_category_is_gone_only_if_it_could_have_been_seen(make_check, new, kind, words):
    found = compare(
        make_check("people_count", _often("still_image")),
        make_check("people_count", later=True, **new),
    )
    assert _said(found) == [(kind, "still_image", False)]
    assert words in found.changes[0].text.en
    assert not found.alarming


def test_a_rare_category_is_not_called_gone(make_check):
    hourly = {"category": "still_image", "intervals": (0,) * 21 + (2,)}
    found = compare(
        make_check("people_count", hourly, minutes=120),
        make_check("people_count", later=True, minutes=150),
    )
    assert _said(found) == [("not_assessable", "still_image", False)]


def test_a_silent_device_is_not_assessable(make_check):
    found = compare(make_check("people_count"), make_check(later=True, devices=()))
    assert _said(found) == [("not_assessable", "people_count", False)]
    assert "not seen this time" in found.changes[0].text.en


def test_a_new_recipient_is_named_by_name_or_address(make_check):
    broker = {"host": "", "address": "192.0.2.10"}
    cloud = {"host": "cloud.example", "address": "203.0.113.9", "role": "cloud"}
    moved = {"host": "cloud.example", "address": "203.0.113.200", "role": "cloud"}
    old = make_check("people_count", recipients=[broker])
    found = compare(old, make_check("people_count", later=True, recipients=[broker, cloud]))
    assert _said(found) == [("recipient", "cloud.example", False)]
    old = make_check("people_count", recipients=[broker, cloud])
    assert not compare(old, make_check("people_count", later=True, recipients=[moved])).changes


def test_a_replaced_device_of_the_same_entry_is_compared_by_entry(make_check):
    found = compare(
        make_check("people_count"),
        make_check("people_count", later=True, identifiers={"mac": "02:00:5e:00:53:99"}),
    )
    assert found.changes == ()


def test_a_device_that_was_unbound_before_is_compared_with_itself(make_check):
    found = compare(
        make_check("people_count", bound=False),
        make_check("people_count", _often("still_image"), later=True, undeclared=["still_image"]),
    )
    assert _said(found) == [("category", "still_image", True), ("privacy_class", "", False)]


def test_a_new_device_of_an_entry_that_was_silent_alarms_if_undeclared(make_check):
    found = compare(
        make_check(devices=()),
        make_check("wifi_mac_hashed", later=True, undeclared=["wifi_mac_hashed"]),
    )
    assert _said(found) == [("device", "wifi_mac_hashed", True)]
    assert "New on the network" in found.changes[0].text.en
    assert found.alarming


def test_a_missing_reading_of_undecoded_octets_counts_as_unread(make_check, make_device):
    unread = make_device("o1", ["people_count"], {"mac": "02:00:5e:00:53:03"}, octets=100)
    unread = unread.model_copy(
        update={
            "coverage": unread.coverage.model_copy(
                update={"undecoded": (Undecoded(reason="gap", octets=11),)}
            )
        }
    )
    found = compare(
        make_check(devices=(unread,)), make_check("people_count", _often("still_image"), later=True)
    )
    assert "may be older" in found.changes[0].text.en
