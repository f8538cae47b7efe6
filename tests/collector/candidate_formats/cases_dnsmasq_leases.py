"""Leases of dnsmasq: names, no name, an ARP type, and the part of DHCPv6."""

LEASES = b"""1791187200 02:00:5e:00:53:01 192.0.2.39 WH-HP-007 01:02:00:5e:00:53:01
1791187200 06-02:00:5e:00:53:02 192.0.2.40 * *
oops
0 02:00:5e:00:53:03 192.0.2.41 teller
duid 00:01:00:01
1791187200 123456 2001:db8::5 telefoon 00:01
"""

CASES = [
    (
        "dnsmasq.leases",
        LEASES,
        [
            ({"mac": "02005e005301", "ip": "192.0.2.39/32", "host_name": "wh-hp-007"},
             ("WH-HP-007",)),
            ({"mac": "02005e005302", "ip": "192.0.2.40/32"}, ()),
            ({"mac": "02005e005303", "ip": "192.0.2.41/32", "host_name": "teller"}, ("teller",)),
        ],
        1,
    ),
]  # fmt: skip

INVALID = [(b"1791187200 02:00:5e:00:53:01 999.0.2.39\n", "not in a known form")]
