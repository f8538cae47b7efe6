"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

_IMEI = "490154203237518"
_FIX = {"fix.latitude": 52.5, "fix.longitude": 4.25}


def _row(why, text, leaves, root="tracker"):
    octets = text if isinstance(text, bytes) else text.encode()
    named = {"imei": _IMEI} if _IMEI.encode() in octets else {}
    named["text"] = octets.decode("latin-1")
    return why, octets, {f"{root}.{path}": value for path, value in {**leaves, **named}.items()}


CASES = (
    _row(
        "letters after, columns",
        "imei:490154203237518,tracker,F,A,5230.000,N,00415.000,E,12.5,90,",
        {**_FIX, "fix.gps_speed": 12.5, "fix.gps_course": 90.0},
    ),
    _row("glued", "(090154203237BR00260119A5230.0000N00415.0000E0000014000309.84001000293L)", _FIX),
    _row(
        "glued to digits",
        "$$0128AA|1880100006600.9000000005230.0000N00415.0000E080355",
        _FIX,
        root="line",
    ),
    _row(
        "letters before",
        "%%490154203237518,A,260119031316,N5230.0000E00415.0000,007,000,NA,24",
        {**_FIX, "fix.gps_speed": 7.0, "fix.gps_course": 0.0},
    ),
    _row(
        "letters before, longitude first",
        ">00001001,4,1,W00415.0000,S5230.0000,,00,348*3b!",
        {"fix.latitude": -52.5, "fix.longitude": -4.25},
        root="line",
    ),
    _row(
        "letters after, longitude first", "$X1,260119,00415.000,E,5230.000,N,1", _FIX, root="line"
    ),
    _row(
        "named letters",
        "IMEI,490154203237518, N, Lat:5230.0000, E, Lon:00415.0000, Spd:5.05",
        {**_FIX, "Spd": 5.05},
    ),
    _row(
        "point left out",
        "$1,490154203237518,52300000N,004150000E,0.08,193.12,1,1,A",
        {**_FIX, "fix.gps_speed": 0.08, "fix.gps_course": 193.12},
    ),
    _row(
        "decimal degrees with letters",
        "##S,seal,2026-01-19,15,A,52.5000N 4.2500E,Close,0,E##",
        _FIX,
        root="line",
    ),
    _row(
        "no fix: a position all the same",
        "$DEV,7,V,0.000000,0.000000,on,0,122855",
        {"fix.coordinates[]": [0.0, 0.0]},
        root="line",
    ),
    _row(
        "pair with an IMEI",
        "+RESP:GTFRI,DF0200,490154203237518,,1,0.0,264.1,4.251515,52.537178,20260119064328,0204",
        {"fix.coordinates[]": [4.251515, 52.537178]},
    ),
    _row(
        "over 90: the order is known",
        "!D,19/01/26,19:56:17,114.023666,22.641724,0,0,100001",
        {"fix.latitude": 22.641724, "fix.longitude": 114.023666},
        root="line",
    ),
    _row(
        "several, and battery by name",
        "2;490154203237518;52.53717,4.25151;52.53718,4.25155;battery=87%",
        {"fix[].coordinates[]": [52.53718, 4.25155], "battery": 87.0},
    ),
    _row(
        "decimal comma",
        "49015420323;2026-01-19 16:31:01;52,1133308410645;21,1000003814697;310",
        {"fix.coordinates[]": [52.1133308410645, 21.1000003814697]},
    ),
    _row(
        "millionths, of a tracker only",
        "@P,93D1,419,0,490154203237518,1557178589,-4251515,52537178",
        {"fix.coordinates[]": [52.537178, -4.251515]},
    ),
    _row(
        "TAIP",
        ">RPV46640+5253717-0042515100015802;ID=5102;*71<",
        {"ID": 5102.0, "fix.latitude": 52.53717, "fix.longitude": -4.25151},
    ),
    _row(
        "TAIP, minutes",
        ">RGP190126010815-3852.9306-06204.88560000003000101;&01;ID=5555;#7AD7<",
        {
            "fix.latitude": -38.8821767,
            "fix.longitude": -62.0814267,
            "ID": 5555.0,
        },
        root="line",
    ),
    _row(
        "hexadecimal with date and time",
        "*ET,490154203237518,HB,A,1a0113,053318,81e0e8e0,0026e8f0",
        {"fix.latitude": -52.52816, "fix.longitude": 4.25},
    ),
    _row(
        "a binary number in between",
        b"$$\x00\x01\x02,A,5230.000,N,00415.000,E,0.00,,190126",
        _FIX | {"fix.gps_speed": 0.0},
        root="line",
    ),
    _row(
        "in clear within a binary frame",
        b"$$\x00\x00\x12\x34\xff\xff\x99U035644.000,A,5230.000,N,00415.000,E,0.00,,190126,,*1C\xca",
        {**_FIX, "fix.gps_speed": 0.0},
        root="line",
    ),
    _row(
        "a longitude filled up with a zero, after a word",
        "SA200STT;317652;042;20260119;15:37:12;16d41;-52.618755;-004.250001;000.024;000.00;8;1",
        {"fix.latitude": -52.618755, "fix.longitude": -4.250001},
        root="line",
    ),
    _row("numbered signs", "$A#A#490154203237518#A#053523#190126#5230.0000#N#00415.0000#E#9", _FIX),
    _row(
        "labels beside letters after",
        "490154203237518,CMD-T,A,DATE:260119,LAT:52.5000N,LOT:004.2500E,Speed:7",
        {**_FIX, "DATE": 260119.0, "Speed": 7.0},
    ),
    _row(
        "degrees and minutes with a sign",
        "$PRAVE,0001,0001,5230.0000,-00415.0000,195348,1,10,168,31",
        {"fix.latitude": 52.5, "fix.longitude": -4.25},
        root="line",
    ),
)
INVALID = (
    b"1013.2512,10123.1234,21.5,61",
    b"",
    b"21.5314,48.2391,1013.2511",
    b"2026-01-19 12:00:00,21.531200,48.239100",
    b"2026-01-19T12:00:00Z,21.534567,48.239012",
    b"1768824000,0.123456,0.654321,0.981234",
    b"260119,120000,0.1234,0.5678,0.9012,0.2211,0.1177",
    b"$ACC,0.1234,0.5678,0.9012,0.2211,0.1177*5A",
    b"ts,temp,hum\n1768824000,21.53412,48.23911\n1768824060,21.53419,48.23917\n",
    b"sensor-7;21,5312;48,2391;3,3125",
    b"Havenplein 12 N, 14 E wing, second floor",
    b"force 12.5 N, energy 3.2 E",
    b"order 123456N and then some other words",
    b"lot 999999N 999999999E of the shipment",
    b"9561.0000,N,00415.0000,E,0.1,1",
    b"5230.000,N,18415.000,E,0.1,1,2",
    b"[52.53717, 4.25151, 260119120000]",
    b'{"p": "A,5230.000,N,00415.000,E"}',
    b"<p>A,5230.000,N,00415.000,E</p>",
    b"10.0.0.1:5000,192.0.2.1:443,7,9,11",
    b"20260119,20260120,4153,4155,4158,4160",
    bytes(range(256)),
    Content(b"A,5230.000,N,00415.000" + bytes(64)),
    Content(b"A,5230.000,N,00415.000,E" + bytes(64), protocol="rtp"),
    b"A,5230.000,N,00415.000,E" + bytes(1024),
)
