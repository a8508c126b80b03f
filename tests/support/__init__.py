"""What the tests share: servers, a browser's page, a database, edits of the layer, readers of exports."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The project's folder."""
