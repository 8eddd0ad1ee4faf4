"""What the database searches, orders and counts for a list is what Python would have found."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.pages.calls import CallResult, ListingResult
from console.pages.iam.entities.user_rows import named_row
from console.ui.row_sources import RowSource
from console.ui.tables import Column, Table
from iam.models import Role, User
from iam.perform import perform_listing
from tests.worlds import make_world, trust

_NAMES = (
    *("zed", "Alpha", "alpha-2", "ALPHA_3", "_x", "a+b=c,d.e@f-g", "Beta", "b-1", "B.2", "100"),
    *("a_c", "abc", "kelvin", "Kilo", "strasse", "straSSe2", "i", "II"),
)
_PATHS = ("/", "/Team/a/", "/team/B_/", "/100%/", "/S3\\x/")
_OTHER_LETTERS = ("\u017f", "\u212a", "İ", "ß", "é", "%", "_", "\\", "\0", "'", "\u00a0", " ", "/")
_TABLES = {
    "iam:ListRoles": Table(
        id="rows",
        title="Rows",
        sort="RoleName",
        row_key="RoleName",
        page_size=5,
        columns=[Column("RoleName", "Name"), Column("Path", "Path"), Column("x", "X", late=True)],
    ),
    "iam:ListUsers": Table(
        id="rows",
        title="Rows",
        sort="name",
        page_size=5,
        columns=[Column("name", "Name"), Column("groups", "Groups", late=True)],
    ),
}
_MEMBERS = {"iam:ListRoles": {"RoleName": "RoleName", "Path": "Path"}, "iam:ListUsers": {
    "name": "UserName", "path": "Path"
}}  # fmt: skip


@pytest.fixture
def reader():
    """Root of an account whose names differ in case, signs and paths; another one has some, too."""
    world = make_world("alice")
    other = world.add_account("999988887777")
    for number, name in enumerate(_NAMES):
        path = _PATHS[number % len(_PATHS)]
        world.do("CreateUser", UserName=name, Path=path)
        world.do(
            "CreateRole",
            RoleName=name,
            Path=path,
            AssumeRolePolicyDocument=trust(world.account_id),
        )
    world.other(other, "CreateUser", UserName="Alpha-of-another")
    elsewhere = make_world("bob", "555566667777")
    elsewhere.do("CreateUser", UserName="alpha-elsewhere")
    return world.root()


def _source(reader, operation: str) -> RowSource:
    found = ListingResult(perform_listing(reader, operation), CallResult())
    row = named_row if operation == "iam:ListUsers" else dict
    made = found.source(_MEMBERS[operation], row)
    assert isinstance(made, RowSource)
    return made


def _view(table: Table, rows, query: dict[str, str]):
    request = RequestFactory().get(f"/rows?{urlencode(query)}")
    view = table.view(request, rows, complete=lambda some, columns: some)
    return [row.key for row in view.rows], view.page, view.matched, view.total


@pytest.mark.django_db
@pytest.mark.parametrize("operation", sorted(_TABLES))
@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.one_of(
        st.lists(st.sampled_from((*_NAMES, *_OTHER_LETTERS)), max_size=2).map("".join),
        st.tuples(st.sampled_from((*_NAMES, *_PATHS)), st.integers(0, 4), st.integers(1, 5)).map(
            lambda cut: cut[0][cut[1] : cut[1] + cut[2]].swapcase()
        ),
    ),
    descending=st.booleans(),
    page=st.integers(0, 5),
)
def test_the_database_finds_the_rows_that_python_finds_and_in_that_order(
    reader, operation: str, text: str, descending: bool, page: int
):
    table, source = _TABLES[operation], _source(reader, operation)
    query = {"q": text, "page": str(page)}
    query |= {"sort": f"-{table.sort}"} if descending else {}
    assert _view(table, source, query) == _view(table, list(source.load()), query)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["", "-RoleName", "Path", "no-such"])
def test_any_order_shows_every_row_once(reader, order: str):
    table = _TABLES["iam:ListRoles"]
    pages = [
        _view(table, _source(reader, "iam:ListRoles"), {"sort": order, "page": str(page)})[0]
        for page in range(1, 5)
    ]
    assert sorted(name for page in pages for name in page) == sorted(_NAMES)


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "url"), [(Role, "/iam/roles"), (User, "/iam/users")])
def test_a_page_reads_its_own_rows_only_and_asks_as_often(client, model, url: str):
    world = make_world("carol", "121212121212")
    client.force_login(world.sandbox.owner)
    client.post("/signin/as", {"account": world.account_id, "user": ""})
    do = {
        Role: lambda name: world.do(
            "CreateRole", RoleName=name, AssumeRolePolicyDocument=trust(world.account_id)
        ),
        User: lambda name: world.do("CreateUser", UserName=name),
    }[model]
    for number in range(21):
        do(f"n{number:03}")
    searches: tuple[dict[str, str], ...] = ({}, {"q": "N0"})
    before = [_read(client, url, model, query) for query in searches]
    for number in range(21, 60):
        do(f"n{number:03}")
    assert [_read(client, url, model, query) for query in searches] == before
    assert [instances for _, instances in before] == [20, 20]


def _read(client, url: str, model, query: dict[str, str]) -> tuple[int, int]:
    """Return how many queries a page asks, and how many rows of a model become instances."""
    made: list[object] = []
    from_db = model.from_db.__func__

    def noted(*given):
        made.append(given)
        return from_db(*given)

    client.get(url, query)  # what is kept between requests is kept now
    model.from_db = classmethod(noted)
    try:
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url, query)
    finally:
        del model.from_db
    assert "n000" in page.content.decode()
    return len(captured), len(made)
