"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("a tag, read", {"tag": "04A2B9C1D2E380", "reader": "R1"}, {"tag": "access_token_id"}),
    ("a tag of software", {"tag": "v1.2.3"}, {}),
    ("card of a waste bin", {"card_id": "04A2B9C1D2"}, {"card_id": "access_token_id"}),
    ("Dutch", {"pasnummer": "900417233"}, {"pasnummer": "access_token_id"}),
    ("RFID", {"rfid": "E2003412DC03011"}, {"rfid": "access_token_id"}),
    ("deeper", {"card": {"uid": "04a2b9c1d2e380"}}, {"card.uid": "access_token_id"}),
    ("charge point", {"idTag": "04A2B9C1"}, {"idTag": "access_token_id"}),
    ("hashed", {"pas_hash": "ab" * 20}, {"pas_hash": "access_token_id"}),
    ("how many", {"card_count": 12}, {}),
    ("the SIM card of the device", {"sim_card_id": "8931000000000000000"}, {}),
    ("a memory card", {"sd_card_serial": "0x12ab34cd"}, {}),
    ("a compass", {"compass": 120}, {}),
    ("the reader", {"card_reader_id": "R-12"}, {}),
    ("whether one is there", {"card": True}, {}),
)
