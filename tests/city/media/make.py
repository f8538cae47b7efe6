"""Make the pictures, sounds and video of this folder anew.  Needs ffmpeg and espeak-ng."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SENTENCES = ("Goedemiddag, het is rustig op het plein.", "The market opens at nine tomorrow.")


def _ffmpeg(*words: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *words], check=True)


def _face(number: int) -> np.ndarray:
    """Return a drawn face, 128×128: an oval, two eyes, a nose and a mouth."""
    draw = np.random.default_rng(number)
    y, x = np.mgrid[0:128, 0:128]
    picture = np.full((128, 128, 3), draw.integers(150, 220, 3), dtype=np.uint8)

    def oval(cx: float, cy: float, rx: float, ry: float, colour: tuple[int, ...]) -> None:
        picture[((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1] = colour

    tone = int(draw.integers(70, 230))
    oval(64, 50, 46, 46, (int(draw.integers(20, 120)), 40, 20))
    oval(64, 68, 38, 48, (tone, tone * 4 // 5, tone * 2 // 3))
    for side in (-1, 1):
        oval(64 + side * 15, 58, 7, 4, (250, 250, 250))
        oval(64 + side * 15, 58, 3, 3, (20, 20, 60))
    oval(64, 74, 4, 8, (tone * 9 // 10, tone * 2 // 3, tone // 2))
    oval(64, 94, 14, int(draw.integers(3, 7)), (150, 40, 50))
    return picture


def _jpeg(picture: np.ndarray, path: Path) -> None:
    with tempfile.NamedTemporaryFile(suffix=".ppm") as file:
        height, width, _ = picture.shape
        file.write(b"P6 %d %d 255\n" % (width, height) + picture.tobytes())
        file.flush()
        _ffmpeg("-i", file.name, "-q:v", "7", str(path))


def _square(number: int) -> np.ndarray:
    """Return a drawn square with coloured blocks for figures, 320×240."""
    draw = np.random.default_rng(100 + number)
    picture = np.full((240, 320, 3), (0xA8, 0xC4, 0xD8), dtype=np.uint8)
    picture[110:] = (0x9A, 0x94, 0x88)
    for _ in range(int(draw.integers(3, 8))):
        left, top = int(draw.integers(20, 290)), int(draw.integers(90, 180))
        picture[top : top + 42, left : left + 14] = draw.integers(20, 150, 3)
    return picture


def main() -> None:
    for number in range(4):
        _jpeg(_face(number), HERE / f"face-{number}.jpg")
        _jpeg(_square(number), HERE / f"square-{number}.jpg")
    for number, sentence in enumerate(SENTENCES):
        with tempfile.TemporaryDirectory() as folder:
            spoken = f"{folder}/spoken.wav"
            subprocess.run(["espeak-ng", "-v", "nl", "-w", spoken, sentence], check=True)
            path = str(HERE / f"speech-{number}.wav")
            _ffmpeg(
                *("-i", spoken, "-ss", "0.3", "-t", "1", "-ar", "8000", "-ac", "1"),
                *("-map_metadata", "-1", "-bitexact", "-c:a", "pcm_s16le", path),
            )
    _ffmpeg(
        *("-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=2", "-c:v", "libx264"),
        *("-preset", "veryfast", "-g", "10", "-bf", "0", "-pix_fmt", "yuv420p"),
        *("-bsf:v", "h264_mp4toannexb", "-f", "h264", str(HERE / "square.h264")),
    )


if __name__ == "__main__":
    main()
