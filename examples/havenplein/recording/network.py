"""The network of the square: namespaces, veth pairs, one bridge as switch, one router.

The switch is a bridge in a namespace of its own; it shows forwarded unicast to a capture
in promiscuous mode.  What lies behind the router is on a second bridge, inside the router,
so that on the square all of it wears the router's MAC address.
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from recording.plan import INTERNET, ROUTER, SQUARE, Host

SWITCH = "hp-schakelaar"
BRIDGE = "spiegelpoort"
_NETNS = Path("/etc/netns")
_OFFLOADS = ("rx", "off", "tx", "off", "sg", "off", "tso", "off", "gso", "off", "gro", "off")


def namespace(name: str) -> str:
    """Return the namespace of a host."""
    return f"hp-{name}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _inside(space: str, *words: str) -> None:
    subprocess.run(["ip", "netns", "exec", space, *words], check=True, capture_output=True)


def _add_namespace(space: str) -> None:
    _ip("netns", "add", space)
    for scope in ("all", "default"):
        _inside(space, "sysctl", "-qw", f"net.ipv6.conf.{scope}.disable_ipv6=1")
    _ip("-n", space, "link", "set", "lo", "up")


def _plug(host: Host, space: str, bridge_space: str, bridge: str, port: str) -> None:
    """Connect a host to a bridge, without offloads: the capture must hold what a wire would."""
    _ip(
        *("link", "add", port, "netns", bridge_space, "type", "veth"),
        *("peer", "name", "eth0", "netns", space),
    )
    _ip("-n", space, "link", "set", "eth0", "address", host.mac)
    _ip("-n", bridge_space, "link", "set", port, "master", bridge)
    _inside(space, "ethtool", "-K", "eth0", *_OFFLOADS)
    _inside(bridge_space, "ethtool", "-K", port, *_OFFLOADS)
    _ip("-n", bridge_space, "link", "set", port, "up")
    _ip("-n", space, "address", "add", f"{host.address}/24", "dev", "eth0")
    _ip("-n", space, "link", "set", "eth0", "up")


def _add_bridge(space: str, name: str) -> None:
    _ip("-n", space, "link", "add", name, "type", "bridge", "stp_state", "0", "mcast_snooping", "0")
    _ip("-n", space, "link", "set", name, "up")


def _resolver(space: str) -> None:
    folder = _NETNS / space
    folder.mkdir(parents=True)
    (folder / "resolv.conf").write_text(f"nameserver {ROUTER.address}\n", encoding="ascii")


@contextlib.contextmanager
def square() -> Iterator[None]:
    """Yield with the network up; take it down afterwards."""
    tear_down()
    try:
        _add_namespace(SWITCH)
        _add_bridge(SWITCH, BRIDGE)
        _build_router()
        for number, host in enumerate(SQUARE.values()):
            space = namespace(host.name)
            _add_namespace(space)
            _plug(host, space, SWITCH, BRIDGE, f"poort{number}")
            _ip("-n", space, "route", "add", "default", "via", ROUTER.address)
            _resolver(space)
        for number, host in enumerate(INTERNET.values()):
            space = namespace(host.name)
            _add_namespace(space)
            _plug(host, space, namespace("router"), "wan", f"wan{number}")
            gateway = host.address.rsplit(".", 1)[0] + ".1"
            _ip("-n", space, "route", "add", "default", "via", gateway)
            _resolver(space)
        yield
    finally:
        tear_down()


def _build_router() -> None:
    space = namespace("router")
    _add_namespace(space)
    _plug(ROUTER, space, SWITCH, BRIDGE, "router")
    _add_bridge(space, "wan")
    for address in ("203.0.113.1/24", "198.51.100.1/24"):
        _ip("-n", space, "address", "add", address, "dev", "wan")
    _inside(space, "sysctl", "-qw", "net.ipv4.ip_forward=1")
    _inside(space, "sysctl", "-qw", "net.ipv4.conf.all.send_redirects=0")


def tear_down() -> None:
    """Remove the namespaces of this example, and nothing else."""
    listed = subprocess.run(["ip", "netns", "list"], check=True, capture_output=True, text=True)
    for line in listed.stdout.splitlines():
        space = line.split()[0]
        if space.startswith("hp-"):
            _ip("netns", "del", space)
    for folder in _NETNS.glob("hp-*"):
        shutil.rmtree(folder)


class Crew:
    """The processes of one recording.  Each has its namespace, host name and the take's clock."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._log = log
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, host: str, *words: str) -> None:
        """Start a program in the namespace of a host; it never learns this machine's name."""
        with (self._log / f"{host}.log").open("ab") as log:
            self._running.append(
                subprocess.Popen(
                    [
                        *("ip", "netns", "exec", namespace(host)),
                        *("unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"', host),
                        *words,
                    ],
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )

    def stop(self) -> None:
        """Ask the youngest first to end, as clients say goodbye before servers do."""
        for process in reversed(self._running):
            process.terminate()
            try:
                process.wait(timeout=3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
