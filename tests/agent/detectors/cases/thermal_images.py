"""Rows: why; message; what must be found, category by key path; topic."""

_SCENE = [21.5 + (i % 9) / 4 for i in range(64)]

CASES = (
    ("eight by eight", {"thermal": _SCENE}, {"thermal[]": "thermal_image_lowres"}),
    ("Dutch", {"warmtebeeld": _SCENE * 12}, {"warmtebeeld[]": "thermal_image_lowres"}),
    (
        "named by the sensor beside it",
        {"sensor_mlx90640": {"firmware": 2}, "frame": _SCENE * 12},
        {"frame[]": "thermal_image_lowres"},
    ),
    (
        "hundredths of degrees",
        {"thermal": [2150 + i for i in range(64)]},
        {
            "thermal[]": "thermal_image_lowres",
        },
    ),
    (
        "row by row",
        {"thermal_frame": [_SCENE[i : i + 8] for i in range(0, 64, 8)]},
        {"thermal_frame[][]": "thermal_image_lowres"},
    ),
    (
        "a matrix of degrees",
        {"temperature_matrix": _SCENE * 12},
        {"temperature_matrix[]": "thermal_image_lowres"},
    ),
    ("glued", {"thermalpixels": _SCENE}, {"thermalpixels[]": "thermal_image_lowres"}),
    (
        "glued, German",
        {"wärmebildmatrix": _SCENE},
        {"wärmebildmatrix[]": "thermal_image_lowres"},
    ),
    ("glued, of the ground", {"geothermalpower": _SCENE}, {}),
    ("rows of another size", {"thermal_frame": [_SCENE[:8], _SCENE[:7]] * 4}, {}),
    ("a series of one sensor", {"temperature": _SCENE}, {}),
    ("flat", {"thermal": [21.5] * 64}, {}),
    ("another size", {"thermal": _SCENE[:60]}, {}),
)
