"""Rows: why; message; what must be found, category by key path; topic.

999990019 and 999992077 are of the range that the Dutch government keeps for tests.
"""

CASES = (
    ("BSN as text", {"bsn": "999990019"}, {"bsn": "government_identifier"}),
    (
        "BSN as a number",
        {"burgerservicenummer": 999992077},
        {"burgerservicenummer": "government_identifier"},
    ),
    ("IBAN with its name", {"iban": "NL91 ABNA 0417 1643 00"}, {"iban": "government_identifier"}),
    ("IBAN without", {"ref": "GB33BUKB20201555555555"}, {"ref": "government_identifier"}),
    ("fails the eleven-test", {"bsn": "999990018"}, {}),
    ("nine digits without context", {"count": 999990019}, {}),
    ("fails mod 97", {"iban": "NL92 ABNA 0417 1643 00"}, {}),
)
