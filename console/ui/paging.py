"""The page numbers that a pager offers."""

_AROUND = 1
_EDGE = 5


def page_count(total: int, size: int) -> int:
    return max(1, -(-total // size))


def page_window(page: int, pages: int) -> list[int | None]:
    """The page numbers to show, None standing for an ellipsis: `1 2 3 4 5 … 75`."""
    near_start = range(1, _EDGE + 1) if page < _EDGE else ()
    near_end = range(pages - _EDGE + 1, pages + 1) if page > pages - _EDGE + 1 else ()
    around = range(page - _AROUND, page + _AROUND + 1)
    shown = sorted(n for n in {1, pages, *near_start, *near_end, *around} if 1 <= n <= pages)
    return _with_gaps(shown)


def _with_gaps(numbers: list[int]) -> list[int | None]:
    """The numbers, with None where some are left out; a gap of one is filled."""
    window: list[int | None] = []
    for number in numbers:
        last = window[-1] if window else None
        if last is not None and number == last + 2:
            window.append(last + 1)
        elif last is not None and number > last + 1:
            window.append(None)
        window.append(number)
    return window
