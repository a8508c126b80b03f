"""A report of an error names the record, the field, the clause and the value now, and goes nowhere by itself."""

import pytest

from geo.core.i18n import Words
from geo.exports.standalone_content import edition_content
from geo.views.detail import CONTACT_VARIABLE, mail_link, report


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_names_the_record_the_clause_its_position_and_the_edition(dataset, language):
    for project in dataset.projects.values():
        made = report(dataset, project, Words(language))
        anchor = project.anchors[0]
        for part in (
            project.id, anchor.clause, str(anchor.start), str(anchor.end), anchor.exact,
            dataset.version, "{field}", "{value}", "{link}",
        ):  # fmt: skip
            assert part in made.text
        assert project.id in made.subject


def test_each_field_carries_its_value_now(dataset):
    project = dataset.projects["ziyang-line-s3"]
    fields = {name: value for name, _, value in report(dataset, project, Words("en")).fields}
    assert fields["name"] == project.name_en
    assert fields["stage"] == Words("en").label("stage", project.stage)
    assert fields["since"] == Words("en").label("since", dataset.since[project.id].code)


def test_without_an_address_a_report_is_only_copied(dataset, monkeypatch):
    monkeypatch.delenv(CONTACT_VARIABLE, raising=False)
    assert mail_link() == ""
    assert edition_content(dataset, dataset)["mail"] == ""


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("map@example.org", "mailto:map@example.org"),
        (" map+fix@example.org ", "mailto:map+fix@example.org"),
        ('a"><script>@x?bcc=b@y', "mailto:a%22%3E%3Cscript%3E@x%3Fbcc%3Db@y"),
    ],
)
def test_an_address_cannot_become_more_than_an_address(monkeypatch, address, link):
    monkeypatch.setenv(CONTACT_VARIABLE, address)
    assert mail_link() == link
