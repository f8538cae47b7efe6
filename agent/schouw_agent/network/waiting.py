"""How much is kept of flows whose protocol is not known yet, of all of them together."""


class Waiting:
    """The flows of one transport that wait for more, in the order in which they began to."""

    def __init__(self, octets_max: int, flows_max: int) -> None:
        self._octets_max = octets_max
        self._flows_max = flows_max
        self._held: dict[int, int] = {}
        self._octets = 0

    def hold(self, flow: int, octets: int) -> list[int]:
        """Return the flows to give up because this one holds so many octets more."""
        self._held[flow] = self._held.get(flow, 0) + octets
        self._octets += octets
        given_up = []
        while self._octets > self._octets_max or len(self._held) > self._flows_max:
            first = next(iter(self._held))
            self.forget(first)
            given_up.append(first)
        return given_up

    def forget(self, flow: int) -> None:
        """Note that a flow waits no more, if it did."""
        self._octets -= self._held.pop(flow, 0)
