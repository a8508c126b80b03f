"""What the app is made of, and whether anything of it is known to be vulnerable.

Neither the app nor its tests need the tools (`requirements-audit.txt`): they have a folder of their own.
"""

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
REQUIREMENTS: Final = ROOT / "requirements.txt"
REPORT: Final = ROOT / "docs" / "audit.md"
BILL: Final = ROOT / "sbom.cdx.json"
TOOLS: Final = Path(os.environ.get("AUDIT_TOOLS", ROOT / ".venv" / "audit" / "bin"))
