"""Rows: why; message; what must be found, category by key path; topic."""

_H64 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_H40 = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"

CASES = (
    (
        "the name that somebody gave a telephone",
        {"ble": [{"name": "voorbeeld", "rssi": -70}]},
        {"ble[].name": "bluetooth_id_raw"},
    ),
    ("the name of a relayed sensor", {"ble": [{"name": "kas", "rssi": -70, "temp": 12}]}, {}),
    ("the name of an access point", {"aps": [{"name": "hal", "rssi": -70}]}, {}),
    (
        "hashes with the strength of a signal beside them, and no other word",
        {"personen_in": 3, "apparaten": [{"hash": _H64[:61], "rssi": -71}]},
        {"apparaten[].hash": "wifi_mac_hashed"},
    ),
    (
        "a relay that lists its own sensors",
        {"devices": [{"mac": "02:1a:4b:00:00:01", "rssi": -71, "tempc": 21.0}]},
        {"devices[].mac": "device_identity"},
    ),
    ("the number of a user", {"userId": "Dw4NDAsKCQgHBgUEAwIBAA=="}, {}),
    ("the number of a unit", {"unitId": "Dw4NDAsKCQgHBgUEAwIBAA=="}, {"unitId": "device_identity"}),
    ("hashes of blocks", {"blocks": [{"hash": _H64, "size": 12}]}, {}),
    (
        "a weather station's own",
        {"station": {"mac": "02:1a:4b:00:00:01"}},
        {"station.mac": "device_identity"},
    ),
    ("twelve hex digits of anything", {"payload": "0a0b0c0d0e0f"}, {}),
    (
        "own address at the top of its own message",
        {"mac": "02:1a:4b:00:00:01", "temp": 21.0},
        {"mac": "device_identity"},
    ),
    (
        "own address, Dutch",
        {"apparaat": {"macadres": "02:1a:4b:00:00:01"}},
        {"apparaat.macadres": "device_identity"},
    ),
    (
        "addresses of clients, randomised",
        {"clients": [{"mac": "02:1a:4b:00:00:01"}, {"mac": "06:1a:4b:00:00:02"}]},
        {"clients[].mac": "wifi_mac_randomised"},
    ),
    (
        "addresses of stations, as made",
        {"stations": ["00:00:5e:00:53:01", "00:00:5e:00:53:02"]},
        {"stations[]": "wifi_mac_raw"},
    ),
    (
        "Dutch: of passers-by",
        {"passanten": [{"adres": "00:00:5e:00:53:01"}]},
        {"passanten[].adres": "wifi_mac_raw"},
    ),
    (
        "one sighting",
        {"probe": {"mac": "00:00:5e:00:53:01", "rssi": -70}},
        {"probe.mac": "wifi_mac_raw"},
    ),
    (
        "bare hex, with its name",
        {"visitors": [{"mac": "021a4b000001"}]},
        {"visitors[].mac": "wifi_mac_randomised"},
    ),
    (
        "hyphens and dots",
        {"clients": [{"mac": "00-00-5E-00-53-01"}, {"mac": "0000.5e00.5302"}]},
        {"clients[].mac": "wifi_mac_raw"},
    ),
    (
        "as a key",
        {"seen": {"02:1a:4b:00:00:01": -70}},
        {"seen.02:1a:4b:00:00:01": "wifi_mac_randomised"},
    ),
    (
        "Bluetooth",
        {"ble": {"advertisers": [{"addr": "00:00:5e:00:53:01"}]}},
        {"ble.advertisers[].addr": "bluetooth_id_raw"},
    ),
    (
        "hashed addresses",
        {"sightings": [{"mac_hash": _H64}]},
        {"sightings[].mac_hash": "wifi_mac_hashed"},
    ),
    (
        "hashed, with no word for it",
        {"sightings": [{"id": _H64, "rssi": -71}]},
        {"sightings[].id": "wifi_mac_hashed"},
    ),
    (
        "hashed, Dutch",
        {"waarnemingen": [{"gehashte_mac": _H40}]},
        {"waarnemingen[].gehashte_mac": "wifi_mac_hashed"},
    ),
    ("61 digits, as in Enschede", {"macHash": _H64[:61]}, {"macHash": "wifi_mac_hashed"}),
    (
        "hashed Bluetooth",
        {"bluetooth": {"devices": [{"hash": _H40}]}},
        {"bluetooth.devices[].hash": "bluetooth_id_hashed"},
    ),
    (
        "gateways that heard it",
        {"rx": [{"gateway": {"mac": "02:1a:4b:00:00:01"}}]},
        {"rx[].gateway.mac": "device_identity"},
    ),
    ("the digest of its firmware", {"firmware": {"sha256": _H64}}, {}),
    ("a checksum of the message", {"checksum": _H40}, {}),
    ("a hashed plate is another matter", {"kentekenHash": _H40}, {}),
    ("its own number in hex", {"deviceId": _H64[:32]}, {"deviceId": "device_identity"}),
    ("a group address", {"mac": "01:00:5e:00:00:fb"}, {}),
    ("a trace number", {"trace_id": _H64[:32]}, {}),
    ("an EUI of a device", {"eui": "02-00-00-ff-fe-00-00-01"}, {"eui": "device_identity"}),
)
