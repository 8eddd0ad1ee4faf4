"""Texts that one database would store and another would not: both refuse them, at every door."""

from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.test import Client

from console.stored_text import UnstorableText
from iam.models import Sandbox
from iam.models.packed_json import PackedJSONField

ODD = {"NUL": "a\0b", "half of a pair": "a\ud800b", "the other half": "\udfff"}


def text_columns() -> list[models.Field[Any, Any]]:
    """Return every column of the site that holds text or JSON; packed JSON is bytes."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    own = (model for model in apps.get_models() if model._meta.managed)
    return [
        field
        for model in own
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and not isinstance(field, PackedJSONField)
        and not field.is_relation
    ]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_column_of_text_or_json_takes_it(db: None, odd: str) -> None:
    taken = []
    for field in text_columns():
        values = [odd, {"a": [odd]}, {odd: 1}] if isinstance(field, models.JSONField) else [odd]
        for value in values:
            with suppress(UnstorableText), transaction.atomic():
                models.QuerySet(field.model).update(**{field.name: value})
                taken.append(f"{field.model.__name__}.{field.name}")
    assert taken == []
    assert len(text_columns()) > 200


@pytest.mark.parametrize("text", ["é", "😀", "\u2028", "\uffff", "a\\u0000b", "\x01"])
def test_every_other_text_is_stored_as_it_is(db: None, text: str) -> None:
    owner = User.objects.create(username="anna")
    made = Sandbox.objects.create(name=text, owner=owner)
    assert Sandbox.objects.get(pk=made.pk).name == text


def test_statements_with_named_and_with_many_parameters_are_looked_at(db: None) -> None:
    with connection.cursor() as cursor:
        with pytest.raises(UnstorableText):
            cursor.execute("SELECT %(a)s", {"a": "\0"})
        with pytest.raises(UnstorableText):
            cursor.executemany("UPDATE auth_user SET email = %s", [("a",), ("\0",)])


def test_the_site_answers_400_in_words(db: None) -> None:
    for address in ("/labs/a/a%00b/", "/labs/a/a%00b/drawer"):
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get_or_create(username="anna")[0])
        answer = client.get(address)
        assert answer.status_code == 400
        assert "something that this site does not understand" in answer.content.decode()
