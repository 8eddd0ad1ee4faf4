"""What a student does in the console, by the labels a person sees."""

import re
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.worlds import World, allow

MAIN = "975050059573"
PRODUCTION = "210987654321"


class Arrive(Protocol):
    """Signs a user, or without a name root, in to the IAM dashboard with no page on the way."""

    def __call__(self, world: World, user: str = "", account_id: str = "") -> None: ...


def let_assume_roles(world: World, *users: str) -> None:
    """Give users of the first account the notes' inline policy, by no page."""
    for user in users:
        text = allow("sts:AssumeRole")
        world.do("PutUserPolicy", UserName=user, PolicyName="assume-role", PolicyDocument=text)


class Student:
    """A person at the browser."""

    def __init__(self, page: Page, passwords: dict[tuple[str, str], str], portal: str = "") -> None:
        self.page = page
        self.passwords = passwords
        self.portal = portal

    def sign_in(self, user: str, account: str = MAIN) -> None:
        """Sign in on the sign-in page, with a password."""
        page = self.page
        page.goto(f"/signin?account={account}")
        page.get_by_label("IAM username").fill(user)
        page.get_by_label("Password", exact=True).fill(self.passwords[account, user])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="IAM Dashboard")).to_be_visible()

    def open_account_menu(self) -> Locator:
        """Open the menu behind the name in the navbar."""
        self.page.locator("#account-button").click()
        menu = self.page.locator("#account-menu")
        expect(menu).to_be_visible()
        return menu

    def open_sandbox_menu(self) -> Locator:
        """Open the menu with the sandbox's name in the navbar."""
        self.page.get_by_role("button", name="Sandbox:").click()
        menu = self.page.locator("#sandbox-menu")
        expect(menu).to_be_visible()
        return menu

    def sign_out(self) -> None:
        self.open_account_menu().get_by_role("button", name="Sign out").click()
        expect(self.page.get_by_role("heading", name="IAM user sign in")).to_be_visible()

    def create_role(self, name: str, policy: str, search: str, account: str = "") -> None:
        """Create a role by the wizard; an account makes it *Another AWS account*."""
        page = self.page
        page.goto("/iam/")
        page.get_by_role("navigation").get_by_role("link", name="Roles", exact=True).click()
        page.get_by_role("link", name="Create role").first.click()
        page.get_by_role("radio", name="AWS account", exact=True).check()
        if account:
            page.get_by_role("radio", name="Another AWS account").check()
            page.get_by_role("textbox", name="Account ID").fill(account)
        else:
            page.get_by_role("radio", name=re.compile("This account")).check()
        page.get_by_role("button", name="Next").click()
        page.get_by_role("searchbox", name="Search (Permissions policies)").fill(search)
        page.get_by_role("checkbox", name=f"Select {policy}").check()
        page.get_by_role("button", name="Next").click()
        page.get_by_label("Role name").fill(name)
        page.get_by_label("Description").fill("Made in the course.")
        page.get_by_role("button", name="Create role").click()
        banner = page.get_by_role("status").filter(has_text=f"Role {name} created.")
        expect(banner.get_by_role("link", name="View role")).to_be_visible()

    def allow_assume_role(self, user: str, effect: str = "Allow") -> None:
        """Write the notes' inline policy in the visual editor (STEP 1 to 3)."""
        page = self.page
        self.open_inline_editor(user)
        page.get_by_role("radio", name=effect, exact=True).check()
        write = page.get_by_text("Write (6)", exact=True)
        write.click()
        page.get_by_role("checkbox", name="AssumeRole", exact=True).check()
        expect(page.get_by_text("Write (Selected 1/6)")).to_be_visible()
        page.get_by_role("radio", name="All", exact=True).check()
        page.get_by_role("button", name="Next").click()
        page.get_by_label("Policy name").fill("assume-role")
        page.get_by_role("button", name="Create policy").click()
        expect(
            page.get_by_role("status").filter(has_text="Policy assume-role created.")
        ).to_be_visible()

    def open_inline_editor(self, user: str) -> None:
        """Go to a user's *Create inline policy* and choose STS."""
        page = self.page
        page.goto("/iam/users")
        page.get_by_role("link", name=user, exact=True).click()
        page.get_by_role("button", name="Add permissions").click()
        page.get_by_role("link", name="Create inline policy").click()
        page.get_by_placeholder("Choose a service").fill("STS")
        page.get_by_text("Security Token Service").click()
        expect(
            page.get_by_text("Specify what actions can be performed on specific resources in STS.")
        ).to_be_visible()

    def switch_role(self, account: str, role: str, display: str = "", color: str = "") -> None:
        """Fill and send the *Switch Role* form, reached by the account menu."""
        page = self.page
        self.open_account_menu().get_by_role("link", name="Switch role").click()
        page.get_by_role("textbox", name="Account ID").fill(account)
        page.get_by_label("IAM role name").fill(role)
        page.get_by_label("Display name").fill(display)
        if color:
            page.get_by_label("Display color").select_option(label=color)
        page.get_by_role("button", name="Switch Role").click()

    def expect_active(self, display: str) -> None:
        expect(self.page.locator("#account-button")).to_contain_text(display)

    def expect_users_listed(self) -> None:
        self.page.goto("/iam/users")
        expect(self.page.get_by_role("link", name="User3", exact=True)).to_be_visible()

    def expect_refused(self) -> None:
        expect(self.page.get_by_text("Invalid information in one or more fields.")).to_be_visible()

    def switch_back(self) -> None:
        self.open_account_menu().get_by_role("button", name="Switch back").click()
        expect(self.page.get_by_text("with your original permissions.")).to_be_visible()

    def save_trust(self, role: str, document: str) -> None:
        """Replace a role's trust policy in the editor."""
        page = self.page
        page.goto(f"/iam/roles/{role}?tab=trust")
        page.get_by_role("link", name="Edit trust policy").click()
        self.type_document(document)
        page.get_by_role("button", name="Update policy").click()

    def type_document(self, document: str) -> None:
        """Put a text into the page's JSON editor, as pasting it does."""
        editor = self.page.locator(".ace_editor").first
        expect(editor).to_be_visible()
        editor.locator("textarea.ace_text-input").focus()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.press("Delete")
        self.page.evaluate(
            """(text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                document.activeElement.dispatchEvent(
                    new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
            }""",
            document,
        )
