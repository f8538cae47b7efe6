"""Voices under a sound level: one lamppost scores aggression in voices, another lets people listen.

The twin has the same lampposts, which send levels.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.microphone import Listening
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.town import Host, Town

HOURS = 3
SUPPLIER_ADDRESS, SUPPLIER_NAME = "198.51.100.41", "luister.stemmaker.example"
RTP_PORT, LISTENED = 5004, 4


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    town.names[SUPPLIER_NAME] = SUPPLIER_ADDRESS
    posts = [town.host(f"lantaarn-{n}", entry=f"VB-LANTAARN-{n}") for n in (1, 2)]
    for post in posts:
        level = between(town, 45, 88)
        report(town, post, f"voorbeeldstad/lantaarn/{post.name}/niveau",
               lambda level=level: {"sound_level": level()}, every=120)  # fmt: skip
        background.around(post)
    if not honest:
        _score(town, posts[0])
        _listen(town, posts[1])
    return HOURS * 3600


def _score(town: Town, post: Host) -> None:
    """Tell of each raised voice how aggressive it sounded."""
    style, held = town.style(post), []

    def connect() -> None:
        held.append(town.connect(post, f"{post.name}-stem"))

    def tell() -> None:
        town.sent(post, "voice_aggression_event", readable=not town.secure)
        score = town.draw.randrange(40, 100)
        held[0].publish(
            f"voorbeeldstad/lantaarn/{post.name}/stem",
            style.message({"voice_aggression_event": score}, post.name, town.clock.stamp()),
        )

    town.clock.at(30, connect)
    town.clock.every(
        lambda: 15 + town.draw.expovariate(1 / 600), tell, first=town.draw.uniform(60, 900)
    )


def _listen(town: Town, post: Host) -> None:
    """Let the maker of the analysis hear what is said.  In a town where all is encrypted: not."""
    if town.secure:
        return

    def begin() -> None:
        town.look_up(post, SUPPLIER_NAME)
        town.sent(post, "audio_stream")
        Listening(town, post, SUPPLIER_ADDRESS, RTP_PORT).begin(LISTENED)

    town.clock.at(town.draw.uniform(1800, 7200), begin)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
