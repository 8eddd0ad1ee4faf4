"""An instructor's scenarios: listed, written, tried, cloned, deleted."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from console.labs.scenarios import DEMO
from console.labs.scenarios.models import Scenario, TriedWorld
from console.labs.scenarios.shelf import sandbox_from
from console.labs.scenarios.world_summary import summarize
from iam.models import Sandbox, User
from tests.classes.conftest import instructor, logged_in
from tests.pages.teach.conftest import WORLD

LIST, NEW = "/teach/scenarios/", "/teach/scenarios/new"


def at(scenario, name="teach_scenario"):
    return reverse(name, args=[scenario.public_id])


def text_of(page):
    return page.content.decode()


def sent(scenario, **fields):
    """Return the fields of the editor as it shows a scenario, some of them changed."""
    shown = {"text": scenario.text, "name": scenario.name, "version": scenario.version}
    return {**shown, **fields}


def test_the_list_has_own_shared_and_shipped_ones(client, scenario):
    olga = instructor("olga")
    for name, shared in (("Hers alone", False), ("For all", True)):
        Scenario.objects.create(owner=olga, name=name, text=WORLD, shared=shared)
    page = text_of(client.get(LIST))
    assert [name in page for name in ("Two halves", "The course", "For all")] == [True] * 3
    assert "2 accounts, 1 user, 1 role, 0 buckets." in page
    assert "Shared by olga" in page
    assert "Hers alone" not in page


def test_the_list_takes_the_same_queries_however_long_it_is(
    client, scenario, django_assert_max_num_queries
):
    for number in range(20):
        Scenario.objects.create(owner=scenario.owner, name=f"No. {number}", text=WORLD)
    with django_assert_max_num_queries(6):
        client.get(LIST)


def test_a_page_shows_who_is_there_and_who_can_assume_what(client, scenario):
    page = text_of(client.get(at(scenario)))
    assert "ann (begins here)" in page
    assert "other/Reader" in page
    assert "main/ann" in page
    assert "Two halves" in page
    assert not Sandbox.objects.exists()


def test_the_shipped_one_has_a_page_and_can_be_cloned_but_not_changed(client, tess):
    url = "/teach/scenarios/course/"
    page = text_of(client.get(url))
    assert "User3" in page
    assert "Clone" in page
    assert f'href="{url}edit"' not in page
    assert client.get(f"{url}edit").status_code == client.post(f"{url}delete").status_code == 404
    answer = client.post(f"{url}clone")
    copy = Scenario.objects.get(owner=tess)
    assert answer.headers["Location"] == at(copy, "teach_scenario_edit")
    assert (copy.name, copy.source) == ("The course (copy)", "cloned")
    assert copy.text == DEMO.read_text(encoding="utf-8")


def test_what_is_written_is_kept_and_called_as_its_title_says(client, tess):
    page = text_of(client.get(NEW))
    assert "schema: 1" in page
    answer = client.post(NEW, {"text": WORLD.replace("\n", "\r\n"), "shared": "on"})
    made = Scenario.objects.get()
    assert answer.headers["Location"] == at(made)
    assert (made.owner, made.name, made.source) == (tess, "Two halves", "written")
    assert (made.text, made.shared) == (WORLD, True)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("start: true", "start: maybe", 8, "This should be true or false."),
        ("account: other, name", "account: nope, name", 12, "no account `nope`"),
        ("console_password: auto", "groups: [devs]", 8, "no group `devs`"),
        ("{main}:user", "{mian}:user", 14, "`{mian}` stands for nothing"),
        ("  roles:", "  rolls:", 11, "rolls: This key is unknown."),
    ],
)
def test_mistakes_show_at_their_lines_while_one_writes(client, old, new, line, message):
    assert old in WORLD
    page = client.post(NEW, {"do": "check", "text": WORLD.replace(old, new)})
    found = text_of(page)
    assert f"Ln {line}, Col" in found
    assert message in found.replace("&#x27;", "'").replace("<code>", "`").replace("</code>", "`")
    assert "<html" not in found


def test_a_world_without_a_mistake_has_none(client):
    assert "Ln " not in text_of(client.post(NEW, {"do": "check", "text": WORLD}))


def test_what_is_wrong_is_not_saved_and_nothing_typed_is_lost(client, scenario):
    wrong = WORLD.replace('"sts:AssumeRole", Resource', '"sts:AssumeRole", Resourse')
    for url in (NEW, at(scenario, "teach_scenario_edit")):
        page = client.post(url, sent(scenario, text=wrong))
        assert page.status_code == 400
        assert "MalformedPolicyDocument" in text_of(page)
        assert "Resourse" in text_of(page)
    scenario.refresh_from_db()
    assert (scenario.text, Scenario.objects.count()) == (WORLD, 1)


def test_a_change_is_saved_with_what_is_in_its_world(client, scenario):
    text = WORLD.replace("name: ann,", "name: zoe,").replace("user/ann", "user/zoe")
    url = at(scenario, "teach_scenario_edit")
    assert client.post(url, sent(scenario, text=text, name="Other")).status_code == 302
    scenario.refresh_from_db()
    assert (scenario.name, scenario.version, scenario.text) == ("Other", 2, text)
    assert scenario.summary["entrances"] == [{"role": "other/Reader", "by": ["main/zoe"]}]


def test_the_later_of_two_changes_overwrites_nothing_unseen(client, scenario):
    url = at(scenario, "teach_scenario_edit")
    client.post(url, sent(scenario, name="The first"))
    second = sent(scenario, text=WORLD + "# mine\n", name="The second")
    page = client.post(url, second)
    assert page.status_code == 409
    assert "Somebody saved this scenario meanwhile" in text_of(page)
    assert "# mine" in text_of(page)
    scenario.refresh_from_db()
    assert (scenario.name, scenario.text) == ("The first", WORLD)
    assert 'name="version" value="2"' in text_of(page)
    client.post(url, {**second, "version": "2"})
    scenario.refresh_from_db()
    assert (scenario.name, scenario.text) == ("The second", WORLD + "# mine\n")


def test_an_upload_is_kept_and_one_with_mistakes_opens_in_the_editor(client):
    def upload(text):
        file = SimpleUploadedFile("a.yaml", text.encode())
        return client.post("/teach/scenarios/upload", {"file": file})

    assert upload(WORLD).status_code == 302
    assert Scenario.objects.get().source == "uploaded"
    page = upload(WORLD.replace("accounts:", "acounts:"))
    assert page.status_code == 400
    assert "acounts" in text_of(page)
    assert 'value="uploaded"' in text_of(page)
    assert Scenario.objects.count() == 1


def test_a_try_is_a_world_of_ones_own_and_the_next_takes_its_place(client, scenario, tess):
    answer = client.post(at(scenario, "teach_scenario_try"))
    first = Sandbox.objects.get()
    assert answer.headers["Location"] == f"{at(scenario)}#world-{first.pk}"
    assert (first.owner, first.name) == (tess, "Trying Two halves")
    page = text_of(client.get(at(scenario)))
    assert "Sign in as ann" in page
    assert f'id="world-{first.pk}"' in page
    client.post(at(scenario, "teach_scenario_try"))
    second = Sandbox.objects.get()
    assert second.pk != first.pk
    assert TriedWorld.objects.get().sandbox == second
    assert User.in_sandbox(second).get().name == "ann"


def test_a_download_is_the_file(client, scenario):
    answer = client.get(at(scenario, "teach_scenario_download"))
    assert answer.content.decode() == WORLD
    assert answer.headers["Content-Disposition"] == 'attachment; filename="two-halves.yaml"'


def test_deleting_asks_first_and_leaves_worlds(client, scenario, tess):
    sandbox = sandbox_from(scenario, tess)
    url = at(scenario, "teach_scenario_delete")
    assert "cannot be undone" in text_of(client.get(url))
    assert Scenario.objects.exists()
    assert client.post(url).headers["Location"] == LIST
    assert not Scenario.objects.exists()
    assert Sandbox.objects.get() == sandbox


def test_a_shared_scenario_is_used_by_others_and_changed_by_its_owner_alone(scenario):
    Scenario.objects.update(shared=True)
    olga = logged_in(instructor("olga"))
    assert olga.get(at(scenario)).status_code == 200
    assert olga.post(at(scenario, "teach_scenario_clone")).status_code == 302
    for name in ("teach_scenario_edit", "teach_scenario_delete"):
        assert olga.get(at(scenario, name)).status_code == 404
        assert olga.post(at(scenario, name), sent(scenario)).status_code == 404
    assert Scenario.objects.filter(pk=scenario.pk, text=WORLD).exists()


def test_accounts_are_shown_in_the_order_of_the_file_and_providers_in_words(tess):
    roles = [
        {
            "account": "one",
            "name": name,
            "trust": {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": {"Federated": f"arn:aws:iam::{{one}}:{provider}"},
                    "Action": action,
                },
            },
        }
        for name, provider, action in (
            ("Saml", "saml-provider/corp", "sts:AssumeRoleWithSAML"),
            ("Web", "oidc-provider/{issuer}", "sts:AssumeRoleWithWebIdentity"),
        )
    ]
    world = {
        "accounts": {"one": {"id": "999988887777"}, "two": {"id": "111122223333"}},
        "saml_providers": [{"account": "one", "name": "corp"}],
        "oidc_providers": [{"account": "one"}],
        "roles": roles,
    }
    summary = summarize(json.dumps({"schema": 1, "world": world}), tess)
    assert [account["name"] for account in summary["accounts"]] == ["one", "two"]
    assert [one["by"] for one in summary["entrances"]] == [
        ["people of the provider corp"],
        ["people of the identity provider"],
    ]
