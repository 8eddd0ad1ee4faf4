"""A student's work on a lab; see README.md."""

from console.labs.attempts.activity import PRESENT_FOR, note_change, note_denials
from console.labs.attempts.answer_reasons import AnswerReason, reason_of_answer
from console.labs.attempts.brief_judging import judge_briefly
from console.labs.attempts.cases import case_of, values_of
from console.labs.attempts.choices import Choice, choices_of, go_on_with
from console.labs.attempts.first_answers import counting_answers
from console.labs.attempts.hints import use_hint
from console.labs.attempts.judgments import bring_up_to_date
from console.labs.attempts.members import (
    makes_keys,
    note_member_answer,
    note_member_calls,
    note_member_key,
)
from console.labs.attempts.other_browsers import (
    attempt_behind,
    browsers_of,
    end_browser,
    new_link,
    open_link,
    sandboxes_behind,
)
from console.labs.attempts.own_ways import OwnWay, own_way
from console.labs.attempts.progress import (
    AttemptSummary,
    Progress,
    TaskProgress,
    judged_progress,
    progress_of,
    summaries_of,
)
from console.labs.attempts.questions import (
    AnsweredQuestion,
    NotAsked,
    OpenQuestion,
    TaskQuestion,
    answer_question,
    answered_questions,
    open_question,
    questions_of_task,
)
from console.labs.attempts.rechecks import Recheck, RecheckOutcome, recheck
from console.labs.attempts.records import (
    AttemptRecord,
    TaskRecord,
    data_of,
    delete_work,
    records_of,
)
from console.labs.attempts.solution import SolutionStep, solution_steps, steps_in_words
from console.labs.attempts.starts import (
    attempt_in,
    attempt_of,
    begin_attempt,
    begin_task,
    is_on_team,
    is_worker,
    new_attempt,
    own_attempts,
    start_again,
    visible_attempt,
)
from console.labs.attempts.states import TaskState
from console.labs.attempts.terms import Terms, packed_terms, terms_of
from console.labs.attempts.undo import LastWrite, last_writes, undo_last
from console.labs.attempts.versions import is_current, raise_version

__all__ = [
    "PRESENT_FOR",
    "AnswerReason",
    "AnsweredQuestion",
    "AttemptRecord",
    "AttemptSummary",
    "Choice",
    "LastWrite",
    "NotAsked",
    "OpenQuestion",
    "OwnWay",
    "Progress",
    "Recheck",
    "RecheckOutcome",
    "SolutionStep",
    "TaskProgress",
    "TaskQuestion",
    "TaskRecord",
    "TaskState",
    "Terms",
    "answer_question",
    "answered_questions",
    "attempt_behind",
    "attempt_in",
    "attempt_of",
    "begin_attempt",
    "begin_task",
    "bring_up_to_date",
    "browsers_of",
    "case_of",
    "choices_of",
    "counting_answers",
    "data_of",
    "delete_work",
    "end_browser",
    "go_on_with",
    "is_current",
    "is_on_team",
    "is_worker",
    "judge_briefly",
    "judged_progress",
    "last_writes",
    "makes_keys",
    "new_attempt",
    "new_link",
    "note_change",
    "note_denials",
    "note_member_answer",
    "note_member_calls",
    "note_member_key",
    "open_link",
    "open_question",
    "own_attempts",
    "own_way",
    "packed_terms",
    "progress_of",
    "questions_of_task",
    "raise_version",
    "reason_of_answer",
    "recheck",
    "records_of",
    "sandboxes_behind",
    "solution_steps",
    "start_again",
    "steps_in_words",
    "summaries_of",
    "terms_of",
    "undo_last",
    "use_hint",
    "values_of",
    "visible_attempt",
]
