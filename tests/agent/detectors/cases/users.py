"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "a guest",
        {"guest": {"ip": "203.0.113.9"}},
        {"guest.ip": "ip_address_user"},
    ),
    (
        "listed",
        {"clients": [{"ip": "2001:db8::9"}]},
        {"clients[].ip": "ip_address_user"},
    ),
    ("Dutch", {"bezoeker": {"adres": "203.0.113.9"}}, {"bezoeker.adres": "ip_address_user"}),
    (
        "a session",
        {"user": {"session_id": "0b0b0b0b-1111-4222-8333-0c0c0c0c0c0c"}},
        {"user.session_id": "ip_address_user"},
    ),
    ("its own address", {"ip": "192.0.2.4"}, {}),
    ("a server", {"client": {"mqtt_server": "192.0.2.4"}}, {}),
    ("a session of a device", {"session": "0b0b0b0b-1111-4222-8333-0c0c0c0c0c0c"}, {}),
)
