"""The list of labs, and a lab's page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.classes.todo import my_classes
from console.labs.attempts import AttemptSummary, summaries_of
from console.labs.catalog import open_labs
from console.labs.files import LabFile
from console.labs.tracks import Track, all_tracks, track_of
from console.pages.labs.about import without_values
from console.pages.labs.lookup import found_lab
from console.pages.labs.markdown import as_html
from console.signin.guests import may_start


@dataclass(frozen=True)
class LabView:
    """A lab in the list, with where its visitor is in it."""

    lab: LabFile
    attempt: AttemptSummary | None
    before: list[LabFile] = field(default_factory=list)

    @property
    def kind(self) -> str:
        if self.attempt is None:
            return "stopped"
        return "success" if self.attempt.finished else "pending"

    @property
    def state(self) -> str:
        """Return how far the visitor is, in words."""
        if self.attempt is None:
            return "Not started"
        if self.attempt.finished:
            return "Finished"
        count = len(self.lab.tasks)
        return f"{self.attempt.solved} of {count} task{pluralize(count)} solved"


def _attempts(request: HttpRequest) -> dict[str, AttemptSummary]:
    user = request.user
    return summaries_of(user) if isinstance(user, User) else {}


def _lab_view(
    lab: LabFile, attempts: dict[str, AttemptSummary], labs: Mapping[str, LabFile]
) -> LabView:
    before = [labs[slug] for slug in lab.after if slug in labs]
    return LabView(lab, attempts.get(lab.slug), before)


@dataclass(frozen=True)
class TrackView:
    """A track in the list, with its labs in teaching order."""

    track: Track
    labs: list[LabView]

    @property
    def finished(self) -> int:
        return sum(view.attempt is not None and view.attempt.finished for view in self.labs)

    @property
    def begun(self) -> bool:
        return any(view.attempt for view in self.labs)

    @property
    def next(self) -> LabView | None:
        """Return the first lab that is not finished."""
        open_ones = (one for one in self.labs if one.attempt is None or not one.attempt.finished)
        return next(open_ones, None)


def track_views(request: HttpRequest) -> list[TrackView]:
    """Return the tracks with the visitor's progress; two queries."""
    attempts, tracks = _attempts(request), all_tracks()
    labs = {lab.slug: lab for track in tracks for lab in track.labs}
    return [
        TrackView(track, [_lab_view(lab, attempts, labs) for lab in track.labs]) for track in tracks
    ]


@never_cache
@require_safe
def labs(request: HttpRequest) -> HttpResponse:
    """Show every lab by its track, in teaching order."""
    context = {"tracks": track_views(request), "my_classes": my_classes(request.user)}
    return render(request, "labs/labs.html", context)


@never_cache
@require_safe
def lab(request: HttpRequest, lab_slug: str) -> HttpResponse:
    """Show what a lab is about, and where to start."""
    found = found_lab(request, lab_slug)
    about = without_values(found.texts[found.tasks[0].text].partition("\n\n")[0])
    context = {
        "view": _lab_view(found, _attempts(request), open_labs()),
        "may_start": may_start(request),
        "track": track_of(found).title,
        "about": as_html(about, {}),
        "skills": [skill.replace("-", " ") for skill in found.skills],
        "most_points": sum(task.points for task in found.tasks),
    }
    return render(request, "labs/lab.html", context)
