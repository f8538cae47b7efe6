"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "a vehicle tells where it is",
        {"header": {"stationID": 3042}, "cam": {"speed": 12}},
        {"header.stationID": "cits_station_id"},
    ),
    (
        "Dutch: a request for priority",
        {"srm": {"voorrang": 1, "station_id": 3042}},
        {"srm.station_id": "cits_station_id"},
    ),
    ("a weather station", {"stationId": 3042, "temperature": 12}, {}),
    ("a station for bicycles", {"type": "BikeHireDockingStation", "station_id": "b-81"}, {}),
    (
        "a station id beside its type, in the words of the standard",
        {"stationType": 5, "stationID": 3042},
        {"stationID": "cits_station_id"},
    ),
    ("signal phases", {"spat": {"stationId": 3042}}, {}),
)
