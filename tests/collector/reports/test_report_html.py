"""The page: what it says, in which order, and that nothing in it can act."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from schouw_collector.records import Words
from schouw_collector.saying.summary import summarise

HOSTILE = "<script>alert(1)</script>\u202e\"'><img src=x onerror=alert(2)>"
VOID = {"meta", "link", "br", "img", "input"}


class Outline(HTMLParser):
    """What a browser would see: elements, attributes, headings and text."""

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.attributes, self.ids = [], [], [], []
        self.headings, self.words = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(params=["nl", "en"])
def language(request):
    return request.param


def test_every_element_is_closed_and_every_link_leads_somewhere(make_page, language):
    outline = Outline(make_page(language))
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    for name, value in outline.attributes:
        if name == "href" and value.startswith("#"):
            assert value[1:] in outline.ids, value
        if name in {"aria-labelledby", "for"}:
            assert set(value.split()) <= set(outline.ids), value


def test_headings_never_skip_a_level_and_there_is_one_title(make_page, language):
    headings = Outline(make_page(language)).headings
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(headings))


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(make_page, language):
    page = make_page(language)
    outline = Outline(page)
    assert not set(outline.elements) & {"script", "img", "iframe", "link", "object", "form", "base"}
    assert not [name for name, _ in outline.attributes if name.startswith("on")]
    assert "url(" not in page
    assert "@import" not in page
    links = {v for n, v in outline.attributes if n in {"href", "src"} and not v.startswith("#")}
    other = "en" if language == "nl" else "nl"
    assert links == {
        f"report.{other}.html",
        "assessment.json",
        "findings.csv",
        "inventory.dsse.json",
    }
    assert "default-src 'none'" in page


def test_the_first_screen_says_the_result_before_anything_else(make_page):
    page = make_page("nl")
    first = Outline(page[: page.index("<nav")]).text
    for words in (
        "Van de 3 aangemelde sensoren: 1 zoals aangemeld, 1 anders dan aangemeld en 1 niet",
        "Eén apparaat dat is gezien, is niet gekoppeld aan het register.",
        "Wat niet is gezien, kan er nog wel zijn.",
        "3 apparaten ( havenplein.pcapng )",
        "5 oktober 2026, van 09:00 tot 09:10 UTC (10 minuten)",
        "De ernstigste punten",
        "Wat niet te zien was",
        "Van het dataverkeer was 90% te lezen.",
        "Versleuteld: de inhoud is niet te lezen (6 kB).",
        "Door de opdracht buiten beeld gelaten: Camera's van de politie.",
        "nadat ze dit netwerk verlaten",
    ):
        assert words in first, words
    for jargon in ("MQTT", "mqtt", "payload", "topic", "D04", "TLS", "DSSE", "SHA"):
        assert jargon not in first, jargon


def test_the_parts_come_in_the_order_in_which_people_need_them(make_page, language):
    page = make_page(language)
    places = [
        page.index(f'<h2 id="{part}"')
        for part in (
            "result", "findings", "questions", "entries", "unbound", "infrastructure", "devices",
            "coverage", "register_errors", "verify", "privacy", "dispute",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_a_finding_shows_all_that_people_need_to_judge_it(make_page):
    text = Outline(make_page("en")).text
    for words in (
        "Finding 1 very serious very sure (0.95) More sensitive than declared (en): Audio",
        "What was seen 20 messages with sound clips (en)",
        "What is declared Sound level (en)",
        "The difference Sound clips are not declared (en)",
        "What to do next: Ask the organisation (en)",
        "How sure we are very sure (0.95)",
        "What this rests on the signature of image, sound or video",
        "What would show this to be wrong A declaration of sound clips (en)",
        "GDPR art. 5(1)(c) (en) (EU, binding; source still to be checked)",
        "Looks like WAV 16 kHz mono 2.0 s",
        "Topic or path havenplein/sensor/1",
        "Reference: 6f1c2a60-0000-5000-8000-000000000001",
    ):
        assert words in text, words


def test_the_share_that_could_be_read_stands_beside_every_verdict(make_page):
    text = Outline(make_page("en")).text
    assert "= As declared Because sound_level (en) 90%" in text
    assert "≠ Seen, not declared Because audio_stream (en) 90%" in text
    assert "? Not assessable Because opaque_payload (en) no traffic" in text


def test_the_share_stands_beside_the_findings_of_an_entry_too(make_page):
    section = make_page("en").partition('<h2 id="findings"')[2].partition('<h2 id="questions"')[0]
    assert section.count("Traffic that could be read: 90%") == section.count('<div class="group">')


def test_what_cannot_be_assessed_is_never_shown_as_good(make_page):
    page = make_page("en")
    card = page[: page.index('id="entry-HP-11"')].rpartition("<article")[2]
    card += page[page.index('id="entry-HP-11"') :].partition("</article>")[0]
    assert "card entry not_assessable" in card
    assert "as_declared" not in card
    assert "declared_and_observed" not in card


def test_an_opaque_device_is_said_not_to_be_harmless(make_page):
    assert "That is not the same as harmless." in Outline(make_page("en")).text


def test_an_empty_assessment_claims_nothing(make_page):
    nothing = {"entries": (), "devices": (), "unbound_devices": (), "findings": ()}
    empty = {"infrastructure_devices": (), "register_errors": (), "outside_order": ()}
    text = Outline(make_page("en", **nothing, **empty)).text
    for words in (
        "The register declares no sensors for this check. What was not seen is not proven absent.",
        "There are no findings. That says nothing about what could not be seen.",
        "There are no questions.",
        "No errors were met while reading the register.",
    ):
        assert words in text, words


def _hostile(make_full):
    base = make_full()
    words = Words(nl=HOSTILE, en=HOSTILE)
    finding = base.findings[0]
    evidence = finding.evidence[0].model_copy(
        update=dict.fromkeys(("path", "channel", "protocol", "recipient", "form"), HOSTILE)
    )
    return base.model_copy(
        update={
            "register_source": HOSTILE,
            "software": HOSTILE,
            "register_errors": (HOSTILE,),
            "outside_order": (HOSTILE,),
            "entries": tuple(
                entry.model_copy(
                    update={
                        "name": HOSTILE,
                        "entry_id": HOSTILE,
                        "organisation": HOSTILE,
                        "type": HOSTILE,
                        "declared_text": (HOSTILE,),
                        "mapping_note": words,
                    }
                )
                for entry in base.entries[:1]
            ),
            "devices": tuple(
                device.model_copy(
                    update={
                        "id": HOSTILE,
                        "vendor": HOSTILE,
                        "firmware": HOSTILE,
                        "identifiers": tuple(
                            i.model_copy(update={"value": HOSTILE}) for i in device.identifiers
                        ),
                        "emissions": tuple(
                            e.model_copy(
                                update=dict.fromkeys(
                                    ("category", "path", "channel", "recipient", "form"), HOSTILE
                                )
                            )
                            for e in device.emissions
                        ),
                    }
                )
                for device in base.devices[:1]
            ),
            "unbound_devices": (HOSTILE,),
            "findings": (
                finding.model_copy(
                    update={
                        "id": HOSTILE,
                        "rule_id": HOSTILE,
                        "category": HOSTILE,
                        "title": words,
                        "observed": words,
                        "evidence": (evidence,),
                    }
                ),
            ),
        }
    )


def test_hostile_names_are_shown_as_text_and_reorder_nothing(make_page, make_full, language):
    page = make_page(language, assessment=_hostile(make_full))
    outline = Outline(page)
    assert not set(outline.elements) & {"script", "img"}
    assert not [name for name, _ in outline.attributes if name.startswith("on")]
    assert "\u202e" not in page
    assert outline.text.count("<script>alert(1)</script>") > 20
    assert outline.open == []


STANDINGS = [
    # verdicts, share, kind of finding, standing, why
    (["declared_and_observed"], 1.0, None, "as_declared", "all as declared"),
    (["declared_and_observed", "undeclared"], 1.0, None, "differs", "something else too"),
    (["declared_not_observed"], 1.0, None, "differs", "declared and not there"),
    (["not_assessable"], None, None, "not_assessable", "silent"),
    (["declared_and_observed", "not_assessable"], 1.0, None, "not_assessable", "seen in part"),
    (["declared_and_observed", "opaque"], 0.95, None, "as_declared", "nearly all was readable"),
    (["declared_and_observed", "opaque"], 0.89, None, "not_assessable", "too much was not"),
    (["declared_and_observed", "opaque"], None, None, "not_assessable", "share unknown"),
    (["opaque"], 0.95, None, "not_assessable", "nothing declared was seen"),
    ([], 1.0, None, "not_assessable", "nothing to compare"),
    (["declared_and_observed"], 1.0, "finding", "differs", "a finding rests on its traffic"),
    (["declared_and_observed"], 1.0, "question", "as_declared", "a question accuses nobody"),
]


@pytest.mark.parametrize(("verdicts", "share", "kind", "standing", "why"), STANDINGS)
def test_each_entry_is_counted_under_one_standing(
    make_assessment, make_finding, verdicts, share, kind, standing, why
):
    base = make_assessment().entries[0]
    entry = base.model_copy(
        update={
            "coverage_share": share,
            "verdicts": tuple(
                base.verdicts[0].model_copy(
                    update={
                        "category": "opaque_payload" if verdict == "opaque" else "sound_level",
                        "verdict": "not_assessable" if verdict == "opaque" else verdict,
                    }
                )
                for verdict in verdicts
            ),
        }
    )
    findings = (make_finding(kind=kind),) if kind else ()
    summary = summarise(make_assessment(entries=(entry,), findings=findings))
    assert summary.standings[entry.entry_id] == standing, why
    counted = (*summary.as_declared, *summary.differs, *summary.not_assessable)
    assert counted == (entry,)


def test_the_most_serious_are_of_different_subjects_first(make_assessment, make_finding):
    rows = [
        ("a", "HP-1", "high", "finding", "licence_plate_raw"),
        ("b", "HP-1", "high", "finding", "audio_stream"),
        ("c", "HP-2", "medium", "finding", "wifi_mac_hashed"),
        ("d", "HP-3", "medium", "question", "still_image"),
        ("e", "HP-4", "info", "finding", "face_template"),
    ]
    findings = tuple(
        make_finding(id=i, entry_id=e, severity=s, kind=k, category=c) for i, e, s, k, c in rows
    )
    chosen = summarise(make_assessment(findings=findings[::-1])).most_serious
    assert [finding.entry_id for finding in chosen] == ["HP-1", "HP-2", "HP-3"]
    few = summarise(make_assessment(findings=findings[:2])).most_serious
    assert len(few) == 2


def test_unbound_undeclared_and_out_of_scope_are_told_apart(make_page, make_assessment):
    plain = Outline(make_page("en", make_assessment())).text
    stated = make_assessment(undeclared_devices=("d2",), out_of_scope_devices=("d1",))
    text = Outline(make_page("en", stated)).text

    assert "looked up by somebody: not in the register" in text
    assert "The register is not about these devices" in text
    assert "looked up by somebody" not in plain
    assert "The register is not about these devices" not in plain
