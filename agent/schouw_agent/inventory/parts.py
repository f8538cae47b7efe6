"""Which part a message shows its ends to play: who serves, asks, passes on, publishes, looks."""

from schouw_agent.inventory.emissions import EmissionKey
from schouw_agent.inventory.stations import StationKey, Stations
from schouw_agent.privacy.minimise import minimise_topic
from schouw_agent.records import Delivery, Endpoint

PASS_ON = frozenset({"amqp", "mqtt_sn", "nats"})
"""Besides MQTT: protocols in which a server sends a client what it has from others."""
FROM_RADIO = frozenset({"basics_station", "semtech_rxpk", "theengs", "zigbee2mqtt"})
"""Formats in which gateways tell what they heard by radio."""


def note(stations: Stations, delivery: Delivery) -> None:
    """Note the parts of both ends of a message."""
    flow, message, _, from_orig = delivery
    if message.protocol == "rtsp":
        stations.state(flow.orig).parts.add("viewer")
        stations.state(flow.resp).parts.add("media server")
    elif message.protocol == "http":
        stations.state(flow.orig if from_orig else flow.resp).parts.add(
            "client" if from_orig else "server"
        )
    elif message.protocol == "rtmp" and message.kind in ("publish", "play"):
        part = "media source" if message.kind == "publish" else "viewer"
        stations.state(flow.orig).parts.add(part)
    elif message.protocol in PASS_ON:
        _of_broker(stations, delivery)


def _of_broker(stations: Stations, delivery: Delivery) -> None:
    message, fields = delivery.message, delivery.message.fields
    client, server = ends(delivery)
    stations.state(server).parts.add("gateway" if message.protocol == "mqtt_sn" else "broker")
    if message.kind in ("connect", "open") and fields.get("client_id"):
        stations.connected(client, str(fields["client_id"]), "none")
    elif message.kind == "subscribe" and fields.get("topic_filters"):
        stations.subscribed(client, server, fields["topic_filters"])
    elif message.kind == "attach" and by_client(delivery) and fields.get("role") == "receiver":
        stations.subscribed(client, server, (str(fields.get("topic") or ""),))


def by_client(delivery: Delivery) -> bool:
    """Return whether the client of a broker or gateway sent a message, and not the server."""
    return bool(delivery.message.fields.get("from_client", delivery.from_orig))


def ends(delivery: Delivery) -> tuple[Endpoint, Endpoint]:
    """Return client and server of a broker's or gateway's message."""
    flow = delivery.flow
    opened = by_client(delivery) == delivery.from_orig
    return (flow.orig, flow.resp) if opened else (flow.resp, flow.orig)


def is_passed_on(delivery: Delivery) -> bool:
    """Return whether a server passes on to its client what another one published."""
    message = delivery.message
    return message.protocol in PASS_ON and message.kind == "publish" and not by_client(delivery)


def passed_on(delivery: Delivery) -> tuple[StationKey, EmissionKey]:
    """Return who gets a message that is passed on, and by what its emission is known so far."""
    client, message = ends(delivery)[0], delivery.message
    channel = minimise_topic(str(message.fields.get("topic") or ""))
    key = EmissionKey("", "", message.protocol, channel, "sent", False, "", "", 0)
    return StationKey(client.mac, client.address), key
