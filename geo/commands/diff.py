"""`diff`: say what differs between two editions of the layer, for people, notes or machines."""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geo.authoring.diff import (
    Change,
    Comparison,
    Extent,
    Feature,
    GeometryChange,
    compare,
    read_edition,
    read_told,
)
from geo.core.faults import quoted
from geo.core.home import Home
from geo.layer.events import Event


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    parser = commands.add_parser("diff", help="say what differs between two editions of the layer")
    parser.add_argument("old", type=Path, help="projects.geojson, or the folder that holds it")
    parser.add_argument("new", type=Path, help="likewise")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for machines")
    form.add_argument("--markdown", action="store_true", help="for a release note")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, _home: Home) -> int:
    """Print the comparison; raises DataError when an edition cannot be read."""
    both = options.old, options.new
    # The file of a layer says nothing of events: there is nothing to compare with.
    whole = all(path.is_dir() for path in both)
    events = (read_told(both[0]), read_told(both[1])) if whole else ((), ())
    comparison = compare(read_edition(both[0]), read_edition(both[1]), events)
    if options.json:
        print(json.dumps(as_json(comparison), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_markdown(comparison) if options.markdown else as_text(comparison)))
    return 0


def summary(comparison: Comparison) -> str:
    """Return the counts on one line."""
    parts = ("added", "removed", "changed")
    return ", ".join(f"{len(getattr(comparison, part))} {part}" for part in parts)


def as_text(comparison: Comparison) -> Iterator[str]:
    """Yield the lines for a terminal: + added, - removed, ~ changed."""
    yield summary(comparison)
    yield from (f"+ {_name(one)}" for one in comparison.added)
    yield from (f"- {_name(one)}" for one in comparison.removed)
    for change in comparison.changed:
        yield f"~ {_name(change.feature)}"
        yield from (f"    {line}" for line in _details(change))
    yield from (f"+ event {_event(one)}" for one in comparison.told)
    yield from (f"- event {_event(one)}" for one in comparison.untold)


def as_markdown(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of a release note."""
    yield f"## Projects: {summary(comparison)}"
    for title, features in (("Added", comparison.added), ("Removed", comparison.removed)):
        if features:
            yield from ("", f"### {title}", "")
            yield from (f"- {_marked_name(one)}" for one in features)
    if comparison.changed:
        yield from ("", "### Changed", "")
    for change in comparison.changed:
        yield f"- {_marked_name(change.feature)}"
        yield from (f"  - {_escaped(line)}" for line in _details(change))
    for title, events in (("told", comparison.told), ("no longer told", comparison.untold)):
        if events:
            yield from ("", f"### Events {title}", "")
            yield from (f"- {_escaped(_event(one))}" for one in events)


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as a JSON value, with whole values before and after."""

    def named(feature: Feature) -> dict[str, Any]:
        return {key: feature["properties"][key] for key in ("id", "name_zh", "name_en")}

    return {
        "added": [named(one) for one in comparison.added],
        "removed": [named(one) for one in comparison.removed],
        "changed": [
            named(one.feature)
            | {
                "fields": [asdict(field) for field in one.fields],
                "geometry": asdict(one.geometry) if one.geometry else None,
            }
            for one in comparison.changed
        ],
        "events": {
            "added": [asdict(one) for one in comparison.told],
            "removed": [asdict(one) for one in comparison.untold],
        },
    }


def _event(event: Event) -> str:
    scope = "" if event.scope == "whole" else f" ({event.scope})"
    return f"{event.record}{scope}: {event.statement_en} {event.source.url}"


def _name(feature: Feature) -> str:
    own = feature["properties"]
    return f"{own['id']}  {own['name_zh']} ({own['name_en']})"


def _marked_name(feature: Feature) -> str:
    own = feature["properties"]
    return f"**{_escaped(own['name_zh'])}** {_escaped(own['name_en'])} (`{own['id']}`)"


def _details(change: Change) -> Iterator[str]:
    for one in change.fields:
        yield f"{one.field}: {_value(one.field, one.old)} → {_value(one.field, one.new)}"
    if change.geometry:
        yield f"geometry: {_geometry(change.geometry)}"


def _value(field: str, value: Any) -> str:
    """Return a value on one line: quotes by their words, references by their titles."""
    told = {"anchors": "exact", "references": "title"}.get(field)
    if told:
        return quoted("; ".join(str(one[told]) for one in value), limit=120)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return quoted(value, limit=120) if isinstance(value, str) else str(value)


def _geometry(change: GeometryChange) -> str:
    if change.moved_m is None:
        return f"now {_size(change.new)}" if change.new else "taken off the map"
    return f"centroid moved {change.moved_m:,.0f} m; {_growth(change)}"


def _growth(change: GeometryChange) -> str:
    """Say how the extent changed: in area or length where both are alike, else from what to what."""
    old, new = change.old, change.new
    if old and new and old.area_km2 and new.area_km2:
        return (
            f"area {old.area_km2:.2f} → {new.area_km2:.2f} km² ({new.area_km2 - old.area_km2:+.2f})"
        )
    if old and new and old.length_km and new.length_km:
        grown = new.length_km - old.length_km
        return f"length {old.length_km:.2f} → {new.length_km:.2f} km ({grown:+.2f})"
    return f"{_size(old)} → {_size(new)}"


def _size(extent: Extent | None) -> str:
    if extent is None:
        return "nothing"
    if extent.area_km2:
        return f"{extent.kind} of {extent.area_km2:.2f} km²"
    return f"{extent.kind} of {extent.length_km:.2f} km" if extent.length_km else extent.kind


def _escaped(words: str) -> str:
    """Return words with nothing in them that Markdown or HTML would take for markup."""
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", words)
