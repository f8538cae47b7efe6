"""Delimited text (CSV) whose columns are the fields of a canonical entry."""

from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.table_columns import probe_table, read_table, table_of
from schouw_collector.registers.delimited import write_delimited
from schouw_collector.registers.register import Register
from schouw_collector.registers.spreadsheet import is_workbook


def probe(_name: str, octets: bytes) -> float:
    """Return 1 for text whose first row names our fields, else 0."""
    return 0.0 if is_workbook(octets) else probe_table(octets)


def write(register: Register) -> bytes:
    """Return the register as CSV; a row for each stream.  What has no column is left out."""
    return write_delimited(table_of(register))


REGISTER_FORMAT = RegisterFormat(
    id="table_csv",
    title="Table (CSV); columns of any name through a mapping file",
    reference="RFC 4180",
    probe=probe,
    read=read_table,
    write=write,
)
