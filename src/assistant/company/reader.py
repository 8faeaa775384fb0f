"""Reads a description: what a company does, how many, how old, where, what it wants, and whether it can be judged at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace

from assistant.company.clarity import companies_named, is_no_company, is_other_language
from assistant.company.founding import founding_from, read_founding
from assistant.company.homonyms import Homonyms
from assistant.company.kinds import read_organisations, read_stage, read_steps, read_traits
from assistant.company.money import read_money
from assistant.company.names import STAGE_NAMES, named
from assistant.company.numbers import with_digits
from assistant.company.places import Gazetteer, read_places
from assistant.company.roles import roles_of
from assistant.company.staff import read_staff
from assistant.company.synonyms import Synonyms
from assistant.company.vocabulary import Found, Near, Vocabulary, term_key, tokens_of
from assistant.company.wishes import SECTOR_PURPOSES, goals_named, purposes_named, read_goals, read_purposes
from assistant.company.wz import ActivityTable
from assistant.domain.company import Activity, Company, Founding, Range, Request, Role, Unclear, Word
from assistant.domain.facts import Purpose, Stage
from assistant.domain.values import LANGUAGES, Language
from assistant.language.detect import language_of
from assistant.language.normalise import clean_question, fold

OLD_STARTUP_YEARS = 20
"""A start-up of this age contradicts itself."""
YOUNG_YEARS = 5.0
"""Up to this age a company counts as young where a programme names no age."""
ROLE_WEIGHTS: dict[Role, float] = {"identity": 1.0, "plain": 0.95, "customer": 0.85, "means": 0.7, "place": 0.1}
"""How much a word counts for what a company does, by its role."""
_GERMAN_VERBS = frozenset(
    """plane planen schule schulen messe messen spritzen federn schrauben rollen stempeln tropfen speichern angeln pressen bohren wellen ketten banken
    leiten lade laden buchen bürgen stapeln""".split()
)
"""In small letters they are what somebody does, not aeroplanes, tarpaulins, schools, trade fairs, syringes."""
_ASKING_WORDS = frozenset(
    """fit fits fitting suit suits geld foerderung foerdermittel zuschuss kredit kredite darlehen finanzierung funding fund funds loan loans grant grants
    money capital kapital antrag programm programme verein mitglied member""".split()
)
_ASKING = re.compile(
    r"\b(?:gibt es|brauch\w*|benoetig\w*|such\w*|bekomm\w*|krieg\w*|erhalt\w*|welche\w*|pass\w*|is there|are there|need|look\w* for|seek\w*|which|can we get|get)\b"
)
"""In a sentence that asks for something, such words name what is asked for, not what the company does."""
CERTAIN = 0.85
"""Strength from which a single word names a trade beyond doubt."""
FIELD_WEIGHT = 1.0
"""Weight of a branch that was chosen in a field."""


class DescriptionReader:
    """Understands descriptions in German and English; deterministic."""

    def __init__(
        self,
        terms: Iterable[tuple[Language, str]],
        *,
        table: ActivityTable,
        gazetteer: Gazetteer,
        near: Callable[[Vocabulary], Near] | None = None,
        known_words: Iterable[str] = (),
        ordinary: Container[str] | None = None,
    ) -> None:
        """Build the vocabulary.

        Args:
            terms: Words of the corpus by which companies describe themselves, besides those of the table.
            table: The economic activities.
            gazetteer: The places.
            near: Given the vocabulary, finds terms of close meaning; None leaves unknown words unknown.
            known_words: Further folded words that may be parts of compounds.
            ordinary: Folded words that are no typing errors; None leaves typing errors unknown.
        """
        self._table = table
        self._gazetteer = gazetteer
        self._synonyms = Synonyms.load()
        all_terms = [*table.terms(), *terms, *self._synonyms.terms]
        self.vocabulary = Vocabulary(all_terms, known_words=known_words, ordinary=ordinary)
        self._homonyms = Homonyms.load()
        self._near = near(self.vocabulary) if near else None

    def read(self, request: Request) -> Company:
        """The company that a request describes; its fields win over its description."""
        text = clean_question(request.description)
        language = request.language or language_of(text or " ".join(request.sectors or ()), default="de")
        digits = with_digits(text, language)
        places, staff, founding = (
            read_places(text, self._gazetteer),
            read_staff(digits),
            read_founding(digits, request.on),
        )
        money, steps = read_money(digits, language), read_steps(digits)
        words = self._words(text, language)
        if request.sectors is not None:
            words = self._words_of_fields(request.sectors) or words
        company = Company(
            text=text,
            language=language,
            on=request.on,
            words=words,
            activities=self._activities(words, language),
            steps=steps,
            employees=staff.staff,
            founded=founding.founding,
            place=places.place,
            in_hamburg=places.in_hamburg,
            plans_hamburg=places.plans_hamburg,
            turnover_eur=money.turnover,
            balance_eur=money.balance,
            amount_eur=money.amount,
            goals=read_goals(digits),
            purposes=read_purposes(digits),
            stage=read_stage(digits),
            organisations=read_organisations(digits),
            traits=read_traits(digits),
        )
        company = _with_consequences(self._with_fields(company, request))
        company = replace(company, stage=company.stage or _stage_of(company))
        unclear, because = self._unclear(
            company, request, (staff.contradicting, founding.contradicting, places.contradicting)
        )
        return replace(company, unclear=unclear, unclear_words=because)

    # --- what the company does ---

    def _words(self, text: str, language: Language) -> tuple[Word, ...]:
        tokens = tokens_of(text)
        roles = roles_of(tokens, text)
        in_place = {
            position
            for _, start, end in self._gazetteer.find(text)
            for position, token in enumerate(tokens)
            if start <= token.start < end
        }
        passed_over = in_place | self._homonyms.elsewise(tokens, language)
        grouped: dict[tuple[int, int], list[Found]] = {}
        for found in self.vocabulary.find(text, language, near=self._near):
            if not passed_over.issuperset(found.tokens) and not in_place.intersection(found.tokens):
                grouped.setdefault((found.start, found.end), []).append(found)
        words: list[Word] = []
        for (start, end), hits in sorted(grouped.items()):
            role = roles[hits[0].tokens[0]]
            is_verb = language == "de" and text[start:end] in _GERMAN_VERBS
            if role is not None and not is_verb and not _is_asked_for(text, start, end):
                terms = self._synonyms.with_meant({f.key: f.closeness for f in hits})
                words.append(Word(text=text[start:end], start=start, end=end, role=role, terms=terms))
        return tuple(words)

    def _words_of_fields(self, sectors: Sequence[str]) -> tuple[Word, ...]:
        """Branches named in a field: codes and names of activities, or free words."""
        words: list[Word] = []
        for sector in sectors:
            codes = (
                self._table.under(sector) if sector in self._table.entries or sector in self._table.divisions else []
            )
            if codes:
                names = [self._table.entries[code].names for code in codes]
                title = self._table.divisions.get(sector, names[0])["de"]
                terms = {term_key(name[language], language): FIELD_WEIGHT for name in names for language in LANGUAGES}
                words.append(Word(text=title, start=0, end=0, role="identity", terms=terms))
                continue
            for language in LANGUAGES:
                found = self.vocabulary.find(sector, language)
                if found:
                    terms = self._synonyms.with_meant({f.key: f.closeness for f in found})
                    words.append(Word(text=sector, start=0, end=0, role="identity", terms=terms))
                    break
        return tuple(words)

    def _activities(self, words: Sequence[Word], language: Language) -> tuple[Activity, ...]:
        missing: dict[str, float] = {}
        named: dict[str, dict[str, None]] = {}
        for word in words:
            best: dict[str, float] = {}
            for key, closeness in word.terms.items():
                codes = self._table.codes_of(key)
                for code in codes:
                    best[code] = max(best.get(code, 0.0), ROLE_WEIGHTS[word.role] * closeness / len(codes) ** 0.5)
            for code, weight in best.items():
                missing[code] = missing.get(code, 1.0) * (1.0 - 0.9 * weight)
                named.setdefault(code, {}).setdefault(word.text)
        found = [
            Activity(
                code=code,
                name=self._table.entries[code].names[language],
                kind=self._table.entries[code].kind,
                strength=round(1.0 - rest, 4),
                words=tuple(named[code]),
            )
            for code, rest in missing.items()
        ]
        return tuple(sorted(found, key=lambda a: (-a.strength, a.code)))

    # --- fields ---

    def _with_fields(self, company: Company, request: Request) -> Company:
        changes: dict[str, object] = {}
        if request.employees is not None:
            changes["employees"] = Range(low=request.employees, high=request.employees)
        if request.founded is not None:
            changes["founded"] = founding_from(request.founded, request.on)
        if request.location is not None:
            place = self._gazetteer.lookup(request.location)
            if place is not None:
                changes["place"] = place
                changes["in_hamburg"] = "hamburg" in place.regions or (
                    False if self._gazetteer.is_outside(place) else None
                )
                changes["plans_hamburg"] = False
        if request.in_hamburg is not None:
            changes["in_hamburg"] = request.in_hamburg
            if request.in_hamburg and (company.place is None or "hamburg" not in company.place.regions):
                changes.setdefault("place", company.place or self._gazetteer.lookup("Hamburg"))
        if request.turnover_eur is not None:
            changes["turnover_eur"] = Range(low=request.turnover_eur, high=request.turnover_eur)
        if request.amount_eur is not None:
            changes["amount_eur"] = request.amount_eur
        if request.goals is not None:
            changes["goals"] = goals_named(request.goals)
        if request.purposes is not None:
            wanted = purposes_named(request.purposes)
            implied = tuple(p for p in company.purposes if p in SECTOR_PURPOSES and p not in wanted)
            changes["purposes"] = wanted + implied
        stage = named(request.stage, STAGE_NAMES) if request.stage is not None else None
        if stage is not None:
            changes["stage"] = stage
            if stage == "idea":
                changes["founded"] = Founding(is_founded=False)
        return replace(company, **changes)  # type: ignore[arg-type]

    # --- clarity ---

    def _unclear(
        self,
        company: Company,
        request: Request,
        contradictions: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    ) -> tuple[Unclear | None, tuple[str, ...]]:
        text = company.text
        if not any(char.isalnum() for char in text):
            return (None, ()) if company.words or company.purposes else ("empty", ())
        if is_other_language(text):
            return "other_language", ()
        names = companies_named(text)
        if names:
            return "several_companies", names
        staff, founding, places = contradictions
        for because, is_settled in (
            (staff, request.employees),
            (founding, request.founded),
            (places, request.location),
        ):
            if because and is_settled is None:
                return "contradiction", because
        age = company.age_years()
        if "startup" in company.organisations and age and age.low is not None and age.low > OLD_STARTUP_YEARS:
            return "contradiction", ("Start-up", company.founded.text if company.founded else "")
        has_figures = company.employees is not None or company.founded is not None or company.amount_eur is not None
        folded = with_digits(text, company.language)
        has_activity = (
            bool(company.steps)
            or len(company.words) > 1
            or any(w.role == "identity" for w in company.words)
            or any(a.kind == "own" and a.strength >= CERTAIN for a in company.activities)
        )
        if request.sectors is None and is_no_company(
            request.description, folded, has_activity=has_activity, has_figures=has_figures
        ):
            return "no_company", ()
        return None, ()


def _is_asked_for(text: str, start: int, end: int) -> bool:
    """Whether the word at the offsets is what a sentence asks for."""
    if fold(text[start:end]) not in _ASKING_WORDS:
        return False
    begin = max(text.rfind(mark, 0, start) for mark in ".!?;\n") + 1
    ends = [at for mark in ".!?;\n" if (at := text.find(mark, end)) >= 0]
    return _ASKING.search(fold(text[begin : min(ends, default=len(text))])) is not None


def _with_consequences(company: Company) -> Company:
    """What follows from the rest: whoever takes over a business founds anew, the seat is where the founding is planned, and an
    investor pays for growth."""
    if company.founded is None and company.stage is None and "succession" in company.purposes:
        company = replace(company, founded=Founding(is_founded=False))
    if "investor" in company.organisations:
        company = replace(company, purposes=("growth_capital",))
    if company.plans_hamburg and company.is_founded is False and company.in_hamburg is None:
        company = replace(company, in_hamburg=True, plans_hamburg=False)
    return company


def _stage_of(company: Company) -> Stage | None:
    """The stage that founding and age give."""
    if company.founded is not None and not company.founded.is_founded:
        return "founding"
    age = company.age_years()
    if age is None or age.low is None:
        return None
    if age.high is not None and age.high <= YOUNG_YEARS:
        return "young"
    return "established" if age.low > YOUNG_YEARS else None


def is_sector_purpose(purpose: Purpose) -> bool:
    """Whether a purpose only names a branch."""
    return purpose in SECTOR_PURPOSES
