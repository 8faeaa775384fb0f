"""Reads questions that want a complete list: which kind of thing, for whom, in which form, for what.

Everything in such a question has to be understood: "Welche Programme gibt es für Start-ups?" is a list,
"Welche Programme haben Sie abgelehnt?" is not, since one word of it asks for something that no record holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.domain.facts import Applicant, FundingForm, Purpose, Stage
from assistant.language.analysis import stop_words
from assistant.language.normalise import fold

Listed = Literal["cluster", "network", "funding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """What is to be listed; an empty filter lets everything through."""

    kinds: tuple[Listed, ...]
    applicants: frozenset[Applicant] = frozenset()
    stages: frozenset[Stage] = frozenset()
    """A programme for one of the applicants or stages is wanted."""
    form: FundingForm | None = None
    purposes: frozenset[Purpose] = frozenset()
    level: Literal["hamburg", "federal", "eu"] | None = None
    """Whose programmes are wanted."""


# Patterns over folded text (ae, oe, ue, ss; lower case), German and English side by side.
_KINDS: tuple[tuple[Listed, str], ...] = (
    ("cluster", r"(branchen|wirtschafts)?-?cluster(n|s|initiativen?|organisationen)?"),
    ("network", r"(branchen)?-?netzwerke?n?|networks?"),
    ("funding", r"(foerder|zuschuss|hilfs|support|funding)?-?(programmen?|programm?e?s?|programmes?)|foerder(ungen|mittel|angeboten?|instrumenten?|moeglichkeiten|kredite?n?)|"
                r"zuschuess\w+|zuschuss\w*|(gruender|innovations)?krediten?|darlehen|grants?|loans?|funding( options| opportunities| programmes| programs)?|schemes?|subsid(y|ies)"),
)  # fmt: skip
_AUDIENCES: tuple[tuple[str, frozenset[Applicant], frozenset[Stage]], ...] = (
    (r"start-?ups?|start ups?|jungunternehmen|jung\w* (unternehmen|firmen)|young (companies|firms|businesses)", frozenset({"startup"}), frozenset({"young"})),
    (r"(existenz)?gruend(er|erinnen|ern|ungen?|ende|enden|en)|selbst(st)?aendig\w*|founders?|founding( a company)?|entrepreneurs?", frozenset({"founder", "team"}), frozenset({"idea", "founding"})),
    (r"hochschulen?|universitaet(en)?|wissenschaftler\w*|forschungseinrichtungen|forscher\w*|studierenden?|universit(y|ies)|researchers?|research institut\w+|academics?|students?|scientists?", frozenset({"university", "research", "academic"}), frozenset()),
    (r"kmu|mittelstand|mittelstaendisch\w*|kleine\w*( und mittlere\w*)?|smes?|small( and medium(-sized)?)?", frozenset({"sme", "small_company"}), frozenset()),
    (r"freiberufler\w*|freelancers?|freelance", frozenset({"freelancer"}), frozenset()),
    (r"investor(en|innen|s)?|business angels?", frozenset({"investor"}), frozenset()),
)  # fmt: skip
_FORMS: tuple[tuple[FundingForm, str], ...] = (
    ("loan", r"(foerder|gruender|innovations)?kredit\w*|darlehen|loans?"),
    ("grant", r"zuschuss\w*|zuschuesse\w*|grants?|subsid(y|ies)"),
    ("equity", r"beteiligung(en|skapital)?|eigenkapital|equity|venture capital|wagniskapital"),
)
_PURPOSES: tuple[tuple[str, frozenset[Purpose]], ...] = (
    (r"digitalisierung\w*|digitali[sz]ation|going digital", frozenset({"digitalisation", "digitalisation_advice"})),
    (r"energieeffizienz|energy efficiency|energie ?sparen|energiewende", frozenset({"energy_efficiency"})),
    (r"ressourceneffizienz|resource efficiency", frozenset({"resource_efficiency"})),
    (r"klimaschutz\w*|climate protection|klima", frozenset({"climate_protection", "energy_efficiency"})),
    (r"forschung(svorhaben|sprojekte)?( und entwicklung)?|fue|f&e|research( and development)?|r&d|innovation(en|sprojekte)?", frozenset({"research_and_development", "feasibility_study"})),
    (r"patente?n?|patents?", frozenset({"patents"})),
    (r"messen?|messeauftritte?|trade fairs?", frozenset({"trade_fair"})),
    (r"unternehmensnachfolgen?|nachfolgen?|succession", frozenset({"succession"})),
    (r"filme?|medien|serien|media|films?", frozenset({"media_content"})),
    (r"games?|spiele|videospiele|video games", frozenset({"games"})),
    (r"kreativwirtschaft|kreative|creative industries|creatives", frozenset({"creative_industries"})),
    (r"luftfahrt\w*|aviation", frozenset({"aviation"})),
    (r"wasserstoff\w*|hydrogen", frozenset({"hydrogen"})),
    (r"investitionen|investments", frozenset({"investment"})),
    (r"prototypen?|prototypes?", frozenset({"prototype"})),
    (r"export|internationalisierung|auslandsmaerkte|exports|internationali[sz]ation", frozenset({"internationalisation"})),
    (r"wachstum|growth", frozenset({"growth_capital"})),
)  # fmt: skip
_WANTED = re.compile(
    r"\b(welche\w*|was fuer|alle[ns]?|liste\w*|auflist\w*|auflisten|nenn\w*|ueberblick|uebersicht|zaehl\w*|aufzaehlen|zeig\w*|which|what|all|list|name|overview|gibt'?s|exist\w*|are there|show)\b"
)
_ORDINARY = re.compile(
    r"\b(hamburg\w*|ifb|foerderbank|bund(es)?|bundesweit\w*|federal|national\w*|germany|eu|europa|europaeisch\w*|european?|bruessel|brussels|stadt|city|land|staedtisch\w*|offen\w*|open|laufend\w*|aktuell\w*|derzeit\w*|momentan|heute|jetzt|current(ly)?|now|today|verfuegbar\w*|available|"
    r"existieren|exist\w*|foerdert|foerdern|foerderung|unterstuetzt|beantragen|bewerben|bekommen|erhalten|apply|get|offer\w*|anbiet\w*|bietet|have|"
    r"unternehmen|firmen|betriebe|companies|businesses|firms|wirtschaft|haben|sein|insgesamt|ganz\w*|verschieden\w*|different|various|kenn(st|t|en)|kannst|koennt(en|est)?|wuerdet?|could|would|weisst|wissen|know|"
    r"geben|give|zeigen?|moegliche?|there|moechte|haette|gern\w*|like|eine?|paar|kurz\w*|komplett\w*|vollstaendig\w*|complete|full|infos?|art(en)? von|kinds? of|"
    r"sowie|plus|dabei|zurzeit|clusterpolitik|zustaendig|du|dir|ihr|everything|every)\b"
)
_BESIDES = re.compile(r"\b(neben|ausser|besides|apart from) (den |the )?clustern?s?\b")
_ONE = re.compile(r"\b(is|ist|bedeutet|heisst|means?) (an?|eine?|das|der|die|the)\b|\bwelches\b")
_LEVELS: tuple[tuple[Literal["hamburg", "federal", "eu"], re.Pattern[str]], ...] = (
    ("federal", re.compile(r"\b(bund(es)?|bundesweit\w*|federal|national\w*|germany)\b")),
    ("eu", re.compile(r"\beu\b|\beuropa\b|\beuropaeisch|\beuropean?\b|\bbruessel\b|\bbrussels\b")),
    ("hamburg", re.compile(r"\bhamburg|\bstaedtisch|\bstadt\b|\bcity\b|\bifb\b")),
)


def read_list_request(question: str) -> ListRequest | None:
    """What a question wants to have listed, or None where it asks for anything else."""
    text = re.sub(r"[^\w&' -]", " ", fold(question))
    if not _WANTED.search(text) or _ONE.search(text):
        return None
    rest = _WANTED.sub(" ", _BESIDES.sub(" ", text))
    audience, rest = _taken(_AUDIENCES_COMPILED, rest)
    purpose, rest = _taken(_PURPOSES_COMPILED, rest)
    form = next((name for name, pattern in _FORMS_COMPILED if pattern.search(rest)), None)
    kinds: list[Listed] = []
    for kind, pattern in _KINDS_COMPILED:
        if pattern.search(rest):
            kinds.append(kind)
            rest = pattern.sub(" ", rest)
    if not kinds or (kinds != ["funding"] and (audience or purpose)):
        return None
    words = re.findall(r"[a-z0-9]+", _ORDINARY.sub(" ", rest))
    if any(word not in stop_words("de") and word not in stop_words("en") for word in words):
        return None
    return ListRequest(
        kinds=tuple(kinds),
        applicants=_AUDIENCES[audience][1] if audience is not None else frozenset(),
        stages=_AUDIENCES[audience][2] if audience is not None else frozenset(),
        form=form,
        purposes=_PURPOSES[purpose][1] if purpose is not None else frozenset(),
        level=next((level for level, pattern in _LEVELS if pattern.search(text)), None),
    )


def _taken(patterns: tuple[re.Pattern[str], ...], text: str) -> tuple[int | None, str]:
    """Which pattern is found first, and the text without what it matched."""
    for number, pattern in enumerate(patterns):
        if pattern.search(text):
            return number, pattern.sub(" ", text)
    return None, text


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


_KINDS_COMPILED = tuple((kind, _whole(pattern)) for kind, pattern in _KINDS)
_FORMS_COMPILED = tuple((form, _whole(pattern)) for form, pattern in _FORMS)
_AUDIENCES_COMPILED = tuple(_whole(pattern) for pattern, _, _ in _AUDIENCES)
_PURPOSES_COMPILED = tuple(_whole(pattern) for pattern, _ in _PURPOSES)
