"""What a device says of itself: what stays, and what never does."""

import pytest

from schouw_agent.privacy.minimise_facts import minimised_facts

KEPT = [
    ("host_name", "gate-3", "gate-3", "a word and a short number"),
    ("host_name", "camera-3.local", "camera-3", "what is local says nothing"),
    ("host_name", "lamp7.example.org", "lamp7.example.org", "the domain of an organisation"),
    ("host_name", "axis-accc8e012345", "axis-{id}", "the rest of it is a number"),
    ("name", "Camera Noord 2", "Camera Noord 2", "words that devices use"),
    ("vendor", "Hangzhou Hikvision", "Hangzhou Hikvision", "a company"),
    ("vendor", "Samsung", "Samsung", "here it is no belonging"),
    ("model", "DS-2CD2143G0-I", "DS-2CD2143G0-I", "a product code"),
    ("model", "AXIS M3045-V Network Camera", "AXIS M3045-V Network Camera", "code and words"),
    ("model", "Raspberry Pi 4 Model B", "Raspberry Pi 4 Model B", "words and a number"),
    ("firmware", "V5.6.3 build 190923", "5.6.3", "the first number with dots"),
    ("firmware", "9.80.1-r2", "9.80.1", "with a release behind"),
    ("firmware", "1.0.0.2", "1.0.0.2", "four numbers, and no address"),
    ("serial", "b8a44f123456", "B8A44F123456", "in capitals, as on the plate"),
    ("mac", "00-00-5E-00-53-01", "00:00:5e:00:53:01", "an address of its maker"),
    ("dev_eui", "02-AC-10-FF-FE-00-00-07", "02ac10fffe000007", "digits alone"),
    ("mud_url", "https://mud.example.org/lamp.json", "https://mud.example.org/lamp.json", "a type"),
    ("device_type", "MediaServer", "MediaServer", "a type of UPnP"),
    ("services", ("_axis-video._tcp",), "_axis-video._tcp", "a type of DNS-SD"),
    ("user_agent", "Linux/4.14 UPnP/1.0 Camera/3.1", "Linux/4.14 UPnP/1.0 Camera/3.1", "programs"),
    ("user_agent", "Camera/1.0 (of Sanne Kwikzwaan)", "Camera/1.0", "without comments"),
]  # fmt: skip
GONE = [
    ("host_name", "Jans-iPhone", "a given name and a belonging"),
    ("host_name", "kwikzwaan", "a word that no list knows may be a family name"),
    ("host_name", "kwikzwaan.local", "the same in mDNS"),
    ("host_name", "Vos-PC", "a family name of three letters"),
    ("host_name", "LAPTOP-8JK2M3", "a number that tells one laptop"),
    ("name", "Sanne's iPhone", "a person"),
    ("name", "Familie Zilverschoon", "a home"),
    ("name", "XK-482-B", "a plate"),
    ("vendor", "Sanne Kwikzwaan", "a person"),
    ("vendor", "XK-482-B", "a plate"),
    ("model", "Sanne Kwikzwaan", "a person"),
    ("model", "XK-482-B", "a plate"),
    ("model", "A1B2C3D4E5F6", "hexadecimal digits alone"),
    ("model", "204041234567890", "a number of a SIM card"),
    ("model", "a.b@example.org", "an e-mail address"),
    ("model", "12 on #1", "nothing that tells a model"),
    ("firmware", "192.0.2.7", "an address"),
    ("firmware", "52.379189", "a position"),
    ("firmware", "+31612345678", "a telephone number"),
    ("serial", "XK-482-B", "a plate"),
    ("serial", "Sanne", "a name"),
    ("mac", "02:00:5e:00:53:01", "made up: it says nothing of who made it"),
    ("mac", "nobody", "no address"),
    ("mud_url", "http://mud.example.org/lamp.json", "must be secured (RFC 8520, 5)"),
    ("services", ("Sanne Kwikzwaan",), "a person"),
    ("user_agent", "Sanne/1.0", "a person"),
    ("user_agent", "Sanne Kwikzwaan", "no program"),
    ("user_agent", "Sanne Kwikzwaan/1.0", "a family name behind a given one is no program"),
    ("vendor", "De hond van de buren loopt weer los", "a sentence"),
    ("model", "de hond van de buren loopt weer buiten", "a sentence"),
    ("host_name", "2001:db8:7::16", "an address"),
    ("kin", "Sanne", "an unknown kind of fact"),
    ("name", 7, "no text"),
]


@pytest.mark.parametrize(("kind", "told", "kept", "why"), KEPT)
def test_what_tells_what_a_device_is_stays(
    kind: str, told: str | tuple[str, ...], kept: str, why: str
) -> None:
    assert [value for _, value in minimised_facts({kind: told})] == [kept], why


@pytest.mark.parametrize(("kind", "told", "why"), GONE)
def test_what_may_be_somebodys_goes(kind: str, told: object, why: str) -> None:
    assert (
        list(minimised_facts({kind: told if isinstance(told, tuple | str) else (told,)})) == []
    ), why


def test_of_a_description_only_codes_and_listed_words_stay() -> None:
    told = {"model": "camera PB-7 kwikzwaan"}
    assert dict(minimised_facts(told, described=True)) == {"model": "camera PB-7"}


def test_a_long_fact_is_cut() -> None:
    [(_, value)] = minimised_facts({"user_agent": "camera/1.0 " * 1000})
    assert value == "camera/1.0 camera/1.0 camera/1.0 camera/1.0"
