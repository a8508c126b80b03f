"""Rules that the app has in Python and the one-file edition in JavaScript: both give the same answers.

Each case is a link. The app answers it with its modules and templates, the edition with its page,
which is loaded once for all cases. The answers must be the same, word for word.
"""

import base64
import copy
import re
import unicodedata
from contextlib import nullcontext
from dataclasses import replace
from html import unescape
from itertools import zip_longest
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest
import streamlit

from geo.core.i18n import LANGUAGES, Words, text
from geo.exports.standalone import edition_html
from geo.exports.standalone_content import MESSAGES, VALUES
from geo.layer.codes import FAMILIES, SECTORS
from geo.layer.filters import FACETS, PLACES
from geo.layer.query import SORTS, parse_query, write_query
from geo.layer.search import fold, simplified
from geo.page.main import panel
from geo.views import panel as panel_views
from geo.views import render
from geo.views.list_view import list_html
from geo.views.notices import chips_html, local_text, search_label, unknown_html

APP_ONLY = ("page", "compare", "basemap")
"""Keys of a link that the edition does not use."""

RENAMED = "chengzi-avenue"
"""This project gets names that show how letters are counted and folded."""

DISTANCES = {
    "miansuinei-railway": 999.99996, "chengzi-avenue": 1_234_567.0, "chengziyi-hsr": 1049.96,
    "dental-valley-school": 0.5, "dental-valley-park": 12_345.0,
}  # fmt: skip
"""Uncertainties in metres that are hard to round."""

PROJECTS = (
    "miansuinei-railway",  # a line, with events
    "ziyang-line-s3",
    "tianfu-airport-economic-zone-two-areas",  # two quotes
    "chengzi-airport-economy-belt",  # three quotes, not in the order of the text
    "comprehensive-bonded-zone",  # without a geometry
    "suburban-rail-s17",
    "china-dental-valley",  # shares its place with others
    RENAMED,
    *DISTANCES,
)
SEARCHES = (
    "共建", "高铁", "资阳", "高铁 建设", "建设　高铁", "潼南", "Lezhi", "lezhi county", "S３", "s3", "Ｓ３线",
    "gaotie", "chengziyi", "cz", "cz gaotie", "china-dental-valley", "磁悬浮", "gao tie", "高铁 磁悬浮",
    "高\u200b铁", "高铁\u202e", "straSSE", "STRAẞE", "ﬁne", "𠮷", "𠮷大道", "zi", "z", "   ", "a" * 140,
    "𠮷" * 99 + " 铁", "é\u0301", "İ", "q=1&sector=rail", '"<b>', "雁江区 高铁 建设 资阳",
    "鐵路", "臨空", "天府國際機場", "天府國際", "天府国际", "高鐵 建設", "後", "后", "裡", "里", "發", "髮", "乾", "干", "顯著",
    "Ｚ", "Z 高铁", "高铁 z", "z高铁", "z y", "K", "é", "3", "铁",
)  # fmt: skip
FILTERS = (
    "",
    *(f"{facet}={code}" for facet, codes in FACETS.items() for code in codes),
    "sector=rail&sector=road&county=512021",
    "sector=road&sector=rail",
    "sector=rail&county=512021&stage=prepare",
    "sector=water&county=512022&precision=exact&since=open",
    "county=512002&county=outside&scope=local",
    "scope=local",
    "scope=local&q=资阳",
    "scope=local&scope=all",
    "scope=all&scope=local&scope=all",
    "sector=rail&q=chengziyi&stage=build",
    "sector=water&q=chengziyi",
    "sector=water&q=chengziyi&scope=local&stage=plan",
    "sector=aviation&sector=aviation",
    *("&".join(f"{facet}={code}" for code in codes) for facet, codes in FACETS.items()),
    "&".join(f"sector={code}" for code in FACETS["sector"][1:]),
    "q=高铁&" + "&".join(f"{facet}={code}" for facet, codes in FACETS.items() for code in codes),
)
UNKNOWN = (
    "sector=magic&county=512021",
    "project=gone&lang=xx&at=9-3&left=2&show=never&sort=size",
    "at=3-9&at=", "at=007-0009&view=document", "at=12345678-12345679", "at=３-９", "sector=&project=", "among=nowhere",
    "sector=" + "𠮷" * 60,
    "sector=%00%E2%80%AE%F0%9F%98%80%09%C3%A9%EF%BB%BF&stage=%zz&county=%FF",
    "&".join(f"sector=x{number}" for number in range(20)),
    "project=gone&project=chengziyi-hsr",
    "left=1&view=document&at=12-40",
    "left=1&at=12-40&sort=name",
    "show=today", "show=today&show=plan", "project=chengziyi-hsr&show=today&view=list&sort=-stage",
    "q= 高铁 &q=建设",
)  # fmt: skip
AMONG = (
    *(f"among={place}" for place in PLACES),
    *(f"among={place}&sector=rail" for place in PLACES),
    "among=512002&among=wide&q=高铁",
    "among=512022&among=chengziyi-hsr",
    "among=chengziyi-hsr",
    "among=chengziyi-hsr&sector=water",
    "among=chengziyi-hsr&among=miansuinei-railway&among=chengzi-avenue",
    "among=chengziyi-hsr&among=miansuinei-railway&sector=water",
    "among=china-dental-valley&among=dental-valley-park&among=dental-valley-school",
    "among=lezhi-station-hub&among=lezhi-hsr-new-area&scope=local",
    "among=chengziyi-hsr&among=gone",
    "among=chengziyi-hsr&project=miansuinei-railway",
    "among=512002&project=miansuinei-railway",
    "among=chengziyi-hsr&among=china-dental-valley&among=pihe-water-supply-phase-1&among=anyue-county-town&among=yanxi-lake-ecology&project=china-dental-valley",
    "{every}",
    "{every}&among=wide",
)
FAMILIES_CHOSEN = tuple(
    "&".join([*before, *(f"sector={one.code}" for one in SECTORS if one.family == family.code)])
    for family in FAMILIES
    for before in ([], ["county=512021", "sector=rail", "sector=water"])
)
LISTS = (
    *(f"view=list&sort={sign}{key}" for key in SORTS for sign in ("", "-")),
    "view=list&q=高铁",
    "view=list&q=straSSE&sort=-name",
    "view=list&q=𠮷",
    "view=list&q=鐵路+z",
    "view=list&q=z",
    "view=list&sector=rail&county=512021&sort=clause&project=miansuinei-railway",
)
NUMBERS = ("count", "shown", "unmapped")
COUNTS = (0, 1, 2, 21, 1234)
"""Numbers that languages say in different ways: with a plural, or with a separator."""

WORDS = [
    "e\u0301 E\u0301",
    "\uff8a\uff9e",
    "\u1112\u1161\u11ab",
    "\u039f\u0394\u039f\u03a3",
    "A\x1cb\x85C\u3000d",
    "\u3392 \u33a1",
]
"""Words in which letters meet: accents, half-width marks, syllables, a final sigma, spaces, units."""

CHEROKEE = re.compile("[\u13a0-\u13fd\uab70-\uabbf]")
"""The one script that Python folds to capitals and a browser to small letters; no plan is in it."""

KEPT = {
    "a": ("href", "aria-current", "title", "target", "lang"), "mark": ("class",),
    "li": ("data-ids",), "tr": ("data-ids",), "td": ("class", "data-label", "lang"),
    "th": ("scope", "aria-sort"), "blockquote": ("lang",),
    "button": ("type", "data-copy", "data-done", "data-field", "data-value"),
    "details": ("open", "data-report", "data-subject"), "h2": (), "h3": (), "dt": (), "dd": (),
    "summary": (), "caption": (), "time": (), "b": (), "em": ("class",),
}  # fmt: skip
"""The elements and attributes of a page that tell a reader something."""


TOKEN = re.compile(r'<(/?)(\w+)((?:[^<>"]|"[^"]*")*)>|([^<]+)')
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


def outline(markup, query):
    """Return the words in markup, and its elements and attributes that are in `KEPT`, in order.

    A link is told by what it changes in `query`, the query of the page: links of the app repeat the
    rest of it, links of the edition do not.
    """
    told = []
    for end, tag, attributes, words in TOKEN.findall(markup):
        said = " ".join(unescape(words).split())
        if said and told and isinstance(told[-1], str):
            said = f"{told.pop()} {said}"
        if said:
            told.append(said)
        elif tag in KEPT and end:
            told.append((f"/{tag}",))
        elif tag in KEPT:
            own = {key: unescape(value) for key, value in ATTRIBUTE.findall(attributes)}
            if tag == "a":
                own["href"] = _change(own, query)
                own = {key: value for key, value in own.items() if value != "_self"}
            told.append((tag, *((key, own[key]) for key in KEPT[tag] if key in own)))
    return told


def _change(link, query):
    """Return what a link changes in the query, or its address where it leads elsewhere."""
    href = link["href"]
    if not href.startswith(("?", "#")):
        return href
    asked = parse_qs(href[1:], keep_blank_values=True)
    if href.startswith("?") and "data-merge" not in link:
        keys = [key for key in {*asked, *query} if asked.get(key) != query.get(key)]
        asked = {key: asked.get(key, []) for key in keys if key not in APP_ONLY}
    values = {key: [one for one in some if one] for key, some in asked.items()}
    return [(key, some if some != [SORTS[0]] else []) for key, some in sorted(values.items())]


@pytest.fixture(scope="module")
def layer(dataset):
    """The layer, with some names and distances that are harder than those of the real data."""
    projects = dict(dataset.projects)
    projects[RENAMED] = replace(
        projects[RENAMED], name_zh="𠮷大道ﬁ", name_en="STRAẞE İ ﬁne “A  b” street"
    )
    for name, metres in DISTANCES.items():
        projects[name] = replace(projects[name], uncertainty_m=metres)
    return replace(dataset, projects=projects)


@pytest.fixture(scope="module")
def cases(layer):
    """Every case as a link; those of a project or a list in both languages, the others in turn."""
    languages = tuple(LANGUAGES)
    every = "&".join(f"among={one}" for one in layer.projects)
    once = [
        *FILTERS,
        *(urlencode({"q": one}) for one in SEARCHES),
        *UNKNOWN,
        *AMONG,
        *FAMILIES_CHOSEN,
    ]
    twice = [*(f"project={one}" for one in PROJECTS), *LISTS]
    named = [(one, languages[number % 2]) for number, one in enumerate(once)]
    named += [(one, language) for one in twice for language in languages]
    return [
        f"{one.replace('{every}', every)}&lang={language}".lstrip("&") for one, language in named
    ]


def app_answer(dataset, fragment):
    """Return what the app shows for a link."""
    asked = parse_qs(fragment, keep_blank_values=True)
    state, unknown = parse_query(asked, dataset.projects)
    words = Words(state.language)
    filtered = state.filter.result(dataset.frame)
    passed = filtered.passed()
    unmapped = sum(dataset.projects[one].geometry is None for one in filtered.shown.index)
    count = {"shown": int(passed.sum()), "total": len(passed), "unmapped": unmapped}
    own = {key: values for key, values in write_query(state).items() if key not in APP_ONLY}
    return {
        "query": sorted((key, one) for key, values in own.items() for one in values if one),
        "shown": list(filtered.shown.index),
        "map": {
            "project": state.project,
            "language": words.language,
            "today": state.today,
            "counties": list(state.filter.county),
            "among": bool(state.among),
        },
        "counts": {facet: filtered.counts(facet) for facet in FACETS},
        "switch": local_text(filtered, state, words),
        "reset": _reset(state.filter.active, words),
        "search": [search_label(state.filter, words), state.filter.q],
        "show": words("filters-show", count=count["shown"]),
        "count": outline(render("count", words=words, **count), own),
        "chips": _chips(state, words),
        "notes": _notes(dataset, unknown, filtered, words),
        "panel": outline(_drawn(lambda: panel(dataset, filtered, state, words)), own),
        "list": outline(list_html(dataset, filtered, state, words), own)
        if state.view == "list" else [],
    }  # fmt: skip


def _reset(active, words):
    return words("reset-active", count=active) if active else words("reset")


def _drawn(draw):
    """Return the markup that a part of the page gives to Streamlit."""
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streamlit, "html", made.append)
        patch.setattr(streamlit, "container", lambda **_: nullcontext())
        # The app shows the first results beside the map; the edition shows all of them.
        patch.setattr(panel_views, "MOST_RESULTS", 1000)
        draw()
    return OTHER_STYLES.sub("", "".join(made))


OTHER_STYLES = re.compile(
    r"<select.*?</select>|<div class=\"pm-citation\"[^>]* hidden>.*?</div>", re.DOTALL
)
"""The menu of citations, of which the edition has only the first."""


def _chips(state, words):
    """Return the title of each chip; they are links in the app and buttons in the edition."""
    found = outline(chips_html(state, words), {})
    return [dict(one[1:])["title"] for one in found if isinstance(one, tuple) and one[0] == "a"]


def _notes(dataset, unknown, filtered, words):
    """Return the notes on unknown values and on a filter that leaves nothing.

    The app also offers ids that are close to an unknown one; the edition does not.
    """
    said = outline(unknown_html(unknown, dataset.projects, words), {})[:1] if unknown else []
    if not filtered.passed().any():
        ways = [
            words(
                "loosen",
                facet=words("scope-local" if name == "local" else f"facet-{name}"),
                count=count,
            )
            for name, count in filtered.counts_without_each().items()
            if count
        ]
        said.append(words("sentence-separator").join([words("nothing-shown"), *ways]))
    return said


ANSWERS = """cases => {
  const html = id => document.getElementById(id).innerHTML;
  const words = (id, part) => [...document.querySelectorAll(`#${id} ${part}`)];
  let told = null;
  ProjectMap.show = one => { told = one; };
  // The scripts that both pages share add to both what the app's templates do not hold yet.
  ProjectPage.followers.length = 0;
  return cases.map(fragment => {
    history.replaceState(null, "", `#${fragment}`);
    dispatchEvent(new PopStateEvent("popstate"));
    const counts = {};
    for (const option of words("facets", ".ed-option")) {
      const box = option.firstElementChild;
      (counts[box.name] ||= {})[box.value] = Number(option.lastElementChild.textContent);
    }
    return {
      query: [...new URLSearchParams(EditionRouter.address(EditionRouter.read()))], map: told,
      counts, switch: document.getElementById("local-label").textContent,
      reset: document.getElementById("reset").textContent,
      search: [document.getElementById("q-label").textContent, document.getElementById("q").value],
      show: document.getElementById("show").textContent,
      count: html("count"), chips: words("active", "button").map(one => one.title),
      notes: words("notes", "p").map(one => one.textContent), panel: html("panel"), list: html("list"),
    };
  });
}"""
"""Opens each link in the edition, and returns what its page shows then."""


def edition_answer(dataset, fragment, said):
    """Return what the edition's page showed for a link, in the form of `app_answer`."""
    own = parse_qs(fragment)
    told = said["map"]["shown"]
    names = list(dataset.projects)
    if told != "all":
        bits = np.frombuffer(base64.b64decode(told["found"]["bits"]), np.uint8)
        passed = np.unpackbits(bits, bitorder="little", count=len(names))
        names = [name for name, one in zip(names, passed, strict=True) if one]
    parts = {key: outline(said[key], own) for key in ("count", "panel", "list")}
    parts["query"] = sorted(tuple(one) for one in said["query"])
    beside = ("shown", "click", "basemap")
    parts["map"] = {key: one for key, one in said["map"].items() if key not in beside}
    return {**said, **parts, "shown": names}


def differences(fragment, expected, found):
    """Return a line for each part of an answer that differs, with the first place where it does."""
    made = []
    for part, one in expected.items():
        other = found[part]
        if one == other:
            continue
        pairs = zip_longest(one, other) if isinstance(one, list) else [(one, other)]
        app, own = next(pair for pair in pairs if pair[0] != pair[1])
        made.append(
            f"#{fragment:.100}: {part}: {app!r:.300} in the app, {own!r:.300} in the edition"
        )
    return made


@pytest.fixture(scope="module")
def edition(browser, layer, tmp_path_factory):
    """The edition in a browser, opened once for all of these tests."""
    path = tmp_path_factory.mktemp("edition") / "map.html"
    path.write_bytes(edition_html(layer))
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("() => window.shownProjects && document.title && window.map")
    yield page
    context.close()


def _word_changed(part):
    def change(answer):
        told = answer[part]
        at = next(number for number, one in enumerate(told) if isinstance(one, str))
        told[at] = told[at][:-1]

    return change


def _mark_moved(answer):
    told = answer["list"]
    told[-1], told[-2] = told[-2], told[-1]


SPOILINGS = {
    "query": lambda answer: answer["query"].append(("view", "document")),
    "shown": lambda answer: answer["shown"].pop(),
    "map": lambda answer: answer["map"].update(among="none"),
    "counts": lambda answer: answer["counts"]["county"].update(outside=99),
    "search": lambda answer: answer["search"].pop(),
    "chips": lambda answer: answer["chips"].reverse() or answer["chips"].append(""),
    "notes": _word_changed("notes"),
    "panel": _word_changed("panel"),
    "list": _mark_moved,
}
"""For each part of an answer a way to make it wrong."""


@pytest.fixture(scope="module")
def answers(layer, cases, edition):
    """(link, answer of the app, answer of the edition) of each case."""
    said = edition.evaluate(ANSWERS, cases)
    return [
        (one, app_answer(layer, one), edition_answer(layer, one, own))
        for one, own in zip(cases, said, strict=True)
    ]


def test_the_edition_gives_the_same_answers_as_the_app(answers):
    found = [line for case in answers for line in differences(*case)]
    assert found == [], "\n".join(found)


def test_the_cases_show_every_part_of_an_answer(answers):
    """A part that is empty in every case would prove nothing."""
    assert len(answers) > 200
    for part in answers[0][1]:
        assert len({repr(own[part]) for _, own, _ in answers}) > 4, part
    panels = [part for _, own, _ in answers for part in own["panel"]]
    for shown in ("mark", "time", "blockquote", "button", "details"):
        assert [one for one in panels if one[0] == shown], shown


@pytest.mark.parametrize("part", SPOILINGS)
def test_a_rule_that_differs_is_noticed(answers, part):
    having = [case for case in answers if case[1][part]]
    assert len(having) > 3
    for link, expected, found in having[:20]:
        wrong = copy.deepcopy(expected)
        SPOILINGS[part](wrong)
        (told,) = differences(link, wrong, found)
        assert told.startswith(f"#{link:.100}: {part}: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_edition_fills_in_each_message_as_the_app_does(layer, edition, language):
    own = {"total": len(layer.projects), "held": len(layer.projects), "whole": len(layer.projects)}
    for count in COUNTS:
        values = {one: f"“{one}”" for one in VALUES} | dict.fromkeys(NUMBERS, count)
        expected = {
            key: text(language, key, **values, **own, version=layer.version) for key in MESSAGES
        }
        said = edition.evaluate(
            """([language, keys, values]) => {
              EditionI18n.translate(language);
              return Object.fromEntries(keys.map(key => [key, EditionI18n.say(key, values)]));
            }""",
            [language, list(MESSAGES), values],
        )
        assert said == expected


def test_the_edition_folds_each_letter_as_the_app_does_or_it_matches_nothing(layer, edition):
    known = [chr(one) for one in range(0x20000) if not CHEROKEE.match(chr(one))]
    letters = [one for one in known if unicodedata.category(one) not in {"Cn", "Co", "Cs", "Cf"}]
    assert len(letters) > 75_000
    folded = edition.evaluate("letters => letters.map(EditionSearch.fold)", letters)
    searched = set().union(*layer.frame["words"])
    other = [one for one in zip(letters, folded, strict=True) if one[1] != fold(one[0])]
    assert [one for one in other if one[1].translate(simplified()) != fold(one[0])] == []
    unlike = set()
    for letter, own in other:
        unlike |= {
            one for pair in zip(own, fold(letter), strict=True) if len({*pair}) > 1 for one in pair
        }
    assert not unlike & searched
    words = edition.evaluate("words => words.map(EditionSearch.fold)", WORDS)
    assert words == [fold(one) for one in WORDS]
