"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("a name of somebody's telephone", {"stations": [{"hostname": "telefoon-van-iemand"}]}, {}),
    ("serial number", {"serial": "HP-00417"}, {"serial": "device_identity"}),
    (
        "Dutch",
        {"serienummer": "HP-00417", "mastnummer": 1204},
        {"serienummer": "device_identity", "mastnummer": "device_identity"},
    ),
    ("LoRaWAN", {"devEui": "0004a30b001c0530"}, {"devEui": "device_identity"}),
    ("camera", {"camera_id": "cam-3"}, {"camera_id": "device_identity"}),
    ("a flag", {"device": True}, {}),
    ("a device that was seen", {"stations": [{"mac": "02:1a:4b:00:00:01"}]}, {}),
    ("something else's number", {"message_id": 120}, {}),
)
