"""Pages whose site has grown: many events, many roles, many worlds."""

from typing import Any

from tests.bench.section import Row, Section
from tests.bench.site import worlds
from tests.bench.site.browser import Browser, bench_database, signed_in
from tests.bench.timing import least_cpu_milliseconds

_EVENTS, _ROLES, _WORLDS = 610_000, 50_000, 10_000
_MOST_ADMIN, _FLAT = 100.0, 1.3
_COPIES = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
    INSERT INTO {table} ({names}) SELECT {values} FROM numbers,
    (SELECT * FROM {table} ORDER BY id LIMIT 1) AS one
"""


def measure() -> list[Section]:
    """Measure in a database of its own, which is gone afterwards."""
    with bench_database():
        from django.contrib.auth.models import User  # noqa: PLC0415

        User.objects.create_superuser("grown", password="unused")
        world = worlds.filled("grown", "111122223333", worlds.FEW, worlds.FEW)
        browser = signed_in(world)
        return [Section("Pages of a site that has grown", tuple(_grown(world, browser)))]


def _grown(world: Any, browser: Browser) -> list[Row]:
    from iam.models import Event, Role, Sandbox  # noqa: PLC0415

    browser.get("/iam/users")  # leaves events
    start = {"start": browser.visit("/")}
    few = least_cpu_milliseconds(start)["start"]
    owner = type(world.sandbox.owner).objects.create(username="crowd")
    Sandbox.objects.bulk_create(Sandbox(name=f"world {n}", owner=owner) for n in range(_WORLDS))
    many = least_cpu_milliseconds(start)["start"]
    _multiply(Event, _EVENTS, {})
    _multiply(Role, _ROLES, {"name": "'r' || n", "unique_id": "'AROA' || n"})
    lists = {
        "events": browser.visit("/admin/inside/iam/event/"),
        "roles": browser.visit("/admin/inside/iam/role/"),
        "administrator's first page": browser.visit("/admin/"),
    }
    times = least_cpu_milliseconds(lists, 5)
    counts = {"events": _EVENTS, "roles": _ROLES}
    return [
        Row("start page: 1 world", few, "ms"),
        Row(f"start page: {_WORLDS:,} worlds", many, "ms"),
        Row(f"start page: {_WORLDS:,} worlds to 1", many / few, "times", most=_FLAT),
        *(
            Row(f"admin: {name} ({counts[name]:,})" if name in counts else name, time, "ms",
                most=_MOST_ADMIN)
            for name, time in times.items()
        ),
    ]  # fmt: skip


def _multiply(model: Any, count: int, differing: dict[str, str]) -> None:
    """Add so many copies of a model's first row, with other values in some columns."""
    from django.db import connection  # noqa: PLC0415

    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = [differing.get(column, f'one."{column}"') for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            _COPIES.format(
                count=count,
                table=model._meta.db_table,
                names=", ".join(f'"{column}"' for column in columns),
                values=", ".join(values),
            )
        )
