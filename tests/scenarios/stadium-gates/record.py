"""Gates of a stadium that know faces, on the network of the stadium: nothing of them is here.

On the municipal network there is a counter on the square before it, and nothing else.  The twin
has gates that only open for a ticket.  From here case and twin are the same, which is the point.
"""

from pathlib import Path

from tests.city.counters import count_people
from tests.city.stage import Story, main
from tests.city.town import Town

HOURS = 3


def act(town: Town, honest: bool) -> float:
    host = town.host("voorplein-1", entry="VB-TEL-20")
    count_people(town, host, "voorbeeldstad/drukte/voorplein", most=900)
    return HOURS * 3600


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
