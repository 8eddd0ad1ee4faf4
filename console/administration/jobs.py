"""What the administration does regularly."""

from datetime import timedelta

from django_tasks import task

from console.administration.class_imports import forget_imports, perform_import
from console.administration.models import ClassImport
from console.administration.sizes import measure_changed
from console.queue.schedule import every


@every(timedelta(minutes=10))
@task(queue_name="long")
def measure_sandboxes() -> int:
    """Measure the sandboxes that were used since the last time."""
    return measure_changed()


@task(queue_name="long")
def import_uploaded_class(import_pk: int) -> None:
    """Make a class of a file that was uploaded."""
    found = ClassImport.objects.select_related("owner", "course_class").filter(pk=import_pk).first()
    if found is not None:
        perform_import(found)


@every(timedelta(days=1))
@task
def forget_old_imports() -> None:
    """Forget imports of classes that ended long ago."""
    forget_imports()
