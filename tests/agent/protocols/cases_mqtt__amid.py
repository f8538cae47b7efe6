"""MQTT 5 from amid a connection, after OASIS MQTT 5.0, 3.3.2.3.4."""

ORIG, RESP = True, False
# QoS 0, no topic, properties 03: topic alias 2.
BY_ALIAS = bytes.fromhex("30 13 0000 03 23 0002") + b'{"people": 3}'

CASES = [
    {
        "name": "5 from amid the connection, the topic by its alias",
        "port": 1883,
        "chunks": [(ORIG, BY_ALIAS)],
        "messages": [("publish", {"topic": "", "topic_alias": 2}, b'{"people": 3}')],
    },
    {
        "name": "5 from amid the connection, by alias, longer than the head that is looked at",
        "port": 1883,
        # QoS 2, packet id 9; acknowledged, and released.
        "chunks": [
            (
                ORIG,
                bytes.fromhex("34 8818 0000 0009 03 23 0002") + b"x" * 3072 + b"\x62\x02\0\x09",
            ),
            (RESP, bytes.fromhex("50 02 0009 70 02 0009")),
        ],
        "messages": [
            ("publish", {"topic": "", "topic_alias": 2}, b"x" * 3072),
            ("pubrel", {}, b""),
            ("pubrec", {}, b""),
            ("pubcomp", {}, b""),
        ],
    },
    {
        "name": "5 by alias, cut off by the end",
        "port": 1883,
        "chunks": [(ORIG, BY_ALIAS + BY_ALIAS[:9])],
        "messages": [("publish", {"topic": "", "topic_alias": 2}, b'{"people": 3}')],
    },
]
INVALID: list[dict[str, object]] = []
