"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("picture", {"image_url": "https://c.example.org/a/1.jpg"}, {"image_url": "media_reference"}),
    ("stream", {"stream": "rtsp://192.0.2.7:554/main"}, {"stream": "media_reference"}),
    (
        "path of a clip",
        {"after": {"thumb_path": "/media/clips/a.webp"}},
        {"after.thumb_path": "media_reference"},
    ),
    (
        "Dutch, without an ending",
        {"foto": "https://c.example.org/f?id=12"},
        {"foto": "media_reference"},
    ),
    ("a page", {"documentation": "https://c.example.org/manual"}, {}),
    ("a logo", {"logo_url": "https://c.example.org/logo.png"}, {}),
    ("a schema", {"schema": "https://c.example.org/s.json"}, {}),
)
