"""A lab that was published on this site is a lab like those of the library, in every worker."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.labs.attempts import begin_attempt, records_of
from console.labs.catalog import all_labs, find_lab, known_labs, open_labs
from console.labs.files import lab_of_files
from console.labs.lab_versions import lab_of, publish
from console.labs.models import Lab, LabVersion
from console.labs.published_labs import DRAFT, open_version
from console.labs.tracks import all_tracks, next_lab, track_of
from tests.pages.visitor import text_of

LIBRARY = "same-account-role"
OWN = "our-own-lab"


def found(slug):
    lab = find_lab(slug)
    assert lab
    return lab


def files_with(title, **changed):
    files = dict(all_labs()[LIBRARY].files)
    text = files["lab.yaml"].replace(f"title: {all_labs()[LIBRARY].title}\n", f"title: {title}\n")
    for key, value in changed.items():
        old = next(line for line in text.split("\n") if line.startswith(f"{key}:"))
        text = text.replace(old, f"{key}: {value}")
    return files | {"lab.yaml": text}


def publish_here(slug=OWN, title="Our own lab", **changed):
    lab = lab_of_files(slug, files_with(title, **changed))
    version = publish(lab, {"faults": []})
    Lab.objects.filter(slug=slug).update(current=version)
    return lab


def test_it_is_found_and_another_version_shows_without_a_restart(db):
    assert find_lab(OWN) is None
    assert found(publish_here().slug).title == "Our own lab"
    publish_here(title="Our corrected lab")

    open_version.cache_clear()  # as in a worker that has never seen it
    assert found(OWN).title == "Our corrected lab"
    assert open_labs()[OWN].title == known_labs()[OWN].title == "Our corrected lab"


def test_an_attempt_stays_with_its_version(alice):
    attempt = begin_attempt(alice, publish_here())
    publish_here(title="Our corrected lab")

    own = lab_of(attempt)
    assert own
    assert own.title == "Our own lab"
    assert [record.lab.slug for record in records_of(alice)] == [OWN]


def test_it_stands_in_the_list_after_the_library_s_labs_of_its_track(db):
    lab = publish_here(track="federation")
    page = text_of(Client().get(reverse("labs")))

    assert "Our own lab" in page
    assert track_of(lab).slug == "federation"
    assert track_of(lab).labs[-1].slug == OWN
    assert OWN not in [one.slug for one in track_of(lab).core]
    following = next_lab(lab)
    assert following
    assert following.slug not in {"saml-sign-on", "oidc-for-ci"}


def test_one_outside_the_tracks_stands_among_more_labs(db):
    publish_here(track="more")

    assert all_tracks()[-1].title == "More labs"
    assert [one.slug for one in all_tracks()[-1].core] == [OWN]


@pytest.mark.parametrize("slug", [LIBRARY, OWN])
def test_one_that_is_not_enabled_is_begun_by_nobody_and_goes_on_for_who_has_begun(alice, slug):
    publish_here()
    attempt = begin_attempt(alice, found(slug))
    Lab.objects.filter(slug=slug).update(enabled=False)
    alices, stranger = Client(), Client()
    alices.force_login(alice)

    assert slug not in open_labs()
    assert reverse("lab", args=[slug]) not in stranger.get(reverse("labs")).content.decode()
    assert stranger.get(reverse("lab", args=[slug])).status_code == 404
    assert stranger.post(reverse("lab_start", args=[slug])).status_code == 404
    assert alices.get(reverse("lab", args=[slug])).status_code == 200
    assert alices.get(reverse("attempt", args=[attempt.public_id])).status_code == 200


def test_a_library_s_lab_is_the_library_s_whatever_a_row_of_its_name_says(db):
    publish_here(LIBRARY)

    assert find_lab(LIBRARY) == all_labs()[LIBRARY]
    assert open_labs()[LIBRARY] == all_labs()[LIBRARY]


def test_the_draft_that_an_author_tries_is_in_no_list(db):
    publish_here(OWN + DRAFT)

    assert find_lab(OWN + DRAFT)
    assert OWN + DRAFT not in known_labs()
    assert OWN + DRAFT not in open_labs()


def test_a_version_that_is_read_no_more_is_no_lab(db):
    publish_here()
    LabVersion.objects.update(files={"lab.yaml": "schema: 0"})
    open_version.cache_clear()

    assert find_lab(OWN) is None
    assert OWN not in open_labs()


def test_finding_a_lab_of_the_library_asks_nothing_and_the_lists_ask_once(db):
    publish_here()
    publish_here("our-other-lab", "Our other lab")
    all_tracks()  # this worker has opened both
    with CaptureQueriesContext(connection) as none:
        find_lab(LIBRARY)
    with CaptureQueriesContext(connection) as one:
        find_lab(OWN)
    with CaptureQueriesContext(connection) as listed:
        all_tracks()

    assert (len(none), len(one), len(listed)) == (0, 1, 1)
