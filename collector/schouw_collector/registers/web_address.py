"""Addresses of registers on the web, as they may be shown and kept."""

import re


def is_web_address(source: str) -> bool:
    """Return whether a source is an http or https address, and not a file."""
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def without_credentials(source: str) -> str:
    """Return a file name or address without user name, password, query and fragment."""
    if not is_web_address(source):
        return source
    source = re.sub(r"[?#].*$", "", source, flags=re.DOTALL)
    return re.sub(r"^(\w+://)[^/]*@", r"\1", source)
