"""Rows by category: messages that are it, by language; near misses, with the reason."""

CATEGORIES = {
    "device_identity": (
        [
            ("en", {"serialNumber": "A81-0042"}),
            ("de", {"seriennummer": "A81-0042"}),
            ("fr", {"numéro_de_série": "A81-0042"}),
        ],
        [("the address of a visitor", {"visitors": [{"mac": "02:1a:4b:00:00:01"}]})],
    ),
    "device_location_static": (
        [
            ("en", {"latitude": 52.1, "longitude": 4.3}),
            ("de", {"breitengrad": 52.1}),
            ("es", {"coordenadas": [4.3, 52.1]}),
            ("en", {"where": "52.1234,4.3210"}),
        ],
        [
            ("how far a curtain is open", {"position": 40}),
            ("where somebody rides", {"rider": {"track": [{"lat": 52.1, "lon": 4.3}]}}),
        ],
    ),
    "device_health": (
        [
            ("en", {"battery": 88}),
            ("de", {"batteriespannung": 3.6}),
            ("fr", {"niveau_batterie": 88}),
        ],
        [("the voltage of the grid", {"grid_voltage": 231})],
    ),
    "device_firmware_config": (
        [("en", {"firmware": "1.2.3"}), ("es", {"umbral_alarma": 70})],
        [("a version of nothing", {"colour": "red"})],
    ),
    "radio_link_quality": (
        [
            ("en", {"rssi": -97, "snr": 7.5}),
            ("de", {"signalstärke": -97}),
            ("es", {"intensidad_señal": -97}),
        ],
        [("of a telephone that was seen", {"probes": [{"mac": "02:1a:4b:00:00:01", "rssi": -70}]})],
    ),
    "asset_energy_use": (
        [
            ("en", {"active_power": 81.5}),
            ("fr", {"consommation_électrique": 81.5}),
            ("de", {"zählerstand": 81.5}),
            ("en", {"registers": [{"unit": "Wh", "values": [1.5, 2]}]}),
        ],
        [("power of a transmitter", {"tx_power": 14}), ("a household", {"household_energy": 2.1})],
    ),
    "asset_state": (
        [("en", {"door": "open"}), ("nl", {"slagboom": "dicht"}), ("fr", {"porte_ouverte": True})],
        [("how long it was open", {"door_open_duration": 12})],
    ),
    "waste_fill_level": (
        [("en", {"fill_level": 62}), ("de", {"füllstand": 62}), ("es", {"nivel_llenado": 62})],
        [("a level of water", {"water_level": 62})],
    ),
    "parking_bay_occupancy": (
        [
            ("en", {"parking": {"occupied": True}}),
            ("de", {"stellplatz_belegt": True}),
            ("fr", {"places_libres": 12}),
        ],
        [("a desk", {"desk": {"occupied": True}})],
    ),
    "traffic_signal_state": (
        [("en", {"signal_group_state": "green"}), ("nl", {"verkeerslicht": "groen"})],
        [("the signal of a radio", {"signal": -80})],
    ),
    "actuation_light_level": (
        [("en", {"dimming_level": 70}), ("de", {"dimmstufe": 70}), ("es", {"luminaria": 1})],
        [("daylight", {"illuminance": 700})],
    ),
    "actuation_light_colour": (
        [
            ("en", {"color_temperature": 3000}),
            ("en", {"cct": 3000}),
            ("fr", {"scène_lumineuse": "soir"}),
        ],
        [("of a car", {"vehicle": {"color": "red"}})],
    ),
    "actuation_scent": (
        [
            ("en", {"scent_release": True}),
            ("nl", {"geurafgifte": 1}),
            ("de", {"duftintensitaet": 40}),
        ],
        [("a smell that was measured", {"odour": 4})],
    ),
    "actuation_message": (
        [
            ("en", {"display_text": "Welcome to town"}),
            ("de", {"anzeigetext": "Bitte langsam"}),
            ("nl", {"scherminhoud": "uiting-12"}),
        ],
        [("a message about itself", {"message": "Battery is low today"})],
    ),
    "device_tamper": (
        [("en", {"tamper": True}), ("fr", {"alarme_sabotage": 1})],
        [("a door", {"door": "open"})],
    ),
    "credential": (
        [
            ("en", {"password": "Zomer2026x"}),
            ("de", {"passwort": "Zomer2026x"}),
            ("en", {"auth": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."}),
        ],
        [
            ("hidden", {"password": "********"}),
            ("how long it is", {"password_length": "12 characters"}),
        ],
    ),
}
