"""Legal grounds as registers write them, stray bracket and all."""

import pytest

from schouw_collector.registers.legal_ground import normalise_legal_ground

CASES = [
    ("Toestemming betrokkene(n)", "A6-1-a"),
    ("Uitvoering overeenkomst met betrokkene(n)", "A6-1-b"),
    ("Wettelijke verplichting", "A6-1-c"),
    (
        "Bescherming vitale belangen betrokkene(n) of van een andere natuurlijke persoon)",
        "A6-1-d",
    ),
    ("Publieke taak", "A6-1-e"),
    ("publieke  taak (algemeen belang)", "A6-1-e"),
    ("Gerechtvaardigd belang", "A6-1-f"),
    ("AVG art. 6 lid 1 onder e", "A6-1-e"),
    ("Art. 6, lid 1, aanhef en onder c", "A6-1-c"),
    ("GDPR 6(1)(f)", "A6-1-f"),
    ("A6-1-d", "A6-1-d"),
    ("Legitimate interest", "A6-1-f"),
    # Bases in public law, several grounds at once, and none.
    ("Verkeersmanagment in de rol van wegbeheerder.", ""),
    ("Sluisbeheerder in het kader van de woningwet 1991", ""),
    ("Verkeersbesluiten in de rol van wegbeheerder.", ""),
    ("Toestemming en publieke taak", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "ground"), CASES)
def test_a_ground_becomes_its_letter(text, ground):
    assert normalise_legal_ground(text) == ground
