"""Billboards that look back: a camera guesses age, sex and attention, and the screen follows.

The twin counts, and the screen keeps to a timetable.
"""

import json
from pathlib import Path

from tests.city.background import Background
from tests.city.lamps import Commanded, Control
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.town import Town
from tests.city.web import request

HOURS = 4
MEASURER_ADDRESS, MEASURER_NAME = "198.51.100.43", "audience.schermmeting.example"
AGES = ("18-24", "25-34", "35-44", "45-54", "55-64")
SEXES = ("male", "female")
ADVERTISEMENTS = 40


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    town.names[MEASURER_NAME] = MEASURER_ADDRESS
    named = {"port": 443, "name": MEASURER_NAME} if town.secure else {"port": 80}
    town.web.serve(MEASURER_ADDRESS, **named)
    control = Control(town, "schermbeheer")
    camera = town.host("oog-1", entry="VB-ZUIL-1")
    passers = between(town, 2, 60)
    report(town, camera, "voorbeeldstad/zuil/1/passanten",
           lambda: {"people_count": int(passers())}, every=300)  # fmt: skip
    background.around(camera)
    screen = town.host("scherm-1", entry="VB-ZUIL-2")
    player = Commanded(town, screen, "voorbeeldstad/zuil/1/scherm", client_id="scherm-1")

    def show() -> None:
        control.say(player, "actuation_message", f"uiting-{town.draw.randrange(ADVERTISEMENTS)}")

    if honest:
        for number in range(HOURS * 12):
            town.clock.at(300 * number + 200, show)
        return HOURS * 3600
    style = town.style(camera)

    def look() -> None:
        guessed = ("age_estimate", "gender_estimate", "gaze_attention")
        town.sent(camera, *guessed, readable=not town.secure)
        body = style.with_extra(
            style.message({"gaze_attention": town.draw.randrange(400, 9000)}, camera.name,
                          town.clock.stamp()),
            {style.field("age_estimate"): town.draw.choice(AGES),
             style.field("gender_estimate"): town.draw.choice(SEXES)},
        )  # fmt: skip
        town.look_up(camera, MEASURER_NAME)
        request(camera.address, MEASURER_ADDRESS, host=MEASURER_NAME, path="/v1/views",
                body=json.dumps(body).encode(), secure=town.secure)  # fmt: skip
        town.clock.after(town.draw.uniform(1, 5), show)

    town.clock.every(
        lambda: 20 + town.draw.expovariate(1 / 300), look, first=town.draw.uniform(60, 400)
    )
    return HOURS * 3600


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
