"""Access lists of Mosquitto: accounts and their topics, and never a user name."""

ACL = b"""# the square
topic read $SYS/#

user geluid
topic write havenplein/geluid/+
topic deny havenplein/geluid/9
topic havenplein/status/geluid

user jansen
topic read havenplein/#
user teller
topic readwrite havenplein/teller/1

pattern write clients/%c/#
"""

CASES = [
    (
        "mosquitto.acl",
        ACL,
        [
            ({"topic": ["havenplein/geluid/+", "havenplein/status/geluid"]},
             ("havenplein/geluid/+", "havenplein/status/geluid")),
            ({"topic": "havenplein/teller/1"}, ("havenplein/teller/1",)),
        ],
        0,
    ),
]  # fmt: skip

INVALID = [
    (b"user geluid\ntopic read a/b\n", "no row could be read"),
    (b"topic write #\n", "nothing by which a device could be known"),
]
