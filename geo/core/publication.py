"""What the publisher of a map states: its approval number, and whether it draws district lines.

In China, a map for the public is reviewed and carries the number of its approval (审图号). See
"Publish it in China" in docs/deploy.md.
"""

import os
import re
from functools import lru_cache
from typing import Final

from geo.core.faults import DataError, Fault, quoted
from geo.core.i18n import text

APPROVAL_VARIABLE: Final = "PROJECT_MAP_APPROVAL"
LONGEST: Final = 40
"""Maximum length of an approval number; "GS(2024)1234号" has 12 characters."""
APPROVAL: Final = re.compile(r"(?!审图号)(?=.*\d)[\w()（）\[\]【】〔〕〈〉. /-]+")
"""Letters, digits and brackets, at least one of them a digit."""

LINES_VARIABLE: Final = "PROJECT_MAP_DISTRICT_LINES"
LINES: Final = {"": True, "on": True, "off": False}


def approval_number() -> str:
    """Return the number in PROJECT_MAP_APPROVAL; "" if none is set.

    Raises DataError for a value that cannot be such a number.
    """
    return _checked(os.environ.get(APPROVAL_VARIABLE, "").strip())


@lru_cache(maxsize=4)
def _checked(value: str) -> str:
    if value and (len(value) > LONGEST or not APPROVAL.fullmatch(value)):
        fault = Fault(
            "approval-number",
            APPROVAL_VARIABLE,
            quoted(value),
            "is not the approval number of a map",
            "write the number alone, such as GS(2024)1234号: letters, digits and brackets, "
            f"at most {LONGEST} characters",
        )
        raise DataError([fault])
    return value


def approval(language: str) -> str:
    """Return the approval number as it stands on the map, in "zh" or "en"; "" if none is set."""
    number = approval_number()
    return text(language, "approval", number=number) if number else ""


def draws_district_lines() -> bool:
    """Say whether PROJECT_MAP_DISTRICT_LINES lets maps draw the lines of districts.

    Raises DataError for a value other than "on" and "off".
    """
    value = os.environ.get(LINES_VARIABLE, "").strip()
    if value not in LINES:
        fault = Fault(
            "district-lines",
            LINES_VARIABLE,
            quoted(value),
            "is neither on nor off",
            "write off to leave the lines of districts out, or leave the variable out",
        )
        raise DataError([fault])
    return LINES[value]
