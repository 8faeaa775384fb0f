"""Takes the text of an enquiry apart: the questions that stand in it, and what is said around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answer.personal_data import mask_personal_data
from assistant.domain.language_model import ModelRecord
from assistant.domain.values import Language
from assistant.language.normalise import canonical_text, clean_question, fold, without_markup
from assistant.language.sentences import sentence_spans

_MARK = r"(?:[-*•–]|\(?\d{1,2}[.)]|\(?[a-h]\)|(?:frage|question) \d{1,2}[:.)])[ ]+"
_ITEM = re.compile(rf"(?:^|\n)[ ]*(?:{_MARK})+", re.IGNORECASE)
_LINE_END = re.compile(r"(?<=[:?!,])[ ]*\n")
"""Behind a line that was brought to an end, something new begins; elsewhere a line break may stand within a sentence."""
_SALUTATION = re.compile(
    r"^(?:(?:sehr geehrte[rs]?|liebe[rs]?|dear) [^,!?\n]{1,60}|(?:guten (?:tag|morgen|abend)|hallo|moin|hi|hello|good (?:morning|afternoon|evening))"
    r"(?: [^,!?\s]+){0,3})[,!]\s*",
    re.IGNORECASE,
)
_MAIL_HEAD = re.compile(r"^(?:betreff|von|an|gesendet|datum|subject|from|to|sent|date|cc):", re.IGNORECASE)
_HOLDS_NOTHING = re.compile(r"[^\w ]")
_JOINING = frozenset("und oder aber also denn dann ja nein so ok and or but then so well yes no".split())
_BARE = frozenset(
    "wie was wer wieso weshalb warum welche wirklich echt richtig how what who why which really right huh hm".split()
)
_COURTESY = re.compile(
    r"(?:(?:koennen|koennten|kannst|wuerden|moechten) (?:sie|du|ihr) (?:mir |uns |bitte |da |dabei |hier |hierbei |damit |vielleicht |kurz |eventuell |evtl )*"
    r"(?:weiterhelfen|helfen|weiter helfen|auskunft geben|behilflich sein|antworten|etwas sagen|mehr sagen|etwas dazu sagen|mehr dazu sagen)"
    r"|(?:can|could|would) you (?:please |kindly |possibly )?(?:help|assist|advise)(?: me| us)?(?: out| here| please| (?:with|on) (?:this|that|it))*"
    r"|(?:darf|duerfte|duerfen|kann|koennte|koennen) (?:ich|wir) (?:sie |ihnen |dich |dir |euch )?(?:kurz |mal |bitte )*(?:etwas|was|eine frage|ein paar fragen|einige fragen|noch etwas)(?: kurz)? (?:fragen|stellen)"
    r"|(?:may|can|could) (?:i|we) ask (?:you )?(?:something|a question|a few questions|some questions)"
    r"|wie geht es (?:ihnen|dir|euch)(?: heute)?|wie geht s(?: ihnen| dir)?|how are you(?: today| doing)?"
    r"|(?:haben|haetten) sie (?:kurz |einen moment |einen augenblick |dafuer )*zeit(?: fuer mich| fuer uns)?|do you have (?:a moment|a minute|time)"
    r"|ist (?:da|dort|hier) jemand|(?:is )?any(?:one|body) (?:there|here)|(?:nicht wahr|stimmt das|stimmt s|oder nicht|alles klar|verstanden|isn t it|is that right|okay|got it)"
    r"|(?:hallo|guten tag|moin|hi|hey|hello)(?: zusammen| there)?)"
    r"(?: bitte| please| danke| vielen dank| thanks| thank you)*"
)  # fmt: skip
"""Questions that politeness asks; nobody wants them answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence of an enquiry, on one line and without personal data."""

    text: str
    is_question: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """An enquiry taken apart."""

    pieces: tuple[Piece, ...]
    """In their order; together all that the enquiry says, greetings and questions of politeness left out."""
    model: ModelRecord | None = None
    """What a language model had to do with it; None where none was asked."""

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that want an answer, each once."""
        return tuple(piece.text for piece in self.pieces if piece.is_question)

    def around(self, question: str, *, is_about_the_writer: Callable[[str], bool]) -> str:
        """What is said beside a question: the statements, and those other questions in which the writers speak of themselves."""
        return " ".join(
            piece.text
            for piece in self.pieces
            if not piece.is_question or (piece.text != question and is_about_the_writer(piece.text))
        )


def divide(text: str, language: Language) -> Divided:
    """Take a text apart by its sentences: a question is one that ends with a question mark and is more than a fragment or politeness."""
    pieces: list[Piece] = []
    asked: set[str] = set()
    for sentence in _sentences(text, language):
        said = _SALUTATION.sub("", sentence)
        key = _words(said)
        if not any(char.isalpha() for char in key) or _is_fragment(key) or _COURTESY.fullmatch(key):
            continue
        is_question = said.endswith("?") and not _MAIL_HEAD.match(said)
        if is_question and key in asked:
            continue
        asked |= {key} if is_question else set()
        pieces.append(Piece(text=said[:1].upper() + said[1:], is_question=is_question))
    return Divided(pieces=tuple(pieces))


def wants_an_answer(question: str) -> bool:
    """Whether a question is more than a fragment or politeness."""
    key = _words(question)
    return bool(key) and not _is_fragment(key) and not _COURTESY.fullmatch(key)


def _sentences(text: str, language: Language) -> Iterator[str]:
    flat = clean_question(text)
    plain = without_markup(flat)
    kept = canonical_text(text) if plain == flat else plain  # lines matter, but markup may reach over them
    parted = _LINE_END.sub("\n\n", _ITEM.sub("\n\n", mask_personal_data(kept)))
    for span in sentence_spans(parted, language):
        # A number may have stood on two lines.
        yield mask_personal_data(" ".join(parted[span.start : span.end].split()).replace(" ?", "?"))


def _words(text: str) -> str:
    return " ".join(_HOLDS_NOTHING.sub(" ", fold(text)).split())


def _is_fragment(key: str) -> bool:
    """Whether nothing but a bare question word is left, as of "Wie?" and "Und warum?"."""
    return not [word for word in key.split() if word not in _JOINING | _BARE] and len(key.split()) <= 2
