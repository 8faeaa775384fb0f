"""The language model's writer: its sentences are checked as they come, and completed from quotations where they do not suffice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import structlog

from assistant.answer.draft import Draft, Outcome, Statement, Step
from assistant.answer.personal_data import mask_personal_data
from assistant.answer.question_type import asks_for_list
from assistant.domain.errors import ModelBudgetSpent, ModelBusy, ModelError, ModelRefused, ModelTimeout
from assistant.domain.language_model import ChatModel, Fallback, Message, ModelRequest, Usage
from assistant.domain.ports import Library
from assistant.llm.checks import Checks, Failed, Fault
from assistant.llm.contract import SCHEMA, AnswerReader, WrittenSentence
from assistant.llm.passages import Sheet, number_passages
from assistant.llm.prompts import load_prompt
from assistant.llm.records import record_call
from assistant.llm.texts import date_for, text_for

LEAST_REPAIR_S = 1.5
"""With less time left, nothing is repaired."""
AFTER_END = 20
"""Pieces that are still taken after the answer's end, because the usage comes last."""
_log = structlog.get_logger("assistant.llm")


class ModelWriter:
    """Writes with a model, in the place of the extractive writer; whatever the model does, the outcome holds only what is verified."""

    def __init__(
        self,
        model: ChatModel,
        checks: Checks,
        library: Library,
        extract: Step,
        *,
        within_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let `model` write for at most `within_s` seconds, its repairs included; complete and replace it by `extract`."""
        self._model = model
        self._checks = checks
        self._library = library
        self._extract = extract
        self._within_s = within_s
        self._clock = clock

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome."""
        extracted = self._extract(draft)
        assert extracted.outcome is not None, "the extractive writer always decides"
        sheet = number_passages(
            draft.evidence, language=draft.language, library=self._library, today=draft.question.today
        )
        if not sheet.passages or draft.should_stop():
            fallback: Fallback = "cancelled" if sheet.passages else "no_passages"
            return record_call(extracted, self._model, fallback=fallback)
        writing = _Writing(draft=draft, sheet=sheet)
        started = self._clock()
        self._write(writing, until=started + self._within_s)
        return self._decide(writing, extracted, seconds=self._clock() - started)

    # --- what the model does ------------------------------------------------------------------------------------------

    def _write(self, writing: _Writing, *, until: float) -> None:
        draft = writing.draft
        values = {
            "style": draft.question.style,
            "language": draft.language,
            "today": date_for(draft.question.today, draft.language),
            "passages": writing.sheet.passages,
            "question": mask_personal_data(draft.text).replace("<", "‹").replace(">", "›"),
        }
        prompt = load_prompt("write", draft.language)
        tagged, structured = (prompt.render({**values, "is_json": is_json}) for is_json in (False, True))
        writing.prompts.append(prompt.name)
        writing.instructions = tagged[0].text
        for sentence in self._sentences(
            ModelRequest(tagged=tagged, structured=structured, schema=SCHEMA), writing, until
        ):
            writing.add(self._check(sentence, writing))
        if writing.failed and writing.fallback is None and until - self._clock() >= LEAST_REPAIR_S:
            self._repair(writing, (tagged, structured), until=until)

    def _repair(self, writing: _Writing, told: tuple[Sequence[Message], Sequence[Message]], *, until: float) -> None:
        """Ask once more for the sentences that failed, with the reasons."""
        language = writing.draft.language
        prompt = load_prompt("repair", language)
        failed = [
            {"text": item.sentence.text.replace("<", "‹"), "reason": reason_for(item, language)}
            for item in writing.failed
        ]
        tagged, structured = (
            prompt.render({"instructions": system.text, "request": user.text, "failed": failed})
            for system, user in told
        )
        writing.prompts.append(prompt.name)
        places = [place for place, item in enumerate(writing.items) if isinstance(item, Failed)]
        request = ModelRequest(tagged=tagged, structured=structured, schema=SCHEMA)
        known = {statement.text for statement in writing.held}  # models like to repeat the whole answer
        is_cut = writing.is_cut
        written = [self._check(sentence, writing) for sentence in list(self._sentences(request, writing, until))]
        if writing.fallback != "cancelled":  # what the first answer gave stands, however the second try went
            writing.fallback, writing.is_cut = None, is_cut
        mended = [item for item in written if isinstance(item, Failed) or item.text not in known]
        for place, item in zip(places, mended, strict=False):
            if isinstance(item, Statement):
                writing.items[place] = item

    def _sentences(self, request: ModelRequest, writing: _Writing, until: float) -> Iterator[WrittenSentence]:
        """The sentences of one answer as they come; what broke it off is noted, never raised."""
        reader = AnswerReader()
        is_cut = False
        rest = AFTER_END
        try:
            within_s = max(0.1, until - self._clock())
            for piece in self._model.write(request, within_s=within_s, should_stop=writing.draft.should_stop):
                if piece.usage is not None:
                    writing.usage += piece.usage
                is_cut = is_cut or piece.is_cut
                writing.is_prompt_cut = writing.is_prompt_cut or piece.is_prompt_cut
                if not reader.has_ended:
                    yield from reader.feed(piece.text)
                elif (rest := rest - 1) <= 0:
                    break
        except ModelError as exc:
            writing.fallback = _FALLBACKS.get(type(exc), "unavailable")
            _log.warning("the language model failed", why=str(exc))
            return
        if reader.completeness is not None and writing.completeness is None:
            writing.completeness = reader.completeness
        if writing.draft.should_stop():
            writing.fallback = "cancelled"
        elif not reader.is_readable:
            writing.fallback = "unreadable"
        elif reader.is_cut or (is_cut and not reader.has_ended):
            writing.is_cut = True

    def _check(self, sentence: WrittenSentence, writing: _Writing) -> Statement | Failed:
        draft = writing.draft
        try:
            return self._checks.check(sentence, writing.sheet, language=draft.language, prompt=writing.instructions)
        except ModelError:  # it could not be judged, so it does not hold
            return Failed(sentence=sentence, fault="not_entailed")

    # --- what becomes of it ---------------------------------------------------------------------------------------------

    def _decide(self, writing: _Writing, extracted: Draft, *, seconds: float) -> Draft:
        """The model's statements where they suffice; otherwise completed by quotations, or quotations alone."""
        draft = writing.draft
        held, dropped = writing.held, writing.failed
        fallback = writing.fallback
        if not held and fallback is None:
            fallback = "not_possible" if writing.completeness == "none" else "nothing_held" if dropped else "unreadable"
        if fallback is None and (writing.is_cut or writing.is_prompt_cut):
            fallback = "cut_short" if writing.is_cut else "prompt_cut"
        is_enough = fallback is None and len(held) >= len(dropped)
        outcome = extracted.outcome
        assert outcome is not None
        if held:
            statements = held if is_enough else [*held, *_uncited(held, outcome.statements)]
            is_partial = is_enough and writing.completeness == "partial"
            outcome = Outcome(
                status="partial" if is_partial else "answered",
                reason=text_for("partial_reason", draft.language) if is_partial else None,
                statements=tuple(statements),
            )
            keys = ("worded_by_model", "notice_partial") if is_partial else ("worded_by_model",)
            draft = replace(draft, notices=(*draft.notices, *(text_for(key, draft.language) for key in keys)))
        elif fallback == "budget_spent":
            draft = replace(draft, notices=(*draft.notices, text_for("budget_spent", draft.language)))
        decided = replace(draft, outcome=outcome).noting(
            "write",
            model=self._model.name,
            passages=[passage.passage.id for passage in writing.sheet.passages],
            dropped=[{"text": item.sentence.text, "fault": item.fault, "detail": item.detail} for item in dropped],
            fallback=fallback,
        )
        return record_call(
            decided,
            self._model,
            prompts=tuple(writing.prompts),
            usage=writing.usage,
            seconds=seconds,
            sentences=len(held),
            dropped=len(dropped),
            fallback=fallback,
        )


@dataclass(slots=True)
class _Writing:
    """One answer while it is being written."""

    draft: Draft
    sheet: Sheet
    items: list[Statement | Failed] = field(default_factory=list)
    """Every sentence of the model in its place."""
    prompts: list[str] = field(default_factory=list)
    instructions: str = ""
    usage: Usage = field(default_factory=Usage)
    completeness: str | None = None
    fallback: Fallback | None = None
    is_cut: bool = False
    is_prompt_cut: bool = False

    @property
    def failed(self) -> list[Failed]:
        return [item for item in self.items if isinstance(item, Failed)]

    @property
    def held(self) -> list[Statement]:
        """What holds, shaped: none twice, the first one leading."""
        shape = "item" if asks_for_list(self.draft.text) else "text"
        unique: dict[str, Statement] = {}
        for item in self.items:
            if isinstance(item, Statement):
                unique.setdefault(item.text, item)
        return [
            replace(statement, shape="lead" if number == 0 else shape)  # type: ignore[arg-type]
            for number, statement in enumerate(unique.values())
        ]

    def add(self, item: Statement | Failed) -> None:
        """Take the next sentence; show it unless one before it may still be repaired and come first."""
        self.items.append(item)
        if not self.failed:
            self.draft.publish(replace(self.draft, outcome=Outcome(status="answered", statements=tuple(self.held))))


def _uncited(held: Sequence[Statement], extracted: Sequence[Statement]) -> list[Statement]:
    """Quotations that the model's sentences do not rest on already."""
    cited = {(item.passage.document_id, item.sentence.start) for statement in held for item in statement.evidence}
    return [
        replace(statement, shape="text" if statement.shape == "lead" else statement.shape)
        for statement in extracted
        if not any((item.passage.document_id, item.sentence.start) in cited for item in statement.evidence)
    ]


_FALLBACKS: dict[type[ModelError], Fallback] = {
    ModelBudgetSpent: "budget_spent", ModelBusy: "busy", ModelTimeout: "timeout", ModelRefused: "refused",
}  # fmt: skip

_REASONS: dict[Fault, tuple[str, str]] = {
    "no_quotation": ("ohne Zitat", "without a quotation"),
    "quotation_not_found": ("Zitat steht nicht in den Abschnitten", "the quotation is not in the passages"),
    "figure": ("Angabe nicht im Zitat", "figure not in the quotation"),
    "turned_round": ("Verneinung oder Grenze anders als im Zitat", "negation or limit differs from the quotation"),
    "name": ("Name nicht im Zitat", "name not in the quotation"),
    "unsupported": ("Aussage nicht im Zitat", "statement not in the quotation"),
    "address": ("enthält eine Adresse", "holds an address"),
    "form": ("kein ganzer Satz in der verlangten Form", "not a whole sentence in the form asked for"),
    "leak": ("gehört nicht in die Antwort", "does not belong in the answer"),
    "not_entailed": ("folgt nicht aus dem Zitat", "does not follow from the quotation"),
}


def reason_for(failed: Failed, language: str) -> str:
    """Why a sentence failed, in the language of the prompt."""
    reason = _REASONS[failed.fault][0 if language == "de" else 1]
    detail = (
        failed.detail.replace('"', "'").replace("<", "‹") if failed.fault in ("figure", "name", "unsupported") else ""
    )
    return f"{reason}: {detail}" if detail else reason
