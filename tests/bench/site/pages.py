"""What pages of the console cost, beside a bare Django page, in one run."""

import gc
import tracemalloc
from urllib.parse import quote

from tests.bench.section import Row, Section
from tests.bench.site import worlds
from tests.bench.site.bare import bare_browser
from tests.bench.site.browser import Browser, Visit, bench_database, signed_in
from tests.bench.site.scale import BARE, scaled_milliseconds
from tests.bench.timing import least_cpu_milliseconds

_MOST_BARE, _FLAT, _MOST_SORTED, _MOST_CELL = 2.0, 1.3, 60.0, 15.0
_MOST_PICKER, _MOST_MAP, _MOST_ESCALATIONS = 15.0, 150.0, 25.0
_LONG = 100
_OF_LISTS = "two thirds of what is more is the database handing over the names"
_OF_FRAME = (
    "two fifths are drawing (the top bar, which is kept, a fortieth), a twelfth opens the console"
)


def measure() -> list[Section]:
    """Measure in a database of its own, which is gone afterwards."""
    with bench_database():
        bare = bare_browser()
        small = worlds.filled("few", "111122223333", worlds.FEW, worlds.FEW, worlds.FEW)
        large = worlds.filled("many", "444455556666", worlds.USERS, worlds.ROLES, worlds.OBJECTS)
        few, many = signed_in(small), signed_in(large)
        scale = f" (ms as where the bare page with a table takes {BARE:g})"
        lists = tuple(_lists(few, many))
        return [
            Section("The frame of a console page, beside a bare page", tuple(_frames(bare, few))),
            Section(f"Lists: as many rows as a page shows, and many{scale}", lists),
            Section("A cell of a table", tuple(_cells(bare))),
            Section(f"Single pages of the console{scale}", tuple(_single(few))),
            Section(f"Maps of an account{scale}", tuple(_maps())),
        ]


def _frames(bare: Browser, few: Browser) -> list[Row]:
    plain = bare.visit("/bare")
    pages = {
        "bare": plain,
        "bare, with a table of 20": bare.visit("/bare", rows="20", cells="3"),
        "search without a word": few.visit("/search"),
        "switch role": few.visit("/switchrole"),
        "create role": few.visit("/iam/roles/create"),
        "roles": few.visit("/iam/roles"),
    }
    times = least_cpu_milliseconds(pages, 40)
    rows = [Row(f"{name}: CPU", time, "ms") for name, time in times.items()]
    for name in ("search without a word", "switch role"):
        ratio = times[name] / times["bare"]
        rows.append(Row(f"{name} to bare", ratio, "times", most=_MOST_BARE, reason=_OF_FRAME))
    return rows


def _lists(few: Browser, many: Browser) -> list[Row]:
    rows: list[Row] = []
    for name, url, search, order, count in (
        ("roles", "/iam/roles", {"q": "role-00"}, "activity", worlds.ROLES),
        ("users", "/iam/users", {"q": "user-00"}, "activity", worlds.USERS),
        ("bucket", "/s3/{}/", {"search": "report-00"}, "-size", worlds.OBJECTS),
    ):
        urls = [url.format(f"{worlds.BUCKET}-{owner}") for owner in ("few", "many")]
        times = scaled_milliseconds(
            {
                "few": few.visit(urls[0]),
                "many": many.visit(urls[1]),
                "few, searched": few.visit(urls[0], **search),
                "many, searched": many.visit(urls[1], **search),
                "many, in another order": many.visit(urls[1], sort=order),
            }
        )
        flat, searched = (times[f"many{how}"] / times[f"few{how}"] for how in ("", ", searched"))
        sorted_by = times["many, in another order"] * 1_000 / count
        rows += [
            Row(f"{name}: {worlds.FEW}", times["few"], "ms"),
            Row(f"{name}: {count:,}", times["many"], "ms"),
            Row(f"{name}: {count:,} to {worlds.FEW}", flat, "times", most=_FLAT, reason=_OF_LISTS),
            Row(f"{name}: a search of {count:,}", times["many, searched"], "ms"),
            Row(
                f"{name}: a search, to {worlds.FEW}",
                searched,
                "times",
                most=_FLAT,
                reason=_OF_LISTS,
            ),
            Row(f"{name}: other order, per 1,000", sorted_by, "ms", most=_MOST_SORTED),
        ]
    kept = {name: _kept(one.visit("/iam/users")) for name, one in (("few", few), ("many", many))}
    return [
        *rows,
        Row("users: kept by a request", kept["many"], "kB"),
        Row(
            f"users: kept, {worlds.USERS} to {worlds.FEW}",
            kept["many"] / kept["few"],
            "times",
            most=_FLAT,
        ),
    ]


def _kept(visit: Visit) -> float:
    """Return how many kB each request leaves until garbage is collected."""
    visit()
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        visit()
        before, times = tracemalloc.get_traced_memory()[0], 3
        for _ in range(times):
            visit()
        return (tracemalloc.get_traced_memory()[0] - before) / times / 1_000
    finally:
        tracemalloc.stop()
        gc.enable()


def _cells(bare: Browser) -> list[Row]:
    """Measure what 80 rows more cost: text alone, since a page's own data costs more."""
    from django.template import engines  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    from console.ui.tables import Column, Table  # noqa: PLC0415

    letters = "abcdefgh"
    table = Table(
        id="cells",
        title="Cells",
        columns=[Column(one, one.upper(), link=_link if one == "a" else None) for one in letters],
        row_key="a",
        page_size=_LONG,
    )
    template = engines["django"].from_string("{% load ui %}{% table view %}{% endtable %}")
    request = RequestFactory().get("/")

    def draw(count: int) -> str:
        rows = [dict.fromkeys(letters, f"text {number}") for number in range(count)]
        return template.render({"view": table.view(request, rows)}, request)

    times = least_cpu_milliseconds(
        {
            "few": lambda: draw(worlds.FEW),
            "many": lambda: draw(_LONG),
            "bare, few": bare.visit("/bare", rows="20", cells="7"),
            "bare, many": bare.visit("/bare", rows="100", cells="7"),
        },
        40,
    )
    cells = (_LONG - worlds.FEW) * len(letters)
    ours, theirs = (
        (times[f"{whose}many"] - times[f"{whose}few"]) * 1_000 / cells for whose in ("", "bare, ")
    )
    return [Row("a cell", ours, "µs", most=_MOST_CELL), Row("a cell of a bare page", theirs, "µs")]


def _link(row: dict[str, str]) -> str:
    return f"/{row['a']}"


def _single(few: Browser) -> list[Row]:
    name = quote("team-0-role-0000")
    times = scaled_milliseconds(
        {
            "policies": few.visit("/iam/policies"),
            "policies, searched": few.visit("/iam/policies", q="s3"),
            "attach policies": few.visit(f"/iam/roles/{name}/attach"),
            "search": few.visit("/search", q="role"),
            "policy editor": few.visit("/iam/policies/create"),
        }
    )
    return [Row(f"{name}: CPU", time, "ms", most=_MOST_PICKER) for name, time in times.items()]


def _maps() -> list[Row]:
    large = worlds.filled("map", "777788889999", 900, 100)
    small = worlds.filled("small-map", "222233334444", 80, 20)
    times = scaled_milliseconds(
        {
            "1,000 principals": signed_in(large).visit("/iam/access-map"),
            "100 principals": signed_in(small).visit("/iam/access-map"),
            "100, Become administrator": signed_in(small).visit("/iam/access-map", tab="admin"),
        },
        3,
    )
    most = {"1,000 principals": _MOST_MAP}
    return [
        Row(f"{name}: CPU", time, "ms", most=most.get(name, _MOST_ESCALATIONS))
        for name, time in times.items()
    ]
