"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "vehicles",
        {"vehicleCount": 12, "aantalVoertuigen": 12},
        {"vehicleCount": "vehicle_count", "aantalVoertuigen": "vehicle_count"},
    ),
    (
        "classes",
        {"cars": 9, "vrachtwagens": 2},
        {"cars": "vehicle_count", "vrachtwagens": "vehicle_count"},
    ),
    (
        "bicycles",
        {"bicycles": 31, "fietsers": 31},
        {"bicycles": "bicycle_count", "fietsers": "bicycle_count"},
    ),
    (
        "speed",
        {"averageVehicleSpeed": 31.5, "gemiddelde_snelheid": 31.5},
        {"averageVehicleSpeed": "traffic_speed", "gemiddelde_snelheid": "traffic_speed"},
    ),
    (
        "time",
        {"reistijd": 130, "dwell_time": 600},
        {"reistijd": "travel_time_aggregate", "dwell_time": "travel_time_aggregate"},
    ),
    (
        "the speed of what tells where it goes",
        {"latitude": 52.1, "longitude": 5.1, "speed": 31.0, "heading": 120},
        {},
    ),
    (
        "the same, with its unit",
        {"latitudeDeg": 52.1, "longitudeDeg": 5.1, "speedKmph": 31.0, "headingDeg": 120},
        {},
    ),
    (
        "of a tracker that says how good its fix is",
        {"lat": 52.1, "lon": 5.1, "speed": 0.5, "hdop": 1.1, "altitude": 3.2},
        {},
    ),
    ("over ground", {"coordinates": {"latitude": 52.1}, "ground_speed": 3.1}, {}),
    (
        "a detector that tells where it stands",
        {"latitude": 52.1, "longitude": 5.1, "speed": 31.0},
        {"speed": "traffic_speed"},
    ),
    ("the speed of the wind", {"windSpeed": 4}, {}),
    ("the speed of a fan", {"fan_speed": 1200}, {}),
    ("a vehicle that is identified is not counted", {"vehicle_id": 12}, {}),
    ("the allowed speed", {"speed_limit": 50}, {}),
    ("how intense the rain is", {"rain_intensity": 3.0}, {}),
)
