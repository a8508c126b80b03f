"""HTML from templates that escape whatever is put into them."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, /, **values: Any) -> str:
    """Return the HTML of a template; every value is escaped, and a missing one is an error."""
    page = _environment().get_template(f"{template}.html").render(**values)
    # The indentation of a template is for its writer; a rerun would send it each time.
    return "\n".join(line.lstrip(" ") for line in page.split("\n"))
