"""Compares the responses of two servers byte for byte: every format, under twenty filters.

Run it before merging a refactoring, with one server running the old code and one the new: `python
-m tools.compare_answers http://localhost:8501 http://localhost:8502`. It prints each address whose
responses differ, and exits with status 1 if there are any.
"""

import hashlib
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Final

QUERIES: Final = (
    "",
    "sector=rail",
    "sector=road&sector=water",
    "county=512002",
    "county=512021&sector=industry",
    "county=outside",
    "stage=build&stage=start",
    "stage=seek",
    "precision=exact",
    "precision=unlocated",
    "since=open",
    "since=nothing&county=512022",
    "scope=local",
    "q=%E9%93%81%E8%B7%AF",
    "q=chengyu",
    "q=lj&sector=regional",
    "sector=ecology&stage=upgrade",
    "county=512002&county=512022&precision=approximate",
    "sector=aviation&lang=en",
    "q=nothing+at+all",
)
FORMATS: Final = ("geojson", "csv", "xlsx", "gpkg", "shp.zip", "dxf", "kml", "oc4ids.json")
PRINTS: Final = ("pdf", "png", "html")
OTHERS: Final = (
    "api/", "api/?lang=en", "api/document.json", "api/codelists.json", "api/openapi.json",
    "api/projects/chengziyi-hsr.geojson", "api/projects/chengziyi-hsr.geojson?lang=en",
    "api/projects/none.geojson", "api/nothing", "api/projects.geojson?sector=none",
    "api/projects.geojson?colour=red", "data/x/projects.geojson", "data/x/map.json",
    "data/x/backdrop.json", "assets/x/ui.json",
)  # fmt: skip

CODE: Final = re.compile(rb"<style>.*?</style>|<script>.*?</script>|sha256-[\w+/=]+", re.DOTALL)
"""The code embedded in the one-file edition, which a refactoring may change."""


def addresses() -> Iterator[str]:
    """Yield every address to compare."""
    yield from OTHERS
    for number, query in enumerate(QUERIES):
        language = "" if "lang=" in query else "&lang=" + ("zh", "en")[number % 2]
        for extension in FORMATS:
            yield f"api/projects.{extension}?{query}{language}"
        for extension in PRINTS:
            yield f"api/map.{extension}?{query}{language}"


def answer(server: str, address: str) -> tuple[int, str]:
    """Return the HTTP status, and a hash of the body without the code embedded in it."""
    try:
        with urllib.request.urlopen(f"{server}/{address}", timeout=300) as response:
            status, body = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    if "map.html" in address:
        body = CODE.sub(b"", body)
    return status, hashlib.sha256(body).hexdigest()


def main(servers: list[str]) -> int:
    """Print the addresses whose responses differ; return 1 if there are any, else 0."""
    old, new = servers
    compared = list(addresses())
    different = [address for address in compared if answer(old, address) != answer(new, address)]
    for address in different:
        print(f"differs: {address}")
    print(f"{len(compared)} addresses compared, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
