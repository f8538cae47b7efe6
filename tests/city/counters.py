"""Counters of people that do nothing else, near where something happens out of sight."""

from tests.city.background import Background
from tests.city.reporting import report
from tests.city.town import Host, Town


def count_people(town: Town, host: Host, topic: str, *, most: int, every: float = 300) -> None:
    """Let a counter report how many people it saw, at its own pace, with the usual noise."""
    Background(town).around(host)
    report(
        town,
        host,
        topic,
        lambda: {"people_count": town.draw.randrange(3, most)},
        every=every,
    )
