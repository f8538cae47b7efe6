"""Names and units that devices announce for their later messages."""

import runpy
from pathlib import Path

import orjson
import pytest

from schouw_agent.pipeline import classifier
from schouw_agent.recognition import glossary
from schouw_agent.recognition.glossary import Glossary
from schouw_agent.recognition.opening import Layer
from schouw_agent.records import Content, Leaf, Term

CASES = Path(__file__).parents[1] / "formats" / "cases"
SPARKPLUG = runpy.run_path(str(CASES / "sparkplug_b.py"))
BARE = Content(b"61.5", topic="kade/1")
ANNOUNCED = "homeassistant/sensor/kade-1/x/config"


def announce(judge, **config):
    entity = {"uniq_id": "x", "stat_t": "kade/1", **config}
    judge.classify(Content(orjson.dumps(entity), topic=ANNOUNCED))


def categories(judge, content):
    return {match.category for match in judge.classify(content).matches}


def test_a_sparkplug_metric_keeps_the_name_of_its_birth():
    judge = classifier()
    data = SPARKPLUG["CASES"][1][1]
    assert categories(judge, data) == {"numeric_unclassified"}
    judge.classify(SPARKPLUG["CASES"][0][1])
    (match,) = judge.classify(data).matches
    assert (match.category, match.path) == ("sound_level", "Geluid.LAeq")


def test_what_is_announced_of_a_topic_holds_from_then_on():
    judge = classifier()
    assert categories(judge, BARE) == {"numeric_unclassified"}
    announce(judge, name="LAeq", unit_of_meas="dB")
    assert categories(judge, BARE) == {"sound_level"}
    announce(judge, dev_cla="humidity", unit_of_meas="%")
    assert categories(judge, BARE) == {"relative_humidity"}


def test_what_was_remembered_of_a_structure_is_not_kept_against_what_is_announced():
    judge = classifier()
    content = Content(b'{"r": 61.5}', topic="kade/1")
    assert "relative_humidity" not in categories(judge, content)
    announce(judge, dev_cla="humidity", unit_of_meas="%", val_tpl="{{ value_json.r }}")
    assert "relative_humidity" in categories(judge, content)
    elsewhere = content._replace(topic="kade/2")
    assert "relative_humidity" not in categories(judge, elsewhere)


def layer(**terms):
    return Layer("", "x", terms={"s": {short: Term(name) for short, name in terms.items()}})


def test_the_same_announcement_changes_nothing():
    own = Glossary()
    assert own.learn([layer(a="b")])
    assert not own.learn([layer(a="b")])
    assert own.learn([layer(a="c")])
    assert own.version("s") == 2
    assert own.version("t") == 0


@pytest.mark.parametrize(("bound", "most"), [("MOST_SCOPES", 8), ("MOST_TERMS", 8)])
def test_it_is_bounded(monkeypatch, bound, most):
    monkeypatch.setattr(glossary, bound, most)
    own = Glossary()
    for i in range(100):
        own.learn([Layer("", "x", terms={f"s{i}": {"a": Term("b")}})])
    kept = [i for i in range(100) if own.version(f"s{i}")]
    assert 0 < len(kept) <= most
    assert kept[-1] == 99


def test_a_term_for_the_whole_is_said_of_the_only_value():
    own = Glossary()
    own.learn([Layer("", "x", terms={"t": {"": Term("", "dB", "LAeq")}})])
    one = Layer("", "x", leaves=(Leaf("state", 1),))
    two = Layer("", "x", leaves=(Leaf("state", 1), Leaf("other", 2)))
    assert own.explain([one], "t")[0].leaves[0] == Leaf("state", 1, "dB", "", "LAeq")
    assert own.explain([two], "t")[0].leaves == list(two.leaves)
