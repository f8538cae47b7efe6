"""Rows: why; content; leaves as path to value, or the form of a medium."""

_V2 = b"""<?xml version="1.0"?><d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<payloadPublication xsi:type="MeasuredDataPublication">
<publicationTime>2026-01-19T12:00:00Z</publicationTime>
<siteMeasurements><measurementSiteReference id="K7" version="1"/>
<measuredValue index="1"><measuredValue><basicData xsi:type="TrafficFlow">
<vehicleFlow><vehicleFlowRate>420</vehicleFlowRate></vehicleFlow></basicData></measuredValue>
</measuredValue></siteMeasurements></payloadPublication></d2LogicalModel>"""
_ROOT = "siteMeasurements[]."

CASES = (
    (
        "traffic of one site",
        _V2,
        {
            _ROOT + "measurementSiteReference.id": "K7",
            _ROOT + "measuredValue.measuredValue.basicData.vehicleFlow.vehicleFlowRate": 420,
        },
    ),
    (
        "another publication",
        (
            b'<m:messageContainer xmlns:m="http://datex2.eu/schema/3/messageContainer">'
            b"<payload><situation><severity>high</severity></situation></payload></m:messageContainer>"
        ),
        {"[].situation.severity": "high"},
    ),
)
INVALID = (
    b"",
    b"<a>1</a>",
    b"<d2LogicalModel><exchange/></d2LogicalModel>",
    b"datex2 payloadPublication",
)
MALFORMED = (b"<d2LogicalModel><payloadPublication></d2LogicalModel>",)
SUBJECTS = (("the site", _V2, "", {}, ("K7",)),)
