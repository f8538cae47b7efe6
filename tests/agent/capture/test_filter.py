"""Filter expressions, as the kernel applies them to real frames."""

from collections.abc import Callable
from functools import partial

import pytest

from schouw_agent.capture import expression
from schouw_agent.errors import ConfigError
from tests.agent.capture.wire import FRAMES, send, udp, watch

FILTERS = [
    ("udp port 1883", [True, True, False, False, False]),
    ("not udp", [False, False, False, False, True]),
    ("host 192.0.2.8", [False, False, True, False, False]),
    ("ip6", [False, False, False, True, False]),
    ("udp[8] = 0x62 or ether proto 0x88cc", [False, True, False, False, True]),
    ("", [True] * 5),
]
VARIED = [
    *FRAMES[:2],
    udp(b"a", source="192.0.2.8", ports=(40_000, 53)),
    udp(b"a", source="2001:db8::7", destination="2001:db8::10", ports=(40_000, 53)),
    FRAMES[2],
]


@pytest.mark.usefixtures("wires")
@pytest.mark.parametrize("by", ["libpcap", "tcpdump"])
@pytest.mark.parametrize(("text", "kept"), FILTERS)
def test_a_filter_lets_through_what_it_says(
    text: str,
    kept: list[bool],
    by: str,
    programs: Callable[..., None],
    demand: Callable[[bool, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if by == "tcpdump":
        programs("tcpdump")
        monkeypatch.setattr(expression, "find_library", lambda _name: None)
    else:
        demand(expression._library() is not None, "libpcap is not installed")
    end = udp(b"end", ports=(1883, 1883))
    ends = {"": end, "not udp": FRAMES[2], "ip6": VARIED[3], "host 192.0.2.8": VARIED[2]}
    last = ends.get(text, udp(b"b", ports=(1883, 1883)))
    expected = [frame for frame, keeps in zip(VARIED, kept, strict=True) if keeps] + [last]
    # Both interfaces have the filter, each in its place in the program.
    for name in ("0", "1"):
        seen, feed, _ = watch(
            ["c0", "c1"],
            [partial(send, f"s{name}", [*VARIED, last])],
            lambda s: len(s) >= len(expected),
            expression=text,
        )
        assert [each.octets for each in seen] == expected
        assert feed.partial is bool(text)
        assert all(bool(text) == any(text in n for n in each.notes) for each in feed.seen())


@pytest.mark.parametrize("by", ["libpcap", "tcpdump"])
@pytest.mark.parametrize(
    ("text", "why"), [("udp prt 5", "syntax error"), ("vlan 5", "vlan does not work")]
)
def test_a_wrong_filter_is_one_clear_error(
    text: str, why: str, by: str, programs: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if by == "tcpdump":
        programs("tcpdump")
        monkeypatch.setattr(expression, "find_library", lambda _name: None)
    with pytest.raises(ConfigError, match=why) as raised:
        expression.compile_expression(text, 1)
    assert "\n" not in raised.value.diagnostics()


def test_a_filter_without_a_compiler_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expression, "find_library", lambda _name: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ConfigError, match="needs libpcap or tcpdump"):
        expression.compile_expression("udp", 1)
    with pytest.raises(ConfigError, match="Ethernet and raw IP"):
        expression.compile_expression("udp", 113)
