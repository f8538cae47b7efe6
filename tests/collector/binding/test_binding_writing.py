"""Rows are added to a bindings file; all else in it stays, comments too."""

import stat

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.binding.binding_file import SCHEMA, read_bindings
from schouw_collector.binding.binding_writing import add_rows, replace_file
from schouw_collector.errors import BindingError

ROW = {"entry": "VB-009", "kind": "client_id", "pattern": "geluid: 9", "set_by": "beheerder"}
OLD = """# Kept by the network administrator.
schema: https://schouw.example.org/schema/bindings/1

bindings:   # all of them
  - entry: VB-001
    kind: mac
    pattern: "02:00:5e:00:53:01"
    set_by: beheerder
    # visited in May
    note: oost

# The readings of the text.
overrides:
  - entry: VB-003
    categories: [people_count]
    set_by: adviseur
    reason: '"Drukte": a count'
municipal_hosts: ["*.example.org"]   # the town hall
"""


def test_comments_and_everything_else_stay():
    added = add_rows("b.yaml", OLD.encode(), "bindings", [ROW])
    text = added.octets.decode()

    assert (added.rows, added.comments_kept) == (1, True)
    for line in OLD.splitlines():
        assert line in text.splitlines()
    before, after = read_bindings("b", OLD.encode()), read_bindings("b", added.octets)
    assert after.bindings[:-1] == before.bindings
    assert after.bindings[-1].pattern == "geluid: 9"
    assert (after.overrides, after.municipal_hosts) == (before.overrides, before.municipal_hosts)


HEAD = f"schema: {SCHEMA}\n"
FLOW = "{entry: VB-001, kind: ip, pattern: 192.0.2.7, set_by: x}"
# The file, comments kept, why.
FORMS = [
    ("", True, "a new file"),
    (HEAD, True, "no section yet"),
    (HEAD + "bindings: []  # none\n", True, "an empty section"),
    (HEAD + f"bindings:\n- {FLOW}\n", True, "flat"),
    (HEAD + f"bindings: [{FLOW}]\n", False, "a flow"),
    ('{"schema": "' + SCHEMA + '", "bindings": []}', True, "JSON"),
    ("\ufeff" + HEAD, True, "a byte order mark"),
    (HEAD.replace("\n", "\r\n") + "bindings: []\r\n", True, "lines of Windows"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kept", "why"), FORMS, ids=[row[2] for row in FORMS])
@pytest.mark.parametrize("section", ["bindings", "rejected"])
def test_any_form_of_the_file_gets_the_rows(text, kept, why, section):
    added = add_rows("b.yaml", text.encode(), section, [ROW, {**ROW, "entry": "VB-010"}])
    rows = getattr(read_bindings("b.yaml", added.octets), section)

    assert [row.entry for row in rows[-2:]] == ["VB-009", "VB-010"]
    assert added.rows == 2
    assert added.comments_kept is (kept or section == "rejected")


def test_the_same_again_is_not_added():
    once = add_rows("b.yaml", OLD.encode(), "bindings", [ROW])
    twice = add_rows("b.yaml", once.octets, "bindings", [ROW])

    assert (twice.octets, twice.rows) == (once.octets, 0)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("bindings: []", ROW),
        ("- a", ROW),
        (OLD, {**ROW, "pattern": "*"}),
        (OLD, {**ROW, "kind": "colour"}),
    ],
)
def test_what_would_not_be_a_bindings_file_is_refused(text, row):
    with pytest.raises(BindingError):
        add_rows("b.yaml", text.encode(), "bindings", [row])


texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@given(texts.map(lambda text: f"x{text}"), texts)
def test_any_text_comes_back_as_it_was(pattern, author):
    row = {**ROW, "pattern": pattern, "set_by": author}
    rows = read_bindings("b", add_rows("b", OLD.encode(), "bindings", [row]).octets).bindings

    assert (rows[-1].pattern, rows[-1].set_by) == (pattern, author)
    assert yaml.safe_load(OLD)["overrides"]


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "bindings.yaml"
    path.write_text("old")
    path.chmod(0o640)
    replace_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["bindings.yaml"]


def test_what_cannot_be_written_is_said_in_one_line(tmp_path):
    with pytest.raises(BindingError, match="No such file or directory"):
        replace_file(tmp_path / "missing" / "bindings.yaml", b"new")
