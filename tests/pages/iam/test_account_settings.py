"""*Account settings*: the password policy shown and edited."""

from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

CUSTOM = {
    "policy": "custom",
    "MinimumPasswordLength": "12",
    "RequireNumbers": "on",
    "expires": "on",
    "MaxPasswordAge": "90",
    "PasswordReusePrevention": "5",
}


def test_a_custom_policy_is_set_once_it_was_confirmed_and_shown(
    world: World, root: Visitor
) -> None:
    url = reverse("password_policy_edit")
    assert "Set custom" in text_of(root.post(url, **CUSTOM))
    page = text_of(root.get(reverse("account_settings")))
    assert "uses the default password policy" in page
    page = text_of(root.post(url, **CUSTOM, confirmed="1"))
    assert "Password policy updated." in page
    assert "Password minimum length is 12 characters Require at least one number" in page
    assert "Password expires in 90 day(s)" in page
    assert "Remember last" not in page
    asked = root.post(url, policy="default")
    assert "Set default" in text_of(asked)
    root.post(url, policy="default", confirmed="1")
    assert "the default password policy" in text_of(root.get(reverse("account_settings")))


def test_a_number_that_is_missing_or_too_large_is_refused_at_its_field(root: Visitor) -> None:
    wrong = {**CUSTOM, "MinimumPasswordLength": "129", "MaxPasswordAge": ""}
    response = root.post(reverse("password_policy_edit"), **wrong, confirmed="1")
    assert set(response.context["form"].errors) == {"MinimumPasswordLength", "MaxPasswordAge"}


def test_a_denied_user_sees_the_sentence_in_the_place_of_the_policy(world: World) -> None:
    world.add_user("ann", allow("iam:GetUser"))
    page = text_of(Visitor(world, "ann").get(reverse("account_settings")))
    assert "iam:GetAccountPasswordPolicy" in page


def test_sts_is_deactivated_and_activated_in_a_region(world: World, root: Visitor) -> None:
    page = root.get(reverse("account_settings"))
    assert "Europe (Ireland) https://sts.eu-west-1.amazonaws.com Active" in text_of(page)
    url = reverse("sts_region", args=["eu-west-1", "deactivate"])
    assert "Deactivate STS in Europe (Ireland)?" in text_of(root.get(url))
    said = text_of(root.post(url))
    assert "STS is inactive in Europe (Ireland)." in said
    assert "https://sts.eu-west-1.amazonaws.com Inactive" in said
    said = text_of(root.post(reverse("sts_region", args=["eu-west-1", "activate"])))
    assert "https://sts.eu-west-1.amazonaws.com Active" in said
    fixed = root.post(reverse("sts_region", args=["us-east-1", "deactivate"]))
    assert "cannot be changed" in text_of(fixed)


def test_tokens_of_the_global_endpoint_are_changed(world: World, root: Visitor) -> None:
    page = root.get(reverse("account_settings"))
    assert "Valid only in AWS Regions enabled by default" in text_of(page)
    said = text_of(root.post(reverse("sts_tokens_edit"), version="v2Token"))
    assert "Global endpoint Valid in all AWS Regions" in said
    world.add_user("ann", allow("iam:GetAccountSummary", "iam:GetAccountPasswordPolicy"))
    ann = Visitor(world, "ann")
    denied = ann.post(reverse("sts_tokens_edit"), version="v1Token")
    assert "not authorized to perform: iam:SetSecurityTokenServicePreferences" in text_of(denied)
