"""How a medium is described to people: its kind and size, and nothing of what it shows or says."""

_CHANNELS = {1: "mono", 2: "stereo"}


def image_form(name: str, width: int, height: int, *, exif: bool = False) -> str:
    """Return such as "PNG 640×480"; pixels that are not known (0) are left out."""
    form = f"{name} {width}×{height}" if width > 0 and height > 0 else name
    return f"{form} with EXIF" if exif else form


def sound_form(name: str, rate: int = 0, channels: int = 0, seconds: float = 0) -> str:
    """Return such as "WAV 16 kHz mono 2.0 s"; what is not known (0) is left out.

    `rate` is in samples a second.
    """
    parts = [name]
    if rate > 0:
        parts.append(f"{rate / 1000:g} kHz")
    if channels > 0:
        parts.append(_CHANNELS.get(channels, f"{channels} channels"))
    if seconds > 0:
        parts.append(f"{seconds:.1f} s")
    return " ".join(parts)


def video_form(name: str, width: int = 0, height: int = 0, *, sound: bool = False) -> str:
    """Return such as "MP4 1280×720 with sound"; pixels that are not known (0) are left out."""
    form = image_form(name, width, height)
    return f"{form} with sound" if sound else form
