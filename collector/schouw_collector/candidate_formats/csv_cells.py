"""The cells of one line of CSV, within bounds."""

import csv

LONGEST_LINE = 10_000
"""Characters."""


def cells(line: str, separator: str = ",") -> list[str]:
    """Return the cells of a line; none if it is too long or its quotes are in disorder."""
    if len(line) > LONGEST_LINE:
        return []
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []
