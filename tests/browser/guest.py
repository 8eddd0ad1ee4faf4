"""A visitor without a login in one part of the course, who reads, follows the tips and clicks."""

import json
import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from console.labs.attempts import values_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.scenarios.account_ids import filling_names
from tests.browser.student import Student


class Guest:
    """What a guest does and expects, by the labels of the pages."""

    def __init__(self, page: Page, part: int) -> None:
        self.lab = all_labs()[f"the-course-{part}"]
        self.page = page
        self.followed: list[str] = []
        page.goto("/")
        if part == 1:
            self.press("Start the walk-through")
        else:
            self.go(self.lab.title)
            self.press("Start")
        expect(page.get_by_role("heading", level=1, name=self.lab.title)).to_be_visible()
        ids = page.get_by_role("definition").filter(has_text=re.compile(r"^\s*\d{12}\s*$"))
        self.accounts = [text.strip() for text in ids.all_inner_texts()]

    @property
    def drawer(self) -> Locator:
        return self.page.get_by_role("complementary", name="Lab", exact=True)

    _acting = re.compile("^You act as ")

    def go(self, link: str) -> None:
        self.page.get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        main = self.page.get_by_role("main")
        main.get_by_role("button", name=button, exact=True).first.click()

    def choose(self, radio: str) -> None:
        self.page.get_by_role("radio", name=radio, exact=True).first.check()

    def fill(self, field: str, text: str) -> None:
        self.page.get_by_label(field, exact=True).fill(text)

    def enter(self, who: str) -> None:
        """Sign in from the lab's page; the console opens in a tab of its own."""
        with self.page.expect_popup() as opened:
            self.page.get_by_role("button", name=f"Sign in as {who}").click()
        self.page = opened.value

    def become(self, who: str) -> None:
        """Sign in as somebody else, in the drawer."""
        button = self.drawer.get_by_role("button", name=f"Sign in as {who}", exact=True)
        if not button.is_visible():
            self.drawer.get_by_text(self._acting).last.click()
        button.click()
        expect(self.drawer.get_by_text(f"You act as {who}", exact=True)).to_be_visible()

    def menu(self, kind: str, item: str, of: str = "Account") -> None:
        """Choose from a menu of the top bar: the one behind the name, or the sandbox's."""
        self.page.locator(f"[data-control='{of} menu']").click()
        menu = self.page.get_by_role("group", name=of, exact=True)
        menu.get_by_role("link" if kind == "link" else "button", name=item, exact=True).click()

    def follow(self, tip: str) -> None:
        """Expect a tip beside the page's control: it is there by itself."""
        expect(self.page.get_by_role("group", name="Tip")).to_contain_text(tip)
        said = self.page.get_by_role("group", name="Tip").get_by_role("paragraph")
        self.followed.append(said.inner_text())

    def solved(self, task: str) -> None:
        """Expect a task to turn solved without a click on anything; a read shows by the poll."""
        title = self.lab.task(task).title
        news = self.drawer.get_by_text(f"Solved: {title}", exact=True)
        expect(news).to_be_visible(timeout=20_000)

    def answer(self, question: str, *options: str) -> None:
        asked = self.drawer.get_by_role("region", name="Question").filter(has_text=question)
        for option in options:
            asked.get_by_label(option, exact=True).check()
        asked.get_by_role("button", name="Answer").click()
        expect(asked.get_by_text("Right", exact=True)).to_be_visible()

    def predict(self, task: str, answers: Mapping[str, str]) -> None:
        """Answer what is asked until the task is solved; `answers` is by words of a question."""
        asked = self.drawer.get_by_role("region", name="Question")
        asked = asked.filter(has=self.page.get_by_role("radio"))
        news = self.drawer.get_by_text(f"Solved: {self.lab.task(task).title}", exact=True)
        news = news.or_(self.drawer.get_by_text("You solved this lab"))
        for _ in range(10):
            expect(asked.or_(news).first).to_be_visible()
            if news.is_visible():
                return
            text = asked.locator("form").inner_text()
            rights = [answer for words, answer in answers.items() if re.search(words, text)]
            assert rights, f"not foreseen: {text}"
            asked.get_by_role("radio", name=rights[0], exact=True).check()
            asked.get_by_role("button", name="Answer").click()
        raise AssertionError(f"{task} is still open")

    def tick(self, box: str) -> None:
        self.page.get_by_role("checkbox", name=box, exact=True).check()

    def type_document(self, document: str) -> None:
        Student(self.page, {}).type_document(document)

    def finish(self) -> None:
        """Expect the end, with every tip of the part seen, and the part that comes next."""
        expect(self.drawer.get_by_text("You solved this lab")).to_be_visible()
        attempt = Attempt.objects.get()
        fill = filling_names(values_of(attempt, self.lab))
        assert self.followed == [fill(bubble.say) for bubble in self.lab.tutorial]
        self.drawer.get_by_role("link", name="What you learned, and the official solution").click()
        expect(self.page.get_by_role("heading", name="Looking back")).to_be_visible()


def attach_and_name(guest: Guest, *, search: str, policy: str, role: str, task: str) -> None:
    """Do the last two steps of *Create role*, with their tips."""
    guest.follow(f"Search for {search}")
    guest.fill("Search (Permissions policies)", search)
    guest.follow(f"Tick {policy}")
    guest.tick(f"Select {policy}")
    guest.press("Next")
    guest.follow("Give the role a name")
    guest.fill("Role name", role)
    guest.press("Create role")
    guest.solved(task)


def fill_switch_role(guest: Guest, account: str, role: str) -> None:
    """Go to *Switch role* by the menu and fill it in, with the tips."""
    guest.menu("link", "Switch role")
    guest.follow("account in which the role exists")
    guest.fill("Account ID", account)
    guest.follow("The name that you gave to the role")
    guest.fill("IAM role name", role)
    guest.follow("Click on Switch Role")
    guest.press("Switch Role")


def give_inline_policy(guest: Guest, user: str, statement: dict[str, str]) -> None:
    guest.go("IAM: users and roles")
    guest.go("Users")
    guest.go(user)
    guest.press("Add permissions")
    guest.go("Create inline policy")
    guest.press("JSON")
    guest.type_document(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    guest.press("Next")
    guest.fill("Policy name", "production-files")
    guest.press("Create policy")
