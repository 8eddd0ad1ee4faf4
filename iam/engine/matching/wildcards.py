"""Comparing texts with `*` and `?`: chunk by chunk, in linear time, without regexes.

Between two stars stands a chunk of fixed length. The first chunk begins the value, the last ends
it, and each other one takes the first place where it fits: a later place leaves less for the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain

Test = Callable[[str], bool]
Finder = Callable[[str, int, int], int]
"""The first place between two at which a chunk fits a value; -1 if there is none."""

ANY = None
"""A character that may be any, among the texts of a chunk."""
_WIDTH = 3
"""Bytes that hold any character."""
_SHORT = 256
"""Characters of a chunk that has a mask for each of them, and is found three times as fast."""


class Chunk:
    """Literal texts and single characters that may be any, without a star between them."""

    __slots__ = ("_literals", "find", "is_literal", "length", "text")

    def __init__(self, pieces: Iterable[str | None]) -> None:
        literals: list[tuple[int, str]] = []
        self.length = 0
        for piece in pieces:
            if piece is not ANY:
                literals.append((self.length, piece))
            self.length += 1 if piece is ANY else len(piece)
        self._literals = tuple(literals)
        self.text = literals[0][1] if literals else ""
        self.is_literal = self.length == len(self.text)
        self.find: Finder = self._finder()

    def begins(self, value: str) -> bool:
        """Whether the chunk fits the beginning of a value that is not shorter."""
        return value.startswith(self.text) if self.is_literal else self._fits_at(value, 0)

    def ends(self, value: str) -> bool:
        """Whether the chunk fits the end of a value that is not shorter."""
        place = len(value) - self.length
        return value.endswith(self.text) if self.is_literal else self._fits_at(value, place)

    def _fits_at(self, value: str, place: int) -> bool:
        return all(value.startswith(literal, place + offset) for offset, literal in self._literals)

    def _finder(self) -> Finder:
        if self.is_literal:
            text = self.text
            return lambda value, start, end: value.find(text, start, end)
        if not self._literals:
            length = self.length
            return lambda value, start, end: start if start + length <= end else -1
        if self.length <= _SHORT:
            return _shift_and_by_character(self._literals, self.length)
        return _shift_and(self._literals, self.length)


def tester(chunks: list[Chunk]) -> Test:
    """A test for chunks with a star between each and the next."""
    first, *middle = chunks
    if not middle:
        return _whole(first)
    *middle, last = middle
    least = sum(chunk.length for chunk in chunks)
    finders = tuple((chunk.find, chunk.length) for chunk in middle)
    start, end = first.length, last.length
    at_start, at_end = first.begins, last.ends

    def test(value: str) -> bool:
        before_last = len(value) - end
        if len(value) < least or not at_start(value) or not at_end(value):
            return False
        place = start
        for find, length in finders:
            found = find(value, place, before_last)
            if found < 0:
                return False
            place = found + length
        return True

    return test


def _whole(chunk: Chunk) -> Test:
    if chunk.is_literal:
        return chunk.text.__eq__
    length, begins = chunk.length, chunk.begins
    return lambda value: len(value) == length and begins(value)


def _shift_and_by_character(literals: tuple[tuple[int, str], ...], length: int) -> Finder:
    """The search of `_shift_and` with characters instead of bytes."""
    fixed: dict[str, int] = defaultdict(int)
    anything = (1 << length) - 1
    for offset, literal in literals:
        for place, char in enumerate(literal, offset):
            fixed[char] |= 1 << place
            anything &= ~(1 << place)
    masks = {char: at | anything for char, at in fixed.items()}
    whole = 1 << (length - 1)

    def find(value: str, start: int, end: int) -> int:
        state = 0
        for place in range(start, end):
            state = (state << 1 | 1) & masks.get(value[place], anything)
            if state & whole:
                return place + 1 - length
        return -1

    return find


def _shift_and(literals: tuple[tuple[int, str], ...], length: int) -> Finder:
    """Baeza-Yates and Gonnet's search: a few steps a character, whatever the chunk.

    Bit n of `state` says that the last bytes read are the first n + 1 of the chunk. Bytes, so that
    a chunk of many different characters needs no more than 256 masks.
    """
    size = length * _WIDTH
    masks, anything = _masks(literals, size)
    whole = 1 << (size - 1)

    def find(value: str, start: int, end: int) -> int:
        state = 0
        for place in range(start, end):
            first = 1
            for byte in _bytes_of(value[place]):
                state = (state << 1 | first) & masks.get(byte, anything)
                first = 0
            if state & whole:
                return place + 1 - length
        return -1

    return find


def _masks(literals: tuple[tuple[int, str], ...], size: int) -> tuple[dict[int, int], int]:
    """For each byte the places of a chunk at which it may stand; and those of any other byte."""
    fixed: dict[int, bytearray] = defaultdict(lambda: bytearray(size // 8 + 1))
    anywhere = bytearray(b"\xff") * (size // 8 + 1)
    for offset, literal in literals:
        read = chain.from_iterable(map(_bytes_of, literal))
        for place, byte in enumerate(read, offset * _WIDTH):
            bit = 1 << (place & 7)
            fixed[byte][place >> 3] |= bit
            anywhere[place >> 3] &= 0xFF ^ bit
    anything = int.from_bytes(anywhere, "little")
    return {byte: int.from_bytes(at, "little") | anything for byte, at in fixed.items()}, anything


def _bytes_of(char: str) -> tuple[int, int, int]:
    code = ord(char)
    return code & 0xFF, code >> 8 & 0xFF, code >> 16
