"""Which link type the frames of an interface have, by the kind of hardware that it says it is.

Sources: linux/if_arp.h, tcpdump.org/linktypes.
"""

ETHERNET, RAW, COOKED = 1, 101, 113
LOOPBACK_HARDWARE = 772
_RADIO = (801, 802, 803)
_LINK_TYPES = {
    1: ETHERNET,
    LOOPBACK_HARDWARE: ETHERNET,
    280: 227,  # CAN
    519: RAW,  # modems of mobile networks
    768: RAW,  # IP in IP
    769: RAW,
    776: RAW,
    778: RAW,
    804: 230,  # IEEE 802.15.4
    0xFFFE: RAW,  # tun, WireGuard
}


def link_type(hardware: int) -> int:
    """Return the LINKTYPE_ number for an ARPHRD_ number.

    What is not known is given cooked: the kernel knows at least where the network layer starts.
    """
    return _LINK_TYPES.get(hardware, COOKED)


def is_radio(hardware: int) -> bool:
    """Return whether the interface is a radio that hears whoever is near."""
    return hardware in _RADIO
