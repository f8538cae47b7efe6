"""The legal ground of article 6(1) GDPR, as registers write it."""

import re

# Wording of the Amsterdam form (its stray bracket included), of the GDPR, and common variants.
_WORDS = (
    ("A6-1-a", r"\btoestemming|\bconsent"),
    ("A6-1-b", r"uitvoering (?:van )?(?:een |de )?overeenkomst|performance of a contract"),
    ("A6-1-c", r"wettelijke (?:verplichting|plicht)|legal obligation"),
    ("A6-1-d", r"vita(?:le|al) belang|vital interest"),
    ("A6-1-e", r"publiek(?:rechtelijk)?e taak|openbaar gezag|public task|official authority"),
    ("A6-1-e", r"algemeen belang|public interest"),
    ("A6-1-f", r"gerechtvaardigde? belang|legitimate interest"),
)
_ARTICLE = re.compile(
    r"\b(?:a?6-1-|6\s?\(1\)\s?\(|6,? lid 1,? (?:(?:aanhef en )?onder |sub )?)([a-f])\b"
)


def normalise_legal_ground(text: str) -> str:
    """Return A6-1-a to A6-1-f for a legal ground in words, or "" if it names none, or several.

    "Wegenverkeerswet" or "in de rol van wegbeheerder" is a basis in public law, not one of the
    six grounds; what it makes of them is for a person to say.
    """
    plain = " ".join(text.casefold().split())
    found = {f"A6-1-{letter}" for letter in _ARTICLE.findall(plain)}
    found |= {ground for ground, words in _WORDS if re.search(words, plain)}
    return found.pop() if len(found) == 1 else ""
