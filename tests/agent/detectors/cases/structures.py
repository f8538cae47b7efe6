"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "three bare axes are a question",
        {"x": 1, "y": 39, "z": 5},
        {"x": "structural_movement", "y": "structural_movement", "z": "structural_movement"},
    ),
    ("a place in a picture", {"x": 100, "y": 39}, {}),
    (
        "tilt",
        {"tilt": 0.3, "helling": 0.3},
        {"tilt": "structural_movement", "helling": "structural_movement"},
    ),
    (
        "axes",
        {"accelerometer": {"x": 0.1, "y": 0.0, "z": 0.98}},
        {
            "accelerometer.x": "structural_movement",
            "accelerometer.y": "structural_movement",
            "accelerometer.z": "structural_movement",
        },
    ),
    (
        "distance",
        {"distance_mm": 812, "afstand": 812},
        {"distance_mm": "distance_range", "afstand": "distance_range"},
    ),
    ("text with its unit", {"Distance": "2799 mm"}, {"Distance": "distance_range"}),
    (
        "weight",
        {"weight": 12.1, "gewicht": 12.1},
        {"weight": "mass_weight", "gewicht": "mass_weight"},
    ),
    ("field", {"electric_field": 0.8}, {"electric_field": "electromagnetic_field"}),
    ("birds", {"bird_count": 4}, {"bird_count": "wildlife_count"}),
    ("between people it is another matter", {"person_distance": 1.5}, {}),
    ("which way the wind blows", {"wind": {"angle": 270}}, {}),
    (
        "where a vehicle goes",
        {"message": {"station_id": 77, "heading": 91, "speed": 1204}},
        {},
    ),
    ("where a walker goes", {"lat": 52.1, "lon": 5.1, "bearing": 91}, {}),
    (
        "which way a quay leans",
        {"tilt": 0.3, "heading": 91},
        {"tilt": "structural_movement", "heading": "structural_movement"},
    ),
    ("the weight of a vehicle model", {"vehicle": {"weight": 1500}}, {}),
)
