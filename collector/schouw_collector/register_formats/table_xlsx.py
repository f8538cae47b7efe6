"""A workbook (.xlsx) whose columns are the fields of a canonical entry."""

from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.table_columns import probe_table, read_table, table_of
from schouw_collector.registers.register import Register
from schouw_collector.registers.spreadsheet import is_workbook
from schouw_collector.registers.workbook import write_workbook


def probe(_name: str, octets: bytes) -> float:
    """Return 1 for a workbook whose first row names our fields, 0.5 for any other, else 0.

    So whoever brings a workbook that nobody reads is told why: refused, or columns of its own.
    """
    return max(0.5, probe_table(octets)) if is_workbook(octets) else 0.0


def write(register: Register) -> bytes:
    """Return the register as a workbook; a row for each stream.  What has no column is left out."""
    return write_workbook([("Register", table_of(register))])


REGISTER_FORMAT = RegisterFormat(
    id="table_xlsx",
    title="Table (workbook); columns of any name through a mapping file",
    reference="ISO/IEC 29500 (Office Open XML)",
    probe=probe,
    read=read_table,
    write=write,
)
