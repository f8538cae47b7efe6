"""Flows and messages of a capture as plain rows: local views for experts, never stored.

They show addresses, topics and client ids as they are, and never a payload.
"""

from collections.abc import Iterator
from typing import Any

from schouw_agent.capture.blocks import read_blocks
from schouw_agent.inventory.emissions import moment
from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.network.community_id import community_id
from schouw_agent.network.traffic import Limits, Traffic
from schouw_agent.observer import Observer
from schouw_agent.pipeline import CaptureSource, classifier, decoders
from schouw_agent.records import Delivery


def flow_rows(source: CaptureSource) -> Iterator[dict[str, Any]]:
    """Yield the flows of a capture as plain rows, each once, in the order in which they ended."""
    traffic = Traffic(decoders(), Limits(active_seconds=0))
    for block in read_blocks(source, digest=False):
        traffic.feed(block)
        yield from _flow_rows(traffic.ended())
    traffic.close()
    yield from _flow_rows(traffic.ended())


def _flow_rows(batch: FlowBatch) -> Iterator[dict[str, Any]]:
    for index, flow in enumerate(batch.rows()):
        yield {
            "uid": flow.uid,
            "community_id": community_id(
                batch.orig_address[index].tobytes(),
                batch.resp_address[index].tobytes(),
                flow.orig.port,
                flow.resp.port,
                int(batch.transport[index]),
            ),
            "transport": flow.transport,
            "orig_address": flow.orig.address,
            "orig_port": flow.orig.port,
            "resp_address": flow.resp.address,
            "resp_port": flow.resp.port,
            "protocol": flow.protocol,
            "server_name": flow.server_name,
            "encryption": flow.encryption,
            "orig_packets": flow.orig_packets,
            "resp_packets": flow.resp_packets,
            "orig_octets": flow.orig_octets,
            "resp_octets": flow.resp_octets,
            "start": moment(flow.start).isoformat(),
            "end": moment(flow.end).isoformat(),
        }


def message_rows(source: CaptureSource) -> Iterator[dict[str, Any]]:
    """Yield the application messages of a capture as plain rows, never with their payload."""
    traffic = Traffic(decoders())
    observer = Observer(classifier())
    for block in read_blocks(source, digest=False):
        yield from (_message_row(d, observer) for d in traffic.feed(block))
        traffic.ended()
    yield from (_message_row(d, observer) for d in traffic.close())


def _message_row(delivery: Delivery, observer: Observer) -> dict[str, Any]:
    message = delivery.message
    classified = observer.classified(delivery)
    row = {
        "uid": delivery.flow.uid,
        "time": moment(delivery.time).isoformat(),
        "protocol": message.protocol,
        "kind": message.kind,
        "payload_octets": len(message.payload),
        "format": classified.format if classified else "",
    }
    for name in ("topic", "path", "client_id", "qos", "retain"):
        if name in message.fields:
            row[name] = message.fields[name]
    return row
