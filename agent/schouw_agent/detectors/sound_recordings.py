"""Recorded sound as a list of numbers: told from levels by its structure, not by its name."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
    weigh,
)
from schouw_agent.detectors.naming import as_number
from schouw_agent.detectors.surroundings import all_words, own_words
from schouw_agent.detectors.vectors import has_unit_norm
from schouw_agent.detectors.waveforms import FEWEST, swings
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import form_of
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_MANY = 800
_HEARD = 8000
"""Samples a second from which speech is intelligible."""
_SOUND = word_set(
    "audio sound geluid noise lawaai pcm waveform samples mic microphone microfoon wave golfvorm "
    "opname recording clip voice spraak fragment ton schall aufnahme stimme son enregistrement "
    "voix sonido audio grabación voz abtastwerte échantillons muestras"
)
_MOVEMENT = word_set("accel acc acceleration vibration trilling seismic geophone imu strain")
_RATE = frozenset(("rate", "samplerate", "fs", "frequency", "bemonstering", "hz", "sr"))


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:  # noqa: ARG001
    arrays = [x for x in leaves if isinstance(x.value, list) and len(x.value) >= FEWEST]
    if not arrays:
        return []
    rate = _sample_rate(leaves)
    found = []
    for leaf in arrays:
        evidence = _judge(leaf, rate)
        if evidence:
            form = form_of(leaf.value) + (f" at {rate / 1000:g} kHz" if rate else "")
            judged = weigh(*evidence)
            found.append(Match(leaf.path, "audio_stream", *judged, form, leaf.subject))
    return found


def _judge(leaf: Leaf, rate: float) -> tuple[Evidence, ...]:
    words = all_words(leaf)
    if has_unit_norm(leaf.value) or not swings(leaf.value) or (rate and rate < _HEARD):
        return ()
    named = not words.isdisjoint(_SOUND)
    if rate >= _HEARD:
        if words & _MOVEMENT:
            return ()
        return (NAMED, SHAPE_FITS) if named else (SHAPE_FITS, CONTEXT)
    if not named:
        return ()
    return (NAMED_PERHAPS, SHAPE_TELLS) if len(leaf.value) >= _MANY else (NAMED_PERHAPS,)


def _sample_rate(leaves: Sequence[Leaf]) -> float:
    for leaf in leaves:
        number = as_number(leaf.value)
        if number is not None and _HEARD / 8 <= number <= 400_000 and own_words(leaf) & _RATE:
            return number
    return 0.0


DETECTOR = Detector(
    id="sound_recordings",
    title="Recorded sound as numbers",
    reference="ITU-T G.711, 1 (8 kHz for speech); Wetboek van Strafrecht, 139a and 139b as context",
    categories=frozenset(("audio_stream",)),
    values=True,
    detect=_detect,
)
