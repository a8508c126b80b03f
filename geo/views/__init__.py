"""What readers see, as HTML and pictures: each part of the page, without Streamlit.

Here belongs everything that turns projects, a filter and a language into HTML, charts or small maps, with
the templates, scripts and style sheets of the page around the map. Each function takes values and returns
HTML, so that the page, the one-file edition and the server can use the same one. Widgets and what happens
when they change belong to `geo.page`; counting and filtering to `geo.layer`.
"""

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
    # Indentation helps whoever edits a template; a rerun would send it each time.
    return "\n".join(line.lstrip(" ") for line in page.split("\n"))
