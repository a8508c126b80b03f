"""Lighthouse on the app's page and on Streamlit's empty page: `python -m tools.bench.lighthouse`.

`audit` runs Lighthouse and reads its JSON, `report` makes the tables. Lighthouse and the Node.js that it
needs are in `.venv/lighthouse`, where `make lighthouse` installs them: the app and its tests need neither.
The versions are pinned by `package.json`, `package-lock.json` and the Makefile.
"""

import os
from pathlib import Path
from typing import Final

from tools.bench.servers import ROOT

TOOLS: Final = Path(os.environ.get("LIGHTHOUSE_TOOLS", ROOT / ".venv" / "lighthouse"))
"""The folder with Node.js and Lighthouse."""
