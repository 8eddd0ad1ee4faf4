"""*My progress*: what a student did in the labs, certificates, and the student's own data."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from console.administration.personal_data import personal_data_of
from console.classes.personal_data import delete_personal_work
from console.labs.attempts import AttemptRecord, records_of
from console.labs.site_users import display_name
from console.labs.tracks import Track, all_tracks
from console.signin.log_in_first import log_in_first
from console.ui.flash import flash_success


@dataclass(frozen=True)
class TrackProgress:
    """A track with the student's attempts at its labs, those that count."""

    track: Track
    records: list[AttemptRecord]

    @property
    def finished(self) -> set[str]:
        return {record.lab.slug for record in self.records if record.finished_at is not None}

    @property
    def counter(self) -> str:
        return f"{len(self.finished)}/{len(self.track.labs)}"

    @property
    def is_complete(self) -> bool:
        return self.finished >= {lab.slug for lab in self.track.core}

    @property
    def completed_at(self) -> datetime | None:
        """Return when its last lab was finished, if all are."""
        ends = [record.finished_at for record in self.records if record.finished_at]
        return max(ends) if self.is_complete and ends else None

    @property
    def points(self) -> int:
        return sum(record.points for record in self.records)

    @property
    def most_points(self) -> int:
        return sum(task.points for lab in self.track.labs for task in lab.tasks)


def _progress(records: list[AttemptRecord]) -> list[TrackProgress]:
    """Return the tracks that a student has begun, in teaching order."""
    by_lab = {record.lab.slug: record for record in records if not record.set_aside}
    found = []
    for track in all_tracks():
        own = [by_lab[lab.slug] for lab in track.labs if lab.slug in by_lab]
        if own:
            found.append(TrackProgress(track, own))
    return found


@never_cache
@require_safe
def my_progress(request: HttpRequest) -> HttpResponse:
    """Show a student's labs by track, with tasks, times and hints."""
    user = request.user
    if not isinstance(user, User):
        return log_in_first(request)
    context = {"tracks": _progress(records_of(user)), "name": display_name(user)}
    return render(request, "labs/me.html", context)


@never_cache
@require_safe
def certificate(request: HttpRequest, track_slug: str) -> HttpResponse:
    """Show the certificate of a track whose labs are all finished."""
    user = request.user
    if not isinstance(user, User):
        return log_in_first(request)
    for one in _progress(records_of(user)):
        if one.track.slug == track_slug and one.is_complete:
            name = display_name(user)
            return render(request, "labs/certificate.html", {"progress": one, "name": name})
    raise Http404


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Send what is stored of a student as a file of JSON."""
    user = request.user
    if not isinstance(user, User):
        return log_in_first(request)
    response = JsonResponse(personal_data_of(user), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="rolecall-my-data.json"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def my_data_delete(request: HttpRequest) -> HttpResponse:
    """Ask first, then delete the student's attempts with their worlds."""
    user = request.user
    if not isinstance(user, User):
        return log_in_first(request)
    if request.method == "POST":
        delete_personal_work(user)
        flash_success(request, "Your labs were deleted, with all your work in them.")
        return redirect("labs")
    return render(request, "labs/me_delete.html", {"records": records_of(user)})
