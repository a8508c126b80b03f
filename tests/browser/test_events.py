"""In the browser: what happened since stands beside the plan, and never in its place."""

import re

import pytest
from playwright.sync_api import expect
from support.map_page import MARK, choose, frame_of, settled, wait_for_shown

from geo.core.i18n import text
from geo.layer.codes import SINCE
from geo.layer.filters import ProjectFilter

LOOK = {one.code: one.look for one in SINCE}
DRESS = """() => Object.fromEntries(Object.values(map._layers)
  .filter(l => l.feature && l.feature.geometry)
  .map(l => [l.feature.properties.id,
    `${l.options.dashArray} ${l.options.weight} ${l.options.opacity}`]))"""
PLACES = """() => JSON.stringify(Object.values(map._layers)
  .filter(l => l.feature && l.feature.geometry)
  .map(l => [l.feature.properties.id, l.getLatLng ? l.getLatLng() : l.getLatLngs()])
  .sort((one, two) => (one[0] < two[0] ? -1 : 1)))"""


def of_state(dataset, code):
    """Return a project of a state that is on the map, in the order of the layer."""
    return next(
        name
        for name, own in dataset.since.items()
        if own.code == code and dataset.projects[name].geometry is not None
    )


def turned_to(frame, today):
    """Wait until the map shows today, or the plan."""
    frame.wait_for_function("today => ProjectMap.today() === today", arg=today)


def test_the_timeline_cites_each_event_under_the_clause_and_asks_nobody(visit, dataset, outside):
    name, own = max(dataset.events_of.items(), key=lambda one: len(one[1]))
    page = visit(f"?project={name}&lang=zh")
    panel = page.locator(".st-key-detail")
    expect(panel.locator(".pm-events li")).to_have_count(len(own))
    for event, item in zip(own, panel.locator(".pm-events li").all(), strict=True):
        expect(item).to_contain_text(event.date)
        expect(item).to_contain_text(event.statement_zh)
        expect(item).to_contain_text(event.as_of)
        link = item.locator("a")
        expect(link).to_have_attribute("href", event.source.url)
        expect(link).to_have_attribute("rel", re.compile("noopener"))
    frame_of(page)
    settled(page)
    assert outside == []


def test_a_part_is_marked_as_a_part_and_never_shown_as_the_whole(visit, dataset):
    name = of_state(dataset, "part_open")
    page = visit(f"?project={name}&lang=zh")
    panel = page.locator(".st-key-detail")
    expect(panel.locator(".pm-state")).to_have_text("部分投用")
    notes = [one for one in dataset.events_of[name] if one.scope == "part"]
    expect(panel.locator(".pm-scope", has_text="部分")).to_have_count(len(notes))
    for one in notes:
        expect(panel.locator(".pm-events")).to_contain_text(one.scope_note_zh)
    expect(panel.locator(".pm-state")).not_to_contain_text("已建成")


def test_the_stage_of_the_decision_stays_beside_what_became_of_it(visit, dataset):
    name = of_state(dataset, "open")
    page = visit(f"?project={name}&lang=en&show=today")
    stage = page.locator(".st-key-detail dl")
    expect(stage).to_contain_text("Stage (as of 2020-07-25)")
    expect(stage).to_contain_text(f"“{dataset.projects[name].stage_term}”")
    expect(page.locator(".pm-state")).to_have_text("Open or in use")
    expect(stage).not_to_contain_text("Open or in use")


def test_where_no_page_was_found_the_panel_says_so_and_infers_nothing(visit, dataset):
    page = visit(f"?project={of_state(dataset, 'nothing')}&lang=en")
    expect(page.locator(".pm-state")).to_contain_text("no published page was found in")
    expect(page.locator(".pm-since")).not_to_contain_text("Still planned")
    expect(page.locator(".pm-events")).to_have_count(0)


def test_the_facet_leaves_what_it_counts_and_the_map_is_not_remounted(visit, dataset):
    page = visit("?lang=zh")
    frame = frame_of(page)
    frame.evaluate(MARK)
    asked = ProjectFilter(since=("open",))
    choose(page, "since", "已建成投用")
    left = asked.apply(dataset.frame)
    wait_for_shown(frame, left.index[left["precision"] != "unlocated"])
    expect(page.locator(".st-key-count")).to_contain_text(f"{len(left)} / {len(dataset.projects)}")
    expect(page.locator(".st-key-chips .pm-chip")).to_contain_text("已建成投用")
    page.wait_for_url(re.compile("since=open"))
    assert frame.evaluate("window.sameMap")
    page.locator(".st-key-reset button").click()
    wait_for_shown(frame, [one.id for one in dataset.projects.values() if one.geometry])
    assert frame.evaluate("window.sameMap")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_switch_changes_style_and_not_place_and_the_map_stays(
    visit, dataset, outside, language
):
    page = visit(f"?lang={language}")
    frame = frame_of(page)
    frame.evaluate(MARK)
    places = frame.evaluate(PLACES)
    plan = frame.evaluate(DRESS)
    label = {"zh": "今天", "en": "Today"}[language]
    page.locator(".st-key-today").get_by_text(label, exact=True).click()
    turned_to(frame, today=True)
    page.wait_for_url(re.compile("show=today"))
    today = frame.evaluate(DRESS)
    assert set(today) == set(plan)
    assert frame.evaluate(PLACES) == places
    rhythms: dict[str, set[str]] = {}
    for name, dress in today.items():
        code = dataset.since[name].code
        # Only what is open is an unbroken line.
        if dataset.projects[name].geometry.geom_type.endswith("LineString"):
            assert dress.startswith("null") == (LOOK[code] == "open"), name
            dashes = dress.rsplit(" ", 2)[0]
            rhythms.setdefault(LOOK[code], set()).add(dashes)
    # Two looks never have one rhythm, and one look has one.
    assert all(len(one) == 1 for one in rhythms.values())
    assert len(set(map(str, rhythms.values()))) == len(rhythms) > 2
    assert today != plan
    legend = frame.locator(".pm-legend")
    for look in {LOOK[dataset.since[one].code] for one in today}:
        expect(legend).to_contain_text(text(language, f"look-{look}"))
    page.locator(".st-key-today").get_by_text("2020", exact=False).click()
    turned_to(frame, today=False)
    assert frame.evaluate(DRESS) == plan
    assert frame.evaluate("window.sameMap")
    assert outside == []


def test_the_list_has_a_column_of_today_to_sort_by(visit, dataset):
    page = visit("?lang=en&view=list")
    page.locator(".st-key-list thead a", has_text="Since then").click()
    rows = page.locator(".st-key-list tbody tr")
    expect(rows.first.locator("td").nth(2)).to_have_text("Open or in use")
    first = page.locator(".st-key-list tbody tr[data-ids]").first.get_attribute("data-ids")
    assert dataset.since[first].code == "open"
    expect(page.locator(".st-key-list [aria-sort=ascending]")).to_have_text("Since then")


def test_the_summary_counts_by_stage_and_today_and_gives_the_denominator(visit, dataset):
    page = visit("?lang=en&view=summary")
    share = page.locator(".st-key-summary tfoot", has_text="%").first
    opened = sum(one.code == "open" for one in dataset.since.values())
    told = sum(one.code not in {"nothing", "related"} for one in dataset.since.values())
    expect(share).to_contain_text(f"{opened} of {len(dataset.projects)} (")
    expect(share).to_contain_text(f"{opened} of {told} (")
    expect(page.locator(".st-key-summary")).to_contain_text("does not mean that they are not built")
    # Where no page tells, "0 %" would be a claim.
    silent = page.locator(".st-key-summary tr", has_text="Not known: no page states the status")
    expect(silent.first).not_to_contain_text("%")
    cell = page.locator(".st-key-summary a[title^='To be built faster × Open or in use']")
    count = int(cell.text_content())
    cell.click()
    expect(page.locator(".st-key-count")).to_contain_text(f"{count} of {len(dataset.projects)}")
    page.wait_for_url(re.compile(r"stage=build.*since=open"))


def test_a_report_of_an_error_is_filled_in_and_sent_by_nobody(visit, dataset, outside):
    page = visit("?project=ziyang-line-s3&lang=en&sector=rail")
    frame_of(page)
    settled(page)
    page.locator(".pm-report summary").click()
    button = page.locator(".pm-report [data-field=stage]")
    button.click()
    expect(button).to_have_text("Copied")
    text = button.get_attribute("data-copy")
    anchor = dataset.projects["ziyang-line-s3"].anchors[0]
    assert "What is wrong: stage" in text
    assert f"{anchor.start}–{anchor.end}" in text
    assert f"Page: {page.url}" in text
    assert "{" not in text
    assert page.locator(".pm-report a").count() == 0
    assert outside == []
