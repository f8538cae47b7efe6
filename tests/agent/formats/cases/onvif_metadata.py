"""Rows: why; content; leaves as path to value, or the form of a medium."""

_HEAD = b'<tt:MetadataStream xmlns:tt="http://www.onvif.org/ver10/schema">'
_TAIL = b"</tt:MetadataStream>"


def _scene(inside):
    return (
        _HEAD + b'<tt:VideoAnalytics><tt:Frame UtcTime="2026-01-19T12:00:00Z">' + inside
        + b"</tt:Frame></tt:VideoAnalytics>" + _TAIL
    )  # fmt: skip


CASES = (
    (
        "a person",
        _scene(
            b'<tt:Object ObjectId="12"><tt:Appearance><tt:Shape><tt:BoundingBox left="0.1" '
            b'top="0.2" right="0.3" bottom="0.4"/></tt:Shape><tt:Class><tt:Type '
            b'Likelihood="0.9">Human</tt:Type></tt:Class></tt:Appearance></tt:Object>'
        ),
        {
            "object[].object_id": 12,
            "object[].class": "Human",
            "object[].bounding_box[]": [0.1, 0.2, 0.3, 0.4],
        },
    ),
    (
        "a vehicle and its plate, class as in 1.0",
        _scene(
            b'<tt:Object ObjectId="13"><tt:Appearance><tt:Class><tt:ClassCandidate><tt:Type>'
            b"Vehicle</tt:Type></tt:ClassCandidate></tt:Class><tt:LicensePlateInfo><tt:PlateNumber "
            b'Likelihood="0.8">ZZ-001-Z</tt:PlateNumber></tt:LicensePlateInfo></tt:Appearance>'
            b"</tt:Object>"
        ),
        {
            "object[].object_id": 13,
            "object[].class": "Vehicle",
            "object[].LicensePlateInfo.PlateNumber.Likelihood": 0.8,
            "object[].LicensePlateInfo.PlateNumber.value": "ZZ-001-Z",
        },
    ),
    ("nobody there", _scene(b""), {}),
    (
        "event",
        _HEAD + b'<tt:Event><wsnt:NotificationMessage xmlns:wsnt="urn:w"><wsnt:Topic Dialect="x">'
        b"tns1:VideoSource/tns1:MotionAlarm</wsnt:Topic><wsnt:Message><tt:Message><tt:Data>"
        b'<tt:SimpleItem Name="IsMotion" Value="true"/></tt:Data></tt:Message></wsnt:Message>'
        b"</wsnt:NotificationMessage></tt:Event>" + _TAIL,
        {"VideoSource.MotionAlarm.IsMotion": True},
    ),
)
INVALID = (b"", b"<a>1</a>", b"MetadataStream", b"<a>MetadataStream", b"\x00MetadataStream>")
MALFORMED = (_HEAD + b"<a>" + _TAIL,)
