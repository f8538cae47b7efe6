"""What devices announced of their later messages: names, units and classes that those leave out.

A Sparkplug metric is named at birth and goes by a number afterwards; Home Assistant discovery says
what the bare value of a topic is.  Names of fields are kept here, and no value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from schouw_agent.recognition.opening import Layer
from schouw_agent.records import Leaf, Term

MOST_SCOPES = 16_384
MOST_TERMS = 65_536
"""Of all scopes together."""


class Glossary:
    """The terms that were announced, by scope; all are forgotten when there are too many."""

    def __init__(self) -> None:
        self.changes = 0
        """How often something was announced that was not known, or was known otherwise."""
        self._scopes: dict[str, Mapping[str, Term]] = {}
        self._versions: dict[str, int] = {}
        self._count = 0

    def learn(self, layers: Sequence[Layer]) -> bool:
        """Return whether what the layers announce changes anything, and remember it."""
        before = self.changes
        for layer in layers:
            for scope, terms in layer.terms.items():
                known = self._scopes.get(scope, {})
                if terms.items() <= known.items():
                    continue
                if len(self._scopes) >= MOST_SCOPES or self._count + len(terms) > MOST_TERMS:
                    self._scopes.clear()
                    self._versions.clear()
                    self._count, known = 0, {}
                self._scopes[scope] = {**known, **terms}
                self._count += len(self._scopes[scope]) - len(known)
                self.changes += 1
                self._versions[scope] = self.changes
        return self.changes != before

    def version(self, topic: str) -> int:
        """Return a number that changes with what was announced of a topic; 0 if nothing was."""
        return self._versions.get(topic, 0)

    def explain(self, layers: Sequence[Layer], topic: str) -> Sequence[Layer]:
        """Return the layers, with the leaves of the outermost as they were announced."""
        outer = layers[0]
        terms = self._scopes.get(outer.scope or topic)
        if not terms or not outer.leaves:
            return layers
        alone = len(outer.leaves) == 1
        leaves = [_explained(leaf, terms, alone=alone) for leaf in outer.leaves]
        return [replace(outer, leaves=leaves), *layers[1:]]


def _explained(leaf: Leaf, terms: Mapping[str, Term], *, alone: bool) -> Leaf:
    # What is announced of a whole message is said of its only value.
    term = terms.get(leaf.path) or (terms.get("") if alone else None)
    if term is None:
        return leaf
    return leaf._replace(
        path=term.path or leaf.path, unit=leaf.unit or term.unit, hint=term.hint or leaf.hint
    )
