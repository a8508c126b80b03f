"""Every codelist with its labels and crosswalks, for those who take the data away."""

from typing import Any

from geo.core.i18n import LANGUAGES, text
from geo.layer.codes import (
    CONFIDENCES,
    COUNTY_CODES,
    EVENT_SCOPES,
    EVENT_TYPES,
    FAMILIES,
    PRECISIONS,
    SECTORS,
    SINCE,
    STAGES,
)


def codelists() -> dict[str, list[dict[str, Any]]]:
    """Return each codelist by name: its codes in order, each with a label per language.

    Sectors and stages carry their OC4IDS 0.9.5 codes, precisions their IATI exactness, families
    their hue on a light and on a dark ground. What became of a project since the decision is told
    by the state that its events show, and whether that is of the whole or of a part.
    """

    def entry(codelist: str, code: str, **more: Any) -> dict[str, Any]:
        labels = {language: text(language, f"{codelist}-{code}") for language in LANGUAGES}
        return {"code": code} | labels | more

    return {
        "family": [
            entry("family", one.code, colour={"light": one.light, "dark": one.dark})
            for one in FAMILIES
        ],
        "sector": [
            entry("sector", one.code, family=one.family, oc4ids_sector=one.oc4ids)
            for one in SECTORS
        ],
        "county": [entry("county", code) for code in COUNTY_CODES],
        "stage": [
            entry("stage", one.code, oc4ids_status=one.oc4ids_status, oc4ids_type=one.oc4ids_type)
            for one in STAGES
        ],
        "precision": [
            entry("precision", one.code, mapped=one.mapped, iati_exactness=one.iati)
            for one in PRECISIONS
        ],
        "since": [
            entry("since", one.code, state=one.state or None, scope=one.scope or None)
            for one in SINCE
        ],
        "event-type": [
            entry("event-type", one.code, state=one.shows or None) for one in EVENT_TYPES
        ],
        "event-scope": [entry("event-scope", code) for code in EVENT_SCOPES],
        "confidence": [entry("confidence", code) for code in CONFIDENCES],
    }
