"""A declared table under the query strings that people and machines send."""

from collections import Counter

import pytest

from console.ui.paging import page_count, page_window
from console.ui.search import matches
from console.ui.tables import Column, SelectFilter, Table

ROWS = [{"name": f"role{n}", "type": "own" if n % 2 else "aws", "size": n} for n in range(50)]
ROLES = Table(
    id="roles",
    title="Roles",
    columns=(Column("name", "Role name"), Column("size", "Size", visible=False)),
    filters=(SelectFilter("type", "Type", (("own", "Own"),), lambda row, v: row["type"] == v),),
    selection="checkbox",
    keep_selection=True,
)


def names(view):
    return [row.key for row in view.rows]


@pytest.mark.parametrize("query", ["S3 Full access", "s3fullACCESS", " Amazon S3 ", ""])
def test_search_ignores_case_and_spaces(query: str):
    assert matches("AmazonS3FullAccess", query)


def test_a_query_that_is_not_in_the_text_does_not_match():
    assert not matches("AmazonS3FullAccess", "s3 read")


def test_a_page_has_twenty_rows(request_for):
    view = ROLES.view(request_for(), ROWS)
    assert len(view.rows) == 20
    assert view.total == 50
    assert not view.previous_url
    assert view.next_url == "/roles?page=2"


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999", "x", "²", "9999"])
def test_a_page_that_does_not_exist_shows_one_that_does(request_for, page: str):
    view = ROLES.view(request_for(f"/roles?page={page}"), ROWS)
    assert view.rows


def test_filters_narrow_and_say_how_many_match(request_for):
    view = ROLES.view(request_for("/roles?q=ROLE+1&type=own"), ROWS)
    assert view.matched == 6
    assert view.filtered
    assert view.clear_url == "/roles"


def test_an_unknown_choice_of_a_filter_is_none(request_for):
    assert ROLES.view(request_for("/roles?type=zzz"), ROWS).matched == 50


def test_ordering_by_number_and_its_turn(request_for):
    view = ROLES.view(request_for("/roles?sort=-size"), ROWS)
    assert names(view)[0] == "role49"


def test_ordering_by_an_unknown_column_keeps_the_order(request_for):
    assert names(ROLES.view(request_for("/roles?sort=nope"), ROWS))[0] == "role0"


def test_values_of_several_kinds_can_be_ordered(request_for):
    rows = [{"name": value} for value in (None, "b", 3, "", "A", 1.5, True)]
    view = ROLES.view(request_for("/roles?sort=name"), rows)
    assert len(view.rows) == 7


def test_no_choice_yet_is_not_counted_as_a_row(request_for):
    assert ROLES.view(request_for("/roles"), ROWS, selected=[""]).selected == ()


def test_rows_selected_on_other_pages_are_sent_on(request_for):
    view = ROLES.view(request_for("/roles?page=2"), ROWS, selected=["role1", "role25"])
    assert view.selected_elsewhere == ["role1"]
    assert [row.key for row in view.rows if row.selected] == ["role25"]


def test_what_the_browser_ticked_wins_over_what_the_page_passed(request_for):
    view = ROLES.view(request_for("/roles?kept=1&selected=role3"), ROWS, selected=["role1"])
    assert view.selected == ("role3",)


def test_preferences_are_kept_in_the_session(request_for):
    request = request_for("/roles?prefs=1&size=10&column=name&column=size&wrap=1")
    view = ROLES.view(request, ROWS)
    assert len(view.rows) == 10
    later = request_for()
    later.session = request.session
    view = ROLES.view(later, ROWS)
    assert (len(view.rows), view.preferences.wrap) == (10, True)
    assert [column.key for column in view.columns] == ["name", "size"]


def test_preferences_that_make_no_sense_are_the_defaults(request_for):
    view = ROLES.view(request_for("/roles?prefs=1&size=1000000&column=nope"), ROWS)
    assert len(view.rows) == 20
    assert [column.key for column in view.columns] == ["name"]


def test_two_tables_of_a_page_do_not_share_parameters(request_for):
    other = Table(id="groups", title="Groups", columns=ROLES.columns, prefix="groups-")
    request = request_for("/roles?page=2&groups-q=role4")
    assert other.view(request, ROWS).matched == 11
    assert other.view(request, ROWS).clear_url == "/roles?page=2"


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 75, [1, 2, 3, 4, 5, None, 75]),
        (40, 75, [1, None, 39, 40, 41, None, 75]),
        (75, 75, [1, None, 71, 72, 73, 74, 75]),
        (3, 7, [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_the_pager_shows_ends_and_neighbours(page, pages, shown):
    assert page_window(page, pages) == shown


def test_no_rows_are_one_page():
    assert page_count(0, 20) == 1


LATE = Table(
    id="late",
    title="Late",
    columns=(
        Column("name", "Name"),
        Column("size", "Size", late=True),
        Column("key", "Key", late=True, findable=lambda query: "key-".startswith(query[:4])),
    ),
    sort="name",
)


@pytest.mark.parametrize(
    ("url", "completed", "first"),
    [
        ("/roles", {"size": 20, "key": 20}, "role00"),
        ("/roles?q=", {"size": 20, "key": 20}, "role00"),
        ("/roles?q=%20", {"size": 20, "key": 20}, "role00"),
        ("/roles?page=3", {"size": 10, "key": 10}, "role40"),
        ("/roles?q=role1", {"size": 10, "key": 10}, "role10"),
        ("/roles?sort=-size", {"size": 50, "key": 20}, "role49"),
        ("/roles?q=key-role07", {"size": 1, "key": 50}, "role07"),
        ("/roles?q=key-&sort=-size", {"size": 50, "key": 50}, "role49"),
        ("/roles?q=49", {"size": 1, "key": 1}, "role49"),
    ],
)
def test_a_late_column_is_read_once_for_rows_that_show_or_all_that_are_ordered_or_found_by_it(
    request_for, url, completed, first
):
    asked: list[tuple[str, str]] = []

    def complete(rows, columns):
        asked.extend((row["name"], column) for row in rows for column in columns)
        late = {"size": "{name}", "key": "key-{name}"}
        return [{**row, **{c: late[c].format(**row) for c in columns}} for row in rows]

    rows = [{"name": f"role{n:02}"} for n in range(50)]
    view = LATE.view(request_for(url), rows, complete=complete)
    assert Counter(column for _, column in asked) == completed
    assert len(asked) == len(set(asked))
    assert names(view)[0] == first
    assert all(line.row["size"] for line in view.rows)
