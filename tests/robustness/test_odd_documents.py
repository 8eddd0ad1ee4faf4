"""What AWS refuses is refused in words, and what was typed stands in the page again."""

import html
import json
from typing import Any

import pytest
from django.urls import reverse

from tests.robustness.cast import Demo, Guest
from tests.worlds import allow, trust

DEEP = '{"Version": "2012-10-17", "Statement": ' + "[" * 3000 + "]" * 3000 + "}"
DOCUMENTS = {
    "deep": DEEP,
    "deep objects": '{"a":' * 5000 + "1" + "}" * 5000,
    "over-long": allow("s3:GetObject", Sid="a" * 131_073),
    "surrogate escape": '{"Version": "2012-10-17", "Statement": [{"Sid": "\\ud800"}]}',
    "surrogate": '{"Statement": "\ud800"}',
    "NUL": '{"Statement": "\x00"}',
    "NUL escape": '{"Statement": [{"Effect": "Allow\\u0000", "Action": "\\u0000"}]}',
    "duplicate keys": '{"Version": "2012-10-17", "Version": "2008-10-17", "Statement": []}',
    "not JSON": "{'Statement': []",
    "a number": "9" * 5000,
    "infinite": '{"Statement": Infinity}',
    "empty": "",
    "nothing known": '{"Hello": "world"}',
    "null": "null",
    "wrong kinds": '{"Version": 1, "Statement": [{"Effect": [], "Action": {}, "Resource": 1}]}',
    "odd condition": '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", '
    '"Condition": {"StringLike": ["x"], "Bool": {"a": [[1]]}}}}',
}


@pytest.fixture
def root(demo: Demo) -> Guest:
    return Guest().enter(demo, "")


def saves(demo: Demo, document: str) -> list[tuple[str, dict[str, Any]]]:
    """Return every form that saves a document, filled with this one."""
    editor = {"do": "save", "step": "review", "mode": "json", "name": "New", "document": document}
    checked = {**editor, "do": "next", "step": "specify"}
    urls = [reverse("policy_create"), f"{reverse('policy_edit')}?arn={demo.policy_arn}"]
    urls += [reverse("inline_policy_create", args=[k, "Helper"]) for k in ("users", "groups")]
    trusts = reverse("trust_edit", args=["Helper"])
    custom = {"entity": "custom", "document": document, "step": "1", "do": "next"}
    return [
        *((url, fields) for url in urls for fields in (editor, checked)),
        (trusts, {"do": "save", "document": document}),
        (trusts, {"do": "check", "document": document}),
        (
            reverse("bucket_policy_edit", args=[demo.bucket]),
            {"document": document, "policy": document},
        ),
        (reverse("role_create"), custom),
    ]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_document_breaks_a_form(demo: Demo, root: Guest, kind: str) -> None:
    for url, fields in saves(demo, DOCUMENTS[kind]):
        response = root.send(url, **fields)
        assert response.status_code in {200, 400}, (url, getattr(response, "exc_info", ""))


@pytest.mark.parametrize("kind", ["not JSON", "nothing known", "wrong kinds", "duplicate keys"])
def test_a_refused_document_stands_in_the_page_again(demo: Demo, root: Guest, kind: str) -> None:
    for url, fields in saves(demo, DOCUMENTS[kind]):
        if fields.get("do") != "check":
            page = html.unescape(root.send(url, **fields).content.decode())
            assert DOCUMENTS[kind] in page, url


def test_an_unknown_principal_is_refused_by_name(demo: Demo, root: Guest) -> None:
    url = reverse("trust_edit", args=["Helper"])
    for arn in (f"arn:aws:iam::{demo.account_id}:user/nobody", "arn:aws:iam::999999999999:root"):
        page = html.unescape(root.send(url, do="save", document=trust(arn)).content.decode())
        assert f'Invalid principal in policy: "AWS":"{arn}"' in page
        assert trust(arn) in page


def test_names_differ_by_more_than_case(demo: Demo, root: Guest) -> None:
    document = allow("s3:GetObject")
    fields = {"step": "review", "mode": "json", "document": document, "do": "save"}
    page = root.send(reverse("policy_create"), **fields, name="READERS").content.decode()
    assert "A policy called READERS already exists" in page
    page = root.send(reverse("group_create"), GroupName="HELPER").content.decode()
    assert "already exists" in page
    assert "HELPER" in page


def test_fifty_one_tags_are_too_many(demo: Demo, root: Guest) -> None:
    tags = {f"tag-{part}-{n}": f"{part}{n}" for n in range(51) for part in ("key", "value")}
    both = {"Tags-key": [f"k{n}" for n in range(51)], "Tags-value": ["v"] * 51}
    for url in (reverse("user_tags", args=["Helper"]), reverse("role_tags", args=["Helper"])):
        response = root.send(url, **tags, **both, tags=json.dumps([tags]))
        assert response.status_code < 500
