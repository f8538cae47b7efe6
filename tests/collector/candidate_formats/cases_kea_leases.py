"""Leases of Kea: the last line of an address counts, if it is assigned."""

HEAD = (
    b"address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state\n"
)
LEASES = (
    HEAD
    + b"""192.0.2.39,02:00:5e:00:53:01,,3600,1791187200,1,0,0,old,0
192.0.2.40,02:00:5e:00:53:02,,3600,1791187200,1,0,0,gone,0
192.0.2.39,02:00:5e:00:53:03,,3600,1791187200,1,1,1,wh-hp-007.example.org.,0
192.0.2.40,02:00:5e:00:53:02,,0,1791187200,1,0,0,gone,0
192.0.2.41,02:00:5e:00:53:04,,3600,1791187200,1,0,0,declined,1
"""
)

CASES = [
    (
        "kea-leases4.csv",
        LEASES,
        [
            ({"mac": "02005e005303", "ip": "192.0.2.39/32", "host_name": "wh-hp-007.example.org"},
             ("wh-hp-007.example.org",)),
        ],
        0,
    ),
]  # fmt: skip

INVALID = [(HEAD, "no row could be read"), (HEAD + b"192.0.2.39\n", "no row could be read")]
