"""Lambda's pages."""

from django.urls import URLPattern, path

from console.pages.awslambda import creation, function, functions, permissions

_ONE = "functions/<str:name>"

urlpatterns: list[URLPattern] = [
    path("", functions.functions, name="functions"),
    path("create", creation.function_create, name="function_create"),
    path("delete", functions.functions_delete, name="functions_delete"),
    path(_ONE, function.function, name="function"),
    path(f"{_ONE}/edit", function.function_edit, name="function_edit"),
    path(f"{_ONE}/test", function.function_test, name="function_test"),
    path(
        f"{_ONE}/permissions/add",
        permissions.function_permission_add,
        name="function_permission_add",
    ),
    path(
        f"{_ONE}/permissions/<str:sid>/delete",
        permissions.function_permission_delete,
        name="function_permission_delete",
    ),
]
