"""The public address of the site, where something must be named by a whole URL.

Canonical links, sitemaps and preview images need it. It comes from PROJECT_MAP_ADDRESS alone: what
a request says about it (Host, X-Forwarded-*) can be forged, and a cache would then give the forged
address to others.
"""

import os
import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from geo.core.faults import DataError, Fault, quoted

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
    return _checked(os.environ.get(ADDRESS_VARIABLE, "").strip())


@lru_cache(maxsize=4)
def _checked(value: str) -> str | None:
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
