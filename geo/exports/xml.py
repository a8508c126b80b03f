"""XML made without string building: elements with text, and only characters that XML allows."""

import re
from typing import Final
from xml.etree import ElementTree as ET

FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold at all, not even escaped; ElementTree would write it all the same."""

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def allowed(words: str) -> str:
    """Return the text with each character that XML forbids replaced by U+FFFD."""
    return FORBIDDEN.sub("\ufffd", words)


def add(parent: ET.Element, name: str, words: str = "", /, **attributes: str) -> ET.Element:
    """Add an element with text and attributes to a parent, and return it."""
    checked = {key: allowed(value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, checked)
    element.text = allowed(words) or None
    return element


def encoded(root: ET.Element) -> bytes:
    """Return the document as UTF-8 with its declaration, indented."""
    ET.indent(root, " ")
    # Told an encoding, ElementTree encodes piece by piece, which takes twice as long.
    body: str = ET.tostring(root, encoding="unicode")
    return DECLARATION + body.encode()
