"""Which cluster fits a company: hard criteria by rule, closeness of field as a score, every verdict with its quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.company.names import GOAL_NAMES
from assistant.company.wz import ActivityTable
from assistant.domain.advice import BackQuestion, Cited, ClusterMatch, Contact, Criterion, Fit, MatchAdvice
from assistant.domain.answers import Evidence, NextStep
from assistant.domain.company import Company
from assistant.domain.ports import Library
from assistant.domain.quoting import definition_evidence, edition, labelled_evidence
from assistant.domain.values import Language
from assistant.matching import criteria
from assistant.matching.fit import Elsewhere, FitRule, SectorFit, ranked
from assistant.matching.organisations import Organisation
from assistant.matching.texts import PLACES, listed, quoted, say

STRONG = 0.6
"""Sector score from which a fit is called strong."""
POSSIBLE = 0.4
"""Sector score from which an organisation is listed at all."""
OF_BEST = 0.5
"""Share of the best score that a further organisation needs to be listed."""
BORDERING = 0.8
"""Share of the best score from which the second one is said to border."""
ACROSS_FACTOR = 0.5
"""What is left of the fit to a network of all branches, where a branch is named."""
OWN_TRADE = 0.6
"""From this strength on, a trade that no organisation covers is the company's own, whoever its customers are."""
OUTDOING = 0.05
"""By how much less than the best fit such a trade still outdoes it."""
MOST_MATCHES = 5
MOST_QUESTIONS = 3
SECTOR_SHARE, CHAIN_SHARE, GOALS_SHARE = 0.8, 0.1, 0.1
NETWORK_FACTOR = 0.95
"""Among equals a cluster, which is for the whole branch, goes before a network."""
FOR_ALL = "networks/hamburg-invest"
"""Whom the sheet names as the first address for companies of all industries."""
FOR_ALL_SENTENCE = "anlaufstelle"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Examined:
    organisation: Organisation
    fit: SectorFit
    criteria: tuple[Criterion, ...]
    score: float

    @property
    def is_allowed(self) -> bool:
        return self.organisation.is_active and all(c.verdict != "not_met" for c in self.criteria)


class Matcher:
    """Advises companies which cluster fits; pure apart from the library it quotes."""

    def __init__(self, library: Library, organisations: Sequence[Organisation], table: ActivityTable) -> None:
        self._library = library
        self._organisations = {organisation.id: organisation for organisation in organisations}
        self._rule = FitRule(organisations, table)

    def advise(self, company: Company) -> MatchAdvice:
        """The advice for one company; the same company always gets the same."""
        if company.unclear is not None:
            return self._clarify(company, company.unclear)
        fits = self._fits(company)
        elsewhere = self._rule.elsewhere(company)
        near = [self._examine(company, self._organisations[i], fits[i]) for i in ranked(fits) if fits[i].score > 0]
        near.sort(key=lambda e: (-e.score, e.organisation.part_of is None, e.organisation.id))
        listed_ones = self._listed(company, near, elsewhere)
        if listed_ones:
            return self._matched(company, listed_ones, near)
        if not near and not elsewhere.names:
            return self._nothing_names_a_field(company, elsewhere)
        return self._none_fits(company, near, elsewhere)

    # --- examining ---

    def _fits(self, company: Company) -> dict[str, SectorFit]:
        """The fit to every organisation; a branch that is named goes before what cuts across all branches."""
        fits = {i: self._rule.fit(company, o) for i, o in self._organisations.items()}
        across = self._rule.across
        if any(
            fit.score >= POSSIBLE for i, fit in fits.items() if i not in across and self._organisations[i].is_active
        ):
            for i in across:
                fits[i] = replace(fits[i], score=round(fits[i].score * ACROSS_FACTOR, 4))
        return fits

    def _examine(self, company: Company, organisation: Organisation, fit: SectorFit) -> _Examined:
        def quote(label: str | None) -> tuple[Evidence, ...]:
            return self._quote(organisation.id, label, company.language)

        chain = criteria.value_chain(company, organisation, quote)
        goals = criteria.goals(company, organisation, quote)
        found = [
            criteria.sector(fit, quote, company.language),
            chain,
            criteria.region(company, organisation, quote),
            criteria.kind(company, organisation, quote),
            goals,
            criteria.status(company, organisation, quote),
        ]
        return _Examined(
            organisation=organisation,
            fit=fit,
            criteria=tuple(criterion for criterion in found if criterion is not None),
            score=_score(organisation, fit, chain, goals),
        )

    def _listed(self, company: Company, near: Sequence[_Examined], elsewhere: Elsewhere) -> list[_Examined]:
        """What is recommended: allowed, close enough, and not outdone by a trade of another kind."""
        allowed = [e for e in near if e.is_allowed and e.fit.score >= POSSIBLE]
        if not allowed:
            return []
        is_outdone = elsewhere.own >= OWN_TRADE and elsewhere.own > allowed[0].fit.score - OUTDOING
        if is_outdone and not self._rule.takes_in(company, allowed[0].organisation):
            return []
        ended = [e for e in near if not e.organisation.is_active and not e.fit.is_only_served]
        if (
            ended
            and ended[0].score > allowed[0].score
            and allowed[0].organisation.id != ended[0].organisation.successor
        ):
            return []
        return [e for e in allowed if e.score >= OF_BEST * allowed[0].score][:MOST_MATCHES]

    # --- results ---

    def _matched(self, company: Company, found: Sequence[_Examined], near: Sequence[_Examined]) -> MatchAdvice:
        language = company.language
        first, second = found[0], _bordering(found)
        name = first.organisation.names[language]
        between = None
        if second is not None:
            between = self._between(first, second, language)
            text = say("matched_two", language, name=name, other=second.organisation.names[language])
        else:
            text = say("matched" if _fit(first) == "strong" else "matched_possible", language, name=name)
        return MatchAdvice(
            status="matched",
            language=language,
            company=company,
            text=text,
            matches=tuple(self._match(e, language) for e in found),
            between=between,
            notes=tuple(self._notes(company, near, found)),
            questions=self._questions(company, found, second),
        )

    def _none_fits(self, company: Company, near: Sequence[_Examined], elsewhere: Elsewhere) -> MatchAdvice:
        language = company.language
        text = say("none", language, what=f" ({listed(elsewhere.names, language)})" if elsewhere.names else "")
        if near and near[0].fit.score >= POSSIBLE and elsewhere.own < OWN_TRADE:
            key = "none_region" if near[0].organisation.is_active else "none_ended"
            text = say(key, language, name=near[0].organisation.names[language])
        return MatchAdvice(
            status="none_fits",
            language=language,
            company=company,
            text=text,
            notes=tuple(self._notes(company, near, ())),
            questions=self._questions(company, (), None),
            next_step=self._for_all(language),
        )

    def _nothing_names_a_field(self, company: Company, elsewhere: Elsewhere) -> MatchAdvice:
        language = company.language
        text = say("nothing_understood", language)
        if elsewhere.is_open:
            words = tuple(dict.fromkeys(word for a in company.activities[:2] for word in a.words[:1]))
            text = say("needs_branch", language, words=quoted(words, language))
        return MatchAdvice(
            status="clarify",
            language=language,
            company=company,
            text=text,
            questions=self._branch_questions(company) if elsewhere.is_open else (self._ask_description(language),),
            unclear=None if elsewhere.is_open else "nothing_understood",
        )

    def _clarify(self, company: Company, why: str) -> MatchAdvice:
        language = company.language
        words = quoted(company.unclear_words, language)
        return MatchAdvice(
            status="clarify",
            language=language,
            company=company,
            text=say(why, language, words=words) if why == "contradiction" else say(why, language),
            questions=(self._ask_description(language),),
            unclear=company.unclear,
        )

    # --- parts of a result ---

    def _match(self, examined: _Examined, language: Language) -> ClusterMatch:
        organisation = examined.organisation
        own = edition(organisation.id, language, self._library)
        return ClusterMatch(
            cluster_id=organisation.id,
            name=organisation.names[language],
            kind=organisation.kind,
            fit=_fit(examined),
            score=examined.score,
            criteria=examined.criteria,
            joining=self._cited(organisation.id, organisation.joining, language),
            contact=self._contact(organisation, language),
            summary=_as_cited(definition_evidence(self._library, own)),
            part_of=organisation.part_of,
        )

    def _between(self, first: _Examined, second: _Examined, language: Language) -> Cited:
        names = [e.organisation.names[language] for e in (first, second)]
        only = [[w for w in a.fit.words if w not in b.fit.words][:2] for a, b in ((first, second), (second, first))]
        evidence = tuple(e for examined in (first, second) for e in examined.criteria[0].evidence)
        if not only[0] or not only[1]:
            words = [w for w in first.fit.words if w in second.fit.words][:2] or list(first.fit.words[:2])
            text = say("between_same", language, first=names[0], second=names[1], words=quoted(words, language))
            return Cited(text=text, evidence=evidence)
        text = say(
            "between", language, first=names[0], second=names[1],
            first_words=quoted(only[0], language), second_words=quoted(only[1], language),
        )  # fmt: skip
        return Cited(text=text, evidence=evidence)

    def _notes(self, company: Company, near: Sequence[_Examined], found: Sequence[_Examined]) -> list[Cited]:
        """Near ones that are not recommended, and why: ended, or not for this place."""
        language = company.language
        best = found[0].score if found else POSSIBLE
        notes: list[Cited] = []
        for examined in near:
            organisation = examined.organisation
            name = organisation.names[language]
            if examined.score < max(POSSIBLE, OF_BEST * best) or examined in found:
                continue
            if not organisation.is_active:
                notes.append(Cited(text=say("note_ended", language, name=name), evidence=self._end(examined, company)))
            elif (lost := next((c for c in examined.criteria if c.verdict == "not_met"), None)) is not None:
                notes.append(Cited(text=say("note_region", language, name=name), evidence=lost.evidence))
            if examined.fit.instead and examined.fit.outside:
                notes += filter(None, [self._cited(organisation.id, examined.fit.outside, language)])
        return notes[:3]

    def _end(self, examined: _Examined, company: Company) -> tuple[Evidence, ...]:
        """Where an ended organisation's companies are to turn: what its sheet says of just these words, else its successor."""
        organisation = examined.organisation
        for outside in organisation.outside:
            if any(outside.terms.intersection(word.terms) for word in company.words):
                return self._quote(organisation.id, outside.sentence, company.language)
        own = edition(organisation.id, company.language, self._library)
        first = definition_evidence(self._library, own)
        return self._quote(organisation.id, organisation.successor_sentence, company.language) or (
            (first,) if first else ()
        )

    def _contact(self, organisation: Organisation, language: Language) -> Contact | None:
        if organisation.contact is None:
            return None
        evidence = self._quote(organisation.id, organisation.contact.sentence, language)
        if not evidence:
            return None
        return Contact(text=evidence[0].text, url=_address(organisation.contact.website), evidence=evidence)

    def _for_all(self, language: Language) -> NextStep | None:
        organisation = self._organisations.get(FOR_ALL)
        evidence = self._quote(FOR_ALL, FOR_ALL_SENTENCE, language) if organisation else ()
        if organisation is None or not evidence:
            return None
        website = organisation.contact.website if organisation.contact else None
        return NextStep(text=evidence[0].text, url=_address(website))

    # --- questions back ---

    def _questions(
        self, company: Company, found: Sequence[_Examined], second: _Examined | None
    ) -> tuple[BackQuestion, ...]:
        """What would change the result, most decisive first: a hard criterion that is open, two that border, the goals."""
        language = company.language
        questions: list[BackQuestion] = []
        if company.place is None and company.in_hamburg is None and found:
            questions.append(
                BackQuestion(field="location", text=say("ask_location", language), options=PLACES[language])
            )
        if second is not None:
            fields = [e.fit.field.names[language] for e in (found[0], second) if e.fit.field is not None]
            if len(set(fields)) > 1:
                questions.append(
                    BackQuestion(
                        field="sectors", text=say("ask_sectors", language), options=tuple(dict.fromkeys(fields))
                    )
                )
        elif found and _fit(found[0]) == "possible":
            questions += [q for q in self._branch_questions(company) if q.field == "sectors"]
        if not company.goals and found:
            offered = dict.fromkeys(goal for e in found for goal in e.organisation.goals)
            names = tuple(GOAL_NAMES[goal][language] for goal in offered)
            if len(names) > 1:
                questions.append(BackQuestion(field="goals", text=say("ask_goals", language), options=names[:5]))
        return tuple(questions[:MOST_QUESTIONS])

    def _branch_questions(self, company: Company) -> tuple[BackQuestion, ...]:
        """The question for the branch; the options are the first fields of the active clusters."""
        language = company.language
        names = tuple(
            o.fields[0].names[language]
            for o in self._organisations.values()
            if o.is_active and o.kind == "cluster" and o.fields
        )
        return (BackQuestion(field="sectors", text=say("ask_branch", language), options=names),)

    def _ask_description(self, language: Language) -> BackQuestion:
        return BackQuestion(field="description", text=say("ask_description", language))

    # --- quoting ---

    def _quote(self, organisation_id: str, label: str | None, language: Language) -> tuple[Evidence, ...]:
        if label is None:
            return ()
        found = labelled_evidence(self._library, edition(organisation_id, language, self._library), label)
        return (found,) if found else ()

    def _cited(self, organisation_id: str, label: str | None, language: Language) -> Cited | None:
        return _as_cited(next(iter(self._quote(organisation_id, label, language)), None))


def _as_cited(evidence: Evidence | None) -> Cited | None:
    return Cited(text=evidence.text, evidence=(evidence,)) if evidence else None


def _share(criterion: Criterion | None) -> float:
    """What a soft criterion adds: all when met, half when nothing is known, none when the source names nothing that fits."""
    if criterion is None:
        return 0.5
    return 1.0 if criterion.verdict == "met" else 0.25


def _score(organisation: Organisation, fit: SectorFit, chain: Criterion | None, goals: Criterion | None) -> float:
    """The score by which organisations are ordered, 0 to 1."""
    weighted = fit.score * (SECTOR_SHARE + CHAIN_SHARE * _share(chain) + GOALS_SHARE * _share(goals))
    return round(weighted * (NETWORK_FACTOR if organisation.kind == "network" else 1.0), 4)


def _fit(examined: _Examined) -> Fit:
    return "strong" if examined.fit.score >= STRONG and examined.criteria[0].verdict == "met" else "possible"


def _bordering(found: Sequence[_Examined]) -> _Examined | None:
    """The second one, where it is nearly as close and no part of the first."""
    related = {found[0].organisation.id, found[0].organisation.part_of} - {None}
    for other in found[1:3]:
        if other.organisation.id in related or other.organisation.part_of in related:
            continue
        return other if other.score >= BORDERING * found[0].score else None
    return None


def _address(website: str | None) -> str | None:
    return f"https://{website}" if website and not website.startswith("http") else website
