"""Whether a workbook (.xlsx, a ZIP archive) may be opened at all: told before anything unpacks it.

Only the central directory is read.  What it says of sizes binds: no member is unpacked further.
"""

import io
import re
import zipfile

from schouw_collector.errors import RegisterError

MAX_MEMBERS = 2_000
MAX_UNPACKED = 96 * 1024 * 1024
"""Octets of all that may be read, together."""
MAX_PART = 8 * 1024 * 1024
"""Octets of a part that is neither cells nor their texts: it is read as a tree, at many times its
size."""
MAX_RATIO = 200
_SMALL = 1 << 20
_CELLS = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedstrings\.xml)")
_UNREAD = re.compile(r"(xl/(media|drawings|printersettings|charts|calcchain)|customxml)\b")
_REFUSED = (
    (re.compile(r"vbaproject|xl/macrosheets/|xl/dialogsheets/"), "it holds macros"),
    (re.compile(r"xl/externallinks/"), "it holds links to other files"),
    (re.compile(r"xl/(connections\.xml|querytables/|model/)"), "it fetches data elsewhere"),
    (re.compile(r"xl/(embeddings|activex|ctrlprops)/"), "it holds embedded objects"),
)
"""Parts by the names that they have in small letters."""


def require_safe(octets: bytes) -> None:
    """Raise `RegisterError` with the reason if a workbook may not be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
        raise RegisterError("not a whole workbook (.xlsx)") from None
    reason = _reason(members)
    if reason:
        raise RegisterError(f"the workbook is refused: {reason}")


def _reason(members: list[zipfile.ZipInfo]) -> str:
    if len(members) > MAX_MEMBERS:
        return f"more than {MAX_MEMBERS} parts"
    names = {member.filename.replace("\\", "/").lower() for member in members}
    if "xl/workbook.xml" not in names:
        return "not an Excel workbook (.xlsx)"
    if len(names) < len(members):
        return "two parts of the same name"
    if any(member.flag_bits & 1 for member in members):
        return "it is encrypted"
    for pattern, reason in _REFUSED:
        if any(pattern.search(name) for name in names):
            return reason
    read = [member for member in members if not _UNREAD.match(member.filename.lower())]
    if sum(member.file_size for member in read) > MAX_UNPACKED:
        return f"larger than {MAX_UNPACKED >> 20} MiB unpacked"
    if any(m.file_size > MAX_RATIO * m.compress_size for m in read if m.file_size > _SMALL):
        return f"a part is packed by more than {MAX_RATIO} to 1"
    if any(m.file_size > MAX_PART for m in read if not _CELLS.fullmatch(m.filename.lower())):
        return f"a part beside the cells is larger than {MAX_PART >> 20} MiB"
    return ""
