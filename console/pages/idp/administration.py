"""The administrator's pages: people, their groups, and the roles of groups."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.pages.idp.forms import OfferForm, PersonForm, blame
from console.pages.idp.visits import IdpVisit, administrator_page
from console.ui.flash import flash_success
from sts.built_in import (
    PersonError,
    add_offer,
    delete_person,
    groups_of,
    offers_of,
    people_of,
    person_of,
    remove_offer,
    save_person,
)


@administrator_page
def people(request: HttpRequest, visit: IdpVisit) -> HttpResponse:
    """List the people; add one."""
    form = PersonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        entry = form.entry()
        if person_of(visit.sandbox, entry.name):
            form.add_error("name", f"There is a person called {entry.name} already.")
        elif _saved(request, visit, form):
            return redirect("idp_people", visit.slug)
    context = {"visit": visit, "people": people_of(visit.sandbox), "form": form}
    return render(request, "idp/people.html", context)


def _saved(request: HttpRequest, visit: IdpVisit, form: PersonForm) -> bool:
    entry = form.entry()
    try:
        save_person(visit.sandbox, entry)
    except PersonError as wrong:
        blame(form, wrong)
        return False
    flash_success(request, f"{entry.name} was saved.")
    return True


@administrator_page
def person(request: HttpRequest, visit: IdpVisit, name: str) -> HttpResponse:
    """Change or delete a person."""
    found = person_of(visit.sandbox, name)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "delete":
        delete_person(visit.sandbox, found.name)
        flash_success(request, f"{found.name} was deleted.")
        return redirect("idp_people", visit.slug)
    initial = {
        "full_name": found.full_name,
        "email": found.email,
        "groups": ", ".join(found.groups),
        "tags": list(found.tags.items()),
    }
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        data["name"] = found.name
    form = PersonForm(data, initial=initial)
    if form.is_bound and form.is_valid() and _saved(request, visit, form):
        return redirect("idp_people", visit.slug)
    return render(request, "idp/person.html", {"visit": visit, "person": found, "form": form})


@administrator_page
def roles(request: HttpRequest, visit: IdpVisit) -> HttpResponse:
    """Set which groups are offered which roles of AWS accounts."""
    if request.method == "POST" and "remove" in request.POST:
        pk = request.POST["remove"]
        if pk.isascii() and pk.isdigit() and len(pk) < 18:
            remove_offer(visit.sandbox, int(pk))
            flash_success(request, "The group no longer gets this role.")
        return redirect("idp_roles", visit.slug)
    form = OfferForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            add_offer(visit.sandbox, **form.cleaned_data)
        except PersonError as wrong:
            blame(form, wrong)
        else:
            flash_success(request, f"The role is offered to {form.cleaned_data['group']}.")
            return redirect("idp_roles", visit.slug)
    context = {
        "visit": visit,
        "form": form,
        "offers": offers_of(visit.sandbox),
        "groups": groups_of(visit.sandbox),
    }
    return render(request, "idp/roles.html", context)
