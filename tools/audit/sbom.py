"""The software bill of materials (CycloneDX), without packages that only the tests need."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from geo.core.files import format_json, write_atomically
from tools.audit import BILL, REQUIREMENTS, ROOT, TOOLS
from tools.audit.packages import installed


def write_bill() -> int:
    """Write the bill of this environment; the same environment always gives the same bytes."""
    command: list[str | Path] = [
        TOOLS / "cyclonedx-py", "environment", "--output-reproducible", "--short-PURLs",
        "--spec-version", "1.6", "--pyproject", ROOT / "pyproject.toml", sys.executable,
    ]  # fmt: skip
    made = subprocess.run(command, check=True, capture_output=True)
    bill = pruned(json.loads(made.stdout), installed(REQUIREMENTS))
    write_atomically(BILL, format_json(bill))
    print(f"{BILL.name}: {len(bill['components'])} packages")
    return 0


def pruned(bill: dict[str, Any], kept: Mapping[str, str]) -> dict[str, Any]:
    """Return the bill with only these packages in it."""
    components = [one for one in bill["components"] if canonicalize_name(one["name"]) in kept]
    there = {one["bom-ref"] for one in components}
    root = bill["metadata"]["component"]["bom-ref"]
    edges = [
        {"ref": one["ref"], "dependsOn": [ref for ref in one.get("dependsOn", ()) if ref in there]}
        for one in bill["dependencies"]
        if one["ref"] in there | {root}
    ]
    return bill | {"components": components, "dependencies": edges}
