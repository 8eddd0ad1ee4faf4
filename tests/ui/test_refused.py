"""The alert that shows why a call was refused."""

from dataclasses import dataclass, replace
from typing import Any

from django.template import Context, Template
from django.utils.html import strip_tags

from tests.ui.gallery import POLICIES

SENTENCE = "User: ann is not authorized to perform: iam:ListUsers"


@dataclass(frozen=True)
class Call:
    """A call of a page."""

    code: str = ""
    message: str = ""
    denied: bool = False
    why_url: str = ""


DENIED = Call("AccessDenied", SENTENCE, denied=True, why_url="/why")
TAKEN = Call("BucketAlreadyExists", "The requested bucket name is not available.")


def shown(call: Call, options: str = "") -> str:
    text = "{% load ui %}{% refused call " + options + " %}"
    return Template(text).render(Context({"call": call}))


def words(call: Call, options: str = "") -> str:
    return " ".join(strip_tags(shown(call, options)).split())


def test_a_call_that_was_not_refused_shows_nothing() -> None:
    assert shown(Call()).strip() == ""


def test_a_denial_is_titled_as_such_and_leads_to_its_reasons() -> None:
    assert words(DENIED) == f"Access denied {SENTENCE} Why?"
    assert '<a href="/why">Why?</a>' in shown(DENIED)


def test_another_error_has_no_title_and_no_reasons() -> None:
    assert words(TAKEN) == TAKEN.message


def test_a_page_shows_what_failed_with_the_code_before_the_sentence() -> None:
    said = words(TAKEN, 'title="Failed to create bucket" hint="Choose another name."')
    assert said == (
        f"Failed to create bucket Choose another name. BucketAlreadyExists. {TAKEN.message}"
    )
    assert "Access denied. User: ann" in words(DENIED, 'title="Failed to create bucket"')


def test_a_page_that_is_a_refusal_itself_titles_it_only_once() -> None:
    assert words(DENIED, 'title=""') == f"{SENTENCE} Why?"


def test_a_code_that_is_the_whole_sentence_is_shown_once() -> None:
    opaque = replace(DENIED, message="Access Denied")
    assert words(opaque, 'title="The object could not be opened"') == (
        "The object could not be opened Access Denied Why?"
    )


def test_a_very_long_sentence_scrolls_in_its_place() -> None:
    assert "alert__long" not in shown(DENIED)
    assert 'class="alert__long" tabindex="0"' in shown(replace(DENIED, message="x" * 601))


def test_a_refusal_stands_in_the_place_of_a_tables_rows(request_for: Any) -> None:
    view = POLICIES.view(request_for(), [], refused=DENIED)
    page = Template("{% load ui %}{% table view %}{% endtable %}").render(Context({"view": view}))
    assert SENTENCE in page
    assert "<tbody>" not in page
    view = POLICIES.view(request_for(), [], refused=Call())
    page = Template("{% load ui %}{% table view %}{% endtable %}").render(Context({"view": view}))
    assert "<tbody>" in page
