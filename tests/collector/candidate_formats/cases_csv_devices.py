"""Lists of devices: usual headings, separators, an entry, a place, and rows that say nothing."""

LIST = """\ufeffReferentie;MAC-adres;Naam;Lat;Lon;Beheerder
WH-HP-003;02-00-5E-00-53-01;Teller oost;52,37;4,89;Fenna Zandstra
;;leeg;;;
""".encode()
TTN = b"""id;dev_eui;join_eui;name;frequency_plan_id
lucht-01;0257480000000121;0000000000000000;"Lucht; haven";EU_863_870_TTN
"""

CASES = [
    (
        "apparaten.csv",
        LIST,
        [({"mac": "02005e005301"}, ("Teller oost",), (52.37, 4.89), "WH-HP-003")],
        1,
    ),
    (
        "ttn.csv",
        TTN,
        [({"dev_eui": "0257480000000121"}, ("lucht-01", "Lucht; haven"))],
        0,
    ),
    (
        "list.csv",
        b"Client ID,Topic,Serial number\ngeluid-1,plein/geluid/#,SN-7001\n,#,\n",
        [({"serial": "sn-7001", "client_id": "geluid-1", "topic": "plein/geluid/#"}, ())],
        1,
    ),
]

INVALID = [
    (b"mac\n02:00\n", "nothing by which a device could be known"),
    (b"mac,naam\n" + b"x" * 10_001 + b"\n", "cannot be read"),
]
