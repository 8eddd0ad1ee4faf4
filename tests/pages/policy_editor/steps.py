"""The steps that the editor's tests share."""

from iam.perform import perform
from tests.pages.policy_editor.paper_browser import PaperBrowser
from tests.worlds import World


def user_policy(world: World, name: str = "sts") -> str:
    params = {"UserName": "user1", "PolicyName": name}
    return str(perform(world.root(), "iam:GetUserPolicy", params)["PolicyDocument"])


def sts(editor: PaperBrowser) -> PaperBrowser:
    return editor.press("choose:0:sts")


def assume_role(editor: PaperBrowser) -> PaperBrowser:
    return sts(editor).tick("b0-action", "AssumeRole").tick("b0-resources", "all")
