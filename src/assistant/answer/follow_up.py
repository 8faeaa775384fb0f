"""Second step: makes a follow-up question self-contained from the conversation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answer.draft import Draft, Rewritten
from assistant.answer.gate_features import measure_gate
from assistant.answer.names import NameIndex
from assistant.answer.question_type import asked_fields
from assistant.domain.answers import Turn
from assistant.domain.values import Language
from assistant.language.detect import language_of
from assistant.language.names import words_of_name
from assistant.language.normalise import fold

SHORT_QUESTION_WORDS = 7
UNSURE_QUESTION_WORDS = 12
"""A question of at most so many words that names nothing may lean on the conversation without a word that says so."""
_OPENING = re.compile(
    r"^(und|aber|oder|also|dann|ok|okay|ach|and|but|or|so|then|what about|how about|wie sieht es|nein|no|ja|yes|sorry|entschuldigung)\b"
)
_POINTING = re.compile(
    r"\b(er|sie|(?<!gibt )(?<!geht )es|ihn|ihm|ihr|ihre|ihren|dessen|deren|dort|da|dafuer|davon|dazu|damit|dabei|daran|daraus|darin|diese[rsmn]?|jene[rsmn]?|"
    r"stattdessen|(?:wenn|falls) (?:ja|nein|nicht)|if (?:so|not)|das (programm|cluster|netzwerk|geld|foerderprogramm|angebot)|der (verein|zuschuss|kredit)|die (foerderung|initiative|gesellschaft)|"
    r"it|its|they|them|their|that|this|these|those|(?<!is )(?<!are )there|the (programme|program|cluster|network|grant|loan|scheme))\b"
)
_CORRECTION = re.compile(
    r"\b(nein|no|nicht|sondern|meinte|gemeint|verwechselt|vertan|ich wollte|eigentlich|i mean|i meant|i was after|i wanted|mixed (?:\w+ )?up|actually|rather|instead|lieber)\b"
)
CORRECTION_WORDS = 14
"""Most words of a correction, excuse included."""
_FIRST_ONE = re.compile(
    r"\b(beim|bei dem|der|die|das|dem|den|the|for the|fuer das) (erste[nrsm]?|first)( one| programme| cluster)?\b"
)
_SECOND_ONE = re.compile(
    r"\b(beim|bei dem|bei der|der|die|das|dem|den|the|for the|with the) (zweite[nrsm]?|andere[nrsm]?|second|other|latter)( one| programme| cluster)?\b"
)
_LANGUAGES: tuple[tuple[re.Pattern[str], Language], ...] = (
    (re.compile(r"\b(auf|in|ins|into) englisch\w*\b|\b(in|into) english\b|\benglish (please|version)\b|^(und |and )?(english|englisch)$"), "en"),
    (re.compile(r"\b(auf|in|ins|into) deutsch\w*\b|\b(in|into) german\b|\bdeutsch bitte\b|\bgerman (please|version)\b|^(und |and )?(deutsch|german)$"), "de"),
)  # fmt: skip
_AGAIN = re.compile(
    r"\b(repeat|again|translate|say|write|same|wiederhol\w*|uebersetz\w*|noch ?mal|nochmals|schreib\w*|sag\w*|dasselbe|das gleiche)\b"
)
AGAIN_WORDS = 20
"""Most words of a request to say the same once more in the other language, its reason included."""
_FILLING = frozenset(
    """
    und oder aber fuer bei beim von vom mit zum zur der die das den dem nein nicht ich meinte meine sondern ist es sieht wie was aus in im and or but for with
    about what how the no not i meant mean rather of gemeint war doch ach so also denn then ja yes bitte please programm cluster sorry entschuldigung ok okay
    lieber instead oops ups mixed up that was after it wanted wollte wollten eigentlich actually vertan verwechselt one ones eine einen other others andere anderen anderer anderes
    wrong falsch to know wissen habe mich da im thing
    """.split()
)


class FollowUp:
    """Carries subject and topic over the turns of a conversation."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names

    def __call__(self, draft: Draft) -> Draft:
        """Rewrite the question where it leans on an earlier one; where that is not sure, note the rewriting as a possibility."""
        if not draft.question.history:
            return draft
        last = draft.question.history[-1]
        rewritten = self._rewrite(draft, last)
        if rewritten is None:
            return draft
        if rewritten.is_sure:
            return apply_rewriting(draft, rewritten, self._names)
        return replace(draft, possible=rewritten)

    def _rewrite(self, draft: Draft, last: Turn) -> Rewritten | None:
        folded = fold(draft.text)
        words = re.findall(r"[a-z0-9]+", folded)
        for pattern, language in _LANGUAGES:
            most = AGAIN_WORDS if _AGAIN.search(folded) and not draft.document_ids else SHORT_QUESTION_WORDS
            if pattern.search(folded.strip(" ?!.")) and len(words) <= most:
                ids = self._names.find(last.question).document_ids or last.document_ids[:1]
                return Rewritten(text=last.question, document_ids=ids, language=language)
        option = _chosen_option(folded, last)
        if option is not None and len(words) <= SHORT_QUESTION_WORDS:
            return Rewritten(text=option, document_ids=self._names.find(option).document_ids)
        if draft.document_ids:
            return self._about_named(draft, last, folded, words)
        if not last.document_ids and not self._names.find(last.question).document_ids:
            return None
        pointed = self._pointed_out(draft, folded) or self._sibling(last, words)
        if pointed is not None:
            return pointed
        leans = bool(_OPENING.search(folded) or _POINTING.search(folded)) and len(words) <= 2 * SHORT_QUESTION_WORDS
        if leans or len(words) <= UNSURE_QUESTION_WORDS:
            return self._about(draft.text, self._subject(last), draft.language, is_sure=leans or len(words) <= 3)
        return None

    def _subject(self, last: Turn) -> str:
        """What the conversation was about last: what was named, or else what was cited first."""
        named = self._names.find(last.question).document_ids
        return named[0] if len(named) == 1 or not last.document_ids else last.document_ids[0]

    def _about_named(self, draft: Draft, last: Turn, folded: str, words: list[str]) -> Rewritten | None:
        """A question that names something: the earlier question asked of it, a combination with the earlier subject, or neither."""
        corrects = bool(_CORRECTION.search(folded)) and len(words) <= CORRECTION_WORDS
        leans = bool(_OPENING.search(folded)) and len(words) <= SHORT_QUESTION_WORDS + 2
        if not leans and not corrects:
            return None
        named = draft.document_ids[0]
        if not _asks_something(words, draft.name_words):
            return self._with_name(last.question, named, draft.language)
        if "combination" in asked_fields(draft.text) and last.document_ids:
            subject = self._subject(last)
            if subject != named:
                text = f"{self._names.short_name(subject, draft.language)}: {draft.text}"
                return Rewritten(text=text, document_ids=(subject, *draft.document_ids))
        return None

    def _with_name(self, question: str, document_id: str, language: Language) -> Rewritten:
        """The earlier question asked of another subject."""
        name = self._names.short_name(document_id, language)
        earlier = self._names.find(question)
        spellings = [earlier.shared_name] if earlier.shared_name else []
        for old in earlier.document_ids:
            spellings += [self._names.short_name(old, "de"), self._names.short_name(old, "en")]
        for spelling in sorted({s for s in spellings if s}, key=len, reverse=True):
            text, count = re.subn(re.escape(spelling), lambda _: name, question, count=1, flags=re.IGNORECASE)
            if count:
                return Rewritten(text=text, document_ids=(document_id,))
        rest = " ".join(w for w in re.findall(r"\S+", question) if not set(words_of_name(w)) & earlier.words)
        return Rewritten(text=f"{name}: {rest}", document_ids=(document_id,))

    def _about(self, text: str, document_id: str, language: Language, *, is_sure: bool) -> Rewritten:
        """This question asked of the earlier subject."""
        name = self._names.short_name(document_id, language)
        return Rewritten(text=f"{name}: {text}", document_ids=(document_id,), is_sure=is_sure)

    def _pointed_out(self, draft: Draft, folded: str) -> Rewritten | None:
        """A question about "the first one" or "the other one" of the subjects so far."""
        turns = draft.question.history
        subjects: dict[str, None] = {}
        for turn in turns:
            for document_id in self._names.find(turn.question).document_ids or turn.document_ids[:2]:
                subjects.setdefault(document_id)
        last = turns[-1]
        pair = list(self._names.find(last.question).document_ids or last.document_ids[:2])
        for pattern, position in ((_SECOND_ONE, 1), (_FIRST_ONE, 0)):
            match = pattern.search(folded)
            if match is None:
                continue
            if len(pair) >= 2:
                chosen: str | None = pair[position]
            else:  # one subject at a time: "the other one" is the one before
                others = [document_id for document_id in subjects if document_id not in pair]
                chosen = (others[-1] if position else next(iter(subjects))) if others else None
            if chosen is not None:
                rest = (
                    f"{folded[: match.start()]} {folded[match.end() :]}"
                    if len(folded) == len(draft.text)
                    else draft.text
                )
                return self._about(" ".join(rest.split()), chosen, draft.language, is_sure=True)
        return None

    def _sibling(self, last: Turn, words: list[str]) -> Rewritten | None:
        """A short answer that tells apart offers of one name: "Innovation" after a question on the Hamburg-Kredit Wachstum."""
        content = [word for word in words if word not in _FILLING]
        if not content or len(content) > 2:
            return None
        for sibling in self._names.siblings(self._subject(last)):
            telling = self._names.telling_words(sibling)
            if all(any(_same_word(word, other) for other in telling) for word in content):
                return self._with_name(last.question, sibling, last.language)
        return None


def apply_rewriting(draft: Draft, rewritten: Rewritten, names: NameIndex) -> Draft:
    """The draft of the rewritten question."""
    return replace(
        draft,
        text=rewritten.text,
        rewritten=rewritten.text,
        language=rewritten.language or draft.language,
        text_language=language_of(rewritten.text, default=draft.text_language),
        document_ids=rewritten.document_ids,
        name_words=names.find(rewritten.text).words,
        possible=None,
    ).noting("follow_up", rewritten=rewritten.text)


class Resolve:
    """Where it is not sure that a question leans on the conversation, reads both ways and keeps the one that is answered better."""

    def __init__(
        self, read: Callable[[Draft], Draft], names: NameIndex, *, probability: Callable[[Draft], float]
    ) -> None:
        """Read a draft anew by `read`; compare by `probability`."""
        self._read = read
        self._names = names
        self._probability = probability

    def __call__(self, draft: Draft) -> Draft:
        """The draft as it is, or that of the rewritten question."""
        if draft.possible is None:
            return draft
        other = self._read(apply_rewriting(draft, draft.possible, self._names))
        plain_p = self._probability(draft) if draft.readings else 0.0
        other_p = self._probability(other) if other.readings else 0.0
        chosen = other if other_p > plain_p else replace(draft, possible=None)
        return chosen.noting("resolve", alone=round(plain_p, 3), in_conversation=round(other_p, 3))


def _chosen_option(folded: str, last: Turn) -> str | None:
    """The option of a clarifying reply that an answer picks out: by its whole text, or by a word that only it holds."""
    words = {word for word in re.findall(r"[a-z0-9]+", folded) if word not in _FILLING}
    if not last.options or not words:
        return None
    texts = {option: set(words_of_name(option)) for option in last.options}
    shared = set.intersection(*texts.values())
    fitting = [
        option for option, own in texts.items()
        if all(any(_same_word(word, other) for other in own) for word in words)
    ]  # fmt: skip
    telling = [
        option for option in fitting if any(_same_word(word, other) for word in words for other in texts[option] - shared)
    ]  # fmt: skip
    # Of "PROFI" and "PROFI Impuls", a bare "PROFI" means the one without anything more.
    found = telling or fitting
    return min(found, key=lambda option: len(texts[option])) if found else None


def _same_word(one: str, other: str) -> bool:
    """Whether two folded words are the same but for an ending."""
    one, other = one.replace("c", "k"), other.replace("c", "k")  # "micro" means "Mikro"
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 5 and longer.startswith(shorter[: max(5, len(shorter) - 2)])


def _asks_something(words: list[str], name_words: frozenset[str]) -> bool:
    """Whether anything but a name and filling words is left of the question."""
    return any(word not in _FILLING and word not in name_words for word in words)


def probability_of(judge: Callable[..., float]) -> Callable[[Draft], float]:
    """The gate's probability of a judged draft."""
    return lambda draft: judge(measure_gate(draft))
