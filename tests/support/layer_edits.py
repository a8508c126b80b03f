"""Ways to edit the parsed GeoJSON of the layer: each returns a function that changes it in place."""

GOOD = "ziyang-north-hub"
"""The project that most edits change. Nothing is wrong with it."""


def of(collection, name=GOOD):
    return next(one for one in collection["features"] if one["id"] == name)


def properties(name, **changes):
    def change(collection):
        of(collection, name)["properties"].update(changes)

    return change


def anchor(name=GOOD, **changes):
    def change(collection):
        of(collection, name)["properties"]["anchors"][0].update(changes)

    return change


def geometry(kind, coordinates, name=GOOD):
    def change(collection):
        of(collection, name)["geometry"] = {"type": kind, "coordinates": coordinates}

    return change


def renamed(to):
    """Give a project another English name, which no rule forbids."""
    return properties(GOOD, name_en=to)
