"""Launches: they work inside a frame, by one button that opens a new window."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.lti.keys import public_keys
from console.lti.launches import LaunchRefused, begin_launch, finish_launch, use_link
from console.lti.models import Platform
from console.signin.guests import forget_guest

View = Callable[[HttpRequest], HttpResponse]


def _frame_ancestors() -> list[str]:
    """Return the origins of registered platforms, which may show a launch in a frame."""
    urls = Platform.objects.values_list("login_url", "issuer")
    origins = {f"{p.scheme}://{p.netloc}" for pair in urls for p in map(urlsplit, pair)}
    return sorted(origins) or ["'none'"]


def _in_frames(view: View) -> View:
    """Let registered platforms show a page in a frame; where LTI is off, there is none."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def framed(request: HttpRequest) -> HttpResponse:
        if not settings.LTI_HOSTS:
            raise Http404
        answer = view(request)
        policy = {"frame-ancestors": _frame_ancestors()}
        posts_to = getattr(answer, "posts_to", "")
        if posts_to:
            policy["form-action"] = [posts_to]
        update: Any = csp_replace(policy)
        response: HttpResponse = update(lambda _: answer)(request)
        response.xframe_options_exempt = True  # as Django's decorator does
        return response

    return framed


def _refused(request: HttpRequest, refused: LaunchRefused) -> HttpResponse:
    return render(request, "lti/refused.html", {"sentence": str(refused)}, status=400)


@_in_frames
@require_http_methods(["GET", "POST"])
def lti_login(request: HttpRequest) -> HttpResponse:
    """Send the browser back to the platform, which proves who is there."""
    asked = request.POST if request.method == "POST" else request.GET
    try:
        url = begin_launch(asked.dict(), request.build_absolute_uri(reverse("lti_launch")))
    except LaunchRefused as refused:
        return _refused(request, refused)
    return redirect(url)


@_in_frames
@require_POST
def lti_launch(request: HttpRequest) -> HttpResponse:
    """Check the platform's token, and show the button that opens the class."""
    if request.POST.get("error"):
        message = "The platform refused the launch. Open the link in your course again."
        return _refused(request, LaunchRefused(message))
    try:
        launch = finish_launch(
            request.POST.get("state", ""),
            request.POST.get("id_token", ""),
            request.build_absolute_uri(reverse("lti_launch")),
        )
    except LaunchRefused as refused:
        return _refused(request, refused)
    context: dict[str, Any] = {"course_class": launch.platform.course_class}
    if launch.link is not None:
        context["url"] = reverse("lti_enter", args=[launch.link.token])
        return render(request, "lti/launch.html", context)
    response = render(request, "lti/links.html", {**context, "linking": launch.linking})
    if launch.linking is not None:  # the form goes to the platform
        origin = urlsplit(launch.linking.return_url)
        response.posts_to = f"{origin.scheme}://{origin.netloc}"  # type: ignore[attr-defined]
    return response


@never_cache
@require_safe
def lti_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Open the class in a window of its own, once."""
    link = use_link(token)
    if link is None:
        message = "This link was used, or is too old. Open it in your course again."
        return _refused(request, LaunchRefused(message))
    class_id = link.platform.course_class.public_id
    if link.user is None:  # a teacher is whoever is logged in here as one
        return redirect("teach_class", class_id)
    if request.user.pk != link.user.pk:
        login(request, link.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        forget_guest(request)
    return redirect("my_class", class_id)


@cache_control(public=True, max_age=600)
@require_safe
def lti_keys(request: HttpRequest) -> HttpResponse:
    """Show the public keys by which platforms know this site."""
    del request
    return JsonResponse(public_keys())
