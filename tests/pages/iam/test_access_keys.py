"""Access keys: three steps, and the secret once."""

import pytest
from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

UNDERSTOOD = {"use_case": "cli", "understood": "on"}


@pytest.fixture
def url(world: World) -> str:
    world.add_user("ann")
    return reverse("access_key_create", args=["ann"])


def test_a_key_is_created_and_its_secret_shown_once(world: World, root: Visitor, url: str) -> None:
    assert "Set description tag" in text_of(root.post(url, **UNDERSTOOD))
    response = root.post(f"{url}?step=tag", description="laptop")
    key = response.context["key"]
    said = text_of(response)
    assert key["AccessKeyId"] in said
    assert key["SecretAccessKey"] in said
    tags = world.do("ListUserTags", UserName="ann")["Tags"]
    assert tags == [{"Key": key["AccessKeyId"], "Value": "laptop"}]
    assert key["SecretAccessKey"] not in str(dict(root.client.session))
    assert "laptop" in text_of(root.get(reverse("user", args=["ann"]), tab="credentials"))


def test_sending_the_form_again_makes_no_second_key(world: World, root: Visitor, url: str) -> None:
    root.post(url, **UNDERSTOOD)
    root.post(f"{url}?step=tag")
    said = text_of(root.post(f"{url}?step=tag"))
    assert "shown only once" in said
    assert len(world.do("ListAccessKeys", UserName="ann")["AccessKeyMetadata"]) == 1


def test_a_description_that_can_be_no_tag_is_refused_before_a_key_is_made(
    world: World, root: Visitor, url: str
) -> None:
    root.post(url, **UNDERSTOOD)
    form = root.post(f"{url}?step=tag", description="bad!").context["form"]
    assert list(form.errors) == ["description"]
    assert form["description"].value() == "bad!"
    assert world.do("ListAccessKeys", UserName="ann")["AccessKeyMetadata"] == []


def test_the_recommendation_has_to_be_confirmed(root: Visitor, url: str) -> None:
    said = text_of(root.post(url, use_case="cli"))
    assert "Confirm the recommendation to proceed." in said
    assert "Choose a use case." in text_of(root.post(url))


def test_a_third_key_is_refused_in_awss_words(world: World, root: Visitor, url: str) -> None:
    for _ in range(2):
        world.do("CreateAccessKey", UserName="ann")
    root.post(url, **UNDERSTOOD)
    said = text_of(root.post(f"{url}?step=tag"))
    assert "Cannot exceed quota for AccessKeysPerUser: 2" in said


def test_a_key_is_deactivated_activated_and_deleted(world: World, root: Visitor, url: str) -> None:
    key = world.do("CreateAccessKey", UserName="ann")["AccessKey"]["AccessKeyId"]

    def change(verb: str, **fields: str) -> str:
        return text_of(root.post(reverse("access_key_change", args=["ann", key, verb]), **fields))

    assert "Access key deactivated." in change("deactivate")
    assert "Access key activated." in change("activate")
    change("deactivate")
    assert f"To confirm, type {key}." in change("delete", confirm="something")
    assert "Access key deleted." in change("delete", confirm=key)
    assert world.do("ListAccessKeys", UserName="ann")["AccessKeyMetadata"] == []
    assert f"The Access Key with id {key} cannot be found." in change("activate")


def test_an_unknown_verb_is_not_found(root: Visitor, url: str) -> None:
    url = reverse("access_key_change", args=["ann", "AKIA", "eat"])
    assert root.get(url).status_code == 404


def test_a_use_that_may_not_be_seen_is_not_shown_as_none(world: World, url: str) -> None:
    world.do("CreateAccessKey", UserName="ann")
    world.add_user("eve", allow("iam:GetUser", "iam:ListAccessKeys"))
    tab = {"tab": "credentials"}
    said = text_of(Visitor(world, "eve").get(reverse("user", args=["ann"]), **tab))
    assert "Last used Access denied" in said
    assert "Never used" not in said
