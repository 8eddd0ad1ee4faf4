"""A roster as a spreadsheet writes it: CSV, or cells that were copied."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import count

MOST_ROWS = 1000
MOST_BYTES = 1024 * 1024

COLUMNS = {
    "login": ("login", "user name", "username", "user", "account", "benutzername", "kennung"),
    "name": ("name", "display name", "full name", "student", "anzeigename"),
    "reference": (
        "reference",
        "student number",
        "number",
        "id",
        "email",
        "e-mail",
        "matrikelnummer",
    ),
    "team": ("team", "group", "gruppe"),
    "extra_time": ("extra time", "extra time %", "extra_time"),
}
"""What heads a column, in small letters; without a heading the columns stand in this order."""


class UnreadableRoster(ValueError):
    """The file is no roster; the message is a sentence for the page."""


@dataclass(frozen=True)
class RosterRow:
    """One student as the file has them; `number` is the line, which the heading counts in.

    A login `is_made` from the name where the file has none.
    """

    number: int
    login: str
    name: str = ""
    reference: str = ""
    team: str = ""
    extra_time: str = ""
    is_made: bool = field(default=False, compare=False)


def as_text(data: bytes) -> str:
    """Return a file's text: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252."""
    if len(data) > MOST_BYTES:
        message = "The file is larger than 1 MB. A roster has a line for each student."
        raise UnreadableRoster(message)
    marked = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    message = "This is not a text file. Save the spreadsheet as CSV first, or paste its cells."
    raise UnreadableRoster(message)


def read_roster(text: str) -> list[RosterRow]:
    """Return the students of a roster; raises UnreadableRoster."""
    lines = text.replace("\x00", "").lstrip("\ufeff")
    rows = [(number, cells) for number, cells in _cells(lines) if any(cells)]
    if not rows:
        message = "There is no student in it. Write one in each line: login, name, student number."
        raise UnreadableRoster(message)
    order = _heading(rows[0][1])
    if order is not None:
        rows = rows[1:]
    if len(rows) > MOST_ROWS:
        message = f"A class has {MOST_ROWS} students at most; this file has {len(rows)} lines."
        raise UnreadableRoster(message)
    names = order if order is not None else list(COLUMNS)
    return _told_apart([_row(number, names, cells) for number, cells in rows])


def _cells(text: str) -> Iterable[tuple[int, list[str]]]:
    """Yield each line's number and cells, by whichever separator the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        message = f"Line {reader.line_num + 1} cannot be read: {error}."
        raise UnreadableRoster(message) from error


def _heading(cells: list[str]) -> list[str] | None:
    """Return which column stands where, if the line is a heading; empty for an unknown one."""
    found = []
    for cell in cells:
        words = cell.lower().strip(" *").replace("_", " ")
        found.append(next((name for name, others in COLUMNS.items() if words in others), ""))
    if "login" not in found and not ("name" in found and len([one for one in found if one]) > 1):
        return None
    return found


def _row(number: int, names: list[str], cells: list[str]) -> RosterRow:
    values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
    return RosterRow(
        number,
        values.get("login", "") or _login_from(values.get("name", "")),
        values.get("name", ""),
        values.get("reference", ""),
        values.get("team", ""),
        values.get("extra_time", "").strip(" %"),
        is_made=not values.get("login"),
    )


def _told_apart(rows: list[RosterRow]) -> list[RosterRow]:
    """Number the logins that are made from one name; those that a file gives stay as they are."""
    taken, told = {row.login.lower() for row in rows if not row.is_made}, []
    for row in rows:
        numbered = (f"{row.login}.{number}" for number in count(2))
        login = row.login
        while row.is_made and login and login in taken:
            login = next(numbered)
        taken.add(login)
        told.append(replace(row, login=login))
    return told


_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae"})


def _login_from(name: str) -> str:
    """Return a login for somebody who has only a name: its words, joined by points."""
    plain = name.lower().translate(_SPELLED)
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return ".".join(words)[:150]


def template_csv() -> str:
    """Return a roster to fill in."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["login", "name", "reference", "team", "extra time %"])
    writer.writerow(["mia.example", "Mia Example", "1234567", "", ""])
    writer.writerow(["noor.example", "Noor Example", "7654321", "Blue", "25"])
    return out.getvalue()
