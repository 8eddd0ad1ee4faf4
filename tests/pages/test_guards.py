"""The token and the identity that every form of ours carries."""

import re

from tests.test_project import ROOT

TEMPLATES = ROOT / "templates"
POST_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
ELSEWHERE = {"idp/onward.html", "lti/links.html"}  # to AWS, and to a learning platform


def test_every_form_that_is_sent_to_a_page_of_ours_carries_its_guards() -> None:
    unguarded = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        for form in POST_FORM.findall(path.read_text())
        if "{% guards %}" not in form
    }
    assert unguarded == ELSEWHERE
