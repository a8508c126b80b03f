"""Reviews by a second reader: marked clauses, two editions compared, how well places are known.

The comparison lists added and removed projects, and the changed fields of the others. It is written
as text for people, as Markdown for release notes, and as JSON for programs.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.faults import DataError, Fault, quoted
from geo.core.home import Home
from geo.core.i18n import text
from geo.layer.base_layers import CRS
from geo.layer.counts import FIND_WITHIN_M, findable, shared_geometries
from geo.layer.dataset import Dataset
from geo.layer.events import Event, read_events
from geo.layer.projects import PROPERTIES, Project, parse_project, read_features
from geo.text.document import Clause
from geo.text.marked_text import Run, split_runs
from geo.views import render


@dataclass(frozen=True)
class Sheet:
    """A clause, its paragraphs as runs, and the projects quoted in it, numbered from 1."""

    clause: Clause
    paragraphs: tuple[tuple[Run, ...], ...]
    projects: tuple[Project, ...]

    def numbers(self, run: Run) -> str:
        """Return the numbers of the projects whose anchors cover a run, such as "1,3"."""
        ids = [project.id for project in self.projects]
        return ",".join(str(ids.index(name) + 1) for name in dict.fromkeys(run.projects))


def sheets(dataset: Dataset) -> tuple[Sheet, ...]:
    """Return a sheet for each clause of the first document, in the order of the text."""
    document = dataset.document
    quotes = sorted(
        (anchor.start, anchor.end, project.id)
        for project in dataset.projects.values()
        for anchor in project.anchors
        if anchor.document == document.id
    )
    made = []
    for clause in document.clauses:
        inside = [quote for quote in quotes if clause.span.start <= quote[0] < clause.span.end]
        names = dict.fromkeys(name for _, _, name in inside)
        marks = [
            (anchor.span, name)
            for name in names
            for anchor in dataset.projects[name].anchors
            if anchor.clause == clause.numeral
        ]
        runs = tuple(tuple(split_runs(document, span, marks)) for span in clause.paragraphs)
        made.append(Sheet(clause, runs, tuple(dataset.projects[name] for name in names)))
    return tuple(made)


def review_text(dataset: Dataset) -> str:
    """Return the review as plain text, with 〔quotes〕 followed by the numbers of their projects."""
    lines = []
    for sheet in sheets(dataset):
        for runs in sheet.paragraphs:
            marked = (
                f"〔{run.text}〕[{sheet.numbers(run)}]" if run.projects else run.text
                for run in runs
            )
            lines.append("".join(marked))
        for number, project in enumerate(sheet.projects, start=1):
            lines.append(f"  {number:>3}  {describe(project)}")
        lines.append("")
    return "\n".join(lines)


def review_html(dataset: Dataset) -> str:
    """Return the review as a self-contained HTML page."""
    return render(
        "review", title=dataset.document.about["title"], sheets=sheets(dataset), describe=describe
    )


def describe(project: Project) -> str:
    """Return the properties of a project on one line, in Chinese."""
    counties = "、".join(text("zh", f"county-{code}") for code in project.counties) or "市外"
    within = f" ±{project.uncertainty_m:g} m" if project.uncertainty_m else ""
    parts = [
        project.name_zh,
        text("zh", f"sector-{project.sector}"),
        f"{text('zh', f'stage-{project.stage}')}（{project.stage_term}）",
        counties,
        text("zh", f"precision-{project.precision}") + within,
        project.id,
    ]
    return " | ".join(parts)


Feature = Mapping[str, Any]

WORLD: Final = shapely.box(-180, -90, 180, 90)


@dataclass(frozen=True)
class Extent:
    """The size of a geometry: its GeoJSON type, its area in km² and its length in km.

    The area of a line and the length of a polygon are 0; for a point, both are.
    """

    kind: str
    area_km2: float
    length_km: float


@dataclass(frozen=True)
class GeometryChange:
    """A changed geometry: how far its centroid moved, in metres, and its extent before and after.

    `moved_m` is None if there was no geometry before, or there is none now.
    """

    moved_m: float | None
    old: Extent | None
    new: Extent | None


@dataclass(frozen=True)
class FieldChange:
    """A property with its values before and after."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """A project that differs between the two editions; `feature` is the new one."""

    feature: Feature
    fields: tuple[FieldChange, ...]
    geometry: GeometryChange | None


@dataclass(frozen=True)
class Comparison:
    """A comparison of two editions; features are sorted by id.

    An event that differs in any value counts as one event removed and one added.
    """

    added: tuple[Feature, ...]
    removed: tuple[Feature, ...]
    changed: tuple[Change, ...]
    events_added: tuple[Event, ...] = ()
    events_removed: tuple[Event, ...] = ()


def read_edition(path: Path) -> dict[str, Feature]:
    """Return the features by id of a layer file, or of the folder that contains it.

    Raises DataError if it cannot be read, breaks the schema, or has coordinates outside the globe.
    """
    layer = Home(path).projects if path.is_dir() else path
    features: dict[str, Feature] = {
        feature["id"]: feature for feature in read_features(layer, in_order=False)
    }
    faults = []
    for feature in features.values():
        shape = parse_project(feature).geometry
        if shape is not None and not WORLD.covers(shape):
            fault = Fault(
                "geometry-readable",
                feature["id"],
                f"its {shape.geom_type}",
                "does not lie on the globe",
                "write numbers as [longitude, latitude] in degrees",
            )
            faults.append(fault)
    if faults:
        raise DataError(faults)
    return features


def read_edition_events(path: Path) -> tuple[Event, ...]:
    """Return the events in the folder of an edition; a single layer file has none.

    Raises DataError if they break the schema.
    """
    return read_events(Home(path)) if path.is_dir() else ()


def compare_paths(old: Path, new: Path) -> Comparison:
    """Compare two editions, each a folder or its layer file; raises DataError if one cannot be read."""
    # Events can only be compared between two folders: a single layer file has none.
    folders = old.is_dir() and new.is_dir()
    events = (read_edition_events(old), read_edition_events(new)) if folders else ((), ())
    return compare_editions(read_edition(old), read_edition(new), events)


def compare_editions(
    old: Mapping[str, Feature],
    new: Mapping[str, Feature],
    events: tuple[tuple[Event, ...], tuple[Event, ...]] = ((), ()),
) -> Comparison:
    """Compare two editions, given as features by id, and their events (old, new)."""
    before, after = events
    changes = (_change(old[name], new[name]) for name in sorted(old.keys() & new.keys()))
    return Comparison(
        tuple(new[name] for name in sorted(new.keys() - old.keys())),
        tuple(old[name] for name in sorted(old.keys() - new.keys())),
        tuple(change for change in changes if change.fields or change.geometry),
        tuple(event for event in after if event not in before),
        tuple(event for event in before if event not in after),
    )


def _change(old: Feature, new: Feature) -> Change:
    before, after = old["properties"], new["properties"]
    fields = [
        FieldChange(key, before.get(key), after.get(key))
        # Short names are optional, so one edition may lack the key.
        for key in PROPERTIES["properties"]
        if before.get(key) != after.get(key)
    ]
    moved = None
    if old["geometry"] != new["geometry"]:
        moved = geometry_change(parse_project(old).geometry, parse_project(new).geometry)
    return Change(new, tuple(fields), moved)


def geometry_change(old: BaseGeometry | None, new: BaseGeometry | None) -> GeometryChange:
    """Compare two geometries (lon, lat, EPSG:4326), measured in their common UTM zone."""
    degrees = gpd.GeoSeries([shape for shape in (old, new) if shape is not None], crs=CRS)
    metric = degrees.to_crs(degrees.estimate_utm_crs())
    extents = [_extent(shape) for shape in metric]
    if old is None or new is None:
        return GeometryChange(None, *((None, extents[0]) if old is None else (extents[0], None)))
    before, after = metric.centroid
    return GeometryChange(float(before.distance(after)), *extents)


def _extent(metric: BaseGeometry) -> Extent:
    length = metric.length if "Line" in metric.geom_type else 0.0
    return Extent(metric.geom_type, metric.area / 1e6, length / 1e3)


def diff_counts(comparison: Comparison) -> str:
    """Return the numbers of added, removed and changed projects on one line."""
    parts = ("added", "removed", "changed")
    return ", ".join(f"{len(getattr(comparison, part))} {part}" for part in parts)


def diff_text(comparison: Comparison) -> Iterator[str]:
    """Yield the lines for a terminal: + added, - removed, ~ changed."""
    yield diff_counts(comparison)
    yield from (f"+ {_name(feature)}" for feature in comparison.added)
    yield from (f"- {_name(feature)}" for feature in comparison.removed)
    for change in comparison.changed:
        yield f"~ {_name(change.feature)}"
        yield from (f"    {line}" for line in _details(change))
    yield from (f"+ event {_event(event)}" for event in comparison.events_added)
    yield from (f"- event {_event(event)}" for event in comparison.events_removed)


def diff_markdown(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of a release note."""
    yield f"## Projects: {diff_counts(comparison)}"
    for title, features in (("Added", comparison.added), ("Removed", comparison.removed)):
        if features:
            yield from ("", f"### {title}", "")
            yield from (f"- {_marked_name(feature)}" for feature in features)
    if comparison.changed:
        yield from ("", "### Changed", "")
    for change in comparison.changed:
        yield f"- {_marked_name(change.feature)}"
        yield from (f"  - {_escaped(line)}" for line in _details(change))
    for title, events in (
        ("told", comparison.events_added),
        ("no longer told", comparison.events_removed),
    ):
        if events:
            yield from ("", f"### Events {title}", "")
            yield from (f"- {_escaped(_event(event))}" for event in events)


def diff_json(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as a JSON value, with the full values before and after."""

    def named(feature: Feature) -> dict[str, Any]:
        return {key: feature["properties"][key] for key in ("id", "name_zh", "name_en")}

    return {
        "added": [named(feature) for feature in comparison.added],
        "removed": [named(feature) for feature in comparison.removed],
        "changed": [
            named(change.feature)
            | {
                "fields": [asdict(field) for field in change.fields],
                "geometry": asdict(change.geometry) if change.geometry else None,
            }
            for change in comparison.changed
        ],
        "events": {
            "added": [asdict(event) for event in comparison.events_added],
            "removed": [asdict(event) for event in comparison.events_removed],
        },
    }


def _event(event: Event) -> str:
    scope = "" if event.scope == "whole" else f" ({event.scope})"
    return f"{event.record}{scope}: {event.statement_en} {event.source.url}"


def _name(feature: Feature) -> str:
    properties = feature["properties"]
    return f"{properties['id']}  {properties['name_zh']} ({properties['name_en']})"


def _marked_name(feature: Feature) -> str:
    names = feature["properties"]
    return f"**{_escaped(names['name_zh'])}** {_escaped(names['name_en'])} (`{names['id']}`)"


def _details(change: Change) -> Iterator[str]:
    for item in change.fields:
        yield f"{item.field}: {_value(item.field, item.old)} → {_value(item.field, item.new)}"
    if change.geometry:
        yield f"geometry: {_geometry(change.geometry)}"


def _value(field: str, value: Any) -> str:
    """Return a value on one line: anchors as their quotes, references as their titles."""
    key = {"anchors": "exact", "references": "title"}.get(field)
    if key:
        return quoted("; ".join(str(record[key]) for record in value), limit=120)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return quoted(value, limit=120) if isinstance(value, str) else str(value)


def _geometry(change: GeometryChange) -> str:
    if change.moved_m is None:
        return f"now {_size(change.new)}" if change.new else "taken off the map"
    return f"centroid moved {change.moved_m:,.0f} m; {_growth(change)}"


def _growth(change: GeometryChange) -> str:
    """Return the change of extent, in area or length if both have one, else as old → new."""
    old, new = change.old, change.new
    if old and new and old.area_km2 and new.area_km2:
        return (
            f"area {old.area_km2:.2f} → {new.area_km2:.2f} km² ({new.area_km2 - old.area_km2:+.2f})"
        )
    if old and new and old.length_km and new.length_km:
        growth = new.length_km - old.length_km
        return f"length {old.length_km:.2f} → {new.length_km:.2f} km ({growth:+.2f})"
    return f"{_size(old)} → {_size(new)}"


def _size(extent: Extent | None) -> str:
    if extent is None:
        return "nothing"
    if extent.area_km2:
        return f"{extent.kind} of {extent.area_km2:.2f} km²"
    return f"{extent.kind} of {extent.length_km:.2f} km" if extent.length_km else extent.kind


def _escaped(words: str) -> str:
    """Return the text with everything escaped that Markdown or HTML would take for markup."""
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", words)


def places_text(dataset: Dataset) -> Iterator[str]:
    """Yield how many projects can be found within some distances, and which share a geometry."""
    heads = [f"{metres / 1000:g} km" for metres in FIND_WITHIN_M]
    for name, rows in findable(dataset.projects.values()).items():
        yield f"{name:<14}{'projects':>9}" + "".join(f"{head:>9}" for head in heads)
        for row in rows:
            yield f"  {row.code:<12}{row.total:>9}" + "".join(f"{count:>9}" for count in row.within)
    for ids in shared_geometries(dataset.projects.values()):
        extents = Counter(dataset.projects[one].extent for one in ids)
        kinds = ", ".join(f"{count} {extent}" for extent, count in sorted(extents.items()))
        yield f"{len(ids)} share a geometry ({kinds}): {', '.join(ids)}"
