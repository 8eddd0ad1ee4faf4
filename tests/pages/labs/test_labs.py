"""The list of labs, a lab's page, and *Start*."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.labs.attempts import values_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.tracks import all_tracks, next_lab
from console.pages.labs.markdown import as_html
from tests.pages.labs.conftest import logged_in
from tests.pages.visitor import text_of

ROLE = "same-account-role"


@pytest.mark.django_db
def test_everybody_sees_the_labs_and_what_comes_before():
    page = Client().get(reverse("labs"))
    for lab in all_labs().values():
        assert lab.title in text_of(page)
        assert reverse("lab", args=[lab.slug]) in page.content.decode()
    assert "Before this one: First role, same account" in text_of(page)
    assert "Log in if you have a login" in text_of(page)


@pytest.mark.django_db
def test_the_list_goes_by_tracks_in_teaching_order():
    page = Client().get(reverse("labs")).content.decode()
    order = [lab.slug for track in all_tracks() for lab in track.labs]
    places = [page.index(f'href="{reverse("lab", args=[slug])}"') for slug in order]
    assert sorted(order) == sorted(all_labs())
    assert places == sorted(places)
    assert all(track.title in page and track.about in page for track in all_tracks())


@pytest.mark.django_db
def test_the_lab_after_one_is_the_next_that_there_is():
    labs = all_labs()
    assert next_lab(labs["same-account-role"]) in labs.values()
    last = all_tracks()[-1].labs[-1]
    assert next_lab(last) is None


@pytest.mark.django_db
@pytest.mark.parametrize("slug", all_labs())
def test_a_labs_page_shows_its_tasks_and_no_unfilled_name(slug):
    page = text_of(Client().get(reverse("lab", args=[slug])))
    assert all(task.title in page for task in all_labs()[slug].tasks)
    assert "Level" in page
    assert "{" not in page


@pytest.mark.django_db
def test_the_top_bar_and_the_start_page_lead_to_the_labs():
    page = Client().get("/").content.decode()
    assert f'href="{reverse("labs")}"' in page
    assert all(f'href="{reverse("lab", args=[slug])}"' in page for slug in all_labs())


def test_a_world_is_made_by_a_form_alone(alice):
    url = reverse("lab_start", args=[ROLE])
    assert alice.get(url).status_code == 405
    assert Client(enforce_csrf_checks=True).post(url).status_code == 403
    assert not Attempt.objects.exists()


def test_start_leads_to_the_attempt_and_a_second_one_goes_on(alice):
    first, second = (alice.post(reverse("lab_start", args=[ROLE])) for _ in range(2))
    assert first["Location"] == second["Location"] == f"/labs/a/{Attempt.objects.get().public_id}/"
    for url in (reverse("labs"), reverse("lab", args=[ROLE])):
        page = alice.get(url)
        assert "Go on" in text_of(page)
        assert first["Location"] in page.content.decode()


def test_the_list_takes_as_many_queries_with_attempts_as_without(alice, attempt):
    stranger = logged_in("bob")
    counts = []
    for client in (stranger, alice):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("labs"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
    del attempt


def test_the_world_of_a_lab_is_not_on_the_start_page(alice, attempt):
    page = alice.get("/")
    assert values_of(attempt, all_labs()[attempt.lab])["you"] not in page.content.decode()
    assert f"/sandbox/{attempt.sandbox_id}/" not in page.content.decode()


@pytest.mark.parametrize("slug", ["no-lab", "..", "%00", "x" * 500, "a"])
def test_no_other_slug_is_a_lab(alice, slug):
    assert alice.get(f"/labs/{slug}/").status_code == 404
    assert alice.post(f"/labs/{slug}/start").status_code == 404


def test_values_are_text_and_texts_bring_no_markup_of_their_own():
    html = as_html("A *word*, `{x}`, {x}, ${x} <b>no</b> [l](javascript:x)", {"x": "<i>&*y*"})
    assert html == (
        "<p>A <em>word</em>, <code>&lt;i&gt;&amp;*y*</code>, &lt;i&gt;&amp;*y*, ${x} "
        "&lt;b&gt;no&lt;/b&gt; [l](javascript:x)</p>\n"
    )
