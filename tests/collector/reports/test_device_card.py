"""What the page says of a device: what it is, what its data resembles, who asked for it."""

import pytest

HOSTILE = "<script>alert(1)</script>"


def _page(make_page, make_device, language, text="plein/#"):
    device = make_device(
        vendor="Peil BV", model="PB-7", firmware="2.1", software=["Peil/2.1", text],
        services=["bridge", text], mud_url="https://mud.example.org/pb7",
        emissions=[{"category": "opaque_payload", "consistent_with": f"video, 1.9 Mbit/s{text}"}],
        recipients=[{"role": "subscriber", "address": "192.0.2.20", "topic_filters": [text, "#"]}],
    )  # fmt: skip
    return make_page(language, devices=(device,))


@pytest.mark.parametrize(
    ("language", "resembles"),
    [("en", "The shape resembles video, 1.9 Mbit/s"), ("nl", "De vorm lijkt op video, 1.9 Mbit/s")],
)
def test_what_a_device_is_and_who_asked_for_its_data(make_page, make_device, language, resembles):
    page = _page(make_page, make_device, language)
    for text in ("Peil BV", "PB-7", "2.1", "Peil/2.1", "bridge", "https://mud.example.org/pb7"):
        assert f"<bdi>{text}" in page, text
    assert resembles in page
    assert "<bdi>plein/#, #</bdi>" in page


def test_nothing_that_a_device_says_can_act(make_page, make_device):
    page = _page(make_page, make_device, "en", HOSTILE)
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 4
