"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

_TOPIC = "$aws/things/lamp-12/shadow/update"
CASES = (
    ("what it reports; what is wished of it is not what it says",
     b'{"state": {"reported": {"dim": 40}, "desired": {"dim": 80}}}', {"state.reported.dim": 40}),
    ("of the documents, only what is now", Content(
        b'{"previous": {"state": {"reported": {"dim": 1}}}, '
        b'"current": {"state": {"reported": {"dim": 2}}}, "timestamp": 1}', topic=_TOPIC),
     {"current.state.reported.dim": 2}),
    ("a wish", b'{"state": {"desired": {"dim": 80}}, "clientToken": "x"}', {}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"state": "on"}', b'{"state": {"on": true}}',
    b'{"state": {"reported": {}}, "temperature": 20}',
)  # fmt: skip
SUBJECTS = (
    ("by the topic", Content(b'{"state": {"reported": {"dim": 40}}}', topic=_TOPIC), "lamp-12",
     {"name": "lamp-12"}),
)  # fmt: skip
