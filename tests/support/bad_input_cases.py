"""The table: every way to spoil what goes in that is tried, and what has to be said about it."""

import errno
import os
from typing import Final
from unittest import mock

from support.bad_input import (
    CALM,
    MISSING,
    REFUSED,
    TAKEN,
    UNABLE,
    WRONG,
    Spoiling,
    asked,
    bytes_of,
    command,
    commanded,
    environment,
    layer,
    link,
    opened_with_faults,
    place,
    request,
    run,
    small_disk,
    under,
    untouched,
    value,
)
from support.layer_edits import GOOD, anchor, geometry, of, properties

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
MARKDOWN = "**b** [x](javascript:alert(1)) :material/delete: $x^2$ `c` :red[r] <b>h</b>"
SQUARE = [[104.6, 30.1], [104.7, 30.1], [104.7, 30.2], [104.6, 30.2], [104.6, 30.1]]
SEED = "seeds/000_bde1b92a6f64f7a1.txt"
LAYER = "data/projects.geojson"


def nested(depth, inside="1"):
    return ("[" * depth + inside + "]" * depth).encode()


def put(old, new):
    """Put other bytes in the first place where these stand."""

    def change(content):
        assert old in content
        return content.replace(old, new, 1)

    return change


def reference(**changes):
    return lambda layer: of(layer)["properties"]["references"][0].update(changes)


def first(**changes):
    return lambda listed: listed[0].update(changes)


def county(**changes):
    return lambda layer: layer["features"][0]["properties"].update(changes)


def ground(kind, coordinates):
    return lambda layer: layer["features"][0].update(
        geometry={"type": kind, "coordinates": coordinates}
    )


def entry(**changes):
    return lambda ledger: ledger["segments"][0].update(changes)


def no_geometry(layer):
    of(layer)["geometry"] = {"type": "Point", "coordinates": []}


def collected(layer):
    of(layer)["geometry"] = {"type": "GeometryCollection", "geometries": []}


def listed_twice(layer):
    layer["features"].append(layer["features"][0])


def everywhere(words):
    """Put these words into every field of the layer that is not bound to the text."""

    def change(layer):
        for feature in layer["features"]:
            own = feature["properties"]
            own.update(name_en=words, outside=[words], basis=f"{words}\n{words}")
            for one in own["references"]:
                one.update(title=words, licence=words)

    return change


def taken(name, how):
    spoiled = text(name, how, "checks passed")
    return Spoiling(name, spoiled.part, TAKEN, spoiled.says, spoiled.attempt, spoiled.act)


def harmless(name, file, how):
    spoiled = bytes_of(name, file, how, "checks passed")
    return Spoiling(name, spoiled.part, TAKEN, spoiled.says, spoiled.attempt, spoiled.act)


def loop(path):
    path.symlink_to(path.name)


def text(name, how, *says):
    return layer(name, how, *says, part="texts")


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

DATA = (
    bytes_of("a layer cut off in the middle", LAYER, lambda all_: all_[: all_.index(b",", len(all_) // 2)],
             "data/projects.geojson", "Expecting", "plain JSON"),
    bytes_of("an empty layer", LAYER, lambda _: b"", "data/projects.geojson", "Expecting value"),
    bytes_of("a layer that is null", LAYER, lambda _: b"null", "data/projects.geojson", "type object"),
    bytes_of("a layer of null bytes", LAYER, lambda _: b"\0" * 100, "data/projects.geojson", "plain JSON"),
    bytes_of("a layer that is a web page", LAYER, lambda _: b"<!doctype html><title>404</title>",
             "data/projects.geojson", "plain JSON"),
    bytes_of("marks of a merge left in the layer", LAYER, put(b"\n", b"\n<<<<<<< HEAD\n"),
             "data/projects.geojson", "line 2"),
    bytes_of("a layer that begins with a byte order mark", LAYER, lambda all_: b"\xef\xbb\xbf" + all_,
             "data/projects.geojson", "BOM"),
    bytes_of("a layer in UTF-16", LAYER, lambda all_: all_.decode().encode("utf-16"),
             "data/projects.geojson", "not UTF-8"),
    harmless("a layer whose lines end as on Windows", LAYER,
             lambda all_: all_.replace(b"\n", b"\r\n")),
    bytes_of("a layer nested a hundred deep", LAYER,
             put(b'"features": [', b'"features": [' + nested(100) + b","), "nested too deeply"),
    bytes_of("a layer nested without end", LAYER, lambda _: nested(200_000), "nested too deeply"),
    bytes_of("one key twice in a project", LAYER,
             put(b'"sector":', b'"sector": "road", "sector":'), "'sector' stands twice"),
    bytes_of("a coordinate that is not a number", LAYER, put(b'"coordinates": [', b'"coordinates": [NaN, '),
             "NaN is not a JSON number"),
    bytes_of("a coordinate that is infinite", LAYER,
             put(b'"coordinates": [', b'"coordinates": [-Infinity, '), "-Infinity is not"),
    bytes_of("a number too large for any program", LAYER,
             put(b'"coordinates": [', b'"coordinates": [1e999, '), "1e999 is more than"),
    bytes_of("a whole number of five thousand digits", LAYER,
             put(b'"start": ', b'"start": ' + b"9" * 5000), "beyond 2^53"),
    layer("half a surrogate pair in a name", properties(GOOD, name_en="North\ud800hub"),
          "features[", "U+D800", "half a surrogate pair"),
    layer("axes that are swapped", geometry("Point", [30.128, 104.68]), GOOD, "swap the axes"),
    layer("true where a longitude is asked for", geometry("Point", [True, 30.1]), GOOD,
          "a position is two numbers"),
    layer("a coordinate in quotation marks", geometry("Point", ["104.6", "30.1"]), GOOD, "two numbers"),
    layer("a position with a height", geometry("Point", [104.6, 30.1, 400]), GOOD, "two numbers"),
    layer("a point of no coordinates", no_geometry, GOOD, "coordinates"),
    layer("a ring that is left open", geometry("Polygon", [SQUARE[:-1]]), GOOD, "ends where it begins"),
    layer("a ring of three positions", geometry("Polygon", [[*SQUARE[:2], SQUARE[0]]]), GOOD,
          "needs 4 at least"),
    layer("a line of one position", geometry("LineString", [SQUARE[0]]), GOOD, "needs 2 at least"),
    layer("a polygon nested as a line is", geometry("Polygon", SQUARE), GOOD, "coordinates[0]"),
    layer("a polygon with an empty ring", geometry("Polygon", [SQUARE, []]), GOOD, "not empty"),
    layer("a collection of geometries", collected, GOOD, "GeometryCollection"),
    layer("a place on the other side of the world", geometry("Point", [-75.3, -30.1]), GOOD, "window"),
    layer("true where metres are asked for", properties(GOOD, uncertainty_m=True), GOOD, "uncertainty_m"),
    layer("a position of the text in quotation marks", anchor(start="4711"), GOOD, "type integer"),
    layer("a position far beyond the text", anchor(start=2**52, end=2**52 + 4), GOOD, "is not at"),
    layer("no quote at all", properties(GOOD, anchors=[]), GOOD, "anchors"),
    layer("a project with the id of a folder above", properties(GOOD, id="../../etc/passwd"), GOOD, "must match"),
    layer("a project twice", listed_twice, "sorted by id"),
    layer("a day that no calendar has", reference(retrieved="2021-02-30"), GOOD, "no date that there is"),
    layer("a day in full-width digits", reference(retrieved="２０２１-01-02"), GOOD, "must match"),
    layer("an address that runs a script", reference(url="javascript:alert(1)"), GOOD, "must match"),
    layer("the same county twice", properties(GOOD, counties=["512002", "512002"]), GOOD, "no entry may stand twice"),
    layer("a stage that no codelist has", properties(GOOD, stage="someday"), GOOD, "the codes are seek"),
)  # fmt: skip

TEXTS = (
    taken("script in every text", everywhere(SCRIPT)),
    taken("Markdown in every text", everywhere(MARKDOWN)),
    taken("formulas of a spreadsheet in every text", everywhere("=cmd|' /C calc'!A0")),
    text("a name of ten million characters", properties(GOOD, name_en="x" * 10_000_000), GOOD,
         "10000000 characters", "at most 200"),
    text("a name of white space", properties(GOOD, name_zh=" \u3000 "), GOOD, "must match"),
    text("a name that is a number", properties(GOOD, name_en=7), GOOD, "type string"),
    text("a mark that turns the writing round", properties(GOOD, name_en="hub \u202ehtron"), GOOD,
         "U+202E RIGHT-TO-LEFT OVERRIDE", "\\u202e"),
    text("a space of no width", properties(GOOD, name_zh="资阳\u200b北"), GOOD, "ZERO WIDTH SPACE"),
    text("an escape sequence of a terminal", properties(GOOD, name_en="\x1b[2Jgone"), GOOD, "U+001B", "\\x1b"),
    text("a null byte in a licence", reference(licence="CC\0BY"), GOOD, "references[0].licence", "U+0000"),
    text("a line break in a title", reference(title="two\nlines"), GOOD, "references[0].title", "U+000A"),
    text("a place outside that cannot be seen", properties(GOOD, outside=["成都\u2060"]), GOOD,
         "outside[0]", "U+2060"),
    text("a quote retyped with other marks", anchor(exact="资阳北站(高铁)"), GOOD, "slice the quote"),
)  # fmt: skip

FILES = (
    place("no layer", LAYER, lambda _: None, "data/projects.geojson", "No such file"),
    place("a folder in place of the layer", LAYER, lambda path: path.mkdir(), "Is a directory"),
    place("a link to nothing in place of the layer", LAYER, lambda path: path.symlink_to("gone"),
          "No such file"),
    place("a link to itself in place of the layer", LAYER, loop, "Too many levels of symbolic links"),
    place("a pipe that nobody writes to", LAYER, os.mkfifo, "data/projects.geojson", "no plain file"),
    place("a device without end", LAYER, lambda path: path.symlink_to("/dev/zero"), "no plain file"),
    place("a folder in place of the text", SEED, lambda path: path.mkdir(), "seeds/", "Is a directory"),
    place("no folder of texts", "seeds", lambda _: None, "seeds/", "No such file"),
    place("a file in place of the folder of data", "data", lambda path: path.write_text("x"),
          "Not a directory"),
    bytes_of("one letter of the text changed", SEED, put("资阳".encode(), "资陽".encode()), "sha256", "byte for byte"),
    bytes_of("a text whose lines end as on Windows", SEED, lambda all_: all_.replace(b"\n", b"\r\n"), "sha256"),
    bytes_of("a text that begins with a byte order mark", SEED, lambda all_: b"\xef\xbb\xbf" + all_, "sha256"),
    bytes_of("a text in the encoding of old", SEED, lambda all_: all_.decode().encode("gb18030"),
             "seeds/", "not UTF-8"),
    value("a text that lies elsewhere", "documents.json", first(file="../data/ledger.json"),
          "entry 1", "plain file name", part="files"),
    value("a null byte in the name of a text", "documents.json", first(file="a\0.txt"),
          "entry 1", "U+0000", part="files"),
    value("a text named beyond all names", "documents.json", first(file="x" * 5000), "seeds/",
          "File name too long", part="files"),
    value("a decision of the thirtieth of February", "documents.json", first(adopted="2020-02-30"),
          "entry 1", "adopted", "is no day", part="files"),
    value("one document twice", "documents.json", lambda listed: listed.append(listed[0]), "entry 2",
          "stands twice", part="files"),
    value("a county with one ring left open", "counties.geojson", ground("Polygon", [SQUARE[:-1]]),
          "counties.geojson, feature 1", "ends where it begins", part="files"),
    value("a county that crosses itself", "counties.geojson",
          ground("Polygon", [[[106, 30], [107, 31], [107, 30], [106, 31], [106, 30]]]),
          "counties.geojson, feature 1", "not valid", part="files"),
    value("a county that is a point", "counties.geojson", ground("Point", [106, 30]),
          "counties.geojson, feature 1", "Point", part="files"),
    value("a county with its axes swapped", "counties.geojson",
          ground("Polygon", [[two[::-1] for two in reversed(SQUARE)]]),
          "counties.geojson, feature 1", "leave the globe", part="files"),
    value("a county whose code is a number", "counties.geojson", county(code=500103),
          "counties.geojson, feature 1", "type string", part="files"),
    value("a county with the code of another", "counties.geojson", county(code="512002"),
          "counties.geojson", "512002", "stands twice", part="files"),
    value("yes where a county is or is not the place's own", "counties.geojson", county(ziyang="yes"),
          "counties.geojson, feature 1", "type boolean", part="files"),
    value("a window of letters", "counties.geojson", lambda layer: layer.update(bbox="1234"),
          "counties.geojson", "is no window", part="files"),
    value("rivers that are a list", "rivers.geojson", lambda layer: layer.update(features={}),
          "rivers.geojson", "type array", part="files"),
    value("a river without a course", "rivers.geojson", lambda layer: layer["features"][0].pop("geometry"),
          "rivers.geojson, feature 1", "lacks 'geometry'", part="files"),
    value("a town of an unknown rank", "places.geojson", lambda layer: layer["features"][0]["properties"].update(rank=9),
          "places.geojson, feature 1", "rank", part="files"),
    value("a place of the gazetteer that does not say how it is known", "places.geojson",
          lambda layer: layer["features"][0]["properties"].pop("how_en"),
          "places.geojson, feature 1", "lacks 'how_en'", part="files"),
    value("two places of one id", "places.geojson",
          lambda layer: layer["features"].append(layer["features"][0]),
          "places.geojson", "stands twice", part="files"),
    value("a town at no place", "places.geojson", ground("Point", [104.0]),
          "places.geojson, feature 1", "two numbers", part="files"),
    value("an entry of the ledger at a place that is none", "ledger.json", entry(start=-1),
          "data/ledger.json", "segments.0.start", part="files"),
    value("a hidden mark in a reason", "ledger.json", entry(note_en="no\u200fproject"),
          "data/ledger.json", "segments[0].note_en", "RIGHT-TO-LEFT MARK", part="files"),
    value("a group of one project", "related.json", lambda groups: groups[0].update(projects=["one"]),
          "data/related.json", "needs 2 at least", part="files"),
    value("a group of projects that are none", "related.json",
          lambda groups: groups[0]["projects"].append("no-such-project"), "no-such-project", part="files"),
    place("a title that names itself", "data/i18n/en.ftl",
          lambda path: path.write_text("title = { title }\n", encoding="utf-8"),
          "data/i18n/en.ftl", "refers to itself"),
    place("a title that asks for what it is not given", "data/i18n/zh.ftl",
          lambda path: path.write_text("title = { $mayor }\n", encoding="utf-8"),
          "data/i18n/zh.ftl", "$mayor"),
    place("words that grow a thousandfold", "data/i18n/en.ftl",
          lambda path: path.write_text(
              "-a = " + "{ -b }" * 40 + "\n-b = " + "{ -c }" * 40 + "\n-c = c\ntitle = { -a }\n",
              encoding="utf-8"),
          "data/i18n/en.ftl", "Too many parts"),
    Spoiling("a home that is not there", "files", REFUSED, ("nowhere", "is no folder", "PROJECT_MAP_HOME"),
             under(environment(PROJECT_MAP_HOME="nowhere"), commanded("check")), untouched),
    Spoiling("a file for a home", "files", REFUSED, ("data/ledger.json", "is no folder"),
             under(environment(PROJECT_MAP_HOME="data/ledger.json"), commanded("check")), untouched),
    Spoiling("the address of a database that is none", "files", REFUSED, ("its address", "postgresql://user"),
             under(environment(PROJECT_MAP_HOME="postgresql://[::1"), commanded("check")), untouched),
)  # fmt: skip

COMMANDS = (
    command("an export of an unknown sector", ("export", "csv", "-o", "x.csv", "--query", "sector=magic"),
            "sector=magic", "sector is one of rail"),
    command("an export of an unknown key", ("export", "csv", "-o", "x.csv", "--query", "colour=red"),
            "'colour'", "the keys are sector"),
    command("an export of a query of 100 kB", ("export", "csv", "-o", "x.csv", "--query", "q=" + "x" * 100_000),
            "100002 characters", "2000"),
    command("an export into a folder that is not there", ("export", "csv", "-o", "gone/x.csv"),
            "gone/x.csv", "No such file"),
    command("an export over a folder", ("export", "csv", "-o", "data"), "data", "it is a folder"),
    command("an export over a device", ("export", "csv", "-o", "/dev/full"), "/dev/full", "a device"),
    command("an export with a name beyond all names", ("export", "csv", "-o", "x" * 300 + ".csv"), "File name too long"),
    Spoiling("an export to a disk without room", "commands", REFUSED, ("x.csv", "No space left", "make room"),
             under(lambda: mock.patch("geo.core.files.os.fsync", side_effect=FULL), commanded("export", "csv", "-o", "x.csv")), untouched),
    Spoiling("a GeoPackage on a disk without room", "commands", REFUSED, ("GeoPackage", "make room"),
             under(small_disk, commanded("export", "gpkg", "-o", "x.gpkg")), untouched),
    Spoiling("a map in one file on a disk without room", "commands", REFUSED, ("x.html", "make room"),
             under(small_disk, commanded("html", "-o", "x.html")), untouched),
    Spoiling("the layer put in order on a disk without room", "commands", REFUSED, ("projects.geojson", "make room"),
             under(small_disk, commanded("format")), untouched),
    Spoiling("an output to a disk without room", "commands", REFUSED, ("standard output", "No space left"),
             run("review", out="/dev/full"), untouched),
    Spoiling("a terminal that knows no Chinese", "commands", TAKEN, ("\\u6784\\u5efa",),
             run("segments", "十", PYTHONIOENCODING="ascii"), untouched),
    command("a quote that the text does not hold", ("quote", "十", "布局月球基地"), "布局月球基地", "is not in its text"),
    command("a quote of nothing", ("quote", "十", ""), "is not in its text"),
    command("a sheet of no kind", ("print", "-o", "x.doc"), "x.doc", ".pdf or .png"),
    command("a comparison with what is no layer", ("diff", "data/ledger.json", "data"), "data/ledger.json",
            "unknown key"),
    command("a new folder over one that is taken", ("init", "data", "--text", SEED), "not an empty folder"),
    command("a new folder from a picture", ("init", "new", "--text", "data/projects.geojson"), "numbers no clauses"),
)  # fmt: skip

REQUESTS = (
    request("an unknown code", "projects.csv?sector=magic", WRONG, "sector=magic", "rail"),
    request("an unknown key", "projects.csv?colour=red", WRONG, "'colour'"),
    request("keys that are nested", "projects.csv?sector[]=rail&filter[q]=x", WRONG, "'sector[]'"),
    request("an empty value", "projects.csv?sector=", WRONG, "'sector='"),
    request("a query of 60 kB", "projects.csv?q=" + "x" * 60_000, WRONG, "60002 characters"),
    request("one key three hundred times", "projects.csv?" + "sector=magic&" * 300, WRONG, "2000"),
    request("null bytes and bytes that are no UTF-8", "projects.csv?sector=%00%ff%fe", WRONG, "\\x00"),
    request("halves of surrogate pairs", "projects.csv?sector=%ed%a0%80", WRONG, "rail"),
    request("a percent sign that encodes nothing", "projects.csv?sector=%zz%", WRONG, "%zz%"),
    request("a search longer than any name", "projects.csv?q=" + "x" * 101, WRONG, "101 characters"),
    request("a format that is not there", "projects.exe", MISSING, "projects.exe", "projects.geojson"),
    request("a project that is not there", "projects/gone.geojson", MISSING, "'gone'"),
    request("a project of 3 000 letters", f"projects/{'x' * 3000}.geojson", MISSING, "no project"),
    request("a way up out of the addresses", "projects/..%2f..%2fapp.py", MISSING, "there is no"),
    request("a null byte in the id of a project", "projects/%00.geojson", MISSING, "there is no"),
    request("a package that no project passes into", "projects.oc4ids.json?q=nothing+at+all", MISSING, "no project passes"),
    request("a host that is none", "projects.csv?sector=magic", WRONG, "sector=magic", host="[::1"),
    Spoiling("a GeoPackage while the disk has no room", "requests", UNABLE, ("数据暂时无法显示",),
             under(small_disk, asked("projects.gpkg?q=%E5%90%8C"))),
    Spoiling("data with a fault while it is asked for", "requests", UNABLE, ("数据暂时无法显示",),
             asked("projects.csv"), lambda folder: (folder / LAYER).write_bytes(b"{")),
)  # fmt: skip

LINKS = (
    link("an unknown code in a link", "sector=magic", sector=["magic", "rail"]),
    link("a project that is a tag", "&lt;img src=x", project="<img src=x onerror=alert(1)>"),
    link("a project that is Markdown", "**x** [y]", project="**x** [y](javascript:alert(1))"),
    link("a project that is a way up", "../../seeds", project="../../seeds/x"),
    link("a project with a null byte", "\\x00", project="chengziyi-hsr\0"),
    link("a project that turns the writing round", "\\u202e", project="\u202erotide"),
    link("a project of 100 kB", "x" * 40, project="x" * 100_000),
    link("nine hundred projects", "project=0", project=[str(one) for one in range(900)]),
    link("a search of 100 kB", "0 / 138", q="x" * 100_000),
    link("a search of hidden characters", "138 / 138", q="\0\u202e\u200b"),
    link("a search that is a regular expression", "0 / 138", q="(((.*)+)+"),
    link("a page that is not there", "page=-1", view="list", page="-1"),
    link("a page beyond the last", "138 / 138", view="list", page="99999"),
    link("a spot of the text in other digits", "at=١-٢", view="document", at="١-٢"),
    link("a spot beyond the text", "138 / 138", view="document", at="0-9999999"),
    link("a comparison of what cannot be compared", "compare=rail 512002", view="compare", compare=["rail", "512002"]),
    link("a language that is none, and a view", "lang=xx", lang="xx", view="../list"),
    link("keys that mean nothing here", "138 / 138", **{"__proto__": "x", "a[b]": "c"}),
    Spoiling("a folder with faults behind the page", "links", CALM, ("数据暂时无法显示",),
             opened_with_faults, lambda folder: (folder / LAYER).write_bytes(b"{")),
)  # fmt: skip


TABLE: Final = (*DATA, *TEXTS, *FILES, *COMMANDS, *REQUESTS, *LINKS)
