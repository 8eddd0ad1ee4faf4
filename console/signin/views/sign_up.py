"""`/signup`: a new login without a class."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.labs.guests import become_student
from console.signin.guests import guest_of
from console.signin.new_student import NewStudentForm
from console.signin.shared_computers import is_shared, note_computer
from console.signin.sign_up import may_sign_up, may_sign_up_by_code
from console.signin.site_throttle import know_browser, wait_for_new_guest
from console.signin.throttle import in_words
from console.ui.flash import flash_success


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a password, or show how else one gets a login here."""
    if guest_of(request) is not None:
        return redirect("keep")
    if request.user.is_authenticated:
        return redirect("start")
    if not may_sign_up():
        return render(request, "signin/no_sign_up.html", {"by_code": may_sign_up_by_code()})
    form = NewStudentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        response = _signed_up(request, form)
        if response is not None:
            return response
    return render(
        request, "signin/sign_up.html", {"form": form}, status=400 if form.errors else 200
    )


def _signed_up(request: HttpRequest, form: NewStudentForm) -> HttpResponse | None:
    """Create user; None with an error in the form if that has to wait."""
    wait = wait_for_new_guest(request)
    if wait:
        form.add_error(None, f"Many new logins come from your network. Try again {in_words(wait)}.")
        return None
    student = form.saved()
    if student is None:
        return None
    become_student(student)
    login(request, student)
    sentence = f"You are logged in as {student.get_username()}."
    return welcome(request, student, form, sentence, reverse("labs"))


def welcome(
    request: HttpRequest, student: User, form: NewStudentForm | None, sentence: str, onward: str
) -> HttpResponse:
    """Lead a new student onward; a password that was made is shown before, once."""
    made_password = form.made_password if form else ""
    if form is not None:
        note_computer(request, form)
    if made_password:
        context = {
            "sentence": sentence,
            "student": student,
            "password": made_password,
            "onward": onward,
        }
        response = render(request, "signin/new_password.html", context)
    else:
        flash_success(request, sentence)
        response = redirect(onward)
    if not is_shared(request):
        know_browser(request, response, student.get_username())
    return response
