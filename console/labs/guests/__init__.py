"""Visitors without a login; see README.md."""

from console.labs.guests.room import NoRoomError, dismiss_forgotten, make_room
from console.labs.guests.takeover import become_student, hand_over
from console.labs.guests.visitors import KEPT, new_guest, note_active

__all__ = [
    "KEPT",
    "NoRoomError",
    "become_student",
    "dismiss_forgotten",
    "hand_over",
    "make_room",
    "new_guest",
    "note_active",
]
