"""How to reach a broker: its address, and what proves to it who asks."""

import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from schouw_agent.errors import ConfigError

_PORTS = {"mqtt": 1883, "mqtts": 8883, "ws": 80, "wss": 443}
_PASSWORD_OCTETS_MAX = 65_535


@dataclass(frozen=True, slots=True)
class Access:
    """A broker and the way in.  Its repr shows no password."""

    host: str
    port: int
    secure: bool
    path: str
    """Of a WebSocket; empty: MQTT without one."""
    username: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    """Who is trusted to vouch for the broker; None: whom this machine trusts."""
    certificate: Path | None = None
    key: Path | None = None
    client_id: str = ""
    version: str = ""
    """"5" or "3.1.1"; empty: 5, and 3.1.1 if the broker does not speak it."""

    @property
    def name(self) -> str:
        """Return how the report calls it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def password(self) -> str | None:
        """Return the first line of the password file.  Raises `ConfigError`."""
        if self.password_file is None:
            return None
        try:
            with self.password_file.open("rb") as file:
                line = file.read(_PASSWORD_OCTETS_MAX + 2).splitlines()[:1]
            return line[0].decode("utf-8") if line else ""
        except OSError as error:
            raise ConfigError(f"{self.password_file.name}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise ConfigError(f"{self.password_file.name}: not UTF-8 text") from None

    def context(self) -> ssl.SSLContext:
        """Return the TLS settings: the broker must prove its name.  Raises `ConfigError`."""
        try:
            found = ssl.create_default_context(cafile=self.ca_file)
        except (OSError, ssl.SSLError):
            raise ConfigError("--ca-file: not a file with certificates in PEM") from None
        if self.certificate is not None:
            try:
                # Nobody is asked for a pass phrase: this may run without a terminal.
                found.load_cert_chain(self.certificate, self.key, password="")
            except (OSError, ssl.SSLError, ValueError):
                raise ConfigError(
                    "--client-certificate and --client-key: not a certificate with its key,"
                    " in PEM and without a pass phrase"
                ) from None
        return found


def parse_url(text: str) -> tuple[str, int, bool, str]:
    """Return host, port, whether it is TLS, and the path of a WebSocket.

    Raises `ConfigError`: it never quotes the text, which may hold a password.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ConfigError("--broker: not an address such as mqtts://broker.example.org") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ConfigError("--broker begins with mqtt://, mqtts://, ws:// or wss://, then a host")
    if parts.username is not None or parts.password is not None:
        raise ConfigError("--broker: no name or password here; use --username, --password-file")
    web = parts.scheme in ("ws", "wss")
    if parts.query or parts.fragment or (parts.path not in ("", "/") and not web):
        raise ConfigError("--broker: nothing follows the port of an MQTT address")
    path = (parts.path if parts.path not in ("", "/") else "/mqtt") if web else ""
    return parts.hostname, port or _PORTS[parts.scheme], parts.scheme in ("mqtts", "wss"), path
