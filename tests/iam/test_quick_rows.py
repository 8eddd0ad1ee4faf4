"""Instances that are made from rows without Django's `Model.__init__`."""

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_init, pre_init

from iam.models import Sandbox, User
from iam.models.quick_rows import QuickRows


def _values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_row_is_read_as_it_was_stored(world):
    world.add_user("ann")
    stored = User.in_sandbox(world.sandbox).select_related("account__sandbox").get()
    again = User(**_values(stored))
    assert _values(stored) == _values(again)
    assert (stored, stored.account.sandbox) == (again, world.sandbox)
    assert (stored._state.adding, stored._state.db) == (False, "default")


def test_a_column_that_was_not_read_is_read_when_it_is_asked_for(
    world, db, django_assert_num_queries
):
    row = Sandbox.objects.defer("name").get(pk=world.sandbox.pk)
    assert row.get_deferred_fields() == {"name"}
    with django_assert_num_queries(1):
        assert (row.name, row.name) == (world.sandbox.name, world.sandbox.name)


def test_nobody_waits_for_the_signals_that_are_not_sent():
    quick = [one for one in apps.get_models() if issubclass(one, QuickRows)]
    assert quick
    assert [m for m in quick if pre_init.has_listeners(m) or post_init.has_listeners(m)] == []
