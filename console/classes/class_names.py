"""Classes by what people call them on the command line."""

from console.classes.models import Class


class NoSuchClass(LookupError):
    """A name that no class has, or several; the message is for whoever typed it."""


def class_called(name: str) -> Class:
    """Return the class with an ID, as its address has it, or with a name that only it has."""
    found = list(Class.objects.filter(public_id=name)) or list(Class.objects.filter(name=name)[:2])
    if not found:
        message = f"There is no class {name}. Its ID stands in its address, /teach/ID/."
        raise NoSuchClass(message)
    if len(found) > 1:
        message = f"Several classes are called {name}. Name the ID in its address, /teach/ID/."
        raise NoSuchClass(message)
    return found[0]
