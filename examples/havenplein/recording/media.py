"""Pictures that are drawn and speech that is synthetic: nobody was ever in them."""

import random
import subprocess
from pathlib import Path

from recording.plan import SENTENCES


def draw_pictures(folder: Path, prefix: str, count: int, draw: random.Random) -> list[Path]:
    """Return JPEGs of coloured blocks for figures on a square."""
    files = []
    for number in range(count):
        figures = ",".join(
            f"drawbox=x={draw.randrange(20, 280)}:y={draw.randrange(90, 170)}:w=14:h=42"
            f":color={draw.choice(('navy', 'maroon', 'olive', 'teal', 'purple'))}:t=fill"
            for _ in range(draw.randrange(3, 8))
        )
        scene = (
            "color=c=0xA8C4D8:s=320x240:d=1:r=1,"
            f"drawbox=x=0:y=110:w=320:h=130:color=0x9A9488:t=fill,{figures},"
            f"noise=alls=6:all_seed={draw.randrange(1, 10**6)}"
        )
        file = folder / f"{prefix}{number}.jpg"
        _ffmpeg("-f", "lavfi", "-i", scene, "-frames:v", "1", "-q:v", "6", str(file))
        files.append(file)
    return files


def speak(folder: Path) -> list[Path]:
    """Return a second of invented sentences each: WAV, 8 kHz, 16 bits."""
    files = []
    for number, sentence in enumerate(SENTENCES):
        spoken, clip = folder / f"zin{number}.wav", folder / f"fragment{number}.wav"
        subprocess.run(
            ["espeak-ng", "-v", "nl", "-w", str(spoken), sentence], check=True, capture_output=True
        )
        _ffmpeg(
            *("-i", str(spoken), "-ss", "0.3", "-t", "1", "-ar", "8000", "-ac", "1"),
            *("-map_metadata", "-1", "-bitexact", "-c:a", "pcm_s16le", str(clip)),
        )
        files.append(clip)
    return files


def _ffmpeg(*words: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *words], check=True)
