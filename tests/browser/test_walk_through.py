"""A guest goes through the whole course, from the start page to the end, by what the pages say."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.guest import Guest, attach_and_name, fill_switch_role, give_inline_policy

ALLOWED = "Allowed"
NOTHING = "Implicitly denied: nothing allows it"
A_STATEMENT = "Explicitly denied: a statement denies it"
REFUSED = "Refused: the request itself is wrong"


def grant_sts(guest: Guest) -> None:
    """Do STEP 1 to 3 of the notes."""
    guest.follow("STEP 1: go to the user")
    guest.go("Users")
    guest.follow("Click on user1")
    guest.go("user1")
    guest.follow("Open Add permissions, then Create inline policy")
    guest.press("Add permissions")
    guest.go("Create inline policy")
    guest.follow("Type STS")
    guest.fill("Service", "STS")
    guest.page.get_by_text("Security Token Service").click()
    guest.follow("STEP 2: open the access level Write")
    guest.page.get_by_text("Write (6)", exact=True).click()
    guest.follow("Tick AssumeRole")
    guest.tick("AssumeRole")
    guest.follow("STEP 3: select All")
    guest.choose("All")
    guest.press("Next")
    guest.follow("Give the policy a name")
    guest.fill("Policy name", "assume-role")
    guest.press("Create policy")
    guest.solved("sts-permission")


def look_around_in_the_role(guest: Guest) -> None:
    """Read what the role may read, and be denied what only the user may."""
    guest.follow("Click here")
    guest.go("S3: buckets")
    guest.go("rolecall-dev-files")
    guest.go("welcome.txt")
    expect(guest.page.get_by_text("You can read this because the role")).to_be_visible()
    guest.go("IAM: users and roles")
    guest.go("Users")
    expect(guest.page.get_by_role("alert").get_by_text("iam:ListUsers")).to_be_visible()


def test_part_1_a_role_and_the_switch_to_it(page: Page) -> None:
    guest = Guest(page, 1)
    guest.enter("admin")
    guest.follow("Click on Roles")
    guest.go("Roles")
    guest.follow("Click on Create role")
    guest.go("Create role")
    guest.follow("AWS account and This account are chosen already")
    guest.press("Next")
    s3 = {"search": "S3 full", "policy": "AmazonS3FullAccess"}
    attach_and_name(guest, **s3, role="S3Access", task="create-role")
    grant_sts(guest)
    guest.become("user1")
    guest.follow("Are you user1?")
    fill_switch_role(guest, "975050059573", "S3Access")
    if guest.accounts != ["975050059573"]:
        expect(guest.page.get_by_text("In your world this account is")).to_be_visible()
        guest.press("Fill it in")
        guest.press("Switch Role")
    guest.solved("switch")
    look_around_in_the_role(guest)
    of_the_role = {"S3Access do s3:GetObject": ALLOWED, "S3Access do iam:ListUsers": NOTHING}
    of_users = {"user2 assume": NOTHING, "iam:ListUsers": ALLOWED, "s3:GetObject": NOTHING}
    guest.predict("in-the-role", of_the_role | of_users)
    guest.follow("Switch back")
    guest.menu("button", "Switch back")
    guest.finish()


def insert_example(guest: Guest, task: str, example: str, *tips: str) -> None:
    """Replace the trust policy by one of the notes' documents."""
    guest.follow("Click on Edit trust policy")
    guest.go("Edit trust policy")
    guest.follow(f"Choose {example}")
    guest.press("Insert example from the notes")
    guest.page.get_by_role("button", name=example).click()
    expect(guest.page.get_by_text(f"Inserted from the notes: {example}")).to_be_visible()
    for tip in tips:
        guest.follow(tip)
    guest.press("Update policy")
    guest.solved(task)


def test_part_2_trust_policies(page: Page) -> None:
    guest = Guest(page, 2)
    guest.enter("admin")
    guest.follow("Click on Roles")
    guest.go("Roles")
    guest.follow("Open the role")
    guest.go("S3Access")
    guest.follow("Who may assume this role stands here")
    guest.go("Trust relationships")
    expect(guest.page.get_by_role("link", name="Edit trust policy")).to_be_visible()
    guest.go("IAM")  # whoever answers elsewhere is led to the role again
    guest.predict("whole-account", {"user2": NOTHING, "root": REFUSED, "user1|User3": ALLOWED})
    guest.follow("Click on Roles")
    guest.go("Roles")
    guest.follow("Open the role, and its tab Trust relationships")
    guest.go("S3Access")
    guest.go("Trust relationships")
    insert_example(guest, "two-users", "Two named users", "Click on Update policy")
    insert_example(guest, "deny", "Deny of two users")
    guest.predict("who-now", {"user1": A_STATEMENT, "User3|admin": NOTHING})
    guest.follow("Click on Edit trust policy")
    printed = guest.drawer.get_by_role("code").filter(has_text='"two"').inner_text()
    guest.go("Edit trust policy")
    guest.type_document(printed)
    guest.follow("The editor knows what was meant")
    guest.press("Use the repaired document")
    expect(guest.page.get_by_text("The document was repaired.")).to_be_visible()
    guest.press("Update policy")
    guest.finish()


def find_who_came_by_night(guest: Guest) -> None:
    """Look for the calls of AssumeRole in the event history; the one of User3 was denied."""
    page = guest.page
    guest.go("Clear filter")
    page.get_by_role("combobox", name="Lookup attributes").select_option("Event name")
    value = page.get_by_role("searchbox", name="Value of the lookup attribute")
    expect(value).to_have_attribute("placeholder", "Enter event name")
    value.fill("AssumeRole")
    guest.press("Apply")
    calls = page.get_by_role("row").filter(has_text="AssumeRole")
    expect(calls.filter(has_text="user2")).to_be_visible()
    calls.filter(has_text="User3").get_by_role("link", name="AssumeRole", exact=True).click()
    expect(page.get_by_text("AccessDenied", exact=True).first).to_be_visible()
    guest.answer("Who got in?", "user2")


def let_credentials_expire(guest: Guest) -> None:
    """Move the clock, and use what is over by then."""
    guest.follow("Move the clock")
    guest.go("Move the clock")
    guest.follow("Click here")
    guest.press("Move forward 1 hour")
    guest.go("Back to where you were")
    guest.press("Use these")
    expect(guest.page.get_by_text("ExpiredToken", exact=True).first).to_be_visible()
    guest.answer("What happens now?", "AWS refuses them; request new ones")
    guest.solved("expiry")


def test_part_3_temporary_credentials(page: Page) -> None:
    guest = Guest(page, 3)
    guest.enter("user1")
    guest.follow("Are you user1?")
    guest.go("Temporary credentials")
    guest.follow("Choose the role S3Access")
    guest.fill("Role ARN", f"arn:aws:iam::{guest.accounts[0]}:role/S3Access")
    guest.follow("Click on Request credentials")
    guest.press("Request credentials")
    parts = ("An access key ID", "A secret access key", "A session token")
    guest.answer("What did STS give you?", *parts, "The time at which it expires")
    guest.follow("Click on Use these")
    guest.press("Use these")
    guest.solved("use")
    guest.answer(
        "no user in IAM and has no credentials of AWS?",
        "AssumeRoleWithSAML",
        "AssumeRoleWithWebIdentity",
    )
    asked = {"get-session-token": ALLOWED, "User3": A_STATEMENT, "two hours": REFUSED}
    guest.predict("which-call", asked)
    let_credentials_expire(guest)
    guest.become("admin")
    guest.go("CloudTrail: event history")
    guest.follow("The event history is here")
    find_who_came_by_night(guest)
    guest.go("Trails")
    guest.follow("Click on Create trail")
    guest.go("Create trail")
    guest.fill("Trail name", "course")
    guest.press("Create trail")
    guest.finish()


def edit_bucket_policy(guest: Guest, reader: str) -> dict[str, str]:
    """Let a user in by the bucket's policy, made of the page's example; return its statement."""
    page = guest.page
    guest.go("General purpose buckets")
    guest.follow("open the bucket")
    guest.go("rolecall-prod-files")
    guest.follow("Click on Permissions")
    guest.go("Permissions")
    guest.follow("Click on Edit, beside Bucket policy")
    guest.go("Edit bucket policy")
    guest.follow("Here is one to begin from")
    page.get_by_role("main").get_by_text("Policy examples").click()
    example = page.get_by_role("code").filter(has_text="ReadFromAnotherAccount")
    (statement,) = json.loads(example.inner_text())["Statement"]
    guest.follow("The principal is user2 of development")
    statement["Principal"] = {"AWS": reader}
    guest.type_document(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    guest.press("Save changes")
    expect(page.get_by_role("heading", name="rolecall-prod-files")).to_be_visible()
    return {key: value for key, value in statement.items() if key != "Principal"}


def test_part_4_across_accounts(page: Page) -> None:
    guest = Guest(page, 4)
    development, production = guest.accounts
    guest.enter("admin of production")
    guest.follow("Are you admin of production?")
    guest.go("Roles")
    guest.follow("Click on Create role")
    guest.go("Create role")
    guest.follow("Choose Another AWS account")
    guest.choose("Another AWS account")
    guest.follow("Development is")
    guest.page.get_by_role("textbox", name="Account ID").fill(development)
    guest.press("Next")
    policy = "AmazonS3ReadOnlyAccess"
    attach_and_name(guest, search=policy, policy=policy, role="Visitors", task="role")
    guest.become("user1 of development")
    guest.follow("Are you user1 of development?")
    fill_switch_role(guest, production, "Visitors")
    guest.go("S3: buckets")
    guest.go("rolecall-prod-files")
    guest.go("welcome.txt")
    guest.solved("switch")
    guest.become("admin of production")
    statement = edit_bucket_policy(guest, f"arn:aws:iam::{development}:user/user2")
    guest.become("admin of development")
    give_inline_policy(guest, "user2", statement)
    guest.solved("bucket-policy")
    guest.answer("Who keeps his own permissions", "user2, by the bucket's policy")
    guest.predict("compare", {"deletes": NOTHING, "without the role": NOTHING, "user2": ALLOWED})
    guest.finish()


def add_provider(guest: Guest, folder: Path) -> Page:
    """Take the portal's metadata to IAM; return the portal."""
    guest.follow("The portal is in this menu")
    with guest.page.expect_popup() as opened:
        guest.menu("link", "Identity provider", of="Sandbox")
    portal = opened.value
    with portal.expect_download() as download:
        portal.get_by_role("link", name="metadata.xml").click()
    document = folder / "metadata.xml"
    download.value.save_as(document)
    guest.follow("Have you got metadata.xml?")
    guest.go("Identity providers")
    guest.follow("Click on Add provider")
    guest.go("Add provider")
    guest.follow("The name is Corporation")
    guest.fill("Provider name", "Corporation")
    guest.follow("Choose the file that you downloaded")
    guest.page.get_by_label("Metadata document", exact=True).set_input_files(document)
    guest.press("Add provider")
    guest.solved("provider")
    return portal


def test_part_5_single_sign_on(page: Page, tmp_path: Path) -> None:
    guest = Guest(page, 5)
    of_account = f"arn:aws:iam::{guest.accounts[0]}"
    guest.enter("admin")
    portal = add_provider(guest, tmp_path)
    guest.follow("Click on Roles")
    guest.go("Roles")
    guest.follow("Click on Create role")
    guest.go("Create role")
    guest.follow("The people of the company's directory are trusted")
    guest.choose("SAML 2.0 federation")
    guest.follow("Choose Corporation")
    guest.page.get_by_label("SAML 2.0-based provider", exact=True).select_option("Corporation")
    guest.follow("Choose this")
    guest.choose("Allow programmatic and AWS Management Console access")
    guest.press("Next")
    s3 = {"search": "S3 full", "policy": "AmazonS3FullAccess"}
    attach_and_name(guest, **s3, role="Developers", task="role")
    guest.page = portal
    guest.go("Roles of groups")
    guest.fill("Group", "Developers")
    guest.fill("Role ARN", f"{of_account}:role/Developers")
    guest.fill("SAML provider ARN", f"{of_account}:saml-provider/Corporation")
    guest.press("Offer role")
    expect(portal.get_by_text("The role is offered to Developers.")).to_be_visible()
    guest.go("Home")
    guest.press("Sign in as alice")
    portal.get_by_role("button", name="Open the console").click()
    guest.answer("Who is alice for AWS?", "A session of a role")
    guest.answer("Who checked alice's password?", "The company's identity provider")
    guest.finish()
