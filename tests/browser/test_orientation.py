"""Where one is in the console, as whom, and whether what was done has worked."""

from playwright.sync_api import expect

from tests.browser.student import MAIN, PRODUCTION, Arrive, Student
from tests.worlds import World


def test_the_navbar_tells_two_accounts_apart_and_a_role_from_both(
    world: World, with_role: Student, arrive: Arrive
) -> None:
    button = with_role.page.locator("#account-button")
    for account, shown in ((PRODUCTION, "2109-8765-4321"), (MAIN, "9750-5005-9573")):
        arrive(world, "admin", account)
        expect(button).to_have_text(f"Account ID: {shown} admin")
    with_role.switch_role(MAIN, "S3Access", "Files", "Red")
    expect(button).to_have_text("Files S3Access @ 9750-5005-9573")
