"""FTP, its control connection: what serves, and whether a password goes in clear.

User names, passwords and names of files are not told.
"""

import re

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.command_session import DIGITS, LETTERS, CommandSession, greets, is_text
from schouw_agent.protocols.identity import identity, text
from schouw_agent.records import Message

PORTS = frozenset({21, 2121})
_COMMAND = re.compile(
    rb"(USER|PASS|ACCT|CWD|CDUP|QUIT|PORT|PASV|TYPE|RETR|STOR|APPE|REST|RNFR|ABOR|DELE|RMD|MKD|PWD|"
    rb"LIST|NLST|SITE|SYST|STAT|HELP|NOOP|FEAT|OPTS|AUTH|PBSZ|PROT|EPSV|EPRT|LPSV|LPRT|SIZE|MDTM|MLSD|MLST|CLNT|"
    rb"XPWD|XMKD|HOST|LANG)(?: [^\r\n]*)?\r?\n",
    re.IGNORECASE,
)
_SHARED = frozenset(
    {b"USER", b"PASS", b"QUIT", b"LIST", b"NOOP", b"HELP", b"STAT", b"AUTH", b"RETR"}
)
"""Commands that mail has too."""
_REPLY = re.compile(rb"[1-5][0-9]{2}[ -][^\r\n]*\r?\n")
_PUBLIC = frozenset({b"anonymous", b"ftp", b"guest"})


class _Session(CommandSession):
    protocol_id = "ftp"

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._public = False

    def _command(self, word: bytes, rest: bytes, end: int, messages: list[Message]) -> None:
        if word == b"USER":
            self._public = rest.strip().lower() in _PUBLIC
        elif word == b"PASS":
            fields = {"credentials": "anonymous" if self._public else "password"}
            messages.append(Message("ftp", "login", fields, b"", end))
        elif word == b"AUTH":
            self._starting = True

    def _greeting(self, rest: bytes, end: int, messages: list[Message]) -> None:
        messages += identity("ftp", end, {"user_agent": text(rest)})


def _orig_score(head: bytes, usual: bool) -> float:
    found = _COMMAND.match(head)
    if not (found or usual) or not is_text(head):
        return 0.0
    if not found:  # a command that is none; the port and the greeting may still tell
        return 0.3
    return 0.9 if usual or found[1].upper() not in _SHARED else 0.4


def _resp_score(head: bytes, usual: bool) -> float:
    if not _REPLY.match(head) or not is_text(head):
        return 0.0
    named = b"FTP" in head.upper()
    if usual or (named and greets(head)):
        return 0.9
    return 0.45 if greets(head) else 0.3


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are FTP, which mail looks much like at first."""
    if hint.transport != "tcp" or not (orig or resp):
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    asked = _orig_score(orig, usual) if orig else 0.5
    told = _resp_score(resp, usual) if resp else 0.5
    if not asked or not told:
        return 0.0
    if orig and resp:
        return max(asked, told) if b"SMTP" not in resp.upper() else 0.0
    return asked if orig else told


DECODER = Decoder(
    id="ftp",
    title="FTP (control)",
    reference="RFC 959, RFC 2428; under TLS RFC 4217",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=_Session,
    screens=(
        Screen(octets=dict.fromkeys(range(3), LETTERS)),
        Screen(octets=dict.fromkeys(range(3), DIGITS)),
        Screen(ports=PORTS),
    ),
)
