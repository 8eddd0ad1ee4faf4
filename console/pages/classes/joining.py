"""Joining a class: the code, the class that it opens, and a name."""

from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.classes.access import enrollment_of
from console.classes.joins import class_by_code, join_class, tidy_code
from console.classes.models import Class, Teaching, TeachingRole
from console.labs.site_users import display_name
from console.pages.classes.forms import JoinCodeForm
from console.signin.guests import forget_guest, guest_of
from console.signin.new_student import NewStudentForm
from console.signin.sign_up import may_sign_up_by_code
from console.signin.site_throttle import wait_after_wrong_code
from console.signin.throttle import in_words
from console.signin.views.sign_up import welcome

_UNKNOWN = "No class has this code. Check the code that your teacher shows, or ask."


def _no_class(request: HttpRequest) -> str:
    """Count a wrong code and return what to say; a right one never waits."""
    wait = wait_after_wrong_code(request)
    return f"Too many wrong codes. Try again {in_words(wait)}." if wait else _UNKNOWN


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    form = JoinCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = tidy_code(form.cleaned_data["code"])
        course_class = class_by_code(code)
        if course_class is not None:
            return redirect("join_class", course_class.join_code)
        form.add_error("code", _no_class(request))
    return render(request, "classes/join.html", {"form": form}, status=400 if form.errors else 200)


def _teachers(course_class: Class) -> list[str]:
    teachings = Teaching.objects.filter(course_class=course_class).select_related("user__profile")
    shown = teachings.filter(role__in=[TeachingRole.OWNER, TeachingRole.TEACHER]).order_by("pk")
    return [display_name(one.user) for one in shown]


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show the class and its teachers, and join on a click.

    Who has no login gets one; a guest keeps the work of this browser.
    """
    course_class = class_by_code(code)
    if course_class is None:
        again = JoinCodeForm({"code": code[:20]})
        again.add_error("code", _no_class(request))
        return render(request, "classes/join.html", {"form": again}, status=404)
    guest = guest_of(request)
    user = request.user if isinstance(request.user, User) and guest is None else None
    if user and enrollment_of(user, course_class.public_id):
        return redirect("my_class", course_class.public_id)
    posted = request.POST if request.method == "POST" else None
    form = NewStudentForm(posted, guest) if may_sign_up_by_code() and not user else None
    if posted is not None:
        student = user or (form.saved() if form and form.is_valid() else None)
        if student is not None:
            return _joined(request, student, course_class, form)
    context = {
        "course_class": course_class,
        "teachers": _teachers(course_class),
        "form": form,
        "joins_as": user,
        "guest": guest,
    }
    bad = posted is not None
    return render(request, "classes/join_class.html", context, status=400 if bad else 200)


def _joined(
    request: HttpRequest, student: User, course_class: Class, form: NewStudentForm | None
) -> HttpResponse:
    """Let somebody in; a password that was made is shown once, to write down."""
    enrollment = join_class(student, course_class)
    if enrollment is None:
        raise Http404
    if request.user.pk == student.pk:
        if guest_of(request):
            forget_guest(request)
            update_session_auth_hash(request, student)
    else:
        login(request, student)
    sentence = f"You are in {course_class.name} as {student.get_username()}."
    onward = reverse("my_class", args=[course_class.public_id])
    return welcome(request, student, form, sentence, onward)
