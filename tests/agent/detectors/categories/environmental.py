"""Rows by category: messages that are it, by language; near misses, with the reason."""

CATEGORIES = {
    "air_temperature": (
        [
            ("en", {"temperature": 21.5}),
            ("de", {"Außentemperatur": 21.5}),
            ("fr", {"température": 21.5}),
            ("en", {"t": 21.5, "h": 45, "p": 1013}),
        ],
        [
            ("a setting", {"temperature_threshold": 30}),
            ("of a body", {"body_temperature": 37.1}),
            ("a time", {"t": 1763900000, "d": 4}),
            ("a box", {"l": 10, "t": 20, "w": 30, "h": 40}),
        ],
    ),
    "relative_humidity": (
        [("en", {"relativeHumidity": 0.55}), ("de", {"luftfeuchte": 55}), ("es", {"humedad": 55})],
        [("of soil", {"soil_humidity": 55}), ("impossible", {"h": 4096, "t": 21, "p": 1013})],
    ),
    "air_pressure": (
        [("en", {"pressure": 1013.2}), ("fr", {"pression_atmosphérique": 1013.2})],
        [("of a tyre", {"tyre_pressure": 2.4}), ("impossible for air", {"pressure": 214})],
    ),
    "wind": (
        [("en", {"wind_speed": 4.2}), ("de", {"windrichtung": 180}), ("es", {"racha": 14})],
        [("of traffic", {"speed": 42})],
    ),
    "precipitation": (
        [("en", {"rainfall": 1.2}), ("de", {"niederschlag": 1.2}), ("fr", {"pluie": 1.2})],
        [("the name of a street", {"street": "rain"})],
    ),
    "solar_radiation_uv": (
        [("en", {"uv_index": 4}), ("de", {"globalstrahlung": 640})],
        [("a panel", {"solar_voltage": 14.1})],
    ),
    "illuminance": (
        [
            ("en", {"illuminance": 640}),
            ("es", {"luminosidad": 640}),
            ("en", {"value": 640, "unit": "lux"}),
        ],
        [("of a lamp", {"lamp_level": 64}), ("a traffic light", {"traffic_light": 1})],
    ),
    "particulate_matter": (
        [("en", {"PM2_5": 8.1}), ("nl", {"fijnstof": 8.1}), ("de", {"feinstaub": 8.1})],
        [("the afternoon", {"time_pm": "12:30"})],
    ),
    "reactive_gases": (
        [("en", {"NO2": 22.1}), ("de", {"stickstoffdioxid": 22.1}), ("es", {"ozono": 61})],
        [("gas of a meter", {"gas_meter_volume": 12})],
    ),
    "carbon_dioxide": (
        [("en", {"co2": 640}), ("nl", {"kooldioxide": 640})],
        [("what a car emits", {"vehicle": {"co2_emission": 120}})],
    ),
    "voc_odour": (
        [("en", {"tvoc": 120}), ("fr", {"odeur": 3})],
        [
            ("a voucher", {"voucher": 3}),
            ("a word that begins so", {"RELATIEVE_VOCHTIGHEID": 55}),
            ("of a voice", {"STRESS_VOCAL": 4}),
        ],
    ),
    "sound_level": (
        [
            ("en", {"LAeq": 55.2}),
            ("de", {"schalldruckpegel": 55.2}),
            ("fr", {"niveau_sonore": 55.2}),
            ("en", {"noise": [41.5, 44, 52.25, 60, 55.5, 47, 33, 20]}),
            ("en", {"v": 55.2, "u": "dB(A)"}),
        ],
        [
            ("a radio", {"signal_db": -80}),
            ("recorded", {"noise": [(-1) ** i * 900 for i in range(1600)], "sampleRate": 16000}),
        ],
    ),
    "sound_event_class": (
        [("en", {"sound_class": "scooter"}), ("de", {"geräuschklasse": "glas"})],
        [("a level", {"sound": 55})],
    ),
    "soil_condition": (
        [("en", {"soil_moisture": 31}), ("de", {"bodenfeuchte": 31}), ("fr", {"humidité_sol": 31})],
        [("air", {"humidity": 31})],
    ),
    "water_level": (
        [("en", {"water_level": 1.2}), ("nl", {"waterpeil": 1.2}), ("de", {"pegelstand": 1.2})],
        [("sound", {"schallpegel": 61}), ("of a lamp", {"dim_level": 40})],
    ),
    "water_quality": (
        [("en", {"turbidity": 4.1}), ("es", {"oxígeno_disuelto": 8.1})],
        [("telephone", {"phone": 7})],
    ),
    "water_flow": (
        [("en", {"flow_rate": 1.4}), ("fr", {"débit": 1.4}), ("es", {"caudal": 1.4})],
        [("of people", {"people_flow": 14})],
    ),
    "structural_movement": (
        [("en", {"tilt_angle": 1.4}), ("de", {"erschütterung": 0.4})],
        [("of a camera", {"camera_pitch": 12})],
    ),
    "electromagnetic_field": (
        [("en", {"field_strength": 0.6}), ("de", {"feldstärke": 0.6})],
        [("a field to sow", {"field": 4})],
    ),
    "wildlife_count": (
        [("en", {"bats": 4}), ("en", {"bat_passes": 4}), ("nl", {"vleermuizen": 4})],
        [("a battery", {"bat": 4})],
    ),
    "distance_range": (
        [("en", {"distance_mm": 1400}), ("de", {"abstand": 1400})],
        [("driven", {"trip_distance": 1400}), ("between people", {"social_distance": 1.4})],
    ),
    "mass_weight": (
        [("en", {"weight": 81.5}), ("fr", {"poids": 81.5})],
        [("of a model", {"model_weight": 0.4})],
    ),
    "smoke_fire_alarm": (
        [("en", {"smoke": True}), ("es", {"humo": False})],
        [("how it is set", {"smoke_threshold": 4})],
    ),
    "ionising_radiation": (
        [("en", {"dose_rate": 0.08}), ("de", {"dosisleistung": 0.08})],
        [("of the sun", {"solar_radiation": 640})],
    ),
    "lightning_strike": (
        [("en", {"lightning_strike_count": 2}), ("fr", {"foudre": 2})],
        [("lights", {"lighting": 2})],
    ),
    "air_quality_index": (
        [("en", {"aqi": 42}), ("de", {"luftqualität": 2})],
        [("of a radio", {"link_quality": 42})],
    ),
}
