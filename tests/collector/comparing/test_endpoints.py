"""Who gets what, and what is on site."""

import pytest

from schouw_collector.comparing.endpoints import endpoints


def endpoint(make_device, recipient, **emission):
    key = recipient.get("host") or recipient["address"]
    device = make_device(
        emissions=[{"category": "wind", "recipient": key, **emission}], recipients=[recipient]
    )
    (found,) = endpoints([device])
    return found


@pytest.mark.parametrize(
    ("address", "on_site"),
    [
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("192.168.1.1", True),
        ("169.254.0.9", True),
        ("224.0.0.251", True),
        ("192.0.2.10", False),
        ("203.0.113.5", False),
        ("fd00::1", True),
        ("fe80::1", True),
        ("2001:db8::1", False),
    ],
)
def test_on_site_is_a_local_network(address, on_site, make_device):
    assert endpoint(make_device, {"address": address}).on_site is on_site


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("a.voorbeeld.example", True),
        ("A.Voorbeeld.Example.", True),
        ("*.voorbeeld.example", True),
        ("voorbeeld.example", False),
        ("*.a.voorbeeld.example", False),
        ("203.0.113.5", True),
        ("203.0.113.0/24", True),
        ("203.0.114.0/24", False),
        ("", False),
    ],
)
def test_a_server_is_meant_by_name_or_address(pattern, fits, make_device):
    found = endpoint(make_device, {"host": "a.voorbeeld.example", "address": "203.0.113.5"})

    assert found.is_one_of([pattern]) is fits


def test_commands_to_a_device_have_no_recipient(make_device):
    device = make_device(emissions=[{"category": "wind", "direction": "received"}])

    assert endpoints([device]) == []


def test_a_recipient_that_only_an_emission_names(make_device):
    device = make_device(
        emissions=[
            {"category": "wind", "recipient": "203.0.113.5", "octets": 30},
            {"category": "precipitation", "recipient": "203.0.113.5", "octets": 30},
        ],
        recipients=[],
    )
    (found,) = endpoints([device])

    assert (found.transport_security, found.on_site, found.octets) == ("unknown", False, 30)
