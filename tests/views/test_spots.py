"""The spots under the basis: each named point with its error, and links in the right datum."""

from urllib.parse import parse_qs, urlsplit

import pytest

from geo.core.i18n import LANGUAGES, Words
from geo.layer.query import PageState
from geo.views.detail import detail_html
from geo.views.spots import map_links, spots

AT = (104.68011, 30.12838)
"""资阳北站, longitude and latitude."""


def test_each_map_opens_at_the_spot_in_the_order_and_datum_that_it_takes():
    amap, baidu, osm = map_links(AT, "资阳北站", Words("zh"))
    asked = parse_qs(urlsplit(amap.url).query)
    assert asked["position"] == ["104.68011,30.12838"]
    assert asked["coordinate"] == ["wgs84"]
    asked = parse_qs(urlsplit(baidu.url).query)
    assert asked["location"] == ["30.12838,104.68011"]
    assert asked["coord_type"] == ["wgs84"]
    address = urlsplit(osm.url)
    assert parse_qs(address.query) == {"mlat": ["30.12838"], "mlon": ["104.68011"]}
    assert address.fragment == "map=14/30.12838/104.68011"


def test_a_name_cannot_change_the_address_of_a_link():
    for link in map_links(AT, 'a&coordinate=gaode#"><script>', Words("en")):
        query = parse_qs(urlsplit(link.url).query)
        assert query.get("coordinate", ["wgs84"]) == ["wgs84"]
        assert not set('<>"') & set(link.url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_shows_its_own_spot_and_each_named_point_with_its_error(dataset, language):
    words = Words(language)
    for project in dataset.projects.values():
        named = dataset.named_points_of.get(project.id, ())
        found = spots(dataset, project, words)
        own = project.uncertainty_m is not None
        assert len(found) == own + len(named), project.id
        assert all(spot.within.startswith("±") and len(spot.links) == 3 for spot in found)
        assert [spot.name for spot in found[own:]] == [
            words.name(dataset.gazetteer[point.place]) for point in named
        ]


def test_what_is_everywhere_in_a_county_has_no_spot_of_its_own(dataset):
    project = dataset.projects["national-forest-city"]
    assert spots(dataset, project, Words("zh")) == ()


def test_the_panel_shows_the_spots_as_links_to_other_sites(dataset):
    state = PageState(project="ziyang-north-hub")
    html = detail_html(dataset, state.filter.result(dataset.frame), state, Words("en"))
    assert html.count('class="pm-maps"') == 1 + len(
        dataset.named_points_of.get("ziyang-north-hub", ())
    )
    assert 'href="https://uri.amap.com/marker?' in html
    assert "<iframe" not in html
    assert "<img" not in html
