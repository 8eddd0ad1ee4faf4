"""The page on which a teacher registers a learning management system for a class."""

from typing import ClassVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from console.classes.audit import Deed, note_action
from console.classes.models import Assignment, Class, TeachingRole
from console.classes.work import lab_of_assignment
from console.lti.jobs import take_students_in
from console.lti.models import Platform
from console.lti.outbound import is_allowed
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.ui.flash import flash_success


def _url(label: str, most: int = 500) -> forms.URLField:
    return forms.URLField(label=label, max_length=most, assume_scheme="https")


_TAKEN = (
    "This client and deployment open a class already: this one, or another. A platform opens one "
    "class with each: register Rolecall there once more, or deploy it once more, for this class."
)


class PlatformForm(forms.ModelForm[Platform]):
    """What the platform's registration page shows."""

    issuer = _url("Platform ID (issuer)", 300)
    login_url = _url("Authentication request URL")
    token_url = _url("Access token URL")
    keys_url = _url("Public keyset URL")

    class Meta:
        model = Platform
        fields = (
            "name",
            "issuer",
            "client_id",
            "deployment_id",
            "login_url",
            "token_url",
            "keys_url",
        )
        labels = {"client_id": "Client ID", "deployment_id": "Deployment ID"}
        error_messages: ClassVar = {NON_FIELD_ERRORS: {"unique_together": _TAKEN}}

    def _allowed(self, name: str) -> str:
        url: str = self.cleaned_data[name]
        if not is_allowed(url):
            host = urlsplit(url).netloc
            message = (
                f"This site does not call {host}. Its administrator lists it in ROLECALL_LTI_HOSTS."
            )
            raise forms.ValidationError(message)
        return url

    def clean_login_url(self) -> str:
        """Refuse a host that is not listed."""
        return self._allowed("login_url")

    def clean_token_url(self) -> str:
        """Refuse a host that is not listed."""
        return self._allowed("token_url")

    def clean_keys_url(self) -> str:
        """Refuse a host that is not listed."""
        return self._allowed("keys_url")


def _titles(course_class: Class) -> list[tuple[Assignment, str]]:
    """Return the assignments with their labs' titles."""
    rows = course_class.assignments.select_related("version")
    labs = ((one, lab_of_assignment(one)) for one in rows)
    return [(one, lab.title if lab else one.lab) for one, lab in labs]


@class_page(TeachingRole.OWNER)
@require_http_methods(["GET", "POST"])
def platforms(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show what the platform asks for, and register it."""
    course_class = taught.course_class
    form = PlatformForm(request.POST or None, instance=Platform(course_class=course_class))
    if request.method == "POST" and form.is_valid():
        form.save()
        note_action(course_class, request.user, Deed.REGISTERED_A_PLATFORM, form.instance.name)
        flash_success(request, f"{form.instance.name} can open this class now.")
        return redirect("teach_platforms", course_class.public_id)
    names = {
        "Initiate login URL": "lti_login",
        "Redirection URI and tool URL": "lti_launch",
        "Public keyset URL": "lti_keys",
    }
    context = {
        "form": form,
        "platforms": course_class.platforms.order_by("pk"),
        "addresses": {
            label: request.build_absolute_uri(reverse(name)) for label, name in names.items()
        },
        "assignments": _titles(course_class),
        "hosts": settings.LTI_HOSTS,
    }
    status = 400 if form.errors else 200
    return render_class_page(request, "teach/lti/platforms.html", taught, context, status)


def _platform(taught: TaughtClass, platform_id: str) -> Platform:
    rows = Platform.objects.filter(course_class=taught.course_class, public_id=platform_id)
    found = rows.first()
    if found is None:
        raise Http404
    return found


@class_page(TeachingRole.OWNER)
@require_POST
def platform_members(request: HttpRequest, taught: TaughtClass, platform_id: str) -> HttpResponse:
    """Let the platform's students join the class, before any of them has come."""
    platform = _platform(taught, platform_id)
    if not platform.members_url or not isinstance(request.user, User):
        raise Http404
    take_students_in.enqueue(platform.pk, request.user.pk)
    flash_success(
        request,
        f"The students of {platform.name} are on their way. The audit list shows how many came.",
    )
    return redirect("teach_roster", taught.course_class.public_id)


@class_page(TeachingRole.OWNER)
@require_POST
def platform_remove(request: HttpRequest, taught: TaughtClass, platform_id: str) -> HttpResponse:
    """Let a platform open the class no longer; its students stay."""
    platform = _platform(taught, platform_id)
    platform.delete()
    note_action(taught.course_class, request.user, Deed.REMOVED_A_PLATFORM, platform.name)
    flash_success(request, f"{platform.name} no longer opens this class.")
    return redirect("teach_platforms", taught.course_class.public_id)
