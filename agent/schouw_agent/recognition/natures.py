"""What counts of a message without names: how its one value looks, or the form of its medium."""

from collections.abc import Hashable, Sequence

from schouw_agent.recognition.opening import Layer
from schouw_agent.recognition.structure import bare_look


def nature(layers: Sequence[Layer]) -> tuple[Hashable, ...] | None:
    """Return all that an answer may rest on of a bare value or of a form; None if there is more."""
    if any(layer.subject or layer.identifiers or layer.by_value for layer in layers):
        return None
    if not any(layer.leaves for layer in layers):
        return tuple(map(_nature_of_form, layers))
    if len(layers) > 1 or len(layers[0].leaves) > 1:
        return None
    leaf = layers[0].leaves[0]
    seen = bare_look(leaf.value, leaf.path, leaf.hint)
    if leaf.subject or layers[0].undecoded or seen is None:
        return None
    return (*_told(layers[0]), *leaf._replace(value=type(leaf.value)), seen)


def _nature_of_form(layer: Layer) -> Hashable:
    """Return all that there is to a layer without leaves."""
    return (*_told(layer), layer.octets)


def _told(layer: Layer) -> tuple[Hashable, ...]:
    told = (layer.path, layer.format, layer.medium, layer.form)
    return (*told, tuple(layer.declared), layer.undecoded)
