"""Digital autonomy in figures: where data go, who can read them, on whom it hangs."""

from schouw_collector.apk.autonomy import autonomy_of
from schouw_collector.declared.governance import SCHEMA, Governance
from schouw_collector.registers.register_entry import RegisterEntry

MUNICIPAL = ["192.0.2.10"]
CLOUD = {
    "host": "in.meetbedrijf.example",
    "address": "203.0.113.80",
    "port": 443,
    "transport_security": "tls 1.3",
    "role": "cloud",
}


def _figures(make_assessment, devices, **more):
    assessment = make_assessment(devices=tuple(devices))
    entries = {"HP-04": RegisterEntry(entry_id="HP-04", supplier="Meetbedrijf")}
    return autonomy_of(assessment, more.pop("entries", entries), more.pop("governance", None),
                       MUNICIPAL, **more)  # fmt: skip


def _sends(make_device, to, octets=1000, protocol="mqtt", **changes):
    recipients = [CLOUD] if to == "cloud" else [{}]
    key = CLOUD["host"] if to == "cloud" else "192.0.2.10"
    rows = [{"category": "sound_level", "recipient": key, "octets": octets, "protocol": protocol}]
    recipients = [{**row, "octets": octets} for row in recipients]
    return make_device("d1", rows, recipients=recipients, **changes)


def test_data_to_the_municipality_and_to_others_are_told_apart(make_assessment, make_device):
    own = _sends(make_device, "municipal", 300)
    cloud = _sends(make_device, "cloud", 700, "tls").model_copy(update={"id": "d9"})

    found = _figures(make_assessment, [own, cloud])

    assert {row.kind: row.share for row in found.endpoints} == {"municipal": 0.3, "elsewhere": 0.7}
    assert found.municipal_share == 0.5
    assert found.protocols.open == 0.3
    assert found.protocols.encrypted == 0.7
    assert not found.countries_known


def test_a_supplier_is_known_by_its_contract_and_a_third_country_goes_before(
    make_assessment, make_device
):
    governance = Governance.model_validate(
        {
            "schema": SCHEMA,
            "contracts": [
                {"id": "C-1", "supplier": "Meetbedrijf", "hosts": ["*.meetbedrijf.example"]}
            ],
        }
    )
    devices = [_sends(make_device, "cloud")]

    found = _figures(make_assessment, devices, governance=governance)
    abroad = _figures(
        make_assessment, devices, governance=governance, countries={CLOUD["host"]: "US"}
    )
    near = _figures(
        make_assessment, devices, governance=governance, countries={CLOUD["host"]: "DE"}
    )

    assert [row.kind for row in found.endpoints] == ["supplier"]
    assert [row.kind for row in abroad.endpoints] == ["third_country"]
    assert abroad.countries_known
    assert [row.kind for row in near.endpoints] == ["supplier"]


def test_what_hangs_on_a_supplier(make_assessment, make_device):
    [found] = _figures(
        make_assessment, [_sends(make_device, "cloud", undecoded={"encrypted": 6000})]
    ).suppliers

    assert (found.supplier, found.entries, found.devices, found.alone) == ("Meetbedrijf", 1, 1, 1)
    assert found.opaque_share == 0.75
    [reached] = _figures(make_assessment, [_sends(make_device, "municipal")]).suppliers
    assert reached.alone == 0


def test_commands_to_a_device_and_brokers_do_not_count(make_assessment, make_device):
    command = {"category": "actuation_light_level", "direction": "received"}
    broker = make_device("d2", ["sound_level"], role="broker")

    found = _figures(make_assessment, [make_device("d1", [command]), broker])

    assert found.endpoints == ()
    assert found.protocols is None


def test_nothing_seen_gives_no_figures(make_assessment):
    found = _figures(make_assessment, [])

    assert (found.endpoints, found.protocols, found.municipal_share) == ((), None, None)
