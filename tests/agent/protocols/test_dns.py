"""DNS: messages that scapy builds."""

from scapy.layers.dns import DNS, DNSQR, DNSRR, DNSRRSRV

from schouw_agent.plugins import PortHint
from schouw_agent.protocols.dns import DECODER

HINT = PortHint("udp", 41000, 29170)


def test_messages_of_scapy():
    question = DNSQR(qname="Broker.example.org", qtype="AAAA")
    query = bytes(DNS(id=7, rd=1, qd=question))
    answers = [
        DNSRR(rrname="broker.example.org", type="CNAME", rdata="b.example.org"),
        DNSRR(rrname="b.example.org", type="AAAA", rdata="2001:db8::1"),
        DNSRRSRV(rrname="_mqtt.example.org", port=1883, target="b.example.org"),
    ]
    answer = bytes(DNS(id=7, qr=1, rd=1, ra=1, qd=question, an=answers))
    assert DECODER.probe(query, answer, HINT) >= 0.9
    conversation = DECODER.open(HINT)
    (asked,) = conversation.feed(True, query)
    (told,) = conversation.feed(False, answer)
    assert (asked.kind, asked.fields["name"], asked.fields["type"]) == (
        "query",
        "broker.example.org",
        "AAAA",
    )
    assert told.fields["answers"] == (
        ("broker.example.org", "CNAME", "b.example.org"),
        ("b.example.org", "AAAA", "2001:db8::1"),
        ("_mqtt.example.org", "SRV", "b.example.org:1883"),
    )


def test_neighbours_on_their_ports_are_left_to_their_decoders():
    query = bytes(DNS(id=0, qd=DNSQR(qname="lamp.local", qtype="PTR")))
    assert DECODER.probe(query, b"", HINT) >= 0.5
    for port in (137, 5353, 5355):
        assert DECODER.probe(query, b"", PortHint("udp", port, port)) == 0


def test_one_bad_datagram_does_not_end_it(run):
    query = bytes(DNS(id=7, qd=DNSQR(qname="a.example")))
    _, error, conversation = run.converse(DECODER, [(True, query), (True, b"short")], HINT)
    assert str(error) == "message shorter than its header"
    assert conversation.wanted is True
    assert conversation.feed(True, query)[0].fields["name"] == "a.example"
