"""*Look inside*: all can be looked through, nothing simulated can be changed."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.services.s3.models import Bucket, StoredObject
from iam.admin.read_only import ReadOnlyAdmin, admin_url
from iam.models import (
    AccessKey,
    Account,
    Directory,
    Event,
    LoginProfile,
    Role,
    Sandbox,
    Simulated,
    User,
)
from tests.admin.conftest import count_queries, everything

SIMULATED = [model for model in apps.get_models() if issubclass(model, Simulated)]
ALL: list[Any] = [*SIMULATED, Directory, Sandbox]


@pytest.mark.parametrize("model", ALL)
def test_every_model_has_its_pages(manager, model):
    assert admin.site.is_registered(model)


def test_nothing_else_is_shown():
    assert set(admin.site._registry) == set(ALL)


def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(manager, sandbox):
    lists = {model: admin_url(model, "changelist") for model in ALL}
    manager.get(lists[Account])
    few = {model: count_queries(manager, url) for model, url in lists.items()}
    for name in ("bob", "carol", "dave"):
        everything(name)
    assert {model: count_queries(manager, url) for model, url in lists.items()} == few
    assert all(model._default_manager.count() >= 4 for model in ALL)


@pytest.mark.parametrize("model", ALL)
def test_every_page_of_every_row_opens(manager, sandbox, model):
    rows = list(model._default_manager.all())
    assert rows
    for row in rows:
        assert count_queries(manager, admin_url(row, "change", row.pk)) < 40
    assert manager.get(admin_url(model, "changelist"), {"q": "a"}).status_code == 200


def test_a_page_takes_as_many_queries_for_many_parts_as_for_few(manager, sandbox):
    ann = User.in_sandbox(sandbox).get()
    url = admin_url(ann, "change", ann.pk)
    manager.get(url)
    few = count_queries(manager, url)
    account = Account.in_sandbox(sandbox).get()
    for _ in range(3):
        AccessKey.add(
            sandbox,
            account=account,
            user=ann,
            access_key_id=f"AKIA{_}",
            sealed_secret="x",
            created_at=account.created_at,
        )
    assert count_queries(manager, url) == few


@pytest.mark.parametrize("model", ALL)
def test_nothing_simulated_can_be_changed(manager, sandbox, model):
    row = model._default_manager.first()
    before = list(model._default_manager.values())
    assert manager.get(admin_url(model, "add")).status_code == 403
    assert manager.post(admin_url(model, "add"), {"name": "eve"}).status_code == 403
    change = admin_url(row, "change", row.pk)
    assert manager.post(change, {"name": "eve"}).status_code == 403
    assert manager.post(admin_url(row, "delete", row.pk), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    manager.post(admin_url(model, "changelist"), action)
    assert list(model._default_manager.values()) == before
    assert 'name="_save"' not in manager.get(change).text


def test_no_secret_is_shown(manager, sandbox):
    secrets = [
        AccessKey.in_sandbox(sandbox).get().sealed_secret,
        LoginProfile.in_sandbox(sandbox).get().password,
        Account.in_sandbox(sandbox).get().root_password,
        sandbox.salt,
    ]
    for model in ALL:
        for row in model._default_manager.all():
            text = manager.get(admin_url(row, "change", row.pk)).text
            assert not [secret for secret in secrets if secret in text], model


def test_the_typed_text_of_a_student_is_escaped(manager, sandbox):
    stored = StoredObject.in_sandbox(sandbox).get()
    shown = manager.get(admin_url(stored, "change", stored.pk)).text
    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_sandbox_leads_to_all_that_is_in_it(manager, sandbox):
    mine, other = sandbox, everything("bob")
    page = manager.get(admin_url(mine, "change", mine.pk)).text
    for model in (Account, User, Role, Event):
        link = f"{admin_url(model, 'changelist')}?sandbox__id__exact={mine.pk}"
        assert link in page
        listed = manager.get(link).context["cl"].queryset
        assert set(listed) == set(model.in_sandbox(mine))
        assert model.in_sandbox(other).exists()


def test_links_between_pages_open(manager, sandbox):
    account = Account.in_sandbox(sandbox).get()
    role, bucket = Role.in_sandbox(sandbox).get(path="/"), Bucket.in_sandbox(sandbox).get()
    links: set[str] = set()
    for row in (sandbox, account, role, bucket):
        page = manager.get(admin_url(row, "change", row.pk)).text
        links |= {part.split('"')[0] for part in page.split('href="/admin/inside/')[1:]}
    links -= {"password_change/", "logout/", "jsi18n/"}
    for link in links:
        answer = manager.get("/admin/inside/" + link.replace("&amp;", "&"))
        assert answer.status_code in {200, 302, 403}, link
        assert "e=1" not in answer.headers.get("Location", ""), link


def test_no_list_counts_or_orders_more_rows_than_it_may_show(manager, sandbox, monkeypatch):
    """An order by anything but the key, or a count without a limit, goes through the table."""
    everything("bob")
    for limit, value in (("list_per_page", 1), ("list_max_show_all", 1)):
        monkeypatch.setattr(ReadOnlyAdmin, limit, value)
    for model in ALL:
        table = connection.ops.quote_name(model._meta.db_table)
        with CaptureQueriesContext(connection) as captured:
            manager.get(admin_url(model, "changelist"))
        queries = [one["sql"] for one in captured if f"FROM {table}" in one["sql"]]
        assert queries
        assert [sql for sql in queries if "LIMIT" not in sql] == [], model
        by_key = f"ORDER BY {table}.{connection.ops.quote_name(model._meta.pk.column)} DESC LIMIT"
        assert [sql for sql in queries if "ORDER BY" in sql and by_key not in sql] == [], model


def test_a_list_of_one_sandbox_is_searched_and_ordered(manager, sandbox):
    everything("bob")
    users = admin_url(User, "changelist")
    inside = {"sandbox__id__exact": sandbox.pk}
    for query, found in (("ann", 1), ("zoe", 0)):
        listed = manager.get(users, {**inside, "q": query, "o": "1"}).context["cl"]
        assert listed.result_count == found
    everywhere = manager.get(users, {"q": "zoe", "o": "1"})
    assert everywhere.context["cl"].result_count == 2
    assert 'id="searchbar"' not in everywhere.text


def test_its_pages_have_the_styles_that_underline_links_and_fit_a_phone(manager, sandbox):
    for address in ("/admin/inside/", admin_url(sandbox, "history", sandbox.pk)):
        assert "/rolecall/css/inside." in manager.get(address).text
