"""Rows by category: messages that are it, by language; near misses, with the reason."""

_SCENE = [21.5 + (i % 9) / 4 for i in range(64)]

CATEGORIES = {
    "people_count": (
        [("en", {"people_count": 12}), ("de", {"anzahl_personen": 12}), ("fr", {"visiteurs": 12})],
        [("how many may come", {"people_capacity": 120})],
    ),
    "pedestrian_flow": (
        [("en", {"pedestrians_in": 12}), ("de", {"fußgänger": 12}), ("es", {"peatones": 12})],
        [("a push button", {"pedestrian_button": 1})],
    ),
    "crowd_density": (
        [("en", {"crowd_density": 0.4}), ("de", {"personendichte": 0.4})],
        [("of water", {"water_density": 0.4})],
    ),
    "presence_binary": (
        [("en", {"motion": True}), ("de", {"bewegung": 1}), ("es", {"presencia": True})],
        [("a parking bay", {"parking": {"occupied": True}}), ("a lane", {"lane_occupancy": 0.4})],
    ),
    "vehicle_count": (
        [("en", {"vehicles": 12}), ("de", {"kfz": 12}), ("fr", {"poids_lourds": 3})],
        [("how fast", {"vehicle_speed": 42})],
    ),
    "bicycle_count": (
        [("en", {"bicycle_count": 12}), ("de", {"radfahrer": 12}), ("es", {"bicicletas": 12})],
        [("one bicycle", {"bicycle_id": "b-12"})],
    ),
    "traffic_speed": (
        [("en", {"average_speed": 42}), ("es", {"velocidad_media": 42})],
        [("wind", {"wind_speed": 42})],
    ),
    "travel_time_aggregate": (
        [
            ("en", {"travel_time": 312}),
            ("de", {"reisezeit": 312}),
            ("fr", {"temps_de_parcours": 312}),
        ],
        [("a moment", {"time": 312})],
    ),
    "origin_destination_matrix": (
        [("en", {"od_matrix": [3, 4]}), ("es", {"matriz_origen_destino": [3, 4]})],
        [("of a packet", {"network": {"origin": 1, "destination": 2}})],
    ),
    "thermal_image_lowres": (
        [("en", {"thermal": _SCENE}), ("nl", {"warmtebeeld": _SCENE})],
        [("one sensor through a day", {"temperature": _SCENE})],
    ),
    "button_press": (
        [("en", {"button": "pressed"}), ("fr", {"bouton": 1})],
        [("its battery", {"button_battery": 81})],
    ),
    "observed_device_count": (
        [("en", {"wifi_devices": 12}), ("de", {"anzahl_smartphones": 12})],
        [("links of a mesh", {"devices_linked_max": 12})],
    ),
}
