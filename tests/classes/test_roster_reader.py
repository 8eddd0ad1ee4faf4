"""A roster is read as spreadsheets write it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.classes.roster.reader import UnreadableRoster, as_text, read_roster, template_csv

TEXT = "login{0}name{0}reference\nmia{0}Mia Müller{0}1234\nnoor{0}Noor{0}5678\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding_gives_the_same_students(separator, encoding):
    rows = read_roster(as_text(TEXT.format(separator).encode(encoding)))
    assert [(row.login, row.name, row.reference) for row in rows] == [
        ("mia", "Mia Müller", "1234"),
        ("noor", "Noor", "5678"),
    ]
    assert [row.number for row in rows] == [2, 3]


def test_without_a_heading_the_columns_stand_in_the_templates_order():
    (row,) = read_roster("mia;Mia;1234;Blue;25 %\n")
    assert (row.login, row.name, row.reference, row.team, row.extra_time) == (
        "mia",
        "Mia",
        "1234",
        "Blue",
        "25",
    )


def test_columns_may_stand_in_any_order_and_others_are_left_out():
    (row,) = read_roster("Email,Shoe size,User name,Team\nm@x.org,38,mia,Blue\n")
    assert (row.login, row.reference, row.team) == ("mia", "m@x.org", "Blue")


def test_who_has_only_a_name_gets_a_login_from_it():
    (row,) = read_roster("name,reference\nJürgen von Österreich,77\n")
    assert row.login == "juergen.von.oesterreich"


def test_who_have_one_name_and_no_login_get_logins_of_their_own():
    rows = read_roster("name,login,reference\nAnn Lee,,1\nAnn Lee,,2\nBo,Ann.Lee.2,3\nann lee,,4\n")
    assert [row.login for row in rows] == ["ann.lee", "ann.lee.3", "Ann.Lee.2", "ann.lee.4"]


def test_a_cell_may_hold_separators_and_lines():
    (row,) = read_roster('login,name\nmia,"Müller, Mia\nJr."\n')
    assert row.name == "Müller, Mia\nJr."


def test_the_template_is_a_roster():
    assert len(read_roster(template_csv())) == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (b"\n\n , ,\n", "no student"),
        ("\n".join(f"student{n}" for n in range(1001)).encode(), "1000 students at most"),
        (b'login,name\nmia,"' + b"x" * 200_000 + b'"\n', "cannot be read"),
    ],
    ids=["too large", "binary", "empty", "too many", "too long a cell"],
)
def test_what_is_no_roster_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(UnreadableRoster, match=sentence):
        read_roster(as_text(data))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_any_bytes_are_read_or_refused_with_a_sentence(data):
    with suppress(UnreadableRoster):
        assert all(row.number > 0 for row in read_roster(as_text(data)))
