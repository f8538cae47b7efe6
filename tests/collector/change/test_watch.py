"""Which changes since a baseline ask for a decision, and that a quiet city asks next to none."""

from datetime import UTC, datetime, timedelta

import pytest

from schouw_agent.report import Coverage
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.change.fingerprint import take
from schouw_collector.change.watch import Watch, to_decide, with_states
from schouw_collector.records import Period, Verdict, Words
from tests.collector.quiet_city import days

START = datetime(2026, 10, 5, tzinfo=UTC)
LOSSY = Coverage(frames=1, octets=1, kernel_drops=5)


def _often(category, **changes):
    """An emission about every second."""
    return {"category": category, "intervals": (0,) * 9 + (600,), **changes}


@pytest.fixture
def make_day(make_assessment, make_device):
    """Return a function that makes the fingerprint of one day of one bound device."""

    def make(day, *emissions, undeclared=(), declared=(), seen=True, **changes):
        device = make_device(
            "d1", [_often("people_count"), *emissions], **changes.pop("device", {})
        )
        start = START + timedelta(days=day)
        entry = make_assessment().entries[0]
        said = Words(nl="-", en="-")
        verdicts = [
            Verdict(category=category, verdict=verdict, reason=said)
            for verdict, categories in (
                ("undeclared", undeclared),
                ("declared_and_observed", declared),
            )
            for category in categories
        ]
        entry = entry.model_copy(update={"verdicts": tuple(verdicts)})
        return take(
            make_assessment(
                entries=(entry,) if seen else (),
                devices=(device,) if seen else (),
                unbound_devices=(),
                findings=(),
                period=Period(start=start, end=start + timedelta(days=1)),
                **changes,
            )
        )

    return make


def _states(watch, kind="category"):
    return [event.state for event in watch.events() if event.change.kind == kind]


def test_something_new_asks_for_a_decision_when_three_windows_show_it(make_day):
    watch = Watch(make_day(0))
    for day in range(1, 5):
        watch.add(make_day(day))
    for day in range(5, 8):
        watch.add(make_day(day, _often("sound_level")))
        assert _states(watch) == ["open" if day == 7 else "unconfirmed"]


def test_what_every_window_shows_asks_though_they_are_few(make_day):
    watch = Watch(make_day(0))
    watch.add(make_day(1, _often("sound_level")))
    assert _states(watch) == ["open"]
    watch.add(make_day(2, _often("sound_level")))
    assert _states(watch) == ["open"]
    watch.add(make_day(3))
    assert _states(watch) == ["unconfirmed"]


def test_three_windows_far_apart_are_chance(make_day):
    watch = Watch(make_day(0))
    for day in range(1, 40):
        watch.add(make_day(day, *([_often("sound_level")] if day in {5, 15, 30} else [])))
    assert _states(watch) == ["unconfirmed"]


def test_undeclared_data_about_individuals_ask_at_once(make_day):
    watch = Watch(make_day(0))
    for day in range(1, 6):
        new = [_often("wifi_mac_hashed")] if day == 5 else []
        watch.add(make_day(day, *new, undeclared=["wifi_mac_hashed"] if new else []))
    assert _states(watch) == ["open"]


def test_what_the_register_declares_now_is_no_creep(make_day):
    watch = Watch(make_day(0))
    for day in range(1, 5):
        watch.add(make_day(day, _often("wifi_mac_hashed"), declared=["wifi_mac_hashed"]))
    assert (_states(watch), _states(watch, "privacy_class")) == (["declared"], ["declared"])
    assert to_decide(watch.events()) == ()


def test_what_may_be_older_than_a_short_baseline_asks_nothing(make_day):
    rare = {"category": "sound_level", "messages": 1}
    watch = Watch(make_day(0))
    for day in range(1, 5):
        watch.add(make_day(day, rare))
    assert _states(watch) == ["perhaps_older"]


def test_our_own_knowledge_asks_nothing(make_day):
    watch = Watch(make_day(0))
    for day in range(1, 5):
        watch.add(
            make_day(day, _often("face_image"), undeclared=["face_image"], knowledge="1" * 64)
        )
    assert {event.state for event in watch.events()} == {"ours"}


def test_gone_is_said_after_three_windows_that_could_have_shown_it(make_day):
    watch = Watch(make_day(0, _often("sound_level")))
    watch.add(make_day(1, _often("sound_level")))
    watch.add(make_day(2))
    watch.add(make_day(3, seen=False))
    watch.add(make_day(4))
    assert _states(watch, "gone") == ["unconfirmed"]
    watch.add(make_day(5, coverage=LOSSY))
    watch.add(make_day(6))
    assert _states(watch, "gone") == ["open"]
    watch.add(make_day(7, _often("sound_level")))
    assert watch.events() == ()


def test_changes_with_one_cause_are_one_decision(make_assessment, make_device):
    def day(number, server):
        start = START + timedelta(days=number)
        return take(
            make_assessment(
                entries=(),
                devices=tuple(
                    make_device(
                        f"d{n}", ["people_count"], {"serial": f"S{n}"}, vendor="Voorbeeld",
                        recipients=[{"host": f"{server}.example", "address": ""}],
                    )
                    for n in range(50)
                ),
                unbound_devices=(),
                findings=(),
                period=Period(start=start, end=start + timedelta(days=1)),
            )
        )  # fmt: skip

    watch = Watch(day(0, "alfa"))
    watch.add(day(1, "bravo"))
    (group,) = to_decide(watch.events())
    assert len(group.events) == 50
    decided = with_states(watch.events(), {e.change.id: "accepted" for e in group.events})
    assert to_decide(decided) == ()


def test_other_firmware_asks_nothing_by_itself(make_assessment, make_device):
    def day(number, firmware, *more):
        start = START + timedelta(days=number)
        device = make_device("d1", [_often("people_count"), *more], firmware=firmware)
        period = Period(start=start, end=start + timedelta(days=1))
        return take(
            make_assessment(
                entries=(), devices=(device,), unbound_devices=(), findings=(), period=period
            )
        )

    watch = Watch(day(0, "1.2"))
    for number in range(1, 4):
        watch.add(day(number, "1.3"))
    assert (_states(watch, "firmware"), to_decide(watch.events())) == (["noted"], ())
    # What it does otherwise asks.
    for number in range(4, 7):
        watch.add(day(number, "1.3", _often("sound_level")))
    assert [g.events[0].change.category for g in to_decide(watch.events())] == ["sound_level"]


@pytest.mark.parametrize(
    ("model", "category", "state"),
    [
        ("PC-2", "people_count", "noted"),
        ("PC-2", "wifi_mac_hashed", "open"),
        ("PC-3", "people_count", "open"),
        ("", "people_count", "open"),
    ],
)
def test_one_more_of_a_known_kind_asks_nothing_by_itself(
    make_assessment, make_device, model, category, state
):
    def day(number, *devices):
        start = START + timedelta(days=number)
        period = Period(start=start, end=start + timedelta(days=1))
        return take(
            make_assessment(
                entries=(), devices=devices, unbound_devices=(), findings=(), period=period
            )
        )

    def device(id_, mac, model, category):
        rows = [_often(category)]
        vendor = "Voorbeeld" if model else ""
        return make_device(id_, rows, {"mac": mac}, vendor=vendor, model=model)

    old = device("d1", "02:00:5e:00:53:01", "PC-2", "people_count")
    new = device("d2", "02:00:5e:00:53:02", model, category)
    watch = Watch(day(0, old))
    for number in range(1, 4):
        watch.add(day(number, old, new))

    assert _states(watch, "device") == [state]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ninety_quiet_days_ask_at_most_five_decisions_a_week(seed):
    city = days(devices=60, seed=seed)
    watch = Watch(take(next(city)))
    for _ in range(90):
        watch.add(take(next(city)))
    asked = to_decide(watch.events())
    assert len(asked) <= 5 * 90 / 7 / 4, [group.events[0].change.text.en for group in asked]
    about_people = [g for g in asked if g.events[0].change.privacy_class == "personal"]
    assert about_people == []


def test_creep_in_a_quiet_city_is_found_among_the_noise():
    city = days(devices=30, seed=4)
    first = next(city)
    watch = Watch(take(first))
    counter = next(d.id for d in first.devices if d.emissions[0].category == "people_count")
    for day in range(1, 11):
        watch.add(take(_creeping(next(city), counter) if day > 5 else next(city)))
    found = [e for g in to_decide(watch.events()) for e in g.events]
    assert "wifi_mac_hashed" in {event.change.category for event in found}


def _creeping(day, id_):
    """The same day, on which one device also sends hashed addresses."""
    added = tuple(
        device.model_copy(
            update={
                "emissions": (
                    *device.emissions,
                    device.emissions[0].model_copy(
                        update={
                            "category": "wifi_mac_hashed",
                            "path": "probes[]",
                            "privacy_class": CATEGORIES["wifi_mac_hashed"].privacy_class,
                        }
                    ),
                )
            }
        )
        if device.id == id_
        else device
        for device in day.devices
    )
    return day.model_copy(update={"devices": added})
