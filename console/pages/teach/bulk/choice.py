"""Which students a teacher chose: those ticked, those on the page, all."""

from django.http import HttpRequest

from console.classes.models import Enrollment
from console.pages.teach.bulk_tools import Origin
from console.pages.teach.class_page import TaughtClass
from console.pages.teach.roster.listing import TABLE, students_of

MOST = 1000


def origin_of(request: HttpRequest) -> Origin:
    return "roster" if request.POST.get("origin") == "roster" else "matrix"


def chosen_students(request: HttpRequest, taught: TaughtClass) -> list[Enrollment]:
    """Return the students of this class that the form means; a button's are those ticked.

    On the roster *all* are those that its filters, in the address, leave; on the matrix those who
    are in the class now.
    """
    who = "ticked" if "do" in request.POST else request.POST.get("who", "ticked")
    if who == "all" and origin_of(request) == "roster":
        rows = TABLE.matching(request, students_of(taught.course_class))
        return [row.enrollment for row in rows]
    students = Enrollment.objects.filter(course_class=taught.course_class)
    if who == "all":
        students = students.filter(removed_at=None)
    else:
        here = request.POST.get("here", "").split(",")
        wanted = here if who == "page" else request.POST.getlist("selected")
        students = students.filter(public_id__in=wanted[:MOST])
    return list(students.select_related("user__profile", "team").order_by("pk"))
