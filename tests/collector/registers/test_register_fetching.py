"""A register by its address: from a real server on the loopback, and what is not followed."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_fetching import MAX_PAGES, fetch
from schouw_collector.registers.register_source import read_declared
from tests.collector.register_formats.test_amsterdam_api import DEVICE
from tests.collector.register_formats.test_amsterdam_bulk import SAMPLES

SECRET = "wachtwoord-van-iemand"


class Answers(BaseHTTPRequestHandler):
    """Answers from a table of path (with query) to status, headers and body."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        answer = self.server.answers.get(self.path, (404, {}, b""))
        status, headers, body = answer(self.server.server_port) if callable(answer) else answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def serving(answers) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.answers, server.asked = answers, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def address(server, path="/devices/", user=""):
    return f"http://{user}127.0.0.1:{server.server_port}{path}"


def device(number):
    return {**DEVICE, "id": number, "reference": f"VB-{number:03}"}


def page(numbers, following=None):
    """Return an answer with these devices, and the address of the next page."""

    def answer(port):
        href = following.format(port=port) if following else None
        body = {
            "count": 5,
            "_links": {"next": {"href": href}},
            "results": [device(number) for number in numbers],
        }
        return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()

    return answer


PAGES = {
    "/devices/": page([1, 2], "http://127.0.0.1:{port}/devices/?page=2"),
    "/devices/?page=2": page([3, 4], "/devices/?page=3"),
    "/devices/?page=3": page([5]),
}


def test_all_pages_are_one_register_that_says_where_it_is_from():
    with serving(PAGES) as server:
        declared = read_declared(address(server))
    register = declared.register

    assert [entry.entry_id for entry in register.entries] == [f"VB-00{n}" for n in range(1, 6)]
    assert register.errors == ()
    assert register.source == address(server)
    assert {entry.source.url for entry in register.entries} == {address(server)}
    assert all(entry.source.fetched_at.tzinfo for entry in register.entries)
    assert [path for path, _ in server.asked] == list(PAGES)
    (given,) = declared.inputs
    assert (given.kind, given.name, given.sha256) == ("register", address(server), register.sha256)


def test_pages_of_sensorthings_are_followed_as_well():
    answers = {
        "/Things": lambda port: (
            200,
            {},
            json.dumps(
                {"value": [1], "@iot.nextLink": f"http://127.0.0.1:{port}/Things?$skip=1"}
            ).encode(),
        ),
        "/Things?$skip=1": (200, {}, b'{"value": [2]}'),
    }
    with serving(answers) as server:
        fetched = fetch(address(server, "/Things"))

    assert json.loads(fetched.octets) == {"value": [1, 2]}
    assert fetched.pages == 2


def test_any_other_form_is_fetched_as_it_is():
    with serving({"/bulk.xlsx": (200, {}, SAMPLES["bulk.xlsx"])}) as server:
        register = read_declared(address(server, "/bulk.xlsx")).register

    assert register.format == "amsterdam_bulk"
    assert register.entries[0].source.row == 2
    assert register.entries[0].source.url.endswith("/bulk.xlsx")


def test_a_redirect_on_the_same_host_is_followed():
    answers = {**PAGES, "/": (302, {"Location": "/devices/"}, b"")}
    with serving(answers) as server:
        assert fetch(address(server, "/")).pages == 3


def test_credentials_are_sent_to_every_page_and_never_shown():
    with serving(PAGES) as server:
        declared = read_declared(address(server, user=f"beheer:{SECRET}@"))
    sent = base64.b64encode(f"beheer:{SECRET}".encode()).decode()

    assert {authorization for _, authorization in server.asked} == {f"Basic {sent}"}
    assert SECRET not in repr(declared)
    assert "beheer" not in repr(declared)


def loop(port):
    return page([1], f"http://127.0.0.1:{port}/devices/")(port)


REFUSED = [
    (
        "half a table",
        {"/devices/": (200, {"Content-Length": "500"}, b"entry_id;type;name\nVB-1;x;y\n")},
        "the connection broke off",
    ),
    ("a missing page", {}, "the server answers 404"),
    ("no rights", {"/devices/": (401, {}, b"")}, "the server answers 401"),
    (
        "a redirect to another host",
        {"/devices/": (302, {"Location": "https://elders.example/devices/"}, b"")},
        "it leads to another host, which is not followed",
    ),
    (
        "a redirect to another port",
        {"/devices/": (301, {"Location": "http://127.0.0.1:9/devices/"}, b"")},
        "it leads to another host",
    ),
    (
        "a redirect to a file",
        {"/devices/": (302, {"Location": "file:///etc/passwd"}, b"")},
        "it leads to another host",
    ),
    (
        "a redirect to credentials",
        {"/devices/": lambda port: (302, {"Location": f"http://a:b@127.0.0.1:{port}/x"}, b"")},
        "it leads to another host",
    ),
    (
        "redirects without end",
        {"/devices/": (302, {"Location": "/devices/"}, b"")},
        "more than 5 redirects",
    ),
    (
        "a next page on another host",
        {"/devices/": page([1], "https://elders.example/devices/?page=2")},
        "it leads to another host",
    ),
    (
        "a next page by another scheme",
        {"/devices/": page([1], "file:///etc/passwd")},
        "it leads to another host",
    ),
    ("pages in a ring", {"/devices/": loop}, "followed by one that was before it"),
    (
        "a next page that is none",
        {"/devices/": page([1], "/devices/?page=2"), "/devices/?page=2": (200, {}, b"[]")},
        "a page without a list of entries",
    ),
    (
        "an answer that breaks off",
        {"/devices/": (200, {"Content-Length": "500"}, b"[")},
        "the connection broke off",
    ),
]


@pytest.mark.parametrize(("what", "answers", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_not_followed_is_one_line_without_credentials(what, answers, reason):
    path = f"/devices/?sleutel={SECRET}" if what == "a missing page" else "/devices/"
    with serving(answers) as server, pytest.raises(RegisterError, match=reason) as refused:
        read_declared(address(server, path, user=f"beheer:{SECRET}@"))

    line = refused.value.diagnostics()
    assert SECRET not in line
    assert "passwd" not in line
    assert "elders" not in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("http://voorbeeldstad.example/devices/", "only https is fetched"),
        ("http://192.0.2.1/devices/", "only https is fetched"),
        ("https:///devices/", "not a web address"),
        ("https://voorbeeldstad.example:99999/", "not a web address"),
    ],
)
def test_only_https_is_fetched(where, reason):
    with pytest.raises(RegisterError, match=reason):
        fetch(where)


def test_a_server_that_is_not_there_is_one_line():
    with serving({}) as server:
        gone = address(server)

    with pytest.raises(RegisterError, match="the server cannot be reached"):
        fetch(gone)


def test_octets_are_bounded_over_all_pages():
    with serving(PAGES) as server:
        whole = sum(len(PAGES[path](server.server_port)[2]) for path in PAGES)
        assert fetch(address(server), max_octets=whole).pages == 3
        with pytest.raises(RegisterError, match="more octets than are read"):
            fetch(address(server), max_octets=whole - 1)


def test_time_is_bounded():
    with serving(PAGES) as server, pytest.raises(RegisterError, match="takes too long"):
        fetch(address(server), max_seconds=0)


def test_pages_are_bounded(monkeypatch):
    monkeypatch.setattr("schouw_collector.registers.register_fetching.MAX_PAGES", 2)
    with serving(PAGES) as server, pytest.raises(RegisterError, match="more than 2 pages"):
        fetch(address(server))
    assert MAX_PAGES > 2
