"""Devices and entries are known again in a later check by what outlives a capture."""

import pytest

from schouw_collector.change.fingerprint import take
from schouw_collector.change.recognition import subjects

MATCHES = [
    ({"mac": "02:00:5e:00:53:03"}, {"mac": "02:00:5E:00:53:03"}, True, "case does not matter"),
    ({"dev_eui": "aa", "ip": "192.0.2.1"}, {"dev_eui": "aa", "ip": "192.0.2.9"}, True, "best key"),
    ({"serial": "1"}, {"serial": "2"}, False, "another serial number"),
    ({"client_id": "a"}, {"client_id": "a"}, True, "the same client"),
    ({"topic": "plein/1"}, {"topic": "plein/1"}, True, "the same topic"),
    ({"ip": "192.0.2.1"}, {"ip": "192.0.2.1"}, True, "the address, if there is nothing better"),
    ({"mac": "02:00:5e:00:53:03"}, {"ip": "192.0.2.1"}, False, "nothing in common"),
    ({"name": "teller"}, {"name": "teller"}, False, "a name is not an identity"),
    ({"mac": "aa"}, {"serial": "aa"}, False, "another kind of identifier"),
    ({}, {}, False, "nothing to know it by"),
]


@pytest.fixture
def make_checks(make_assessment, make_device):
    """Return a function that makes two checks of unbound devices: id → identifiers."""

    def make(*checks):
        return [
            make_assessment(
                entries=(),
                devices=tuple(make_device(id_, [], known) for id_, known in check.items()),
                unbound_devices=tuple(check),
            )
            for check in checks
        ]

    return make


def _pairs(old, new):
    return {
        ("".join(d.id for d in subject.old), "".join(d.id for d in subject.new))
        for subject in subjects(take(old), take(new))
    }


@pytest.mark.parametrize(("old", "new", "same", "why"), MATCHES)
def test_a_device_is_known_again_by_its_best_identifier(make_checks, old, new, same, why):
    found = _pairs(*make_checks({"a": old}, {"x": new}))
    assert found == ({("a", "x")} if same else {("a", ""), ("", "x")}), why


def test_a_better_identifier_wins_over_a_worse_one(make_checks):
    old = {
        "a": {"mac": "02:00:5e:00:53:01", "ip": "192.0.2.1"},
        "b": {"mac": "02:00:5e:00:53:02", "ip": "192.0.2.2"},
    }
    new = {
        "x": {"mac": "02:00:5e:00:53:02", "ip": "192.0.2.1"},
        "y": {"mac": "02:00:5e:00:53:01", "ip": "192.0.2.2"},
    }
    assert _pairs(*make_checks(old, new)) == {("a", "y"), ("b", "x")}


def test_an_identifier_that_two_devices_share_tells_neither(make_checks):
    both = {"topic": "plein/sensor"}
    found = _pairs(*make_checks({"a": both, "b": both}, {"x": both}))
    assert found == {("a", ""), ("b", ""), ("", "x")}


def test_two_devices_that_share_what_one_had_are_both_new(make_checks):
    both = {"topic": "plein/sensor"}
    found = _pairs(*make_checks({"a": both}, {"x": both, "y": both}))
    assert found == {("a", ""), ("", "x"), ("", "y")}


def test_what_tells_them_apart_elsewhere_is_used_for_the_rest(make_checks):
    old = {"a": {"topic": "plein", "ip": "192.0.2.1"}, "b": {"topic": "plein", "ip": "192.0.2.2"}}
    new = {"x": {"topic": "plein", "ip": "192.0.2.2"}, "y": {"topic": "plein", "ip": "192.0.2.1"}}
    assert _pairs(*make_checks(old, new)) == {("a", "y"), ("b", "x")}


def test_one_device_that_seems_two_is_matched_once(make_assessment, make_device):
    two = make_device("a", [], {}).model_copy(
        update={
            "identifiers": tuple(
                identifier
                for serial in "12"
                for identifier in make_device("s", [], {"serial": serial}).identifiers
            )
        }
    )
    old = make_assessment(entries=(), devices=(two,), unbound_devices=("a",))
    new = make_assessment(
        entries=(),
        devices=(make_device("x", [], {"serial": "1"}), make_device("y", [], {"serial": "2"})),
        unbound_devices=("x", "y"),
    )
    assert _pairs(old, new) == {("a", "x"), ("", "y")}


def test_an_entry_is_one_subject_whatever_its_devices(make_assessment, make_device):
    old, new = make_assessment(), make_assessment(devices=(make_device("d1", [], {"serial": "9"}),))
    found = {subject.entry_id: subject for subject in subjects(take(old), take(new))}
    assert found["HP-04"].name == "Geluidsensor HP-04"
    assert [d.id for d in found["HP-04"].old] == ["d1"]
    assert [d.id for d in found["HP-04"].new] == ["d1"]
    assert [d.id for d in found[""].old] == ["d2"]
