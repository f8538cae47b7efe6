"""What may stay of a name, and what may not."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.privacy.minimise import (
    minimise_host,
    minimise_identifiers,
    minimise_key_path,
    minimise_name,
    minimise_path,
    minimise_subject,
    minimise_topic,
)

STAYS = [
    ("havenplein/geluid/gm-01/level", "words and running numbers name a device"),
    ("v3/havenplein@waterhaven/devices/lucht-01/up", "an application, not an e-mail address"),
    ("pm2_5", "a quantity"),
    ("kentekenHash", "camel case of words"),
    ("uplink_message.decoded_payload.laeq", "a key path"),
    ("spBv1.0/group/NDATA/edge1", "a namespace"),
    ("bak-07", "a bin"),
    ("wasteContainer07", "a bin"),
    ("gm-01", "too short for a plate"),
    ("spBv1.0/Waterhaven/NDATA/Kade-West/Pomp-01", "a word and its number is no plate"),
    ("geluid-havenplein-02", "a device"),
    ("zigbee2mqtt/Lantaarn 12", "a device as people call it"),
    ("Havenplein Noord", "a place: one of the words is known"),
    ("Wilhelminapark/druk", "a park, called after somebody"),
    ("camera's/totaal", "a plural, no possessive"),
    ("coördinaten", "a trema as in Dutch"),
    ("users/count", "a word of devices below users"),
]
GOES = [
    ("parking/AB-12-CD/in", "AB-12-CD", "Dutch plate"),
    ("parking/1-CAM-234/in", "234", "Belgian plate with a word in it"),
    ("visitor-AB-12-CD", "AB-12", "plate behind a word"),
    ("gate/kl-mn-12", "kl-mn", "lower-case plate"),
    ("gate/tx-288-h", "288", "lower-case plate with a word in it"),
    ("gate/ABC12D", "ABC12D", "plate without hyphens"),
    ("HH AB 1234", "1234", "German plate"),
    ("sensors/02:aa:bb:cc:dd:ee/rssi", "aa:bb", "MAC address"),
    ("sensors/02aabbccddee/rssi", "02aabb", "bare MAC address"),
    ("sha/5f4dcc3b5aa765d61d8327deb882cf99", "5f4dcc", "hash"),
    ("zigbee2mqtt/0x00158d0001a2b3c4", "00158d", "EUI-64"),
    ("a/0612345678", "0612345678", "telephone number"),
    ("a/06-12345678", "12345678", "telephone number with hyphen"),
    ("a/jan.jansen@example.org/b", "jansen", "e-mail address"),
    ("a/Peter_phone", "Peter", "given name"),
    ("owntracks/vreemdenaam/iphone", "vreemdenaam", "whatever stands behind owntracks"),
    ("users/qwertyuiop/state", "qwertyuiop", "whatever stands behind users"),
    ("a/123456782", "123456782", "citizen number"),
    ("pas/a8F3kQ9zLm", "a8F3", "token"),
    ("t/eyJhbGciOiJIUzI1NiJ9", "eyJ", "web token"),
    ("a/52.370216", "370216", "coordinate"),
    ("a/Kwikzwaan's iPhone", "Kwikzwaan", "possessive"),
    ("a/O’Neill", "neill", "a name with an apostrophe"),
    ("a/iPhone van Kwikzwaan", "Kwikzwaan", "what people carry"),
    ("a/Kwikzwaans-MacBook-Pro", "Kwikzwaan", "what people carry"),
    ("a/FamilieKwikzwaan", "Kwikzwaan", "title glued to a name"),
    ("a/familiekwikzwaan", "kwikzwaan", "title glued to a name"),
    ("a/Dhr. Kwikzwaan", "Kwikzwaan", "title"),
    ("a/van den Kwikzwaan", "Kwikzwaan", "begins as a family name"),
    ("a/J. Kwikzwaan", "Kwikzwaan", "initial"),
    ("a/j_kwikzwaan", "kwikzwaan", "initial"),
    ("a/Xanthippa Kwikzwaan", "Kwikzwaan", "two unknown words in title case"),
    ("a/XanthippaKwikzwaan", "Kwikzwaan", "two unknown words in title case"),
    ("a/sannekwikzwaan", "kwikzwaan", "begins with a given name"),
    ("a/Björn Kwikzwaan", "Kwikzwaan", "given name with a mark"),
    ("a/Łukasz", "ukasz", "letter beyond Latin-1"),
    ("a/Müller", "ller", "letters that no Dutch word has together"),
    ("a/小明 Kwikzwaan", "Kwikzwaan", "beside another script"),
    ("a/deadbeef", "deadbeef", "hexadecimal letters that look like a word"),
    ("a/02aa.bbcc.ddee", "ddee", "MAC address as routers write it"),
    ("bezoekers/kwikzwaan", "kwikzwaan", "whatever stands below visitors"),
    ("mevrouw/kwikzwaan", "kwikzwaan", "whatever stands below a title"),
    ("a/eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.mulatoru", "mulatoru", "all of a web token"),
    ("a/zanelo-8a3Fk2mQpR7x", "zanelo", "beside a token: a part of it perhaps"),
]


@pytest.mark.parametrize(("name", "why"), STAYS)
def test_stays(name: str, why: str) -> None:
    assert minimise_topic(name) == name, why


@pytest.mark.parametrize(("name", "secret", "why"), GOES)
def test_goes(name: str, secret: str, why: str) -> None:
    minimised = minimise_topic(name)
    assert "{id}" in minimised
    assert secret.lower() not in minimised.lower(), why


def test_path_is_read_as_a_server_reads_it() -> None:
    assert minimise_path("/v1/k.kwikzwaan%40mail.example/foto") == "/v1/{id}/foto"
    assert minimise_path("/v1/%33%34%35%36%37%38/foto") == "/v1/{id}/foto"


def test_nothing_of_a_uuid_is_a_word() -> None:
    assert minimise_topic("straat/228efb42-adde-1cfb-f177-c4a7a3112e8a/meting") == (
        "straat/{id}/meting"
    )


def test_path_loses_query_user_and_host() -> None:
    url = "https://jan:geheim@192.0.2.9/api/v1/plate/XX-99-XX?token=abc#x"
    assert minimise_path(url) == "/api/v1/plate/{id}"


def test_key_path_keeps_list_marks() -> None:
    assert minimise_key_path("faces[].Mohamed.score") == "faces[].{id}.score"


def test_key_path_leaves_nothing_of_an_address_with_dots() -> None:
    assert minimise_key_path("visits.k.kwikzwaan@mail.example.count") == "visits.{id}.example.count"
    assert minimise_key_path("Datastreams@iot.count") == "Datastreams@iot.count"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("lijst.123.456.782.aantal", "lijst.{id}.aantal"),
        ("plaats.52.370216,4.895168", "plaats.{id}"),
        ("lijst.02aa.bbcc.ddee.rssi", "lijst.{id}.rssi"),
        ("visitors.kwikzwaan.count", "visitors.{id}.count"),
        ("lijst.J.Kwikzwaan", "lijst.J.{id}"),
        ("lijst.Sanne.Kwikzwaan", "lijst.{id}.{id}"),
        ("lijst.eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.mulatoru", "lijst.{id}"),
        ("users[].name", "users[].name"),
        ("pm2.5", "pm2.5"),
        ("camera.oost.voertuigen[].kentekenHash", "camera.oost.voertuigen[].kentekenHash"),
    ],
)
def test_key_path_takes_what_has_dots_as_one(path: str, kept: str) -> None:
    assert minimise_key_path(path) == kept


def test_host_keeps_its_domain_only() -> None:
    assert minimise_host("a1b2c3d4e5.iot.SenseCloud.example.") == "{id}.iot.sensecloud.example"
    assert minimise_host("192.0.2.1") == "192.0.2.1"
    assert minimise_host("2001:db8::1") == "2001:db8::1"
    assert minimise_host("[2001:db8::1]") == "[2001:db8::1]"
    assert minimise_host("<script>") == "{id}"
    assert minimise_host("sannes-iphone.local") == "{id}.local"
    assert minimise_host("56cd02582950d014") == "{id}"
    assert minimise_host("eyjhbgcioijub25lin0.1zrovf0zb4gkn1ppjxx440w") == "{id}"
    assert minimise_host("mosquitto") == "mosquitto"
    assert minimise_host("0e:ce:1b:3c:3e:92") == "{id}"
    assert minimise_host("jansen.0612345678") == "{id}"
    assert minimise_host("463.134.114.app.example.org") == "{id}.app.example.org"
    assert minimise_host("0.pool.ntp.example.org") == "0.pool.ntp.example.org"
    assert minimise_host("") == ""


def test_identifiers_of_an_envelope() -> None:
    stated = {"dev_eui": "0202020202020202", "name": "lucht-01", "gateway": "06-12345678"}
    kept = {"dev_eui": "0202020202020202", "name": "lucht-01", "gateway": "{id}"}
    assert minimise_identifiers(stated) == kept
    assert minimise_identifiers({"serial": "WH-HP-V1"}) == {"serial": "WH-HP-V1"}
    assert minimise_identifiers({"dev_eui": "j. kwikzwaan", "serial": "j. kwikzwaan"}) == {
        "dev_eui": "{id}",
        "serial": "{id}",
    }


@given(st.from_regex(r"\A[0-9a-f]{12,64}\Z"), st.sampled_from(["{}", "dev/{}", "x-{}", "{}/y"]))
def test_no_hexadecimal_identifier_survives(digits: str, form: str) -> None:
    if any(c.isdigit() for c in digits):
        longest = max(re.split(r"[a-z]+", digits), key=len)
        kept = minimise_topic(form.format(digits))
        assert digits not in kept
        assert len(longest) < 4 or longest not in kept


@given(st.text(alphabet=string.digits, min_size=5, max_size=18))
def test_no_long_number_survives(digits: str) -> None:
    assert minimise_name(f"klant-{digits}") == "klant-{id}"


@given(st.text(max_size=300))
def test_any_text_gives_a_bounded_template(text: str) -> None:
    for minimise in (minimise_topic, minimise_path, minimise_key_path, minimise_host):
        assert len(minimise(text)) <= 260


@pytest.mark.parametrize(
    ("subject", "stays"),
    [
        ("dev_eui 02000000fffe0007", "dev_eui 02000000fffe0007"),
        ("dev_addr 26011bda", "dev_addr 26011bda"),
        ("dev_addr 26011bda7", "dev_addr {id}"),
        ("lucht-01", "lucht-01"),
        ("02000000fffe0007", "{id}"),
        ("phone 26011bda", "phone {id}"),
    ],
)
def test_the_number_of_a_radio_device_stays_if_it_says_that_it_is_one(subject, stays):
    assert minimise_subject(subject) == stays
