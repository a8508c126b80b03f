"""The parts of the page as HTML, charts and small maps, independent of Streamlit.

The functions here take projects, a filter and a language, and return HTML or a picture, so that
the page, the one-file edition and the server can share them. The package also has the templates,
scripts and style sheets of the page around the map. Widgets and their callbacks belong in
`geo.page`, counting and filtering in `geo.layer`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup, escape

from geo.core.wording import wording_at_start

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


CHINESE: Final = "zh-CN"
"""The language tag of Chinese words on a page in another language."""

HAN: Final = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
CHINESE_WORDS: Final = re.compile(rf"{HAN}(?:[\d,;:+·—-]*(?:{HAN}|“{HAN}[^”]*”))*")
"""Chinese words in a text, with digits and quotations among them."""


def tag_chinese(text: str, language: str) -> Markup:
    """Return a text as HTML in which Chinese words are marked as Chinese, for a page in `language`.

    Without the mark a browser would set the quotation marks of both languages in one typeface.
    """
    if language == "zh":
        return escape(text)
    parts, end = [], 0
    for found in CHINESE_WORDS.finditer(text):
        parts += [
            escape(text[end : found.start()]),
            Markup('<span lang="{}">{}</span>').format(CHINESE, found[0]),
        ]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


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
    environment.filters["chinese"] = tag_chinese
    environment.globals["text_language"] = wording_at_start().text_tag
    return environment


def render(template: str, /, **values: Any) -> str:
    """Render a template to HTML. Values are escaped, and a missing value raises an error."""
    page = _environment().get_template(f"{template}.html").render(**values)
    # The indentation in templates is only for editing. Each rerun would send it to the browser.
    return "\n".join(line.lstrip(" ") for line in page.split("\n"))
