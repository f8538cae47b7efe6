"""Check digits: what tells a real number of a kind from any row of digits."""


def eleven_test(digits: str) -> bool:
    """Return whether nine digits pass the eleven-test of a Dutch BSN (Besluit BSN, art. 1)."""
    if digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def luhn(digits: str) -> bool:
    """Return whether the last digit is the Luhn check digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for i, digit in enumerate(reversed(digits)):
        n = int(digit) * (2 if i % 2 else 1)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def mod97(text: str) -> bool:
    """Return whether an account number passes ISO 7064 MOD 97-10, as an IBAN must (ISO 13616)."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1
