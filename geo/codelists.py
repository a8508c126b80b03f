"""Every codelist with its labels and crosswalks, for those who take the data away."""

from typing import Any

from geo.codes import COUNTY_CODES, FAMILIES, PRECISIONS, SECTORS, STAGES
from geo.i18n import LANGUAGES, text


def codelists() -> dict[str, list[dict[str, Any]]]:
    """Return each codelist by name: its codes in order, each with a label per language.

    Sectors and stages carry their OC4IDS 0.9.5 codes, precisions their IATI exactness, families
    their hue on a light and on a dark ground.
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
    }
