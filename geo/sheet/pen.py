"""Shapes on paper as SVG: millimetres, two decimals, the same bytes for the same shapes."""

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from geo.sheet.style import Stroke


def picture(width: float, height: float, parts: Iterable[str]) -> str:
    """Return an SVG of a size in mm around its parts."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}">'
    )
    return head + "".join(parts) + "</svg>"


def filled(shape: BaseGeometry, colour: str, opacity: float = 1.0) -> str:
    """Return a shape without an outline."""
    data = _data(shape)
    return f'<path d="{data}" fill="{colour}" fill-opacity="{opacity:g}"/>' if data else ""


def stroked(shape: BaseGeometry, stroke: Stroke) -> str:
    """Return the line of a shape, drawn with a stroke."""
    data = _data(shape)
    if not data:
        return ""
    dash = ""
    if stroke.dashes:
        dash = f' stroke-dasharray="{" ".join(f"{one:g}" for one in stroke.dashes)}"'
        if stroke.shift:
            dash += f' stroke-dashoffset="{-stroke.shift:g}"'
    opacity = f' stroke-opacity="{stroke.opacity:g}"' if stroke.opacity < 1 else ""
    return (
        f'<path d="{data}" fill="none" stroke="{stroke.colour}" stroke-width="{stroke.width:g}" '
        f'stroke-linecap="{stroke.cap}" stroke-linejoin="round"{dash}{opacity}/>'
    )


def window(name: str, shape: BaseGeometry) -> str:
    """Return a window by its name: what is seen through it is cut off at the edge of its shape."""
    path = f'<path d="{_data(shape)}" clip-rule="evenodd"/>'
    return f'<clipPath id="{name}">{path}</clipPath>'


def seen(name: str, parts: Iterable[str]) -> str:
    """Return parts as they are seen through a window: cutting lines would break their rhythm."""
    drawn = "".join(parts)
    return f'<g clip-path="url(#{name})">{drawn}</g>' if drawn else ""


def _data(shape: BaseGeometry) -> str:
    return "".join(_part(part) for part in shapely.get_parts(shape))


def _part(part: BaseGeometry) -> str:
    if isinstance(part, shapely.Polygon):
        rings = [part.exterior, *part.interiors]
        return "".join(_run(ring) + "Z" for ring in rings if not ring.is_empty)
    if isinstance(part, shapely.LineString):
        return _run(part)
    # A cut along an edge may leave single points, which have no line.
    return ""


def _run(line: shapely.LineString) -> str:
    points = (f"{x:.2f} {y:.2f}" for x, y in shapely.get_coordinates(line))
    return "M" + "L".join(points)
