"""XML built from elements instead of strings, with only the characters that XML allows."""

import re
from typing import Final
from xml.etree import ElementTree as ET

FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow even when escaped; ElementTree would write them anyway."""

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def allowed(words: str) -> str:
    """Return the text with each forbidden character replaced by U+FFFD."""
    return FORBIDDEN.sub("\ufffd", words)


def add(parent: ET.Element, name: str, words: str = "", /, **attributes: str) -> ET.Element:
    """Add an element with text and attributes to a parent, and return it."""
    checked = {key: allowed(value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, checked)
    element.text = allowed(words) or None
    return element


def encoded(root: ET.Element) -> bytes:
    """Return the document as indented UTF-8 with an XML declaration."""
    ET.indent(root, " ")
    # Given an encoding, ElementTree would encode each piece separately, which takes twice as long.
    body: str = ET.tostring(root, encoding="unicode")
    return DECLARATION + body.encode()
