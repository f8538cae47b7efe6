"""Tables as people keep them, workbooks (.xlsx) and delimited text (CSV), as sheets."""

from functools import lru_cache

from schouw_collector.errors import RegisterError
from schouw_collector.registers.delimited import read_delimited
from schouw_collector.registers.sheet import Sheet
from schouw_collector.registers.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(octets: bytes) -> bool:
    """Return whether the octets look like a workbook, of whatever age."""
    return octets.startswith((_ZIP, _OLE))


@lru_cache(maxsize=1)
def read_sheets(octets: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, or the one of delimited text.  No formula is evaluated.

    Several forms ask about the same file in turn: the last one is remembered.  Raises
    `RegisterError` with the reason, without the name of the file.
    """
    if octets.startswith(_OLE):
        raise RegisterError(
            "an Excel file of before 2007, or one with a password: save it as .xlsx"
        )
    if octets.startswith(_ZIP):
        return read_workbook(octets)
    return (Sheet("", read_delimited(octets)),)


def first_rows(octets: bytes) -> tuple[Sheet, ...]:
    """Return the sheets to tell a form by: of long text only the beginning; none if unreadable."""
    if not is_workbook(octets):
        if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"<", b""):
            return ()
        octets = octets[:65536]
    try:
        return read_sheets(octets)
    except RegisterError:
        return ()
