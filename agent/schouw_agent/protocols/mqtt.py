"""MQTT: the publish and subscribe protocol that most city sensors speak."""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import mqtt_chain as chain
from schouw_agent.protocols import mqtt_packets as packets
from schouw_agent.protocols.mqtt_connection import PORTS, Conversation


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are the first octets of an MQTT connection."""
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    return chain.score((orig, resp), usual) if hint.transport == "tcp" else 0.0


DECODER = Decoder(
    id="mqtt",
    title="MQTT 3.1, 3.1.1 and 5",
    reference="OASIS MQTT 5.0 and 3.1.1; MQTT 3.1 (IBM, Eurotech 2010)",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={0: packets.FIRST_OCTETS}, amid=True),),
)
