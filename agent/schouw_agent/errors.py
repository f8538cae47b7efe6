"""The errors that cross a boundary of the agent, each with a text for its user.

A diagnostic names the place and the reason.  It never holds a payload or an
identifier of a person.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class Error(Exception):
    """The base of every error that Schouw raises on purpose."""

    def diagnostics(self) -> str:
        """Return one line for the user: what went wrong, where and why."""
        return str(self)


class CaptureError(Error):
    """A capture cannot be read at all."""


class DecodeError(Error):
    """Octets are not what the protocol or format says; the reason is an id, not a quotation."""


class SignatureError(Error):
    """A signature or a digest does not fit."""


class ConfigError(Error):
    """A setting, an order file or a command-line argument is not usable."""


def explain(error: "ValidationError") -> str:
    """Return which field of a record is wrong and why, without what stands in it."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    location = list(first["loc"])
    reason = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        if not _is_plain_name(location[-1]):
            location.pop()
        reason = "not a field of the schema"
    field = ".".join(str(part) for part in location)
    return f"field {field}: {reason[0].lower()}{reason[1:]}" if field else reason


def _is_plain_name(part: int | str) -> bool:
    # No digits: a name with digits may be a plate or a number of somebody.
    return isinstance(part, str) and re.fullmatch(r"[A-Za-z_]{1,39}", part) is not None
