"""The index finds every pattern that fits, whatever its kind: what it leaves out fits not."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_collector.binding.mark_index import MarkIndex
from schouw_collector.binding.selectors import fits, normal_pattern

PATTERNS = st.sampled_from(
    [
        ("geohash", "u173"),
        ("topic", "plein/#"), ("topic", "plein/+/up"), ("topic", "plein"), ("topic", "+/1/up"),
        ("topic", "+/1/#"), ("ip", "192.0.2.0/24"), ("ip", "192.0.2.7"), ("ip", "0.0.0.0/0"),
        ("ip", "2001:db8::/32"), ("oui", "02:00:5e"), ("oui", "06-00-00"), ("client_id", "meter-*"),
        ("client_id", "*-1"), ("client_id", "m?ter-[12]"), ("host_name", "Lamp*"), ("name", "l*"),
    ]
)  # fmt: skip
DEVICES = st.fixed_dictionaries(
    {},
    optional={
        "mac": st.sampled_from(["02:00:5E:00:53:01", "06:00:00:00:00:01"]),
        "ip": st.sampled_from(["192.0.2.7", "198.51.100.1", "2001:db8::7", "not one"]),
        "client_id": st.sampled_from(["meter-1", "METER-2", "x-1"]),
        "host_name": st.sampled_from(["lamp-7", "Lamp"]),
        "name": st.sampled_from(["lamp", "Light"]),
        "topic": st.sampled_from(["plein", "plein/1/up", "park/1/up"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(patterns=st.lists(PATTERNS, max_size=12), identifiers=DEVICES, channel=st.booleans())
def test_what_fits_is_found(patterns, identifiers, channel, make_device):
    emissions = [{"category": "wind", "channel": "plein/2/up"}] if channel else []
    device = make_device(identifiers=identifiers, emissions=emissions, areas=("u173z",))
    rows = [(kind, normal_pattern(kind, pattern)) for kind, pattern in patterns]
    index = MarkIndex()
    for kind, pattern in rows:
        index.add(kind, pattern, (kind, pattern))

    found = index.find(device)
    assert Counter(found) == Counter((row[0], row) for row in rows if fits(*row, device))


def test_thousands_of_filters_are_not_tried_one_by_one(make_device, monkeypatch):
    index, tried = MarkIndex(), []
    for number in range(5_000):
        index.add("topic", f"plein/{number}/#", number)
    monkeypatch.setattr(
        "schouw_collector.binding.mark_index.fits",
        lambda *row: tried.append(row) or fits(*row),
    )

    assert index.find(make_device(identifiers={"topic": "plein/77/up"})) == [("topic", 77)]
    assert len(tried) <= 2
