"""Rows: why; content; leaves as path to value, or the form of a medium.

The ships are invented: MMSI of no country (999), and places with round numbers.
"""

_MMSI = "999000001"
_PLACE = {"vessel.mmsi": _MMSI, "vessel.latitude": 52.5, "vessel.longitude": 4.25}

CASES = (
    (
        "class A",
        b"!AIVDM,1,1,,A,1>pf7h@01sPCM7PN2Vp3Q2l00000,0*3D\r\n",
        {**_PLACE, "vessel.gps_speed": 12.3, "vessel.gps_course": 90.0},
    ),
    (
        "class B, south and west",
        b"!AIVDM,1,1,,A,B>pf7h@00?s8f8HOFB3Q00000000,0*18",
        {
            "vessel.mmsi": _MMSI,
            "vessel.latitude": -52.5,
            "vessel.longitude": -4.25,
            "vessel.gps_speed": 0.0,
            "vessel.gps_course": 360.0,
        },
    ),
    (
        "place not known",
        b"!AIVDM,1,1,,A,1>pf7h@000dtSF0l4Q@>40000000,0*56",
        {"vessel.mmsi": _MMSI, "vessel.gps_speed": 0.0, "vessel.gps_course": 360.0},
    ),
    (
        "voyage, in two parts",
        (
            b"!AIVDM,2,1,3,A,5>pf7h@2HUWU07WWWT118tDIH458@E800000,0*00\r\n"
            b"!AIVDM,2,2,3,A,0000000000000020EQCT31BCP0000000000,2*45"
        ),
        {
            "vessel.mmsi": _MMSI,
            "vessel.name": "PROEFVAARDER",
            "vessel.callsign": "PA9999",
            "vessel.imo": 9999993,
            "vessel.destination": "HAVENPLEIN",
        },
    ),
    (
        "a base station stands still",
        b"!AIVDM,1,1,,A,402ERCh0000000CM7PN2Vp000000,0*2F",
        {"station.mmsi": "002449999", "station.latitude": 52.5, "station.longitude": 4.25},
    ),
    (
        "name of a small ship",
        b"!AIVDM,1,1,,A,H>pf7hA18tDH8tu@`D000000000,2*46",
        {"vessel.mmsi": _MMSI, "vessel.name": "PROEFBOOTJE"},
    ),
    (
        "from far away",
        b"!AIVDM,1,1,,A,K>pf7h@09uSn665`,0*4E",
        {**_PLACE, "vessel.gps_speed": 12.0, "vessel.gps_course": 90.0},
    ),
    (
        "two ships",
        (
            b"!AIVDM,1,1,,A,1>pf7h@01sPCM7PN2Vp3Q2l00000,0*3D\n"
            b"!AIVDM,1,1,,A,H>pf7hA18tDH8tu@`D000000000,2*46"
        ),
        {
            "vessel[].mmsi": _MMSI,
            "vessel[].latitude": 52.5,
            "vessel[].longitude": 4.25,
            "vessel[].gps_speed": 12.3,
            "vessel[].gps_course": 90.0,
            "vessel[].name": "PROEFBOOTJE",
        },
    ),
)
INVALID = (
    b"",
    b"!AIVDM,1,1,,A,1>pf7h@01sPCM7PN2Vp3Q2l00000,0*3E",
    b"!AIVDM,1,1,,A,1>pf7h@01sPCM7PN2Vp3Q2l00000,0",
    b"!AIVDM,2,2,3,A,0000000000000020EQCT31BCP0000000000,2*45",
    b"!VD of something",
    b"$GPGLL,5230.0000,S,00415.0000,W,120000,A*22",
)
MALFORMED = (
    b"!AIVDM,1,1,,A,t>pf7h@000000000000000000000,0*55",
    b"!AIVDM,1,1,,A,1>pf7h@000fCQh0MhC0>40000000,0*50",
)
