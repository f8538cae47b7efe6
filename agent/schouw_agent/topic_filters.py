"""MQTT topic filters: what they are, which topics they fit, and which of them lie within others.

Source: OASIS MQTT 5.0, section 4.7.
"""

OCTETS_MAX = 65_535


def check_filter(text: str) -> str:
    """Return the filter if it is one.  Raises `ValueError`."""
    levels = text.split("/")
    if not text or "\0" in text or len(text.encode("utf-8", "replace")) > OCTETS_MAX:
        raise ValueError("not an MQTT topic filter")
    if any("#" in level and level != "#" for level in levels) or "#" in levels[:-1]:
        raise ValueError("not an MQTT topic filter: # stands alone, at the end")
    if any("+" in level and level != "+" for level in levels):
        raise ValueError("not an MQTT topic filter: + stands alone in its level")
    if levels[0] == "$share":
        raise ValueError("a shared subscription would take messages away from others")
    return text


def fits(topic_filter: str, topic: str) -> bool:
    """Return whether a topic fits a filter.  A leading wildcard does not reach `$SYS` and alike."""
    wanted, levels = topic_filter.split("/"), topic.split("/")
    if topic.startswith("$") and wanted[0] in ("#", "+"):
        return False
    for number, level in enumerate(wanted):
        if level == "#":
            return True
        if number >= len(levels) or level not in ("+", levels[number]):
            return False
    return len(wanted) == len(levels)


def within(inner: str, outer: str) -> bool:
    """Return whether every topic that fits the inner filter fits the outer one."""
    narrow, wide = inner.split("/"), outer.split("/")
    if inner.startswith("$") and wide[0] in ("#", "+"):
        return False
    for number, level in enumerate(wide):
        if level == "#":
            return True
        if number >= len(narrow) or narrow[number] == "#" or level not in ("+", narrow[number]):
            return False
    return len(narrow) == len(wide)
