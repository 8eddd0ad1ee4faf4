"""No credential that came with an attack lab is a short cut, and what is made inside works."""

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.urls import reverse

from console.labs.scenarios import DEMO, seed_scenario
from iam.actions.mfa_codes import sealed_seed
from iam.models import Account, LoginProfile, MfaDevice, User
from tests.endpoint.clients import refusal
from tests.labs.fence.student import NEW_PASSWORD, shown, student_of, with_rules

SEED = sealed_seed("JBSWY3DPEHPK3PXP" * 2)
ONLY_DEV = "Here you work as dev. You can use sec after the task “Become the administrator”."
NO_ROOT = "You cannot use what the root user has from the start"


# With a click


def test_a_click_signs_in_whom_the_lab_names(dev):
    assert dev.enter("you", "dev").status_code == 302
    assert dev.signed_in() == "dev"


@pytest.mark.parametrize(
    ("user", "sentence"), [("sec", ONLY_DEV), ("", NO_ROOT)], ids=["sec", "root"]
)
def test_a_click_signs_in_nobody_else(dev, user, sentence):
    page = dev.enter("you", user)
    assert page.status_code == 403
    assert sentence in shown(page)
    assert dev.signed_in() == ""


@pytest.mark.parametrize("who", ["you/", "vendor/", "thief/", "thief/t", "vendor/clerk"])
def test_a_click_signs_in_neither_the_victim_nor_the_thief(deputy, who):
    account, _, user = who.partition("/")
    assert deputy.enter(account, user).status_code == 403
    assert deputy.signed_in() == ""


def test_a_click_signs_in_after_the_task_that_opens_it(dev):
    dev.solve("attack")
    assert dev.enter("you", "sec").status_code == 302
    assert dev.signed_in() == "sec"


def test_a_user_who_took_the_name_of_another_is_not_the_other(dev):
    """Renaming moves no fence: the click is about who was there at the start."""
    users = User.in_sandbox(dev.sandbox)
    users.filter(name="dev").update(name="was-dev")
    users.filter(name="sec").update(name="dev")
    assert dev.enter("you", "dev").status_code == 403
    assert dev.enter("you", "was-dev").status_code == 302


# With a password of the start


def test_a_password_of_the_start_signs_in_whom_the_lab_names(dev):
    assert dev.sign_in("you", "dev", dev.password("you/dev")).status_code == 302
    assert dev.signed_in() == "dev"


def test_a_password_of_the_start_signs_in_nobody_else(dev):
    page = dev.sign_in("you", "sec", dev.password("you/sec"))
    assert page.status_code == 200
    assert ONLY_DEV in shown(page)
    assert dev.signed_in() == ""


def test_a_wrong_password_is_answered_as_anywhere(dev):
    page = dev.sign_in("you", "sec", "Not-The-One-1")
    assert "Your authentication information is incorrect" in shown(page)


def test_the_passwords_of_root_users_sign_in_nobody(dev, deputy):
    page = dev.sign_in_root("you", dev.password("root:you"))
    assert NO_ROOT in shown(page)
    for account in ("you", "vendor", "thief"):
        deputy.sign_in_root(account, deputy.password(f"root:{account}"))
    assert dev.signed_in() == deputy.signed_in() == ""


def test_a_page_for_the_code_lets_nobody_in_either(dev):
    """The rule is asked again when the code comes: it may have changed since the password."""
    sandbox = dev.sandbox
    user = User.in_sandbox(sandbox).get(name="dev")
    device = MfaDevice.add(
        sandbox,
        account=user.account,
        user=user,
        name="phone",
        sealed_seed=SEED,
        from_start=True,
    )
    device.enabled_at = user.created_at
    device.save()
    assert dev.enter("you", "dev")["Location"] == "/signin/mfa"
    session = dev.client.session
    sec = User.in_sandbox(sandbox).get(name="sec")
    session["code_awaited"] = {**session["code_awaited"], "principal_id": sec.unique_id}
    session.save()
    MfaDevice.in_sandbox(sandbox).update(user=sec)
    page = dev.client.post("/signin/mfa", {"code": "000000"})
    assert ONLY_DEV in shown(page)
    assert dev.signed_in() == ""


def test_the_authenticator_keeps_the_devices_of_the_start_to_whom_the_lab_names(dev):
    sandbox = dev.sandbox
    for name, from_start in (("dev", True), ("sec", True), ("sec", False)):
        user = User.in_sandbox(sandbox).get(name=name)
        MfaDevice.add(
            sandbox,
            account=user.account,
            user=user,
            name=f"{name}-{'start' if from_start else 'made'}",
            sealed_seed=SEED,
            from_start=from_start,
        )
    page = shown(dev.client.get("/authenticator", {"account": dev.accounts["you"]}))
    assert "dev-start" in page
    assert "sec-made" in page
    assert "sec-start" not in page


# With a password that was made inside


def test_a_password_that_was_set_inside_works_for_anybody(dev):
    """In a lab of escalation, setting the administrator's password is the attack."""
    dev.as_root("iam:UpdateLoginProfile", UserName="sec", Password=NEW_PASSWORD)
    assert not LoginProfile.in_sandbox(dev.sandbox).get(user__name="sec").from_start
    assert dev.sign_in("you", "sec", NEW_PASSWORD).status_code == 302
    assert dev.signed_in() == "sec"
    assert dev.enter("you", "sec").status_code == 403, "a click stands for the start's password"


def test_a_password_that_was_only_marked_to_be_changed_is_still_the_starts(dev):
    dev.as_root("iam:UpdateLoginProfile", UserName="sec", PasswordResetRequired=True)
    assert ONLY_DEV in shown(dev.sign_in("you", "sec", dev.password("you/sec")))


# With a console that is open already


def test_a_console_that_was_opened_before_the_rule_is_closed(dev, monkeypatch):
    with_rules(monkeypatch, "update-assume-role-policy", may_act_as={"you/sec": "yes"})
    dev.enter("you", "sec")
    assert dev.signed_in() == "sec"
    monkeypatch.undo()
    page = dev.client.get("/iam/", follow=True)
    assert ONLY_DEV in shown(page)
    assert dev.signed_in() == ""


def test_a_console_of_a_task_ends_with_the_task(dev, monkeypatch):
    rules = {"you/dev": "yes", "you/sec": "during attack"}
    with_rules(monkeypatch, "update-assume-role-policy", may_act_as=rules)
    dev.enter("you", "sec")
    assert dev.signed_in() == "sec"
    dev.solve("attack")
    assert dev.signed_in() == ""


def test_a_console_that_the_staff_opened_as_root_is_no_way_in_for_the_student(dev):
    """The teacher may look; the same browser, handed to the student, may not."""
    dev.client.force_login(staff())
    assert opened_as_root(dev).status_code == 302
    assert dev.signed_in() == "root"
    alice = get_user_model().objects.get(username="alice")
    session = dev.client.session
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(alice.pk), alice.get_session_auth_hash()
    session.save()
    assert dev.signed_in() == ""


def staff():
    users = get_user_model().objects
    rights = {"is_superuser": True}
    return users.get_or_create(username="teacher", defaults=rights)[0]


def opened_as_root(student):
    """Return what the administrator's page answers in the student's browser."""
    url = reverse("admin_sandbox_open", args=[student.attempt.sandbox_id])
    return student.client.post(url, {"account": student.accounts["you"]})


# By another way around


def test_the_staff_look_at_a_students_world_as_anybody_in_it(dev):
    dev.client.force_login(staff())
    for user in ("sec", "dev", ""):
        assert dev.enter("you", user).status_code == 302


def test_the_staff_are_bound_in_an_attempt_of_their_own(db):
    teacher = student_of("update-assume-role-policy", "teacher", administrator=True)
    assert teacher.enter("you", "sec").status_code == 403
    assert opened_as_root(teacher).status_code == 403


def test_the_administration_is_for_the_staff(dev):
    for url in ("/admin/", "/admin/inside/iam/accesskey/", "/admin/inside/iam/user/"):
        assert dev.client.get(url).status_code == 404
    assert opened_as_root(dev).status_code == 404


def test_another_labs_world_and_the_demo_are_no_way_in(dev, deputy):
    """An administrator elsewhere reaches nothing here: roles and accounts are of one sandbox."""
    owner = get_user_model().objects.get(username="alice")
    seeded = seed_scenario(DEMO.read_text(encoding="utf-8"), owner).sandbox
    demo_root = Account.in_sandbox(seeded)[0].account_id
    assert dev.client.post("/signin/as", {"account": demo_root, "user": ""}).status_code == 302
    assert dev.signed_in() == "root"
    role = f"arn:aws:iam::{dev.accounts['you']}:role/Admin"
    arn = {"account": dev.accounts["you"], "roleName": "Admin"}
    deputy.enter("you", "lab-admin")
    assert "No account of this sandbox has this ID" in shown(deputy.post("/switchrole", **arn))
    sts = deputy.aws("sts", deputy.keys("vendor/svc"))
    code, _, _ = refusal(sts.assume_role, RoleArn=role, RoleSessionName="other")
    assert code == "AccessDenied"


def test_the_start_page_hands_out_nothing_of_a_lab(dev):
    page = dev.client.get("/").content.decode()
    assert dev.accounts["you"] not in page
    assert dev.password("you/dev") not in page


@pytest.mark.parametrize("url", ["/", "/labs/", "/labs/update-assume-role-policy/", "ATTEMPT"])
def test_no_page_of_the_site_shows_what_is_fenced(dev, url):
    path = reverse("attempt", args=[dev.attempt.public_id]) if url == "ATTEMPT" else url
    page = dev.client.get(path, follow=True)
    assert page.status_code == 200
    for secret in (dev.password("you/sec"), dev.password("root:you")):
        assert secret not in page.content.decode()


def test_the_identity_provider_vouches_for_nobody_that_the_lab_does_not_name(dev):
    """A lab without people has none to sign in as, and what it publishes opens nothing."""
    slug = dev.sandbox.slug
    assert dev.client.post(f"/idp/{slug}/as", {"name": "sec"}, follow=True).status_code == 200
    page = dev.client.get(f"/idp/{slug}/")
    assert page.context["visit"].person is None
    assert page.context["people"] == []
    assert dev.client.get(f"/idp/{slug}/saml/metadata.xml").status_code == 200
    assert dev.client.post("/signin/saml", {"SAMLResponse": "PHg+"}).status_code == 403
