"""The conversations of protocols that are recognised and counted, and not read."""

from collections.abc import Callable, Sequence

from schouw_agent.plugins import PortHint
from schouw_agent.records import Message


class CountedConversation:
    """A flow whose payload nobody needs."""

    wanted = False
    server_name = ""
    encryption = ""

    def feed(self, from_orig: bool, octets: bytes, /) -> Sequence[Message]:  # noqa: ARG002
        """Return nothing: the octets are only counted."""
        return ()

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Go on: nothing is read that could be missed."""

    def close(self) -> Sequence[Message]:
        """Return nothing."""
        return ()


class RecognisedConversation(CountedConversation):
    """A flow that holds what somebody may want to know, and that is not read here."""

    unread = True


def recognise(hint: PortHint) -> RecognisedConversation:  # noqa: ARG001
    """Start a conversation of which only the protocol is told: its content is not assessable."""
    return RecognisedConversation()


def count(hint: PortHint) -> CountedConversation:  # noqa: ARG001
    """Start a conversation that only counts."""
    return CountedConversation()


class SealedConversation(CountedConversation):
    """A flow whose content is encrypted from its first octet on."""

    def __init__(self, encryption: str) -> None:
        self.encryption = encryption


def sealed(encryption: str) -> Callable[[PortHint], SealedConversation]:
    """Return what starts a conversation of which only its encryption is told."""

    def start(hint: PortHint) -> SealedConversation:  # noqa: ARG001
        return SealedConversation(encryption)

    return start
