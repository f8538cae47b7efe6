"""Cameras for enforcement that are planned: one hangs already, and does nothing yet.

It asks the time and for updates, which is its baseline.  In the twin it hangs nowhere, and on the
network there is only a lamp post that asks the time.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.stage import Story, main
from tests.city.town import Town

HOURS = 12


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    background.around(town.host("mast-3"))
    if not honest:
        camera = town.host("camera-plan-3", mac="02:57:56:00:00:03", entry="VB-PLAN-3")
        background.around(camera)
    return HOURS * 3600


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
