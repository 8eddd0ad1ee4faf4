"""Points sent to platforms when they change."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from console.classes.models import Assignment, Enrollment, Mode
from console.classes.scores import Score, scores_of
from console.classes.work import lab_of_assignment
from console.lti.access import access_token
from console.lti.models import LineItem, Platform, PlatformUser, SentGrade, resource_of
from console.lti.outbound import PlatformUnreachable, fetch

_SCOPES = [f"https://purl.imsglobal.org/spec/lti-ags/scope/{one}" for one in ("lineitem", "score")]
_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_SCORE = "application/vnd.ims.lis.v1.score+json"


@dataclass(frozen=True)
class DueGrade:
    """Points of a student that a platform does not have yet."""

    line_item: LineItem
    person: PlatformUser
    score: Score

    @property
    def points(self) -> str:
        return str(self.score.points)


def _expect_columns() -> None:
    """Let every assignment of a class that a platform links to as a whole have its line item."""
    for platform in Platform.objects.exclude(items_url=""):
        rows = Assignment.objects.filter(course_class=platform.course_class_id)
        missing = rows.exclude(lineitem__platform=platform).exclude(mode=Mode.PRACTICE)
        LineItem.objects.bulk_create(
            [
                LineItem(platform=platform, assignment=one, items_url=platform.items_url)
                for one in missing
            ],
            ignore_conflicts=True,
        )


def due_grades() -> Iterator[DueGrade]:
    """Yield what is to be sent: what counts now and is not what was sent last.

    An exam's points are sent once its results are shown, those of practice never.
    """
    items = LineItem.objects.select_related("platform", "assignment__course_class")
    for item in items.order_by("pk"):
        assignment = item.assignment
        hidden = assignment.mode == Mode.EXAM and assignment.results_shown_at is None
        if hidden or not assignment.counts:
            continue
        people = {one.user_id: one for one in item.platform.people.all()}
        students = list(
            Enrollment.objects.filter(
                course_class=assignment.course_class, user__in=people, removed_at=None
            )
        )
        sent = {grade.person_id: grade.points for grade in item.grades.all()}
        scores = scores_of([assignment], students)
        for student in students:
            score = scores[assignment.pk, student.pk]
            person = people[student.user_id]
            if score.attempt is None and not score.awarded:
                continue
            due = DueGrade(item, person, score)
            if sent.get(person.pk) != due.points:
                yield due


def _send(method: str, url: str, token: str, kind: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Accept": kind}
    data = None
    if body is not None:
        headers["Content-Type"] = kind
        data = json.dumps(body).encode()
    return fetch(method, url, body=data, headers=headers)


def _item_url(item: LineItem, token: str) -> str:
    """Return where an assignment's grades go: the item that is there, or a new one."""
    if item.url:
        return item.url
    resource = resource_of(item.assignment)
    joint = "&" if "?" in item.items_url else "?"
    wanted = f"{item.items_url}{joint}{urlencode({'resource_id': resource})}"
    found = _send("GET", wanted, token, _ITEMS)
    known = next(
        (
            one["id"]
            for one in (found if isinstance(found, list) else [])
            if isinstance(one, dict) and one.get("resourceId") == resource and "id" in one
        ),
        None,
    )
    if known is None:
        lab = lab_of_assignment(item.assignment)
        made = _send(
            "POST",
            item.items_url,
            token,
            _ITEM,
            {
                "label": lab.title if lab else item.assignment.lab,
                "scoreMaximum": sum(task.points for task in lab.tasks) if lab else 100,
                "resourceId": resource,
            },
        )
        known = made.get("id") if isinstance(made, dict) else None
    if not isinstance(known, str):
        message = f"{item.platform} makes no column for grades."
        raise PlatformUnreachable(message)
    LineItem.objects.filter(pk=item.pk).update(url=known)
    item.url = known
    return known


def send_grade(due: DueGrade, token: str) -> None:
    """Send one student's points, and remember them; raises PlatformUnreachable."""
    path, mark, query = _item_url(due.line_item, token).partition("?")
    score = due.score
    finished = bool(score.attempt and score.attempt.finished_at) or bool(score.terms.handed_in)
    _send(
        "POST",
        f"{path}/scores{mark}{query}",
        token,
        _SCORE,
        {
            "userId": due.person.subject,
            "scoreGiven": float(score.points),
            "scoreMaximum": float(score.most),
            "activityProgress": "Completed" if finished else "InProgress",
            "gradingProgress": "FullyGraded",
            "timestamp": timezone.now().isoformat(),
        },
    )
    SentGrade.objects.update_or_create(
        line_item=due.line_item, person=due.person, defaults={"points": due.points}
    )


def send_due_grades() -> int:
    """Send all that is due; return how many. What fails is raised when the others are sent."""
    _expect_columns()
    tokens: dict[int, str] = {}
    failed: PlatformUnreachable | None = None
    sent = 0
    for due in due_grades():
        platform = due.line_item.platform
        if not (due.line_item.url or due.line_item.items_url):
            continue
        try:
            if platform.pk not in tokens:
                tokens[platform.pk] = access_token(platform, _SCOPES)
            send_grade(due, tokens[platform.pk])
            sent += 1
        except PlatformUnreachable as error:
            failed = error
    if failed is not None:
        raise failed
    return sent
