"""The errors that cross a boundary of the agent, each with a text for its user.

A diagnostic names the place and the reason.  It never holds a payload or an
identifier of a person.
"""


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
