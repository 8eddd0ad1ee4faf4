"""A class from a file: uploaded, then made by a job."""

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_http_methods, require_safe

from console.administration.class_imports import LARGEST, ask_for_import, worlds_made
from console.administration.jobs import import_uploaded_class
from console.administration.models import ClassImport
from console.administration.record import note_administration
from console.classes.transfer import TransferRefused
from console.labs.site_users import is_instructor
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import administrator_of, for_administrators
from console.pages.admin.sandboxes.forms import OwnerField


class ClassImportForm(forms.Form):
    """A class's file, who will own the class, and who its students are."""

    file = forms.FileField(
        label="File of a class", help_text="As Export in a class's settings writes it."
    )
    owner = OwnerField(label="Login of the teacher who will own the class")
    match_logins = forms.BooleanField(
        label="Its students are the people here who have the same logins",
        required=False,
        help_text="Check this only if the file comes from this site, or from one with the same"
        " people. Otherwise each student gets a new login.",
    )

    def clean_owner(self) -> object:
        """Return the site user; raises ValidationError for one who may not teach."""
        owner = self.cleaned_data["owner"]
        if not is_instructor(owner):
            message = "This person may not teach. Make them an instructor first."
            raise forms.ValidationError(message)
        return owner

    def clean_file(self) -> object:
        """Return the file; raises ValidationError for one that is too large for a page."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            message = (
                f"It is larger than {filesizeformat(LARGEST)}. Import it on the computer that"
                " Rolecall runs on: python manage.py class import FILE --owner LOGIN"
            )
            raise forms.ValidationError(message)
        return file


@for_administrators
@require_http_methods(["GET", "POST"])
def class_import(request: HttpRequest) -> HttpResponse:
    """Ask for a class's file, and let a job make a class of it."""
    user, sent = administrator_of(request), request.method == "POST"
    unsent = ClassImportForm(initial={"owner": user.get_username()})
    form = ClassImportForm(request.POST, request.FILES) if sent else unsent
    if sent and form.is_valid():
        fields = form.cleaned_data
        try:
            with transaction.atomic():
                found = ask_for_import(
                    fields["file"].read(), fields["owner"], match_logins=fields["match_logins"]
                )
                import_uploaded_class.enqueue(found.pk)
                note_administration(user, "imported a class", fields["owner"], "It will own it.")
        except TransferRefused as error:
            form.add_error("file", str(error))
        else:
            return redirect("admin_class_import_state", found.public_id)
    status = 400 if form.errors else 200
    return render_admin_page(request, "administration/class_import.html", {"form": form}, status)


def _context(import_id: str) -> dict[str, object]:
    rows = ClassImport.objects.select_related("course_class", "owner").defer("content")
    found = rows.filter(public_id=import_id).first()
    if found is None:
        raise Http404
    return {"found": found, "made": worlds_made(found)}


@for_administrators
@require_safe
def class_import_state(request: HttpRequest, import_id: str) -> HttpResponse:
    """Show how far an import is; the part that asks for itself where that is wanted."""
    if "part" in request.GET:
        return render(request, "administration/class_import_progress.html", _context(import_id))
    return render_admin_page(request, "administration/class_import_state.html", _context(import_id))
