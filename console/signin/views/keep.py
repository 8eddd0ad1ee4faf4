"""*Keep it*: a guest chooses a login."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from console.labs.guests import become_student
from console.signin.guests import forget_guest, guest_of
from console.signin.new_student import NewStudentForm
from console.signin.sign_up import may_sign_up_by_code
from console.signin.views.sign_up import welcome


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Ask a guest for a name and a password, under which the work is found again anywhere."""
    guest = guest_of(request)
    if guest is None:
        return redirect("labs" if request.user.is_authenticated else "site_login")
    if not may_sign_up_by_code():
        return render(request, "signin/no_sign_up.html", {"by_code": False})
    form = NewStudentForm(request.POST if request.method == "POST" else None, guest)
    if form.is_bound and form.is_valid():
        student = form.saved()
        if student is not None:
            become_student(student)
            forget_guest(request)
            update_session_auth_hash(request, student)
            request.user = student
            sentence = f"Your work is kept. You are logged in as {student.get_username()}."
            return welcome(request, student, form, sentence, reverse("labs"))
    return render(request, "signin/keep.html", {"form": form}, status=400 if form.errors else 200)
