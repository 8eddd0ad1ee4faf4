"""Prepared queries answer as their query sets do, also where Django is not as they expect."""

from collections.abc import Callable
from typing import Any

import django
import pytest
from django.db.models import Count, Model, Q, QuerySet
from django.db.models import query as django_query
from django.db.models.sql import Query

from iam.models import Attachment, Sandbox, User
from iam.models.prepared_queries import WRITTEN_FOR, Prepared, _mark
from tests.worlds import World, allow


def _attachments(sandbox: int, user: int) -> QuerySet[Attachment]:
    rows: QuerySet[Attachment] = Attachment.in_sandbox(Sandbox(pk=sandbox))
    owned = rows.filter(Q(user_id=user) | Q(group__memberships__user_id=user))
    return owned.select_related("group").distinct()


def _users(sandbox: int, name: str) -> QuerySet[User]:
    rows: QuerySet[User] = User.in_sandbox(Sandbox(pk=sandbox)).filter(name=name)
    annotated = rows.annotate(groups_there=Count("memberships")).select_related("account")
    return annotated.defer("tags").order_by()[:1]


def _fields(row: Model) -> dict[str, Any]:
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    related = {
        name: _fields(other) if other else None for name, other in row._state.fields_cache.items()
    }
    return {**own, **related}


def _same(rows: list[Any], expected: QuerySet[Any]) -> bool:
    return bool(rows) and list(map(_fields, rows)) == list(map(_fields, expected))


@pytest.fixture
def ann(world: World) -> tuple[int, int]:
    """Return the sandbox and the key of a user with policies of her own and by a group."""
    world.add_user("ann", allow("iam:ListUsers"))
    world.add_user("bob")
    world.do("CreateGroup", GroupName="staff")
    world.do("AddUserToGroup", UserName="ann", GroupName="staff")
    arn = "arn:aws:iam::aws:policy/"
    world.do("AttachGroupPolicy", GroupName="staff", PolicyArn=f"{arn}ReadOnlyAccess")
    world.do("AttachUserPolicy", UserName="ann", PolicyArn=f"{arn}IAMReadOnlyAccess")
    return world.sandbox.pk, User.in_sandbox(world.sandbox).get(name="ann").pk


def test_django_is_the_one_that_prepared_queries_are_written_for() -> None:
    assert django.VERSION[:2] == WRITTEN_FOR, (
        "iam/models/prepared_queries.py uses private parts of Django: compare it with"
        " SQLCompiler.results_iter and ModelIterable of this version, then raise WRITTEN_FOR."
    )


def test_rows_are_those_of_the_query_set(ann: tuple[int, int], caplog: Any) -> None:
    sandbox, user = ann
    attachments, users = Prepared(_attachments), Prepared(_users)
    for _ in range(2):
        assert _same(attachments.rows(sandbox, user), _attachments(sandbox, user))
        assert _same(users.rows(sandbox, "ann"), _users(sandbox, "ann"))
    assert _same(users.rows(sandbox, "bob"), _users(sandbox, "bob"))
    assert users.rows(sandbox, "eve") == []
    assert caplog.text == ""


class _OtherCompiler:
    """A compiler as another Django might have it: without some parts, or with other ones."""

    def __init__(self, compiler: Any, parts: dict[str, Any]) -> None:
        self._compiler, self._parts = compiler, parts

    def __getattr__(self, name: str) -> Any:
        part = self._parts.get(name, getattr(self._compiler, name))
        if part is MISSING:
            raise AttributeError(name)
        return part


MISSING = object()
OTHER_COMPILERS: dict[str, dict[str, Any]] = {
    "nothing known of the class": {"klass_info": None},
    "other facts of the class": {"klass_info": {"model": User}},
    "no converters": {"get_converters": MISSING},
    "converters take more": {"get_converters": lambda expressions, names: {}},
    "columns of another kind": {"select": [("account",)] * 30},
    "values that are not bound": {"as_sql": lambda: ("SELECT 1", ())},
}


def _has_given_way(world: World, caplog: pytest.LogCaptureFixture) -> bool:
    """Run a prepared query twice: is it the query set's answer, with one warning?"""
    users, expected = Prepared(_users), _users(world.sandbox.pk, "ann")
    same = [_same(users.rows(world.sandbox.pk, "ann"), expected) for _ in range(2)]
    return all(same) and caplog.text.count("Django is not as expected") == 1


@pytest.mark.parametrize("parts", OTHER_COMPILERS.values(), ids=OTHER_COMPILERS)
def test_another_compiler_gives_way_to_the_query_set(
    parts: dict[str, Any],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    get_compiler = Query.get_compiler

    def get_other_compiler(query: Any, using: Any = None, connection: Any = None) -> Any:
        compiler = get_compiler(query, using, connection)
        # Query sets name the database they use; only prepared queries give its connection.
        return _OtherCompiler(compiler, parts) if connection else compiler

    world.add_user("ann")
    monkeypatch.setattr(Query, "get_compiler", get_other_compiler)
    assert _has_given_way(world, caplog)


def _takes_less(_klass_info: Any, _select: Any) -> Any:
    """Find populators by fewer arguments than are given."""


def _finds_others(*_args: Any) -> list[Any]:
    return [object()]


@pytest.mark.parametrize("get_others", [_takes_less, _finds_others])
def test_other_populators_give_way_to_the_query_set(
    get_others: Callable[..., Any],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # The prepared query is the first to ask; the query set that takes its place gets Django's.
    answers = iter([get_others])
    original = vars(django_query)["get_related_populators"]

    def get_populators(*args: Any) -> Any:
        return next(answers, original)(*args)

    world.add_user("ann")
    monkeypatch.setattr(django_query, "get_related_populators", get_populators)
    assert _has_given_way(world, caplog)


def test_a_stand_in_of_a_number_is_in_the_range_of_every_column_of_both_databases():
    assert all(-(2**31) <= _mark(number, 1) < 0 for number in range(32))
