"""Leases of ISC DHCP: the last one of an address counts, and only while it is active."""

LEASES = b"""# The format of this file is documented in the dhcpd.leases(5) manual page.
server-duid "\\000\\001";
lease 192.0.2.39 {
  starts 1 2026/10/05 09:58:13;
  binding state active;
  hardware ethernet 02:00:5e:00:53:01;
  client-hostname "old";
}
lease 192.0.2.40 {
  binding state free;
  hardware ethernet 02:00:5e:00:53:02;
}
lease 192.0.2.39 {
  binding state active;
  next binding state free;
  hardware ethernet 02:00:5e:00:53:03;
  uid "\\001\\002";
  client-hostname "WH-HP-007";
}
lease 192.0.2.41 {
  hardware ethernet 02:00:5e:00:53:04;
}
"""

CASES = [
    (
        "dhcpd.leases",
        LEASES,
        [
            ({"mac": "02005e005303", "ip": "192.0.2.39/32", "host_name": "wh-hp-007"},
             ("WH-HP-007",)),
            ({"mac": "02005e005304", "ip": "192.0.2.41/32"}, ()),
        ],
        0,
    ),
]  # fmt: skip

INVALID = [
    (b"lease 192.0.2.40 {\n binding state free;\n}\n", "no row could be read"),
    (b"lease 192.0.2.40 {\n", "no row could be read"),
]
