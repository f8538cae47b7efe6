"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "a reporter, by name and in words",
        {"melder": {"naam": "Jan Voorbeeld"}, "omschrijving": "er ligt glas op het fietspad"},
        {"melder.naam": "contact_or_report_text", "omschrijving": "contact_or_report_text"},
    ),
    ("a description of a device", {"omschrijving": "sensor aan de mast bij de brug"}, {}),
    ("e-mail", {"from": "jan@example.org"}, {"from": "contact_or_report_text"}),
    (
        "an address of somebody at a host",
        {"host": {"from": "jan@example.org"}},
        {"host.from": "contact_or_report_text"},
    ),
    ("a process and its machine", {"hostname": "worker@gateway-7.example.org"}, {}),
    ("telephone", {"telefoon": "+31 6 00000000"}, {"telefoon": "contact_or_report_text"}),
    ("English", {"phone": "+44 20 0000 0000"}, {"phone": "contact_or_report_text"}),
    ("name", {"achternaam": "Voorbeeld"}, {"achternaam": "contact_or_report_text"}),
    (
        "report",
        {"melding": "er staat al dagen een bank op de stoep"},
        {"melding": "contact_or_report_text"},
    ),
    (
        "first name",
        {"driver": {"first_name": "Jan"}},
        {"driver.first_name": "contact_or_report_text"},
    ),
    ("the name of a port", {"lastPortName": "Voorbeeld", "first_stop_name": "Kade"}, {}),
    ("a number without context", {"value": "0612345678"}, {}),
    ("a code of a report", {"melding": "E17"}, {}),
    ("how many telephones", {"telefoon": 12}, {}),
)
