"""What the publisher of a map states: its address, approval number, and whether it draws district lines.

Canonical links, sitemaps and preview images need whole URLs. The address comes from
PROJECT_MAP_ADDRESS alone: what a request says about it (Host, X-Forwarded-*) can be forged, and a
cache would then give the forged address to others.

In China, a map for the public is reviewed and carries the number of its approval (审图号). See
"Publish it in China" in docs/deploy.md.
"""

import os
import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

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


ADDRESS_VARIABLE: Final = "PROJECT_MAP_ADDRESS"
MOST_CHARACTERS: Final = 200
"""Maximum length of the address, so that the size of a sitemap has a limit."""
MOST_PORTS: Final = 65_535
ADDRESS: Final = re.compile(
    r"https?://"
    r"([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])"
    r"(:(?P<port>[0-9]{1,5}))?"
    r"(/(?!\.{1,2}(/|$))[a-z0-9._~-]+)*/?",
    re.IGNORECASE,
)
"""http or https, a host in ASCII or an IPv6 address, and perhaps a port and a path."""


def public_address() -> str | None:
    """Return the address in PROJECT_MAP_ADDRESS without its last slash; None if it is not set.

    Raises DataError for a value that is not the address of a site.
    """
    return _checked_address(os.environ.get(ADDRESS_VARIABLE, "").strip())


@lru_cache(maxsize=4)
def _checked_address(value: str) -> str | None:
    if not value:
        return None
    match = ADDRESS.fullmatch(value) if len(value) <= MOST_CHARACTERS else None
    if match is None or int(match["port"] or 0) > MOST_PORTS:
        fault = Fault(
            "public-address",
            ADDRESS_VARIABLE,
            quoted(value),
            "is not the address of a site",
            "write http or https, the host, and a port and a path if there are any, for example "
            f"https://map.example.org/ziyang, in at most {MOST_CHARACTERS} ASCII characters",
        )
        raise DataError([fault])
    return value.rstrip("/")


def absolute(base_path: str, rest: str) -> str:
    """Return the URL of something on this site; `rest` is its path below the page, with its query.

    `base_path` is "" or "/prefix". The result is a whole URL if the public address is set, and
    otherwise an absolute path. The path of the public address replaces `base_path`, because a proxy
    may publish the app under another path.
    """
    return f"{public_address() or base_path}/{rest}"


def public_path(base_path: str) -> str:
    """Return the path under which readers find the site: "" or "/prefix"."""
    address = public_address()
    return base_path if address is None else urlsplit(address).path
