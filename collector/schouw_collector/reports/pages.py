"""How pages for people are made: from templates, escaped, and without what reorders a text."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from schouw_collector.saying.wording import printable


def _shown(value: Any) -> Any:
    """Return what the page shows for a value: hostile text loses what would reorder it."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else printable(value)


@cache
def environment() -> Environment:
    """Return the templates of all pages."""
    return Environment(
        loader=PackageLoader("schouw_collector.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
