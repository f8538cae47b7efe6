"""The city in a box: its clock, its addresses and names, its makers, and that its truth holds."""

import json
import os
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from schouw_agent.pipeline import inspect
from schouw_collector.spot_check import check
from tests.city.background import Background
from tests.city.camera import Viewing
from tests.city.capture import Frame, with_macs, write_pcapng
from tests.city.clock import SECOND, Clock
from tests.city.discovery import Findable
from tests.city.loss import without_some
from tests.city.mix import furnish
from tests.city.neighbours import Mdns, Product, Ssdp
from tests.city.style import CASES, LANGUAGES, SHAPES, Style, concepts
from tests.city.town import (
    BROKER_ADDRESS,
    BROKER_NAME,
    Host,
    Town,
    can_make_networks,
    tools_missing,
)

START = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
ROUTER, CAMERA = bytes.fromhex("025748000001"), bytes.fromhex("025749000001")
DEVICES = 10
PRODUCT = Product("Proefbouw", "PR-12", "5.2")
_SYN = 2


@pytest.fixture
def apart(demand) -> Callable[[Callable[[], Any]], Any]:
    """Return a function that runs another in a thread of its own, which the town moves away."""
    demand(os.geteuid() == 0 and can_make_networks(), "network namespaces need root")
    demand(not tools_missing(), f"not installed: {', '.join(tools_missing())}")

    def run(action: Callable[[], Any]) -> Any:
        kept: list[Any] = []
        failed: list[BaseException] = []

        def act() -> None:
            try:
                kept.append(action())
            except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
                failed.append(error)

        thread = threading.Thread(target=act)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]
        return kept[0]

    return run


def test_the_time_of_the_story_never_goes_back():
    clock, walls = Clock(START), []
    clock.mark()
    for at in (0, 10, 10, 10, 86_400):
        clock.at(at, lambda: walls.append(time.time_ns()))
    clock.run(90_000)

    times = [clock.story_time(wall) for wall in range(walls[0], walls[-1] + 1000, 997)]

    assert times == sorted(times)
    origin = int(START.timestamp()) * SECOND
    late = [(clock.story_time(wall) - origin) / SECOND for wall in walls]
    assert [int(each) for each in late] == [0, 10, 10, 10, 86_400]


def test_a_busy_machine_does_not_change_the_rhythm():
    clock, walls = Clock(START), []
    clock.mark()
    for n in range(20):
        # Longer than there is to the next event, as on a machine with much else to do.
        busy = 0.03 if n % 4 == 0 else 0.0
        clock.at(1 + n / 64, lambda busy=busy: (walls.append(time.time_ns()), time.sleep(busy)))
    clock.run(2)

    origin = int(START.timestamp()) * SECOND
    told = [(clock.story_time(wall) - origin) / SECOND for wall in walls]

    assert [int(64 * (each - 1)) for each in told] == list(range(20))


def test_a_leap_is_later_in_the_story_alone():
    clock, seen = Clock(START), []
    clock.leap(10, 86_400)
    for at in (5, 10, 15):
        clock.at(at, lambda: seen.append((clock.now, clock.moment())))
    clock.run(20)

    assert [now for now, _ in seen] == [5, 10, 15]
    assert [(moment - START).total_seconds() for _, moment in seen] == [5, 86_410, 86_415]


def test_events_of_one_moment_keep_their_order_and_none_is_after_the_end():
    clock, seen = Clock(START), []
    for name in "abc":
        clock.at(5, lambda name=name: seen.append(name))
    clock.every(lambda: 40, lambda: seen.append(clock.now), first=10)
    clock.run(100)

    assert seen == ["a", "b", "c", 10, 50, 90]
    assert clock.now == 100


def _frame(source: str, target: str, *, to: bytes = bytes(6), kind: bytes = b"\x08\x00") -> bytes:
    addresses = bytes(map(int, f"{source}.{target}".split(".")))
    return to + bytes(6) + kind + bytes(12) + addresses + bytes(8)


@pytest.mark.parametrize(
    ("why", "frame", "target", "source"),
    [
        ("to the router", _frame("192.0.2.131", "203.0.113.1"), ROUTER, CAMERA),
        ("from it", _frame("203.0.113.1", "192.0.2.131"), CAMERA, ROUTER),
        (
            "to all who want it",
            _frame("192.0.2.131", "239.255.255.250", to=b"\1\0\x5e\x7f\xff\xfa"),
            b"\1\0\x5e\x7f\xff\xfa",
            CAMERA,
        ),
        ("not IPv4", _frame("192.0.2.131", "203.0.113.1", kind=b"\x86\xdd"), bytes(6), bytes(6)),
    ],
)
def test_mac_addresses_are_those_of_the_ends(why, frame, target, source):
    told = with_macs(frame, {bytes((192, 0, 2, 131)): CAMERA}, ROUTER)

    assert (told[:6], told[6:12]) == (target, source), why
    assert told[12:] == frame[12:]


def test_a_maker_keeps_its_style_and_seeds_have_different_ones():
    styles = [Style.of(random.Random(f"{seed} teller")) for seed in range(40)]

    assert styles == [Style.of(random.Random(f"{seed} teller")) for seed in range(40)]
    assert {style.case for style in styles} == set(CASES)
    assert {style.shape for style in styles} == set(SHAPES)
    assert Style.of(random.Random(1), shape="flat", case="kebab").name("aantal uit") == "aantal-uit"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_message_holds_what_it_is_to_say(shape):
    for language in LANGUAGES:
        style = Style(language, "camel", shape, "beside", "time", 1)
        for category in concepts():
            message = style.with_extra(
                style.message({category: 7}, "dev-1", "2026-09-14T08:00:00Z"), {"card number": 3}
            )
            text = json.dumps(message, ensure_ascii=False)
            assert style.field(category) in text
            assert "cardNumber" in text


def test_what_is_lost_is_chosen_by_the_seed(tmp_path):
    whole, some = tmp_path / "whole.pcapng", tmp_path / "some.pcapng"
    write_pcapng(whole, (Frame(n * SECOND, bytes(60)) for n in range(1000)))

    sizes = []
    for seed, seconds in ((1, None), (1, None), (2, None), (1, 99.5)):
        without_some(whole, some, 0.1, seed, seconds=seconds)
        sizes.append((some.stat().st_size, some.read_bytes()))

    empty = whole.stat().st_size - 1000 * 92
    kept = [(size - empty) // 92 for size, _ in sizes]
    assert sizes[0] == sizes[1] != sizes[2]
    assert 850 < kept[0] < 950
    assert 80 < kept[3] <= 100


def test_names_are_answered_and_others_do_not_exist(apart):
    def act() -> list[str]:
        town, found = Town(1), []
        try:
            host = town.host("teller")
            for name in (BROKER_NAME, "nergens.example"):
                town.clock.at(1, lambda name=name: found.append(town.look_up(host, name)))
            town.run(5)
        finally:
            town.close()
        return found

    assert apart(act) == [BROKER_ADDRESS, ""]


@pytest.mark.parametrize("secure", [False, True])
def test_a_camera_is_watched_in_clear_or_in_tls(apart, secure):
    def act() -> bytes:
        town = Town(3, secure=secure)
        try:
            camera = town.host("camera")
            town.clock.at(1, lambda: Viewing(town, camera, "192.0.2.20").begin(3))
            town.run(10)
            return b"".join(frame.octets for frame in town.frames)
        finally:
            town.close()

    octets = apart(act)

    assert (b"RTSP/1.0" in octets) is not secure
    assert (b"camera.example" in octets) is secure
    assert len(octets) > 10_000


def _findable(town: Town, host: Host) -> Findable:
    return Findable(town, host, {"manufacturer": "Proefbouw"})


@pytest.mark.parametrize(
    "made", [_findable, partial(Ssdp, product=PRODUCT), partial(Mdns, product=PRODUCT)]
)
def test_who_is_told_of_a_device_is_told_by_whom(apart, tmp_path, made):
    groups = set()

    def act() -> None:
        town = Town(5)
        try:
            noise = Background(town)
            host = town.host("camera-1", mac="02:57:4b:00:00:01")
            told = made(town, host)
            town.clock.at(1, told.say_hello)
            town.clock.at(2, lambda: told.be_found("192.0.2.20"))
            # The way to a group is not the way to everybody afterwards.
            town.clock.at(3, lambda: noise.ask_update(host))
            town.run(10)
            town.write(tmp_path / "capture.pcapng")
            groups.update(f.octets[26:30] for f in town.frames if f.octets[30] >> 4 == 0xE)
        finally:
            town.close()

    apart(act)
    (found,) = (
        device
        for device in inspect([tmp_path / "capture.pcapng"]).devices
        if "02:57:4b:00:00:01" in {each.value for each in device.identifiers}
    )

    assert groups == {bytes((192, 0, 2, 130)), bytes((192, 0, 2, 20))}
    assert "Proefbouw" in f"{found.vendor} {found.software}"
    assert found.emissions == ()


def test_a_scan_is_of_all_doors_and_says_nothing_of_the_device(apart, tmp_path):
    def act() -> set[int]:
        town = Town(5)
        try:
            noise, host = Background(town), town.host("camera-1")
            town.clock.at(1, lambda: noise.scan(host))
            town.run(10)
            town.write(tmp_path / "capture.pcapng")
            return {int.from_bytes(f.octets[36:38]) for f in town.frames if f.octets[47] == _SYN}
        finally:
            town.close()

    assert apart(act) >= {22, 23, 80, 554}
    assert [
        d.emissions for d in inspect([tmp_path / "capture.pcapng"]).devices if d.emissions
    ] == []


def test_what_honest_devices_send_is_what_is_named(apart, tmp_path):
    def act() -> tuple[Any, Any]:
        town = Town(11)
        try:
            papers = furnish(town, DEVICES, sloppy=0, deviating=0, seconds=7200)
            town.run(7200)
            town.write(tmp_path / "capture.pcapng")
        finally:
            town.close()
        return papers, town.truths

    papers, truths = apart(act)
    for name, content in (("register.json", papers.register), ("bindings.json", papers.bindings)):
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")

    found = _checked(tmp_path)

    named = {
        entry.entry_id: {v.category for v in entry.verdicts if v.verdict == "declared_and_observed"}
        for entry in found.entries
    }
    assert len(truths) == DEVICES
    for truth in truths.values():
        assert truth.categories
        assert truth.categories <= named[truth.entry], truth
    assert [f.rule_id for f in found.findings if f.kind == "finding"] == []


def _checked(folder: Path) -> Any:
    return check(
        [folder / "capture.pcapng"],
        register=folder / "register.json",
        bindings=folder / "bindings.json",
        order=None,
        governance=None,
    ).assessment
