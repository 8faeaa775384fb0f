"""An enquiry that holds several questions is answered question by question, each by the whole way of a question."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

from assistant.answer.company_advice import wanted_by
from assistant.answer.draft import Draft, Step
from assistant.answer.enquiry_reply import Answered, Left, add_records, join_replies
from assistant.answer.enquiry_text import Divided, divide
from assistant.answer.names import NameIndex
from assistant.answer.pipeline import Assistant
from assistant.answer.understand import begin
from assistant.domain.answers import Question, Reason, Reply, Turn, turn_of
from assistant.domain.values import Language
from assistant.language.normalise import fold

MAX_QUESTIONS = 5
"""Of one enquiry; further ones are named, not answered."""
LETTER_PIECES = 3
"""A text of so many sentences may ask what no question mark shows, so that a model is worth asking."""
_CONCERNS_ALL = frozenset({"crisis", "blocked", "fraud"})
"""Decisions of the step `route` that hold for a text as a whole, whatever else it asks."""
_WHICH_OFFERS = re.compile(
    r"\b(?P<opening>gibt es|is there|are there|welche|which|what)(?: \w+){0,3}"
    r" (?:cluster|netzwerke?|(?:foerder)?programme?|foerderung(?:en)?|foerdermittel|networks?|clusters?|program(?:me)?s?|grants|funding)\b"
)
_POINTING_BACK = re.compile(
    r"\b(?:dafuer|davon|dazu|damit|dabei|dort|(?<!gibt )es|das|dem|dies\w*|this|that|these|its?|the)\b"
)
_OF_AN_OFFER = re.compile(
    r"\b(?:an wen|bei wem|ansprech\w+|anlaufstelle\w*|unterlagen|nachweise?|formulare?|antr(?:ag|aeg)\w*|businessplan|whom?\b.{0,20}\bcontact|documents|forms?|apply|application)\b"
)
"""Words that go with any offer and name none: what they ask leans on the question before, whatever it seems to be alone."""

OnPart = Callable[[Reply], None]
DivideFurther = Callable[[str, Divided, Language, Callable[[], bool]], Divided]
"""Looks for questions that no question mark shows; given the text, what was found so far, its language, and whether to stop."""


class Enquiries:
    """Answers texts of one question or several; one question goes the way it always goes."""

    def __init__(
        self,
        assistant: Assistant,
        names: NameIndex,
        *,
        understand: Step,
        follow_up: Step,
        route: Step,
        judge: Step,
        divide_further: DivideFurther | None = None,
    ) -> None:
        """Answer each question by `assistant`, whose steps are the others.

        Args:
            assistant: Answers one question.
            names: Of documents.
            understand: As in the assistant.
            follow_up: As in the assistant.
            route: As in the assistant; it is shown the whole text first.
            judge: Searches, reads and decides whether to answer at all.
            divide_further: None without a language model.
        """
        self.single = assistant
        self._names = names
        self._understand = understand
        self._follow_up = follow_up
        self._route = route
        self._judge = judge
        self._divide_further = divide_further
        self.index = assistant.index

    def answer(
        self,
        question: Question,
        *,
        on_step: Callable[[str], None] = lambda name: None,
        on_part: Callable[[Reply], None] | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Reply:
        """Answer a question or an enquiry; the arguments are those of `Assistant.answer`.

        `on_part` also hears each time a question of an enquiry is answered. When `should_stop` says so, the question at hand is the last.
        """
        started = time.perf_counter()

        def answer_one(one: Question, hear: OnPart | None) -> Reply:
            return self.single.answer(one, on_step=on_step, on_part=hear, should_stop=should_stop)

        draft = begin(question)
        divided = divide(question.text, draft.language)
        may_hold_more = self._divide_further is not None and len(divided.pieces) >= LETTER_PIECES
        if len(divided.questions) < 2 and not may_hold_more:
            return self._answer_single(question, divided, answer_one, on_part)
        if self._concerns_all(draft):
            return answer_one(question, on_part)
        if self._divide_further is not None:
            on_step("understand")
            divided = self._divide_further(question.text, divided, draft.language, should_stop)
        if len(divided.questions) < 2:
            reply = self._answer_single(question, divided, answer_one, on_part)
            return replace(reply, model=add_records((reply.model, divided.model)))

        reply = self._answer_each(question, divided, draft.language, answer_one, on_part, should_stop)
        timings = {**reply.timings_ms, "total": round((time.perf_counter() - started) * 1000, 2)}
        return replace(
            reply,
            notices=tuple(dict.fromkeys((*draft.notices, *reply.notices))),
            model=add_records((reply.model, divided.model)),
            timings_ms=timings,
            trace={"enquiry": {"questions": list(divided.questions)}, **reply.trace},
        )

    def _answer_single(
        self,
        question: Question,
        divided: Divided,
        answer_one: Callable[[Question, OnPart | None], Reply],
        on_part: OnPart | None,
    ) -> Reply:
        """A text with one question as it stands; where nothing matches all of it, its question without what is said around it."""
        reply = answer_one(question, on_part)
        if reply.reason != Reason.NO_MATCH or len(divided.questions) != 1 or len(divided.pieces) < 2:
            return reply
        alone = answer_one(replace(question, text=divided.questions[0]), on_part)
        return alone if alone.status == "answered" else reply

    def _answer_each(
        self,
        enquiry: Question,
        divided: Divided,
        language: Language,
        answer_one: Callable[[Question, OnPart | None], Reply],
        on_part: OnPart | None,
        should_stop: Callable[[], bool],
    ) -> Reply:
        """The questions in turn, each knowing those before it like the turns of a conversation."""
        history = list(enquiry.history)
        answered: list[Answered] = []
        left: list[str] = []
        is_cancelled = False
        case = ""
        for piece in divided.pieces:
            if not piece.is_question:
                if self._names.find(piece.text).document_ids:
                    history.append(Turn(question=piece.text, language=language, document_ids=()))
                if self._is_for_a_person(piece.text, enquiry):
                    case = piece.text
                continue
            is_cancelled = is_cancelled or (bool(answered) and should_stop())
            if is_cancelled or len(answered) == MAX_QUESTIONS:
                left.append(piece.text)
                continue
            one = self._question(piece.text, enquiry, divided, tuple(history), language)

            def grow(beginning: Reply, asked: str = piece.text) -> None:
                assert on_part is not None
                on_part(join_replies(enquiry, [*answered, Answered(asked, beginning)], language=language))

            reply = answer_one(replace(one, text=f"{case} {piece.text}".strip()), grow if on_part else None)
            case = ""
            answered.append(Answered(piece.text, reply))
            turn = turn_of(reply, piece.text)
            if turn.document_ids or turn.options or self._names.find(turn.question).document_ids:
                history.append(turn)  # one about nothing would hide what the questions before it were about
            if on_part is not None:
                on_part(join_replies(enquiry, answered, language=language))
        return join_replies(
            enquiry,
            answered,
            language=language,
            left=Left(questions=tuple(left), why="cancelled" if is_cancelled else "too_many"),
        )

    def _question(
        self, text: str, enquiry: Question, divided: Divided, history: tuple[Turn, ...], language: Language
    ) -> Question:
        """One question with what it needs of the enquiry: what went before, or who is asking."""
        background = divided.around(text, is_about_the_writer=lambda other: wanted_by(other) is not None)
        asks_for_advice = bool(background) and wanted_by(text, background) is not None
        one = replace(enquiry, text=text, language=language, history=history, reply_id="")
        if asks_for_advice:
            return replace(one, history=(), background=background)
        return replace(one, history=()) if opens_a_subject(text) or self._is_foreign(one) else one

    def _is_foreign(self, one: Question) -> bool:
        """Whether a question that may lean on those before it, or may not, is out of the field by itself.

        Read in the company of a programme, almost any question finds a sentence that seems to answer it.
        """
        if _OF_AN_OFFER.search(fold(one.text)):
            return False
        draft = self._follow_up(self._understand(begin(one)))
        if draft.outcome is not None or draft.possible is None:
            return False
        outcome = self._judge(replace(draft, possible=None)).outcome
        return outcome is not None and outcome.reason is Reason.OUT_OF_SCOPE

    def _concerns_all(self, draft: Draft) -> bool:
        """Whether the text is to be judged as a whole: in another language, an attack, a matter of life, or fraud."""
        if self._understand(draft).outcome is not None:
            return True
        # As it was written: what was corrected may no longer say what was meant.
        return self._route(draft).trace.get("route", {}).get("decided") in _CONCERNS_ALL

    def _is_for_a_person(self, statement: str, enquiry: Question) -> bool:
        """Whether a statement, such as one on the writer's own application, makes the question behind it a case for a person."""
        outcome = self._route(begin(replace(enquiry, text=statement))).outcome
        return outcome is not None and outcome.reason is Reason.NEEDS_A_PERSON


def opens_a_subject(question: str) -> bool:
    """Whether a question asks which offers there are, and so does not go on about the one before."""
    folded = fold(question)
    match = _WHICH_OFFERS.search(folded)
    return match is not None and not _POINTING_BACK.search(folded[match.end("opening") :])
