"""What the page says of pseudonyms that come back."""

import html
import re


def test_recurrence_is_told_in_words_and_of_few_not_at_all(make_page, make_full, make_device):
    estimate = {"estimate": 120, "low": 110, "high": 130}
    known = {"windows": 4, "window_seconds": 3600, "horizon_seconds": 172_800}
    known |= {"since": "2026-05-07T10:00:00Z", "distinct": estimate, "again": None, "share": None}
    told = [known, {**known, "again": estimate, "share": 0.35}, {**known, "distinct": None}]
    emissions = [
        {"category": "wifi_mac_hashed", "path": f"p{n}", "recurrence": each}
        for n, each in enumerate(told)
    ]
    link = {"device_ids": ("d1", "d2"), "categories": (), "shared": estimate}
    link |= {"horizon_seconds": 172_800, "since": "2026-05-07T10:00:00Z"}
    page = make_page("en", make_full(devices=(make_device("d1", emissions),)), linkages=(link,))
    words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())

    assert "about 120 different pseudonyms (110 to 130) in 4 windows of 60 minutes" in words
    assert words.count("fewer than ten of them came back") == 1
    assert "about 35% of them came back" in words
    assert words.count("fewer than ten different pseudonyms; no more is told") == 1
    assert "gave about 120 of the same pseudonyms (110 to 130)" in words
