"""What page and templates say: the messages of one language, and the labels of codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geo.core import i18n
from geo.layer.projects import Project


@dataclass(frozen=True)
class Words:
    """Everything that can be said, in one language ("zh" or "en")."""

    language: str

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return a message of the catalogue."""
        return i18n.text(self.language, key, **values)

    def label(self, codelist: str, code: str) -> str:
        """Return the label of a code, such as ("sector", "rail")."""
        return self(f"{codelist}-{code}")

    def name(self, project: Project) -> str:
        """Return a project's name."""
        return project.name_en if self.language == "en" else project.name_zh

    def counties(self, codes: Iterable[str]) -> str:
        """Return the names of counties, joined."""
        named = [self.label("county", code) for code in codes]
        return self("list-separator").join(named) or self("detail-no-counties")

    def distance(self, metres: float) -> str:
        """Return a distance as people say it: 300 m, 2.5 km."""
        return f"{metres:g} m" if metres < 1000 else f"{metres / 1000:.3g} km"  # noqa: PLR2004
