"""A program hears what happens in a class: signed, tried again, at listed public hosts alone."""

import base64
import hashlib
import hmac
import json
import socket
from datetime import timedelta
from typing import Any

import pytest
import urllib3
from django.contrib.auth.models import User
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from console.classes.archives import archive
from console.classes.joins import join_class
from console.classes.models import AuditEntry, Mode
from console.classes.talk import ask_for_help
from console.classes.work import begin_assigned
from console.labs.attempts import bring_up_to_date
from console.labs.catalog import all_labs
from console.labs.site_users import display_name
from console.webhooks.deliveries import deliver
from console.webhooks.jobs import send_events
from console.webhooks.models import Delivery, Webhook
from console.webhooks.outbound import NotDelivered, post
from tests.classes.conftest import instructor, logged_in
from tests.classes.working import LAB, assign, work
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db


def url(course_class, name="teach_webhooks", *more):
    return reverse(name, args=[course_class.public_id, *more])


def hear(monkeypatch):
    """Let the worker look, as if everything had happened a while ago."""
    monkeypatch.setattr("console.webhooks.deliveries._LAG", timedelta())
    send_events.enqueue()
    perform_jobs("long")


def events(program):
    return [event for _, body in program.sent for event in json.loads(body)["events"]]


def test_what_students_do_is_sent_once_by_ids_without_names(
    program,
    secret,
    course_class,
    sam,
    monkeypatch,
):
    attempt = begin_assigned(sam, assign(course_class))
    ask_for_help(attempt, sam, "Why does Mia get in?")
    work(attempt)
    bring_up_to_date(attempt, all_labs()[LAB])
    hear(monkeypatch)
    found = {event["type"]: event for event in events(program)}
    assert found.keys() == {"student.joined", "help.asked", "task.solved", "lab.finished"}
    assert {event["student"] for event in found.values()} == {sam.public_id}
    assert found["task.solved"]["attempt"] == attempt.public_id
    text = b"".join(body for _, body in program.sent).decode()
    assert display_name(sam.user) not in text.replace(LAB, "")
    assert "Mia" not in text
    hear(monkeypatch)
    assert len(program.sent) == 1


def test_a_delivery_is_signed_as_the_specification_says(
    program,
    secret,
    course_class,
    sam,
    monkeypatch,
):
    hear(monkeypatch)
    ((headers, body),) = program.sent
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["host"] == program.url.split("/")[2]
    assert key.hex() not in Webhook.objects.get().sealed_secret


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_fails_is_tried_again_by_the_queue_and_sent_once(
    program,
    secret,
    course_class,
    sam,
    monkeypatch,
    status,
):
    program.status = status
    hear(monkeypatch)
    waiting = DBTaskResult.objects.filter(task_path__endswith="send_delivery")
    assert [one.status for one in waiting] == [TaskResultStatus.READY]
    delivery = Delivery.objects.get()
    assert (delivery.delivered_at, str(status) in delivery.error) == (None, True)
    program.status = 200
    deliver(delivery.pk)
    deliver(delivery.pk)
    assert len(program.sent) == 2
    assert program.sent[0][0]["webhook-id"] == program.sent[1][0]["webhook-id"]


def test_solved_tasks_of_an_exam_are_no_events(
    program,
    secret,
    course_class,
    sam,
    monkeypatch,
):
    attempt = begin_assigned(sam, assign(course_class, mode=Mode.EXAM))
    work(attempt)
    bring_up_to_date(attempt, all_labs()[LAB])
    hear(monkeypatch)
    assert {event["type"] for event in events(program)} == {"student.joined"}


@pytest.mark.usefixtures("secret", "sam")
def test_nothing_is_sent_of_an_archived_class_or_without_listed_hosts(
    program, course_class, tess, monkeypatch, settings
):
    settings.WEBHOOK_HOSTS = []
    hear(monkeypatch)
    archive(course_class, tess)
    settings.WEBHOOK_HOSTS = [program.url.split("/")[2]]
    hear(monkeypatch)
    assert program.sent == []
    assert not Delivery.objects.exists()


INSIDE = [
    "10.0.0.7", "172.16.3.4", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1",
    "0.1.2.3", "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:a00:1::",
]  # fmt: skip


def resolves_to(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_with_an_address_inside_of_a_network_is_not_called(settings, monkeypatch, address):
    settings.WEBHOOK_HOSTS = ["bot.example.org"]
    resolves_to(monkeypatch, "93.184.215.14", address)
    with pytest.raises(NotDelivered, match="inside of a network"):
        post("https://bot.example.org/hook", b"{}", {})


def test_the_address_that_was_checked_is_the_one_that_is_called(settings, monkeypatch):
    settings.WEBHOOK_HOSTS = ["bot.example.org"]
    resolves_to(monkeypatch, "93.184.215.14")
    called = []

    class Pool(urllib3.HTTPSConnectionPool):
        def urlopen(self, *_: Any, **__: Any) -> Any:
            called.append((self.host, self.assert_hostname, self.conn_kw["server_hostname"]))
            raise urllib3.exceptions.HTTPError

    monkeypatch.setattr(urllib3, "HTTPSConnectionPool", Pool)
    with pytest.raises(NotDelivered, match="does not answer"):
        post("https://bot.example.org/hook", b"{}", {})
    assert called == [("93.184.215.14", "bot.example.org", "bot.example.org")]


REFUSED = {
    "https://other.example/": "does not call other.example",
    "https://127.0.0.1/": "does not call",
    "https://user:word@bot.example.org/": "no address",
    "http://bot.example.org/": "begins with https",
    "https://bot.example.org:99999/": "Enter a valid URL|no address",
    "ftp://bot.example.org/": "begins with https",
}


@pytest.mark.parametrize(("address", "sentence"), REFUSED.items())
def test_an_address_that_this_site_does_not_call_is_refused(
    settings,
    tess,
    course_class,
    address,
    sentence,
):
    settings.WEBHOOK_HOSTS = ["bot.example.org"]
    page = logged_in(tess).post(url(course_class), {"url": address})
    assert page.status_code == 400
    assert any(one in page.text for one in sentence.split("|"))
    assert not Webhook.objects.exists()


def test_it_is_tried_and_removed_on_its_page(program, secret, course_class, tess):
    webhook, teacher = Webhook.objects.get(), logged_in(tess)
    teacher.post(url(course_class, "teach_webhook_try", webhook.public_id))
    perform_jobs("long")
    assert [event["type"] for event in events(program)] == ["test"]
    assert "Heard last on" in teacher.get(url(course_class)).text
    teacher.post(url(course_class, "teach_webhook_remove", webhook.public_id))
    assert not Webhook.objects.exists()
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["added a webhook", "removed a webhook"]


def test_only_an_owner_of_the_class_has_them(program, secret, course_class):
    webhook, olga = Webhook.objects.get(), logged_in(instructor("olga"))
    assert olga.get(url(course_class)).status_code == 404
    for name in ("teach_webhook_try", "teach_webhook_remove"):
        assert olga.post(url(course_class, name, webhook.public_id)).status_code == 404
    assert Webhook.objects.exists()


def test_the_looking_takes_as_many_queries_for_many_students(
    program,
    secret,
    course_class,
    monkeypatch,
    django_assert_max_num_queries,
):
    for number in range(30):
        join_class(User.objects.create_user(f"s{number}"), course_class)
    monkeypatch.setattr("console.webhooks.deliveries._LAG", timedelta())
    with django_assert_max_num_queries(25):
        send_events.call()
    assert Delivery.objects.count() == 1
