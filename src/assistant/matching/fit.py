"""How well what a company does fits the sectors of each organisation.

Every word of the description that says what the company does counts for a sector as far as it names it: as itself or inside a
compound, by its role (what the company is counts more than whom it serves), and the less, the more organisations share it.
The words of one organisation are combined as independent signs: 1 - Π (1 - CERTAINTY · weight).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.company.reader import ROLE_WEIGHTS
from assistant.company.wz import ActivityTable, covers
from assistant.domain.company import Company, Word
from assistant.matching.organisations import Field, Organisation

CERTAINTY = 0.9
"""How much the surest word says; no single word decides alone."""
SHARED_WEIGHT = 0.35
"""Weight of a word that suits many sectors, beside one that names this one."""
ACTIVITY_WEIGHT = 0.9
"""Weight of an economic activity that belongs to a sector, against a word of that sector itself."""
GENERIC_ACTIVITY_WEIGHT = 0.55
"""Weight of an activity that says little without its branch, such as software, for an organisation of just that activity."""
OWN_TRADE_FACTOR = 0.4
"""Factor of a word that a sector lists, while it names a trade of its own that no organisation covers ("Dachdecker")."""
ONLY_SERVED = 0.9
"""Factor where every telling word only says whom the company serves."""
SERVES_OUTSIDE_FACTOR = 0.7
"""What is left where the company serves just those whom the organisation leaves to another one."""
OUTSIDE_FACTOR = 0.4
"""What is left of a fit where the organisation says that it does not cover just this."""
GUESSED = 0.6
"""Closeness below which a term is only a guess by closeness of meaning."""
CARRYING = ("49.2", "49.4", "52.1", "52.29", "53")
"""Codes of carrying and storing goods on land."""
GOODS = ("0", "1", "2", "30", "31", "32", "46", "47")
"""Codes of making and selling goods, which say nothing of who only carries or stores them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorFit:
    """The fit to one organisation's sectors."""

    score: float
    """0 to 1."""
    field: Field | None
    """The sector that fits best."""
    words: tuple[str, ...]
    """The words of the description that speak for it, strongest first."""
    outside: str | None = None
    """Label of the sentence that says the organisation does not cover this, where that decided."""
    instead: str | None = None
    """Id of what that sentence refers to."""
    is_only_served: bool = False
    """Whether every telling word only says whom the company serves or what it works with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Economic activities that no organisation covers."""

    own: float
    """0 to 1: how surely the company's trade is one that no organisation covers, whoever its customers are."""
    names: tuple[str, ...]
    """Names of all activities no organisation covers, strongest first."""
    is_open: bool
    """Whether activities were understood that say nothing without their branch."""


class FitRule:
    """Scores companies against the organisations; built once, deterministic."""

    def __init__(self, organisations: Sequence[Organisation], table: ActivityTable) -> None:
        self._organisations = organisations
        self._table = table
        self._holders: Counter[str] = Counter()
        for organisation in organisations:
            keys = {key for field in organisation.fields for key in field.telling}
            if organisation.is_active and organisation.part_of is None:
                self._holders.update(keys)
        self._covered = {code: self._cover_count(code) for code in table.entries}
        self.across = frozenset(organisation.id for organisation in organisations if self._cuts_across(organisation))
        """Ids of the organisations that are for an activity of all branches, such as software."""

    def _cover_count(self, code: str) -> int:
        """How many organisations share an activity; one that is part of another counts where no other covers it."""
        covering = [o for o in self._organisations if o.is_active and covers(o.wz(), code)]
        return sum(1 for o in covering if o.part_of is None) or min(1, len(covering))

    def fit(self, company: Company, organisation: Organisation) -> SectorFit:
        """How well a company's words fit one organisation."""
        by_word: dict[str, float] = {}
        by_field: Counter[int] = Counter()
        shared: list[tuple[Word, float]] = []
        served_only = True
        for word in company.words:
            weight, position = self._telling(word, organisation)
            if weight > 0:
                by_word[word.text] = max(by_word.get(word.text, 0.0), weight)
                by_field[position] += round(weight * 1000)
                served_only = served_only and word.role in ("customer", "means")
            elif (closeness := self._shared(word, organisation)) > 0:
                shared.append((word, closeness))
        if not by_word:
            return SectorFit(score=0.0, field=None, words=())
        for word, closeness in shared:
            by_word.setdefault(word.text, SHARED_WEIGHT * ROLE_WEIGHTS[word.role] * closeness)
        rest = 1.0
        for weight in by_word.values():
            rest *= 1.0 - CERTAINTY * weight
        score = (1.0 - rest) * (ONLY_SERVED if served_only else 1.0)
        outside = self._outside(company, organisation, set(by_word))
        if outside is not None:
            score *= OUTSIDE_FACTOR
        elif self._serves_outside(company, organisation):
            score *= SERVES_OUTSIDE_FACTOR
        position = max(by_field, key=lambda p: (by_field[p], -p))
        return SectorFit(
            score=round(score, 4),
            field=organisation.fields[position],
            words=tuple(sorted(by_word, key=lambda text: (-by_word[text], text))),
            outside=outside[0] if outside else None,
            instead=outside[1] if outside else None,
            is_only_served=served_only,
        )

    def elsewhere(self, company: Company) -> Elsewhere:
        """What the company does, rather than whom it serves, that no organisation covers."""
        done = [word for word in company.words if word.role in ("identity", "plain")]
        carries = "manufacturing" not in company.steps and any(self._carried(company))
        own: dict[str, float] = {}
        named: dict[str, float] = {}
        for word in done:
            inside = max((c for key, c in word.terms.items() if self._is_covered(key)), default=0.0)
            for key, closeness in word.terms.items():
                codes = self._table.codes_of(key)
                if not codes or self._is_covered(key) or closeness <= max(inside, GUESSED):
                    continue
                weight = closeness * ROLE_WEIGHTS[word.role]
                for entry in map(self._table.entries.__getitem__, codes):
                    if entry.kind != "generic":
                        name = entry.names[company.language]
                        named[name] = max(named.get(name, 0.0), weight)
                    if entry.kind == "own" and not (carries and entry.code.startswith(GOODS)):
                        own[entry.code] = 1.0 - (1.0 - own.get(entry.code, 0.0)) * (1.0 - CERTAINTY * weight)
        return Elsewhere(
            own=max(own.values(), default=0.0),
            names=tuple(sorted(named, key=lambda name: (-named[name], name)))[:2],
            is_open=any(a.kind == "generic" for a in company.activities),
        )

    def takes_in(self, company: Company, organisation: Organisation) -> bool:
        """Whether the organisation lists the company's own trade and a field of it is named besides.

        So a law firm belongs to the energy cluster when it works for solar parks, and to none when nothing else is said.
        """
        listed = {key for field in organisation.fields for key in field.telling | field.shared}
        trades = [
            word
            for word in company.words
            if word.role in ("identity", "plain") and any(self._is_own_trade(key) for key in word.terms)
        ]
        named = [word for word in company.words if word not in trades and self._telling(word, organisation)[0] > 0]
        return bool(trades and named) and all(listed.intersection(word.terms) for word in trades)

    def _is_own_trade(self, key: str) -> bool:
        """Whether a term stands only for trades of their own that no organisation covers."""
        codes = self._table.codes_of(key)
        return bool(codes) and all(self._table.entries[c].kind == "own" and not self._covered[c] for c in codes)

    def _is_covered(self, key: str) -> bool:
        """Whether a term is an economic activity that an organisation covers."""
        return any(self._covered[code] for code in self._table.codes_of(key))

    def _telling(self, word: Word, organisation: Organisation) -> tuple[float, int]:
        """The weight of a word that names a sector of the organisation, and which; 0 where it names none."""
        best, at = 0.0, -1
        for key, closeness in word.terms.items():
            codes = self._table.codes_of(key)
            for position, field in enumerate(organisation.fields):
                weight = self._as_activity(field, codes) * closeness
                if key in field.telling:
                    weight = max(weight, self._as_word(key, codes, organisation) * closeness)
                if weight > best:
                    best, at = weight, position
        return best * ROLE_WEIGHTS[word.role], at

    def _as_activity(self, field: Field, codes: Sequence[str]) -> float:
        """Weight of a term as one of the economic activities of a sector."""
        inside = [code for code in codes if covers(field.wz, code)]
        if not inside:
            return 0.0
        is_generic = all(self._table.entries[code].kind == "generic" for code in inside)
        sharing = max(1, min(self._covered[code] for code in inside))
        weight = GENERIC_ACTIVITY_WEIGHT if is_generic else ACTIVITY_WEIGHT
        return float(weight * (len(inside) / len(codes)) * sharing**-0.5)

    def _as_word(self, key: str, codes: Sequence[str], organisation: Organisation) -> float:
        """Weight of a term that a sector lists."""
        weight: float = max(1, self._holders[key]) ** -0.5
        if not codes or any(covers(organisation.wz(), code) for code in codes):
            return weight
        kinds = {self._table.entries[code].kind for code in codes}
        if kinds == {"generic"}:
            return 0.0
        return weight * OWN_TRADE_FACTOR if kinds == {"own"} and not any(map(self._covered.get, codes)) else weight

    def _shared(self, word: Word, organisation: Organisation) -> float:
        """How closely a word names something that suits many sectors, this one's among them; 0 where it does not."""
        listed = (
            c for key, c in word.terms.items() for f in organisation.fields if key in f.shared or key in f.telling
        )
        return max(listed, default=0.0)

    def _outside(
        self, company: Company, organisation: Organisation, telling: set[str]
    ) -> tuple[str, str | None] | None:
        """The sentence by which the organisation leaves this to others: at least as many words name what is outside."""
        for entry in organisation.outside:
            named = {w.text for w in company.words if w.role != "place" and entry.terms.intersection(w.terms)}
            core = {w.text for w in company.words if w.text in telling and w.role in ("identity", "plain")}
            if named and not core - named:
                return entry.sentence, entry.instead
            only_carries = company.steps <= {"transport"} and "transport" not in organisation.steps
            if only_carries and self._carries_for(company, entry.instead):
                return entry.sentence, entry.instead
        return None

    def _carries_for(self, company: Company, organisation_id: str | None) -> bool:
        """Whether an organisation covers that the company carries or stores goods, which then say nothing of its own branch."""
        wz = [code for o in self._organisations if o.id == organisation_id for code in o.wz()]
        return any(covers(wz, code) for code in self._carried(company))

    def _carried(self, company: Company) -> set[str]:
        """Codes of carrying and storing goods that the company itself does."""
        done = [
            key
            for word in company.words
            if word.role in ("identity", "plain")
            for key, closeness in word.terms.items()
            if closeness > GUESSED
        ]
        return {code for key in done for code in self._table.codes_of(key) if code.startswith(CARRYING)}

    def _serves_outside(self, company: Company, organisation: Organisation) -> bool:
        """Whether the company's customers are those whom the organisation leaves to another one."""
        served = [word for word in company.words if word.role == "customer"]
        return any(
            entry.instead is not None and any(entry.terms.intersection(word.terms) for word in served)
            for entry in organisation.outside
        )

    def _cuts_across(self, organisation: Organisation) -> bool:
        codes = [code for own in organisation.wz() for code in self._table.under(own)]
        return bool(codes) and all(self._table.entries[code].kind == "generic" for code in codes)


def ranked(fits: Mapping[str, SectorFit]) -> list[str]:
    """Ids by fit, best first; equal ones by id."""
    return sorted(fits, key=lambda i: (-fits[i].score, i))
