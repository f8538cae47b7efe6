"""HTTP/1: octets of both sides, written out by hand from RFC 9112."""

import gzip
import zlib

ORIG, RESP = True, False

PAGE = b"HTTP/1.1 200 OK\r\nServer: cam/1\r\nContent-Type: Text/HTML; charset=utf-8\r\n"
JSON_POST = (
    b"POST /api/v1/passages?token=secret&sensor=7 HTTP/1.1\r\nHost: Data.Example.org:8080\r\n"
    b"User-Agent: lens/2\r\nAuthorization: Basic dTpw\r\nContent-Type: application/json\r\n"
    b'Content-Length: 9\r\n\r\n{"n": 12}'
)
FORM = (
    b'--b1\r\nContent-Disposition: form-data; name="plate"\r\n\r\nXX-01\r\n'
    b'--b1\r\nContent-Disposition: form-data; name="shot"; filename="a.jpg"\r\n'
    b"Content-Type: Image/JPEG\r\n\r\n\xff\xd8--\xff\xd9\r\n--b1--\r\n"
)
BARE_FRAME = b"--frame\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8-\r\n-\xff\xd9\r\n"
FRAME = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 4\r\n\r\n\xff\xd8\xff\xd9\r\n"

THREE = (
    b"HEAD /a HTTP/1.1\r\nHost: h.example\r\n\r\n"
    b"GET /b HTTP/1.1\r\nHost: h.example\r\nCookie: s=1\r\n\r\n"
    b"GET http://u:p@h.example/c?x HTTP/1.1\r\nAuthorization: Bearer abc\r\n\r\n"
)
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
ALERTS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=e\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
    b"21\r\n--e\r\nContent-Type: text/xml\r\n\r\n<a\r\n7\r\n/>\r\n--e\r\n"
)

CASES = [
    {
        "name": "post and answer",
        "port": 80,
        "chunks": [(ORIG, JSON_POST), (RESP, b"HTTP/1.1 204 No Content\r\n\r\n")],
        "messages": [
            (
                "request",
                {
                    "method": "POST",
                    "path": "/api/v1/passages",
                    "query": "token=secret&sensor=7",
                    "query_keys": ("token", "sensor"),
                    "host": "Data.Example.org:8080",
                    "user_agent": "lens/2",
                    "content_type": "application/json",
                    "credentials": "basic",
                    "cookies": False,
                },
                b'{"n": 12}',
            ),
            (
                "response",
                {
                    "status": 204,
                    "path": "/api/v1/passages",
                    "request_path": "/api/v1/passages",
                    "request_host": "Data.Example.org:8080",
                    "request_method": "POST",
                },
                b"",
            ),
        ],
        "server_name": "data.example.org",
    },
    {
        "name": "pipelined requests, HEAD, 304, chunked with a trailer",
        "port": 80,
        "chunks": [
            (
                ORIG,
                THREE,
            ),
            (
                RESP,
                PAGE + b"Content-Length: 500\r\n\r\n"
                b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"
                + PAGE
                + b"Transfer-Encoding: chunked\r\n\r\n"
                b"4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\nDigest: no\r\n\r\n",
            ),
        ],
        "messages": [
            ("request", {"method": "HEAD", "path": "/a"}, b""),
            ("request", {"path": "/b", "cookies": True}, b""),
            (
                "request",
                {"path": "/c", "query_keys": ("x",), "credentials": "bearer", "host": "h.example"},
                b"",
            ),
            ("response", {"request_method": "HEAD", "content_type": "text/html"}, b""),
            ("response", {"status": 304, "path": "/b"}, b""),
            ("response", {"path": "/c", "server": "cam/1"}, b"abcdefg"),
        ],
    },
    {
        "name": "interim response, then gzip",
        "port": 80,
        "chunks": [
            (ORIG, JSON_POST),
            (
                RESP,
                b"HTTP/1.1 100 Continue\r\n\r\n" + PAGE + b"Content-Encoding: gzip\r\n"
                b"Content-Length: 33\r\n\r\n" + gzip.compress(b"thirteen oct.", mtime=0),
            ),
        ],
        "messages": [
            ("request", {}, b'{"n": 12}'),
            ("response", {"status": 100, "path": "/api/v1/passages"}, b""),
            ("response", {"status": 200, "path": "/api/v1/passages"}, b"thirteen oct."),
        ],
    },
    {
        "name": "raw deflate, and a coding that is left as it is",
        "port": 80,
        "chunks": [
            (ORIG, b"GET /d HTTP/1.1\r\n\r\nGET /e HTTP/1.1\r\n\r\n"),
            (
                RESP,
                PAGE
                + b"Content-Encoding: deflate\r\nContent-Length: 5\r\n\r\n"
                + zlib.compress(b"abc")[2:-4]
                + PAGE
                + b"Content-Encoding: br\r\nContent-Length: 3\r\n\r\n\x0b\x01\x80",
            ),
        ],
        "messages": [
            ("request", {}, b""),
            ("request", {}, b""),
            ("response", {"content_encoding": "absent"}, b"abc"),
            ("response", {"content_encoding": "br"}, b"\x0b\x01\x80"),
        ],
    },
    {
        "name": "body until the end of the flow",
        "until_close": True,
        "port": 80,
        "chunks": [
            (ORIG, b"GET /old HTTP/1.0\r\n\r\n"),
            (RESP, b"HTTP/1.0 200 OK\nContent-Type: image/jpeg\n\n\xff\xd8\xff"),
        ],
        "messages": [
            ("request", {"path": "/old", "host": ""}, b""),
            ("response", {"content_type": "image/jpeg", "truncated": "absent"}, b"\xff\xd8\xff"),
        ],
    },
    {
        "name": "form with a file",
        "port": 80,
        "chunks": [
            (
                ORIG,
                b"POST /up HTTP/1.1\r\nHost: h.example\r\n"
                b'Content-Type: multipart/form-data; boundary="b1"\r\n'
                b"Content-Length: %d\r\n\r\n" % len(FORM) + FORM,
            )
        ],
        "messages": [
            ("request", {"content_type": "multipart/form-data", "parts": 2}, b""),
            ("part", {"name": "plate", "content_type": "", "index": 0}, b"XX-01"),
            (
                "part",
                {
                    "name": "shot",
                    "file_name": "a.jpg",
                    "content_type": "image/jpeg",
                    "path": "/up",
                    "method": "POST",
                    "host": "h.example",
                    "of": "request",
                },
                b"\xff\xd8--\xff\xd9",
            ),
        ],
    },
    {
        "name": "Motion JPEG: eight parts are enough",
        "port": 80,
        "chunks": [
            (ORIG, b"GET /video HTTP/1.1\r\nHost: cam.example\r\n\r\n"),
            (
                RESP,
                b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=--frame"
                b"\r\n\r\n" + FRAME * 12,
            ),
        ],
        "messages": [
            ("request", {}, b""),
            ("response", {"content_type": "multipart/x-mixed-replace"}, b""),
            *[
                (
                    "part",
                    {"content_type": "image/jpeg", "index": i, "path": "/video"},
                    b"\xff\xd8\xff\xd9",
                )
                for i in range(8)
            ],
        ],
        "wanted": False,
    },
    {
        "name": "Motion JPEG without the lengths of its parts",
        "until_close": True,
        "port": 80,
        "chunks": [
            (ORIG, b"GET /mjpg HTTP/1.1\r\nHost: cam.example\r\n\r\n"),
            (
                RESP,
                b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame"
                b"\r\n\r\n" + BARE_FRAME * 2 + b"--frame\r\n",
            ),
        ],
        "messages": [
            ("request", {}, b""),
            ("response", {"content_type": "multipart/x-mixed-replace"}, b""),
            *[
                ("part", {"content_type": "image/jpeg", "index": i}, b"\xff\xd8-\r\n-\xff\xd9")
                for i in range(2)
            ],
        ],
    },
    {
        "name": "events as they come, of a camera that never ends its answer",
        "port": 80,
        "chunks": [
            (ORIG, b"GET /alertStream HTTP/1.1\r\n\r\n"),
            (
                RESP,
                ALERTS,
            ),
        ],
        "messages": [
            ("request", {}, b""),
            ("response", {"content_type": "multipart/mixed", "truncated": "absent"}, b""),
            ("part", {"content_type": "text/xml", "path": "/alertStream"}, b"<a/>"),
        ],
    },
    {
        "name": "response first",
        "chunks": [(RESP, PAGE + b"Content-Length: 2\r\n\r\nhi")],
        "messages": [("response", {"request_path": "", "status": 200}, b"hi")],
    },
    {
        "name": "method with a line in it, and two spaces",
        "chunks": [(ORIG, b"BITS_POST  /files/a HTTP/1.1\r\nHost: data.example.org\r\n\r\n")],
        "messages": [("request", {"method": "BITS_POST", "path": "/files/a"}, b"")],
    },
    {
        "name": "target of a scanner: spaces, or a dot",
        "port": 8080,
        "chunks": [
            (ORIG, b"GET" + b" " * 20 + b"/a;cat /b|?c=d e HTTP/1.1\r\nHost: h.example\r\n\r\n"),
            (ORIG, b"GET . HTTP/1.0\r\n\r\n"),
        ],
        "messages": [
            ("request", {"method": "GET", "path": "/a;cat /b|", "query_keys": ("c",)}, b""),
            ("request", {"method": "GET", "path": "."}, b""),
        ],
    },
    {
        "name": "on the MQTT port",
        "port": 1883,
        "chunks": [(ORIG, b"GET / HTTP/1.1\r\n\r\n")],
        "messages": [("request", {"path": "/"}, b"")],
    },
    {
        "name": "gap inside a body of known length",
        "port": 80,
        "chunks": [
            (ORIG, b"POST /x HTTP/1.1\r\nContent-Length: 20\r\n\r\n01234"),
            (ORIG, 10),
            (ORIG, b"56789GET /y HTTP/1.1\r\n\r\n"),
        ],
        "messages": [
            ("request", {"path": "/x", "truncated": True, "skipped_octets": 15}, b"01234"),
            ("request", {"path": "/y"}, b""),
        ],
    },
    {
        "name": "gap beyond a body, then a start line",
        "port": 80,
        "chunks": [
            (ORIG, b"POST /x HTTP/1.1\r\nContent-Length: 20\r\n\r\n01234"),
            (ORIG, 100),
            (ORIG, b"rest of a lost header\r\n\r\nGET /y HTTP/1.1\r\n\r\n"),
        ],
        "messages": [
            ("request", {"path": "/x", "truncated": True}, b"01234"),
            ("request", {"path": "/y"}, b""),
        ],
    },
]

INVALID = [
    {"name": "banner of another protocol", "chunks": [(RESP, b"SSH-2.0-OpenSSH_9.6\r\n")]},
    {"name": "field without a colon", "chunks": [(ORIG, b"GET / HTTP/1.1\r\nHost\r\n\r\n")]},
    {
        "name": "two lengths",
        "chunks": [
            (ORIG, b"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")
        ],
    },
    {
        "name": "chunk size is no number, after a good request",
        "chunks": [
            (
                ORIG,
                b"GET / HTTP/1.1\r\n\r\n" + CHUNKED + b"zz\r\n",
            )
        ],
        "kinds": ["request"],
    },
    {
        "name": "chunk longer than its size",
        "chunks": [(ORIG, CHUNKED + b"2\r\nabcd\r\n0\r\n\r\n")],
    },
]
