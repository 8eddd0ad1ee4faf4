"""*Ask for help*, from the drawer and the page of an attempt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from console.classes.models import HelpRequest
from console.classes.talk import ask_for_help, end_help, enrollment_in
from console.pages.labs.lookup import own_attempt
from console.signin.local_paths import local_path


@require_POST
def attempt_help(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Ask the class's teachers for help, or take it back."""
    attempt, _ = own_attempt(request, attempt_id)
    enrollment = enrollment_in(attempt, request.user)
    if enrollment is None:
        raise Http404
    if request.POST.get("do") == "withdraw":
        waiting = HelpRequest.objects.filter(attempt=attempt, enrollment=enrollment, done_at=None)
        end_help(list(waiting.select_related("attempt")), enrollment.user)
    else:
        ask_for_help(attempt, enrollment, request.POST.get("text", "").replace("\0", "").strip())
    back = local_path(request.POST.get("next", ""))
    return redirect(back or reverse("attempt", args=[attempt_id]))
