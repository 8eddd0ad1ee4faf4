"""Why a prediction that was answered is as it is."""

from dataclasses import dataclass

from console.labs.attempts.cases import case_of
from console.labs.attempts.questions import AnsweredQuestion, NotAsked, answered_questions
from console.labs.checks import likely_binding
from console.labs.checks.predictions import RightAnswer, nth_question, right_answer
from console.labs.files import Check, LabFile
from console.labs.models import Attempt
from iam.authorization import Explanation, explanation_of


@dataclass(frozen=True)
class AnswerReason:
    """A prediction that was `answered`, and what the engine answers to its question `now`.

    `explanation` has nothing where no policy decides.
    """

    answered: AnsweredQuestion
    now: RightAnswer
    explanation: Explanation | None

    @property
    def has_changed(self) -> bool:
        """Return whether the world answers otherwise than when the question was answered."""
        now = {"verdict": self.now.verdict, "layer": self.now.layer}
        return any(now[part] != words for part, words in self.answered.answer.items())


def reason_of_answer(attempt: Attempt, lab: LabFile, check: Check, number: int) -> AnswerReason:
    """Return why the answer with this number is as it is. Raises NotAsked where there is none."""
    answers = {one.number: one for one in answered_questions(attempt, lab, check.task, check.name)}
    if check.kind != "predict" or number not in answers:
        raise NotAsked(f"{check.task}.{check.name}: question {number} was not answered")
    case, asks = case_of(attempt, lab), nth_question(check, attempt.public_id, number)
    right = right_answer(case, asks, likely_binding(case, lab.task(check.task)))
    decided = explanation_of(right.decision) if right.decision else None
    return AnswerReason(answers[number], right, decided)
