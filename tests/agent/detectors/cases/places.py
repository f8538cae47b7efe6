"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("how far a curtain is open", {"position": 80}, {}),
    (
        "where a visitor's telephone was heard",
        {"observations": [{"clientMac": "2a:11:22:33:44:55", "location": {"lat": 52.1}}]},
        {"observations[].location.lat": "person_location_track"},
    ),
    (
        "the same, German",
        {"liste": [{"besucher_mac": "2a:11:22:33:44:55", "breitengrad": 52.1}]},
        {"liste[].breitengrad": "person_location_track"},
    ),
    (
        "where an access point hangs",
        {"list": [{"apMac": "2a:11:22:33:44:55", "location": {"lat": 52.1}}]},
        {"list[].location.lat": "device_location_static"},
    ),
    (
        "beside whose number",
        {"worker_id": "w-81", "lat": 52.1, "battery": 80},
        {"lat": "person_location_track"},
    ),
    (
        "the same, Dutch",
        {"medewerker_nummer": "w-81", "breedtegraad": 52.1},
        {"breedtegraad": "person_location_track"},
    ),
    (
        "beside the number of a driver",
        {"bestuurder_id": "w-81", "breedtegraad": 52.1},
        {"breedtegraad": "vehicle_position_track"},
    ),
    (
        "beside the number of a driver of lamps",
        {"led": {"driver_id": "w-81"}, "lat": 52.1},
        {"lat": "device_location_static"},
    ),
    (
        "a bicycle that nobody rides now",
        {"bikes": [{"bike_id": "b-81", "lat": 52.1, "is_reserved": 0}]},
        {"bikes[].lat": "vehicle_position_track"},
    ),
    (
        "how high it stands",
        {"altitude": 3.2, "longitude": 4.9},
        {"altitude": "device_location_static", "longitude": "device_location_static"},
    ),
    (
        "a telephone that tells where it is",
        {"_type": "location", "lat": 52.1, "lon": 4.9},
        {"lat": "person_location_track", "lon": "person_location_track"},
        "owntracks/a/b",
    ),
    (
        "a telephone that tells it elsewhere than at a broker",
        {"_type": "location", "tid": "jv", "tst": 1780000000, "lat": 52.1, "lon": 4.9},
        {"lat": "person_location_track", "lon": "person_location_track"},
    ),
    (
        "a tracker in a vehicle",
        {"lat": 52.1, "speed": 31, "odometer": 1200},
        {"lat": "vehicle_position_track"},
    ),
    (
        "a tracker that moves",
        {"tracker": {"fix": {"latitude": 52.1, "gps_speed": 31}}},
        {"tracker.fix.latitude": "vehicle_position_track"},
    ),
    (
        "where it stands",
        {"lat": 52.1, "lon": 4.9},
        {"lat": "device_location_static", "lon": "device_location_static"},
    ),
    (
        "Dutch",
        {"breedtegraad": 52.1, "lengtegraad": 4.9},
        {"breedtegraad": "device_location_static", "lengtegraad": "device_location_static"},
    ),
    (
        "GeoJSON",
        {"location": {"type": "Point", "coordinates": [4.9, 52.1]}},
        {"location.coordinates[]": "device_location_static"},
    ),
    (
        "somebody's position",
        {"user": {"lat": 52.1, "lon": 4.9}},
        {"user.lat": "person_location_track", "user.lon": "person_location_track"},
    ),
    (
        "Dutch: of a cyclist",
        {"fietser": {"breedtegraad": 52.1}},
        {"fietser.breedtegraad": "person_location_track"},
    ),
    (
        "a ride",
        {"trip": {"points": [{"lat": 52.1}, {"lat": 52.2}]}},
        {"trip.points[].lat": "person_location_track"},
    ),
    (
        "a moving vehicle",
        {"vehicle": {"lat": 52.1}, "speed": 31, "heading": 120},
        {"vehicle.lat": "vehicle_position_track"},
    ),
    (
        "one of several, by its topic",
        {"lat": 52.1, "speed": 31, "heading": 120},
        {"lat": "vehicle_position_track"},
        "voertuigen/7/positie",
    ),
    (
        "the gateway's",
        {"gateway": {"location": {"lat": 52.1}}},
        {"gateway.location.lat": "device_location_static"},
    ),
    ("the position of a valve", {"valve_position": 40}, {}),
    ("the name of a place", {"location": "Havenplein noord"}, {}),
    ("a flat roof", {"flat": 1}, {}),
)
