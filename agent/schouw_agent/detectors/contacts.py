"""People who write or are written about: addresses, telephone numbers, names, reports."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    AGAINST,
    CONTEXT,
    NAMED,
    NAMED_FAINTLY,
    NAMED_PERHAPS,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, own_words, parent
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import word_set
from schouw_agent.vocabulary.topics import topic_words

_PHONES = word_set(
    "phone telephone tel telefoon telefoonnummer mobile mobiel gsm msisdn phonenumber telefon "
    "telefonnummer handynummer handy rufnummer téléphone portable teléfono móvil"
)
_NAMES = word_set(
    "voornaam achternaam surname firstname lastname fullname voorletters tussenvoegsel vorname "
    "nachname familienname prénom apellido apellidos"
)
_PARTS_OF_NAMES = (("first", "name"), ("last", "name"), ("full", "name"), ("middle", "name"))
_WHOSE = (
    word_list("person")
    | word_list("container")
    | word_set(
        "contact owner resident driver employee member patient student guest sender reporter author"
    )
)
_NAME_PAIRS = (
    ("naam", "melder"),
    ("name", "reporter"), ("name", "melder"), ("nom", "famille"), ("nombre", "completo"),
    ("name", "resident"), ("naam", "bewoner"), ("customer", "name"), ("driver", "name"),
    ("naam", "bestuurder"), ("fahrer", "name"), ("nom", "conducteur"), ("nombre", "conductor"),
)  # fmt: skip
_REPORTS = word_set(
    "melding klacht toelichting opmerking complaint meldtekst feedback beschwerde anliegen "
    "réclamation plainte signalement queja reclamación aviso"
)
_REPORTERS = word_set(
    "melder reporter complainant meldpunt klager einsender beschwerdeführer plaignant déclarant "
    "reclamante denunciante ciudadano citoyen bürger burger inwoner citizen"
)
_TEXTS = word_set(
    "omschrijving description tekst text comment bericht beschreibung texte commentaire texto "
    "comentario descripción message"
)
_OF_SUPPLIER = word_set(
    "vendor manufacturer fabrikant supplier leverancier support hersteller maintainer installer "
    "admin provider hosting operator publisher sender noreply service dataprovider"
)
_OF_MACHINES = word_set("host hostname node nodename worker broker daemon process")
"""What writes the name of a process and its machine as `process@machine`."""


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    reports = _reports(leaves)
    told = not topic_words(context.topic).isdisjoint(_REPORTERS)
    for leaf in leaves:
        if isinstance(leaf.value, str):
            evidence = _judge(leaf, told or parent(leaf.path) in reports)
            if evidence:
                found.append(match(leaf, "contact_or_report_text", *evidence))
    return found


def _reports(leaves: Sequence[Leaf]) -> set[str]:
    """Return the key paths of the objects that have a reporter among their keys."""
    found = set()
    for leaf in leaves:
        if own_words(leaf) & _REPORTERS:
            found.add(parent(leaf.path))
        elif all_words(leaf) & _REPORTERS:
            found.add(parent(parent(leaf.path)))
    return found


def _judge(leaf: Leaf, reported: bool) -> tuple[Evidence, ...]:
    kind = look(leaf.value)
    own, words = own_words(leaf), all_words(leaf)
    if kind == "email":
        if own & _OF_MACHINES:
            return ()
        return (SHAPE_TELLS, AGAINST) if words & _OF_SUPPLIER else (SHAPE_TELLS,)
    if own & _PHONES and (kind == "phone" or kind.startswith("digits")):
        return (NAMED, SHAPE_FITS) if kind == "phone" else (NAMED_PERHAPS, SHAPE_FITS)
    if _names_somebody(own, words) and kind in ("", "short", "text short", "text"):
        return (NAMED,)
    if kind in ("text", "text long"):
        if own & _REPORTS:
            return (NAMED_PERHAPS, CONTEXT) if reported else (NAMED_PERHAPS,)
        if reported and own & _TEXTS:
            return (NAMED_FAINTLY, CONTEXT)
    return ()


def _names_somebody(own: frozenset[str], words: frozenset[str]) -> bool:
    """Return whether a name is that of somebody's name: a `last_port_name` is a port's."""
    if own & _NAMES or any(words.issuperset(pair) for pair in _NAME_PAIRS):
        return True
    return any(own.issuperset(pair) and own - set(pair) <= _WHOSE for pair in _PARTS_OF_NAMES)


DETECTOR = Detector(
    id="contacts",
    title="E-mail, telephone, names and reports",
    reference="RFC 5321, 4.1.2 (mailbox); ITU-T E.164",
    categories=frozenset(("contact_or_report_text",)),
    values=False,
    detect=_detect,
)
