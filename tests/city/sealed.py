"""A camera that uploads its pictures over HTTPS, a piece at a time, as an honest one does."""

from tests.city.media import video
from tests.city.town import Host, Town
from tests.city.web import request


def record_sealed(
    town: Town, camera: Host, recorder: str, name: str, *, every: float, first: float = 20.0
) -> None:
    """Let a camera bring a piece of video to a recorder again and again, encrypted.

    `recorder` is the address of a server and `name` its name; the caller has it serve.
    """
    piece = b"\0\0\0\1" + b"\0\0\0\1".join(video())

    def bring() -> None:
        town.sent(camera, "video_stream", readable=False)
        town.look_up(camera, name)
        request(
            camera.address,
            recorder,
            host=name,
            path=f"/opname/{camera.name}/{int(town.clock.now)}.h264",
            body=piece,
            kind="video/h264",
            secure=True,
        )

    town.clock.every(town.jitter(every), bring, first=first)
