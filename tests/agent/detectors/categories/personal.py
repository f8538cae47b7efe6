"""Rows by category: messages that are it, by language; near misses, with the reason."""

import base64

from schouw_agent.records import Content

_MAC = "04:1a:4b:00:00:01"
_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_TONE = [(-1) ** i * 900 + i % 7 for i in range(1600)]
_CROP = "data:image/jpeg;base64," + base64.b64encode(_JPEG + b"\xff\xd9" * 8).decode()
_H264 = {"encoding": "H264/90000"}

CATEGORIES = {
    "wifi_mac_raw": (
        [("en", {"probes": [{"mac": _MAC}]}), ("fr", {"visiteurs": [{"mac": _MAC}]})],
        [("its own", {"mac": _MAC})],
    ),
    "bluetooth_id_raw": (
        [
            ("en", {"ble": {"visitors": [{"addr": _MAC}]}}),
            ("nl", {"bluetooth": {"telefoons": [_MAC]}}),
        ],
        [("a beacon of its own", {"ble_mac": _MAC, "battery": 3})],
    ),
    "mobile_subscriber_id": (
        [
            ("en", {"subscribers": [{"imsi": "204041234567890"}]}),
            ("nl", {"abonnees": [{"imei": "490154203237518"}]}),
        ],
        [("its own modem", {"imei": "490154203237518"})],
    ),
    "ip_address_user": (
        [("en", {"guest": {"ip": "203.0.113.9"}}), ("de", {"nutzer": {"adresse": "203.0.113.9"}})],
        [("its own", {"ip": "192.0.2.9"})],
    ),
    "licence_plate_raw": (
        [
            ("en", {"plate": "ZZ00 ZZZ"}),
            ("nl", {"kenteken": "ZZ-001-Z"}),
            ("de", {"kennzeichen": "B-ZZ 1234"}),
            ("fr", {"plaque": "ZZ-001-ZZ"}),
            ("es", {"matrícula": "0000 ZZZ"}),
        ],
        [("how sure", {"plate_confidence": "0.9312"}), ("a product", {"model": "ZZ-001-Z"})],
    ),
    "still_image": (
        [
            ("en", Content(_JPEG)),
            ("nl", {"foto": base64.b64encode(_JPEG + b"\xff\xd9" * 8).decode()}),
        ],
        [("words", {"format": "JPEG"})],
    ),
    "face_image": (
        [("en", {"face": {"image": _CROP}}), ("es", {"rostro": {"imagen": _CROP}})],
        [("a logo", {"logo": {"image": _CROP}})],
    ),
    "video_stream": (
        [
            ("en", Content(b"\x67\x42\xc0\x1f", protocol="rtp", fields=_H264)),
            ("nl", Content(b"\x67\x42\xc0\x1f", protocol="rtp", fields=_H264, topic="beeld")),
        ],
        [("words", {"codec": "H264"})],
    ),
    "aerial_imagery": (
        [
            ("en", Content(_JPEG, topic="drone/1/image")),
            ("de", Content(_JPEG, topic="drohne/bild")),
        ],
        [("a camera on a pole", Content(_JPEG, topic="camera/1/image"))],
    ),
    "audio_stream": (
        [("en", {"audio": _TONE, "sampleRate": 16000}), ("nl", {"geluid": _TONE})],
        [("levels", {"sound": [50 + i % 7 for i in range(1600)]})],
    ),
    "speech_content": (
        [
            ("en", {"transcript": "can you hear me now"}),
            ("fr", {"texte_parlé": "vous m'entendez bien"}),
        ],
        [("how much", {"speech_volume": "rather loud today"})],
    ),
    "voice_aggression_event": (
        [
            ("en", {"aggression_level": 4}),
            ("nl", {"agressie": True}),
            ("de", {"schrei_erkannt": True}),
            ("de", {"Schreie": 2}),
            ("es", {"agresión": True}),
            ("fr", {"agression": 0.7}),
            ("fr", {"hurlement": True}),
        ],
        [("a level of sound", {"sound_level": 84})],
    ),
    "age_estimate": (
        [
            ("en", {"faces": [{"age": 31}]}),
            ("nl", {"personen": [{"leeftijd": 31}]}),
            ("es", {"personas": [{"edad": 31}]}),
        ],
        [("of a fix", {"gps": {"age": 31}}), ("of a tracker", {"age_seconds": 31, "user": "x"})],
    ),
    "gender_estimate": (
        [("en", {"person": {"gender": "female"}}), ("fr", {"personne": {"sexe": "femme"}})],
        [("of a plug", {"connector": {"kind": "male"}})],
    ),
    "emotion_mood": (
        [("en", {"viewer": {"emotion": "happy"}}), ("de", {"person": {"stimmung": "froh"}})],
        [("of a lamp", {"light": {"mood": "sunset"}})],
    ),
    "gaze_attention": (
        [("en", {"gaze_duration": 2.4}), ("nl", {"kijkduur": 2.4})],
        [("where a camera looks", {"camera": {"kijkrichting": 180}})],
    ),
    "appearance_attributes": (
        [("en", {"person": {"upper_color": "red"}}), ("es", {"persona": {"mochila": True}})],
        [("of a car", {"vehicle": {"color": "red"}}), ("of a motion sensor", {"motion_mask": 3})],
    ),
    "behaviour_anomaly": (
        [
            ("en", {"loitering": True}),
            ("en", {"personDown": True}),
            ("fr", {"bagarre": True}),
            ("fr", {"violence": 0.91}),
            ("fr", {"altercation": True}),
            ("de", {"Schlaegerei": True}),
            ("de", {"gewalterkennung": 0.8}),
            ("de", {"person_liegt": True}),
            ("es", {"violencia": 0.91}),
            ("es", {"Riña": True}),
            ("es", {"agresionFisica": True}),
            ("nl", {"geweldsincident": True}),
            ("nl", {"gevallen_persoon": True}),
        ],
        [
            ("of a plug", {"power_on_behavior": "previous"}),
            ("of people who wait", {"people_down_the_queue": 7}),
            ("of a limit that was exceeded", {"limit_violation": 3}),
        ],
    ),
    "group_distance": (
        [("en", {"group_size": 4}), ("nl", {"onderlinge_afstand": 1.2})],
        [("of sensors", {"group": 4})],
    ),
    "person_location_track": (
        [
            ("en", {"rider": {"lat": 52.1, "lon": 4.3}}),
            ("de", {"radfahrer": {"koordinaten": [4.3, 52.1]}}),
        ],
        [("a fixed sensor", {"lat": 52.1, "lon": 4.3, "humidity": 44})],
    ),
    "contact_or_report_text": (
        [
            ("en", {"email": "someone@mail.example.org"}),
            ("nl", {"melder": {"telefoonnummer": "+31 6 00000000"}}),
            ("fr", {"prénom": "Voorbeeld"}),
        ],
        [("of a device", {"device_name": "Voorbeeld"})],
    ),
    "social_media_content": (
        [
            ("en", {"tweet_text": "busy here tonight"}),
            ("de", {"beitragstext": "viel los heute abend"}),
        ],
        [("how many", {"tweets": 12})],
    ),
    "household_profile": (
        [("en", {"household_income": 3}), ("nl", {"gezinssamenstelling": "2+1"})],
        [("energy", {"household_energy": 3.1})],
    ),
    "probed_ssid_list": (
        [("en", {"probe": {"ssid": "thuisnet"}}), ("nl", {"gezochte_netwerken": ["thuisnet"]})],
        [("its own", {"wifi": {"ssid": "stadsnet"}})],
    ),
    "person_identity": (
        [
            ("en", {"label": "person", "sub_label": "Voorbeeld"}),
            ("nl", {"gezicht": {"persoon_naam": "Voorbeeld"}}),
        ],
        [("a make of cars", {"label": "car", "sub_label": "postbus"})],
    ),
    "government_identifier": (
        [
            ("en", {"account": "NL91ABNA0417164300"}),
            ("nl", {"bsn": "999990019"}),
            ("es", {"numero_pasaporte": "ZZA000254"}),
        ],
        [
            ("a number of nine digits", {"counter": 999990019}),
            ("a wrong one", {"bsn": "999990018"}),
        ],
    ),
    "media_reference": (
        [
            ("en", {"snapshot": "https://c.example.org/1.jpg"}),
            ("nl", {"beeld": "https://c.example.org/b/1"}),
        ],
        [("a document", {"manual": "https://c.example.org/handleiding"})],
    ),
}
