"""Students and assignments as a matrix: who is where, who is stuck, who asked for help."""

from console.classes.matrix.cells import Cell, TaskLetter
from console.classes.matrix.changes import changed_since
from console.classes.matrix.page import Matrix, MatrixRow, Total, matrix_of, rows_of, waiting_in
from console.classes.matrix.stuck import Stuck

__all__ = [
    "Cell",
    "Matrix",
    "MatrixRow",
    "Stuck",
    "TaskLetter",
    "Total",
    "changed_since",
    "matrix_of",
    "rows_of",
    "waiting_in",
]
