"""Objects of the municipality: bins, doors, bridges, buttons, energy."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "waste_fill_level",
        "asset_state",
        "asset_energy_use",
        "household_energy_use",
        "button_press",
        "traffic_signal_state",
    )
)

DETECTOR = Detector(
    id="assets",
    title="Municipal objects",
    reference="Smart Data Models: dataModel.WasteManagement, dataModel.Streetlighting",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
