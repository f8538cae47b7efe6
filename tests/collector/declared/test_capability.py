"""What an entry's devices can: by themselves, by the register, and by vendor and model."""

import pytest

from schouw_collector.declared.capability import (
    SAID_BY_DEVICE,
    SAID_BY_REGISTER,
    ModelCapability,
    capabilities_of,
)
from schouw_collector.registers.register_entry import RegisterEntry

MODEL = ModelCapability(
    vendor="voorbeeld-iot",
    model="vb300-th",
    categories=("air_temperature", "relative_humidity"),
    source="vb300-th.yaml",
)


def entry(**changes):
    return RegisterEntry.model_validate({"entry_id": "VB-1", **changes})


# vendor and model as the device says, whether it is the model above, and why the row is here
NAMES = [
    ("Voorbeeld IoT", "VB300-TH", True, "the same, in other letters"),
    ("Voorbeeld-IoT B.V.", "VB300 TH", True, "a legal form tells nothing"),
    ("Voorbeeld", "VB300-TH-868M", True, "a model is sold for each band"),
    ("Voorbeeld", "vb300_th EU868", True, "a band with its region"),
    ("", "Voorbeeld IoT VB300-TH", True, "a device profile that begins with its vendor"),
    ("", "VB300-TH", False, "a model without vendor is nobody's"),
    ("Ander Merk", "VB300-TH", False, "the same name from another vendor"),
    ("B.V.", "VB300-TH", False, "a legal form alone is no vendor"),
    ("Voorbeeld IoT", "VB300", False, "a model with less to its name can less"),
    ("Voorbeeld IoT", "VB300-TH-CO2", False, "a model with more to its name can more"),
    ("Voorbeeld IoT", "", False, "no model"),
    ("Voorbeeld IoT", "868", False, "a band alone is no model"),
]


@pytest.mark.parametrize(("vendor", "model", "same", "why"), NAMES)
def test_a_model_is_known_by_vendor_and_model(vendor, model, same, why, make_device):
    device = make_device("a", []).model_copy(update={"vendor": vendor, "model": model})
    found = capabilities_of(entry(), [device], [MODEL])

    assert found == (dict.fromkeys(MODEL.categories, "vb300-th.yaml") if same else {}), why


def test_the_register_may_name_what_the_device_does_not(make_device):
    declared = entry(device={"manufacturer": "Voorbeeld IoT", "model": "VB300-TH"})
    supplied = entry(supplier="Voorbeeld IoT BV")
    device = make_device("a", []).model_copy(update={"vendor": "Radiochip", "model": "VB300-TH"})

    assert set(capabilities_of(declared, [], [MODEL])) == set(MODEL.categories)
    assert set(capabilities_of(supplied, [device], [MODEL])) == set(MODEL.categories)
    assert capabilities_of(supplied, [], [MODEL]) == {}


def test_what_the_device_says_of_itself_comes_first_then_the_register(make_device):
    device = make_device("a", []).model_copy(
        update={"vendor": "Voorbeeld", "model": "VB300-TH", "capabilities": ("air_temperature",)}
    )
    declared = entry(
        capabilities=("air_temperature", "sound_level"),
        actuation=({"category": "actuation_light_level"},),
    )

    assert list(capabilities_of(declared, [device], [MODEL]).items()) == [
        ("actuation_light_level", SAID_BY_REGISTER),
        ("air_temperature", SAID_BY_DEVICE),
        ("relative_humidity", "vb300-th.yaml"),
        ("sound_level", SAID_BY_REGISTER),
    ]


def test_of_two_files_that_name_a_model_the_first_is_the_source():
    again = ModelCapability(
        vendor="Voorbeeld IoT",
        model="VB300-TH",
        categories=("air_temperature", "carbon_dioxide"),
        source="thing.jsonld",
    )
    declared = entry(device={"manufacturer": "Voorbeeld IoT", "model": "VB300-TH"})

    assert capabilities_of(declared, [], [MODEL, again]) == {
        "air_temperature": "vb300-th.yaml",
        "carbon_dioxide": "thing.jsonld",
        "relative_humidity": "vb300-th.yaml",
    }
