"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    (
        "fix",
        b"$GPGGA,120000.00,5230.0000,N,00415.0000,E,1,08,0.9,3.5,M,46.9,M,,*67\r\n",
        {
            "gga.latitude": 52.5,
            "gga.longitude": 4.25,
            "gga.satellites": 8.0,
            "gga.hdop": 0.9,
            "gga.altitude": 3.5,
        },
    ),
    (
        "place, speed and course",
        b"$GPRMC,120000,A,5230.0000,N,00415.0000,E,12.5,90.0,190126,,,A*75",
        {
            "rmc.latitude": 52.5,
            "rmc.longitude": 4.25,
            "rmc.gps_speed": 12.5,
            "rmc.gps_course": 90.0,
        },
    ),
    (
        "south and west",
        b"$GPGLL,5230.0000,S,00415.0000,W,120000,A*22",
        {"gll.latitude": -52.5, "gll.longitude": -4.25},
    ),
    (
        "several, one with a wrong checksum",
        (b"$GPRMC,120000,A,5230.0000,N,00415.0000,E,12.5,90.0,190126,,,A*76\n"
        b"$GNVTG,90.0,T,,M,12.5,N,23.2,K,A*2F\n"),
        {"vtg.gps_course": 90.0, "vtg.gps_speed": 23.2},
    ),
    (
        "weather",
        (b"$WIMWV,214.8,R,5.1,M,A*2B\n$WIMDA,30.0,I,1.013,B,21.5,C,,,61.0,,9.4,C,214.8,T,213,M,"
        b"9.9,N,5.1,M*40"),
        {
            "mwv.wind_angle": 214.8,
            "mwv.wind_speed": 5.1,
            "mda.air_pressure": 1.013,
            "mda.air_temperature": 21.5,
            "mda.humidity": 61.0,
            "mda.wind_direction": 214.8,
            "mda.wind_speed": 5.1,
        },
    ),
    (
        "instruments with names",
        b"$IIXDR,C,21.5,C,AIR.1,H,61,P,RH*16",
        {"xdr.AIR_1.temperature": 21.5, "xdr.RH.humidity": 61.0},
    ),
    ("depth, without a checksum", b"$SDDPT,3.6,0.2", {"dpt.water_depth": 3.6}),
    ("text, after a tag", b"\\s:r3,c:1768824000*00\\$GPTXT,01,01,02,hello*2F",
     {"txt.text": "hello"}),
)  # fmt: skip
INVALID = (
    b"",
    b"$GPRMC,120000,A,5230.0000,N,00415.0000,E,12.5,90.0,190126,,,A*76",
    b"$GPRMC,490154203237518,050859.000,A,1404.8573,N,08710.9967,W,0.00,0,080117",
    b"$WIDGET,3.6,0.2",
    b"$GPABC,3.6,0.2",
    b"price $GPRMC,120000",
    b"$" + bytes(range(60)),
)
