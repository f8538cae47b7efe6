"""Rows by category: messages that are it, by language; near misses, with the reason."""

_HASH = "3f0c9d1b7e22a94d" * 4
_MAC = "02:1a:4b:00:00:01"

CATEGORIES = {
    "wifi_mac_hashed": (
        [
            ("en", {"clients": [{"mac_hash": _HASH, "rssi": -70}]}),
            ("nl", {"passanten": [{"gehashte_mac": _HASH[:61]}]}),
            ("de", {"besucher": [{"mac_gehasht": _HASH}]}),
        ],
        [("of a file", {"firmware_sha256": _HASH})],
    ),
    "wifi_mac_randomised": (
        [
            ("en", {"probes": [{"mac": _MAC}]}),
            ("es", {"visitantes": [{"mac": _MAC}]}),
            ("en", {"visitor": {"mac": [2, 26, 75, 0, 0, 1]}}),
        ],
        [("its own", {"mac": _MAC, "temperature": 12})],
    ),
    "bluetooth_id_hashed": (
        [
            ("en", {"ble": {"visitors": [{"addr_hash": _HASH}]}}),
            ("nl", {"bluetooth": {"telefoons": [{"adres_hash": _HASH}]}}),
        ],
        [("a build", {"ble": {"firmware_hash": _HASH}})],
    ),
    "rssi_observed_device": (
        [
            ("en", {"probes": [{"mac": _MAC, "rssi": -70}]}),
            ("nl", {"passanten": [{"mac": _MAC, "signaalsterkte": -70}]}),
        ],
        [("its own", {"mac": _MAC, "rssi": -70})],
    ),
    "device_trajectory": (
        [
            ("en", {"mac_hash": _HASH, "trajectory": [{"sensor": "s1"}, {"sensor": "s2"}]}),
            (
                "nl",
                {"pseudoniem": _HASH, "waarnemingen": [{"plaats": "brug"}, {"plaats": "plein"}]},
            ),
        ],
        [("a route of a bus", {"bus": 4, "route": [{"stop": "s1"}, {"stop": "s2"}]})],
    ),
    "licence_plate_hashed": (
        [("en", {"plate_hash": _HASH[:40]}), ("nl", {"kentekenHash": _HASH[:40]})],
        [("in clear", {"kenteken": "ZZ-001-Z"})],
    ),
    "vehicle_passage": (
        [
            (
                "en",
                {"passage": {"vehicle": {"brand": "x", "colour": "red", "length": 4.1}, "lane": 2}},
            ),
            (
                "nl",
                {
                    "passage": {
                        "voertuig": {"merk": "x", "kleur": "rood", "massa": 900},
                        "rijstrook": 1,
                    }
                },
            ),
        ],
        [("averages", {"lane": 2, "vehicle": {"average_length": 4.1, "average_speed": 42}})],
    ),
    "person_track_id": (
        [("en", {"person_track_id": 812}), ("de", {"personen": [{"spur_id": 812}]})],
        [
            ("of a song", {"track_id": 812, "music": "x"}),
            ("of a car", {"label": "car", "track_id": 812}),
        ],
    ),
    "cits_station_id": (
        [
            ("en", {"cam": {"stationID": 3042}}),
            ("nl", {"srm": {"voorrang": 1, "station_id": 3042}}),
        ],
        [("weather", {"stationID": 3042, "temperature": 12})],
    ),
    "vehicle_position_track": (
        [
            ("en", {"vehicle": {"lat": 52.1, "lon": 4.3, "speed": 12}}),
            ("de", {"fahrzeug": {"breitengrad": 52.1, "längengrad": 4.3, "geschwindigkeit": 12}}),
        ],
        [("a fixed sensor", {"lat": 52.1, "lon": 4.3})],
    ),
    "access_token_id": (
        [
            ("en", {"card_uid": "04A2B3C4D5E680"}),
            ("nl", {"pasnummer": "04A2B3C4D5E680"}),
            ("es", {"tarjeta": "04A2B3C4D5E680"}),
        ],
        [("a card of memory", {"sd_card": "04A2B3C4D5E680"})],
    ),
    "household_energy_use": (
        [("en", {"household_energy": 2.1}), ("de", {"haushaltsverbrauch": 2.1})],
        [("a lamp", {"energy": 2.1})],
    ),
}
