"""The parts of the page as HTML, charts and small maps, independent of Streamlit.

The functions here take projects, a filter and a language, and return HTML or a picture, so that
the page, the one-file edition and the server can share them. The package also has the templates,
scripts and style sheets of the page around the map. Widgets and their callbacks belong in
`geo.page`, counting and filtering in `geo.layer`.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2

from geo.core.wording import wording_at_start

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The language of the document, whose words are marked as such on a page in either language.
    environment.globals["text_language"] = wording_at_start().text_language
    return environment


def render(template: str, /, **values: Any) -> str:
    """Render a template to HTML. Values are escaped, and a missing value raises an error."""
    page = _environment().get_template(f"{template}.html").render(**values)
    # The indentation in templates is only for editing. Each rerun would send it to the browser.
    return "\n".join(line.lstrip(" ") for line in page.split("\n"))
