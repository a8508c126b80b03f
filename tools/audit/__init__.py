"""Lists the packages that the app runs with, and looks up their known vulnerabilities.

The programs for this (the dependency group `audit` in pyproject.toml) are installed in `.venv/audit`,
because neither the app nor its tests need them.
"""

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
REQUIREMENTS: Final = ROOT / "requirements.txt"
REPORT: Final = ROOT / "docs" / "audit.md"
BILL: Final = ROOT / "deploy" / "sbom.cdx.json"
TOOLS: Final = Path(os.environ.get("AUDIT_TOOLS", ROOT / ".venv" / "audit" / "bin"))
