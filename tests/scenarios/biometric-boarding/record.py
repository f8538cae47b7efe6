"""Gates of an airport that know faces, on the network of the airport: nothing of them is here.

On the municipal network there is a counter at the taxi rank, and nothing else.  The twin compares
a face with the passport of who shows it, and asks first.  From here they are the same.
"""

from pathlib import Path

from tests.city.counters import count_people
from tests.city.stage import Story, main
from tests.city.town import Town

HOURS = 3


def act(town: Town, honest: bool) -> float:
    host = town.host("taxi-1", entry="VB-TEL-30")
    count_people(town, host, "voorbeeldstad/drukte/taxi", most=60)
    return HOURS * 3600


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
