"""MAVLink: frames as the reference implementation (pymavlink) packs them; the drone is invented."""

ORIG, RESP = True, False

HEARTBEAT = bytes.fromhex("fd09000000070100000000000000020c510403f6cc")
HEARTBEAT_1 = bytes.fromhex("fe090007010000000000020c5104036faa")
POSITION = bytes.fromhex(
    "fd1c0000000701210000e80300002007371f40aeeb029c630000204e00000a00fbff00002823caf0"
)
GPS = bytes.fromhex(
    "fd1e000000070118000001000000000000002007371f40aeeb029c630000ffffffffffffffff030983ec"
)
HOME = bytes.fromhex(
    "fd1c0000000701f200002007371f40aeeb02000000000000000000000000000000000000803f214c"
)
BASIC = bytes.fromhex(
    "fd2900000007016432000000000000000000000000000000000000000000000001025445535430303030"
    "3030303030303030375fba"
)
LOCATION = bytes.fromhex(
    "fd3500000007016532002007371f40aeeb02000000000000a0410000a0410000000028232c0100000000"
    "000000000000000000000000000000000000000002cde2"
)
SYSTEM = bytes.fromhex("fd190000000701683200302e371f50d5eb020000000000000000000000000000000001c0cc")
OPERATOR = bytes.fromhex(
    "fd27000000070169320000000000000000000000000000000000000000000000004e4c44616263646566"
    "67683132333435bca0"
)
SELF = bytes.fromhex(
    "fd22000000070167320000000000000000000000000000000000000000000000005175617920737572766579e9fa"
)
UNKNOWN = b"\xfd\x01\0\0\0\x07\x01\x99\x99\x01x\0\0"
QUADROTOR = ("identity", {"identity": {"device_type": "quadrotor drone"}}, b"")
PLACE = b'{"vehicle":{"latitude":52.37,"longitude":4.9,"altitude":25.5'


def case(name, *chunks, messages, **more):
    return {"name": name, "chunks": chunks, "messages": messages, **more}


CASES = [
    case("where a drone is", (ORIG, HEARTBEAT + POSITION), (ORIG, GPS), (ORIG, HOME),
         (RESP, HEARTBEAT_1), transport="udp", port=14550,
         messages=[
             ("heartbeat", {"system": 7, "message_id": 0, "content_type": ""}, b""), QUADROTOR,
             ("position", {"system": 7, "content_type": "application/json"},
              PLACE + b',"height":20.0,"gps_course":90.0}}'),
             ("position", {}, PLACE + b"}}"),
             ("position", {}, b'{"home":{"latitude":52.37,"longitude":4.9}}'),
             ("heartbeat", {}, b""),
         ]),
    case("who flies it", (ORIG, BASIC + LOCATION + SYSTEM + OPERATOR + SELF + UNKNOWN), messages=[
        ("remote_id", {}, b'{"vehicle":{"ua_type":"multirotor","serial":"TEST0000000000007"}}'),
        ("identity", {"identity": {"serial": "TEST0000000000007"}}, b""),
        ("remote_id", {}, b'{"vehicle":{"latitude":52.37,"longitude":4.9}}'),
        ("remote_id", {}, b'{"operator_person":{"latitude":52.371,"longitude":4.901}}'),
        ("remote_id", {}, b'{"operator_person":{"operator_id":"NLDabcdefgh12345"}}'),
        ("remote_id", {}, b'{"vehicle":{"description":"Quay survey"}}'),
        ("message", {"message_id": 104857}, b""),
    ]),
    case("version 1, and a gap within a frame", (ORIG, HEARTBEAT_1 + POSITION[:12]), (ORIG, 8),
         (ORIG, POSITION[20:] + HEARTBEAT),
         messages=[("heartbeat", {}, b""), QUADROTOR, ("heartbeat", {}, b"")]),
]  # fmt: skip
INVALID = [
    {
        "name": "checksum does not fit, after a good frame",
        "chunks": [(ORIG, HEARTBEAT + HEARTBEAT[:-1] + b"\0")],
        "kinds": ["heartbeat", "identity"],
    },
    {"name": "no start of a frame", "chunks": [(ORIG, b"\xfc" + HEARTBEAT[1:])]},
    {"name": "frame cut off", "transport": "udp", "chunks": [(ORIG, HEARTBEAT[:-1])]},
]
NEAR_MISSES = [
    ("frame with a wrong checksum", HEARTBEAT[:-1] + b"\0", b""),
    ("frame of a message that nobody knows", UNKNOWN, b""),
]
