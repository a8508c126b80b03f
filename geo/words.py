"""What a template says: the messages of one language, and the labels of codes."""

from dataclasses import dataclass
from typing import Any

from geo.features import Project
from geo.i18n import text


@dataclass(frozen=True)
class Words:
    """Everything a template can say, in one language ("zh" or "en")."""

    language: str

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return a message of the catalogue."""
        return text(self.language, key, **values)

    def label(self, codelist: str, code: str) -> str:
        """Return the label of a code, such as ("sector", "rail")."""
        return self(f"{codelist}-{code}")

    def name(self, project: Project) -> str:
        """Return a project's name."""
        return project.name_en if self.language == "en" else project.name_zh
