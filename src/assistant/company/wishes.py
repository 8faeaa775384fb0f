"""What a company wants: of a cluster (goals), and money for what (purposes), from its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from assistant.company.names import GOAL_NAMES, PURPOSE_NAMES, named
from assistant.domain.facts import Goal, Purpose
from assistant.language.normalise import fold

Name = TypeVar("Name", Goal, Purpose)
_GOALS: tuple[tuple[Goal, str], ...] = (
    ("partners", r"partner(?!schaft mit dem leben)\w*|kooperation\w*|kooperier\w*|kontakte?n?\b|vernetz\w*|netzwerk\w*|austausch\w*|mitstreiter\w*|zusammenarbeit\w*|kunden (?:finden|gewinnen|suchen)|suchen kunden|neue kunden|auftraege|pilotkunde\w*"
                 r"|collaborat\w*|cooperat\w*|contacts?\b|network\w*|connect\w*|exchange\b|find (?:new )?(?:customers|clients)|new customers|pilot customers?"),
    ("funding", r"foerder\w*|zuschuss\w*|zuschuesse\w*|kredit\w*|darlehen|kapital\w*|investor\w*|geldgeber\w*|finanzierung\w*|funding|grants?\b|loans?\b|capital\b|investors?\b|financing|subsid\w+"),
    ("staff", r"fachkraefte\w*|personal\b|nachwuchs\w*|azubis?\b|auszubildende\w*|recruiting|mitarbeiter\w* (?:finden|suchen|gewinnen)|suchen (?:\w+ ){0,2}(?:mitarbeit\w+|personal|entwickler\w*|ingenieur\w*|leute)|stellen besetzen|talente?n?\b|skilled (?:workers|staff)|recruit\w*|hire\b|hiring|talent\b|apprentices?"),
    ("export", r"export\w*|ausland\w*|international\w*|auslandsm\w+|neue maerkte|abroad|foreign markets?|overseas|delegation\w*"),
    ("research", r"forschungs?(?:partner\w*|kooperation\w*|projekt\w*|institut\w*)|hochschul\w*|universit\w*|wissenschaft\w*|forschung und entwicklung|f ?& ?e\b|research (?:partner\w*|project\w*|institut\w*|collaborat\w*)|scientists?|r ?& ?d\b|joint research"),
    ("space", r"raeume\b|raum\b|flaeche\w*|buero(?:raum|raeume|flaeche\w*)?\b|laborflaeche\w*|werkstatt (?:mieten|suchen)|grundstueck\w*|gewerbeflaeche\w*|hallen?(?:flaeche)?\b|standort (?:suchen|finden)|ansiedel\w*|office space|lab space|premises|workspace|co-?working|commercial space|plot of land|site for"),
    ("visibility", r"sichtbar\w*|bekannt\w*|oeffentlichkeit\w*|messe\w*|preis gewinnen|auszeichnung\w*|visibilit\w*|publicity|trade fairs?|awards?\b"),
    ("advice", r"beratung (?:suchen|brauchen|bekommen|zu)|rat\b|coaching|mentor\w*|unterstuetzung\w*|hilfe\w*|begleitung|advice|mentoring|guidance|support\b|help\b"),
    ("founding", r"gruenden\b|gruendung\w*|ausgruend\w*|selbst(?:st)?aendig machen|inkubator\w*|accelerator\w*|start(?:ing)? (?:a|our|my|up) (?:company|business)|spin-?(?:out|off)|incubator\w*"),
)  # fmt: skip
_WISH = re.compile(
    r"\b(?:such\w*|brauch\w*|benoetig\w*|wollen|will|moecht\w*|wuensch\w*|wuerd\w*|interess\w*|ziel\w*|plan\w*|hoff\w*|finden|gewinnen|geht (?:es )?uns um|bedarf|fehl\w*|gibt es|wer hilft|welche\w*|look\w* for|seek\w*|need\w*|want\w*|would like|interested in|aim\w*|hope|hoping|find\b|goal\w*|missing|is there|which|who can|wish\w*)\b"
)
_PURPOSES: tuple[tuple[Purpose, str], ...] = (
    ("research_and_development", r"entwickel(?:n|t) (?:\w+ ){0,2}neu\w*|forschung(?!szulage)\w*|forsch(?:en|t)\b|entwickl(?:en|ung|ungsprojekt\w*|ungsvorhaben|ungskosten|ungsarbeit\w*)\b|weiterentwickl\w*|neues? (?:verfahren|produkt\w*|material\w*|technologie\w*|geraet\w*|sensor\w*|maschine zu)|f ?& ?e\b|fue\b|innovationsprojekt\w*|technologieentwicklung|versuchs\w*"
                                 r"|research\b|r ?& ?d\b|develop(?:ing|ment|s)?\b(?! bank)|new (?:process|product|technology|material|device)\b|innovation project"),
    ("feasibility_study", r"machbarkeits\w*|durchfuehrbarkeits\w*|feasibility"),
    ("knowledge_transfer", r"(?:wissens|technologie)-?(?:und technologie)?transfer|zusammen mit (?:der|einer|dem|einem) (?:hochschul\w*|universit\w*|tuhh|tu hamburg|haw|fraunhofer\w*|institut\w*|dlr|uke|desy)|(?:mit|with) (?:der |the |a )?(?:hochschul\w*|universit\w*|tuhh|tu hamburg|haw|fraunhofer\w*|dlr|uke|desy)|forschungspartner\w*|kooperationsprojekt\w*|verbundprojekt\w*|(?:knowledge|technology) transfer|joint project|collaborative project|research partner\w*"),
    ("non_technical_innovation", r"nicht-?technisch\w*|geschaeftsmodell\w*|serviceinnovation\w*|neue (?:dienstleistung|dienste)|business models?|non-?technical|new services?\b"),
    ("social_innovation", r"sozial(?:e|es|en|er)?[- ]?(?:innovation\w*|unternehm\w*|projekt\w*|start-?up)|sozialunternehm\w*|gemeinwohl\w*|gemeinnuetzig\w*|gesellschaftlich\w*|impact-?(?:start-?up|unternehmen)|social (?:innovation|enterprise|entrepreneur\w*|business|impact)|non-?profit"),
    ("living_costs", r"(?:geld|etwas|mittel) zum leben|(?:money|something|funds) to live (?:on|from)|lebensunterhalt\w*|leben(?:shaltung)?skosten|gruendergehalt|gehalt (?:fuer|der) (?:die |uns )?gruender\w*|miete und essen|stipendi\w*|living (?:costs|expenses)|founders?'? salar\w*|stipend\w*|scholarship"),
    ("founding", r"(?:existenz|unternehmens|firmen|betriebs|aus)?gruendung\w*|gruenden\b|ausgruend\w*|selbst(?:st)?aendig machen|selbst(?:st)?aendigkeit|existenzgruend\w*|start(?:ing)? (?:a|our|my|up a?) ?(?:new )?(?:company|business)|found(?:ing)? (?:a|our|my) (?:company|business)|spin-?(?:out|off)|start-?up costs"),
    ("prototype", r"prototyp\w*|demonstrator\w*|mvp\b|musterbau|pilotanlage|prototype\w*|pilot plant"),
    ("digitalisation_advice", r"digitalisierungsberatung|beratung (?:zur|bei der|fuer die|zu) digital\w*|digital check|it-?sicherheitsberatung|digitali[sz]ation (?:advice|consult\w*)|advice on digitali[sz]\w*"),
    ("digitalisation", r"digitalisier\w*|(?:neue|eine|unsere) (?:\w+ )?software (?:einfuehren|kaufen|anschaffen)|warenwirtschaft\w*|erp-?(?:system|software)|onlineshop (?:aufbauen|einrichten)|it-?system\w* (?:erneuern|einfuehren)|hard- und software|digitali[sz](?:e|ation|ing)\b|introduc\w* (?:new )?software|erp system"),
    ("energy_efficiency", r"energie-?(?:effizien\w*|sparen|einspar\w*|verbrauch\w*|kosten senken|beratung)|strom sparen|abwaerme\w*|waermepumpe\w*|druckluft|beleuchtung (?:umstellen|erneuern)|led-?umruestung|heizung (?:tauschen|erneuern|umstellen|austauschen)|energetisch\w*|energy[- ](?:efficien\w*|sav\w*|consumption|costs)|save (?:energy|electricity)|waste heat|heat pumps?|replace (?:the|our) heating"),
    ("resource_efficiency", r"material(?:effizien\w*| sparen|einspar\w*)|ressourcen\w*|wasser (?:sparen|einsparen)|wasserverbrauch|abfall (?:vermeiden|verringern)|resource[- ](?:efficien\w*|sav\w*)|save (?:water|material)|material efficiency|water consumption"),
    ("climate_protection", r"klimaschutz\w*|klimaneutral\w*|co2\w*|dekarbonis\w*|treibhausgas\w*|emissionen (?:senken|verringern)|prozesswaerme|klimafreundlich\w*|umweltinnovation\w*|decarboni[sz]\w*|carbon[- ](?:neutral|reduc\w*|emission\w*)|climate[- ](?:protection|neutral)|greenhouse gas\w*|process heat"),
    ("patents", r"patent\w*|gebrauchsmuster\w*|schutzrecht\w*|utility model"),
    ("market_launch", r"markteinfuehrung\w*|auf den markt bringen|marktreife|vermarktung|market (?:launch|entry)|bring\w* (?:it|our product|the product) to (?:the )?market|launch (?:our|the) product"),
    ("trade_fair", r"messe(?!n wir)(?:n|stand\w*|auftritt\w*|teilnahme\w*|beteiligung\w*)?\b|ausstell(?:en|ung) auf|gemeinschaftsstand|trade (?:fairs?|shows?)|exhibit\w*"),
    ("internationalisation", r"export\w*|auslandsm\w+|internationalisier\w*|ins ausland|foreign markets?|internationali[sz]\w*|go abroad"),
    ("succession", r"nachfolge\w*|(?:betrieb|firma|unternehmen|laden|praxis|geschaeft)\w* (?:zu )?uebernehm\w*|uebernahme (?:eines|einer|des|der) (?:betrieb|firma|unternehmen)\w*|betriebsuebernahme|(?:betrieb|firma|unternehmen|laden|praxis|geschaeft|werkstatt|salon)\b[^.;!?]{0,40}\buebernehm\w*|\w*(?:betrieb|werkstatt|salon)\b[^.;!?]{0,40}\buebernehm\w*|succession|tak(?:e|ing) over (?:a|an|the|my|our)\b(?! (?:role|job|task|position))|buy(?:ing)? out (?:the|my)"),
    ("investment", r"brauch\w* (?:ein|eine|einen) neue[rns]? \w+|need (?:a|an|some) new \w+|(?:kredit|geld|darlehen|finanzierung|zuschuss|mittel)\b[^.;!?]{0,30}\bfuer (?:\w+ ){0,2}(?:werkzeug\w*|autos?|fahrzeuge?|einrichtung|ausstattung|maschine\w*|umbau|anlage\w*|geraete?)|(?:neue[rnms]?|new) (?:\w+ ){0,2}\w+ (?:fuer|for) (?:rund |etwa |about )?[\d.,]+ (?:mio\.? |tsd\.? |million )?(?:euro|eur)|investi(?:eren|tion\w*|tionen)\b|(?:neue|eine|einen|zwei|drei|\d+)\w* (?:\w+ )?(?:maschine\w*|anlagen?|halle\w*|fahrzeug\w*|lkw\w*|transporter\w*|werkstatt\w*|gebaeude|ofen|oefen|backofen|kran|roboter\w*|produktionslinie\w*|fraesmaschine\w*|druckmaschine\w*) (?:kaufen|anschaffen|bauen|zu kaufen|anzuschaffen|finanzieren)|anschaff\w*|maschinenkauf|kauf (?:einer|eines|von)|umbau\w*|erweiter\w*|ausbau (?:der|des|unserer)|grundstueck (?:kaufen|erwerben)|invest(?:ment|ing|ments)?\b(?! ?or)|(?:buy|purchase|acquire)\w* (?:a|an|new|two|three|\d+)\b|new (?:machine\w*|equipment|building|hall|vehicles?|oven|production line)|expand\w* (?:our|the)|extension of"),
    ("working_capital", r"betriebsmittel\w*|liquiditaet\w*|warenlager\w*|vorfinanzier\w*|laufende kosten|working capital|liquidity|cash flow|stock (?:of goods|financing)|pre-?financ\w*|running costs"),
    ("growth_capital", r"wachstumskapital|eigenkapital\w*|risikokapital|wagniskapital|beteiligungskapital|investoren?\b|finanzierungsrunde|seed-?(?:runde|finanzierung|kapital)|venture capital|growth capital|equity|seed (?:round|funding|capital)|funding round|investors?\b|series a"),
    ("skilled_workers", r"fachkraefte\w*|weiterbild\w*|qualifizier\w*|ausbildungsplaetze?|skilled (?:workers|staff)|training of staff|train our staff"),
    ("network_management", r"netzwerkmanagement|innovationsnetzwerk\w*|netzwerk (?:aufbauen|gruenden|managen)|network management|innovation network|build\w* (?:a|an) (?:innovation )?network"),
    ("cluster_cooperation", r"clusterbruecke\w*|cluster-?kooperation\w*|mehrere cluster|clusteruebergreifend\w*|cluster (?:bridge|cooperation)|cross-?cluster"),
    ("media_content", r"medienprojekt\w*|journalis(?:mus|tisch)\w*|content-?projekt\w*|media project|journalis\w*"),
    ("games", r"\bgames?\b(?! changer)|computerspiel\w*|videospiel\w*|spielprototyp\w*|spieleentwickl\w*|video games?|computer games?"),
    ("creative_industries", r"kreativ(?:wirtschaft|schaffende\w*|branche|projekt\w*)|creative industr\w*|creatives\b"),
    ("aviation", r"luftfahrt\w*|flugzeug\w*|aviation|aircraft"),
    ("fintech", r"fintech\w*|insurtech\w*"),
    ("hydrogen", r"wasserstoff\w*|hydrogen\b|elektrolys\w*|electrolys\w*"),
)  # fmt: skip
_GOAL_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in _GOALS)
_PURPOSE_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in _PURPOSES)
_MONEY_WISH = re.compile(
    r"\b(?:geld|foerder\w*|zuschuss\w*|zuschuesse\w*|finanzier\w*|kredit\w*|darlehen|mittel|unterstuetzung|wollen|moecht\w*|will|planen|plane|brauch\w*|benoetig\w*|such\w*|vorhaben|projekt\w*|haben vor|steht an|sollen|soll|werden|funding|money|grants?|loans?|financ\w*|want\w*|would like|plan\w*|need\w*|look\w* for|seek\w*|project|intend|going to|aim\w*|will)\b"
)
_STANDING = re.compile(
    r"\b(?:wir (?:bauen|entwickeln|produzieren|betreiben|vertreiben|sind|programmieren|machen|stellen her|verkaufen|fertigen|arbeiten)|unser\w* (?:firma|betrieb|unternehmen) (?:baut|entwickelt|ist|macht|fertigt|produziert)|we (?:build|develop|produce|run|sell|are|make|manufacture|program|operate))\b"
)
SECTOR_PURPOSES: frozenset[Purpose] = frozenset(
    ["aviation", "fintech", "hydrogen", "games", "media_content", "creative_industries"]
)
"""Purposes that name a branch; they follow from what a company does, whatever it wants the money for."""


def read_goals(text: str) -> tuple[Goal, ...]:
    """Goals in a folded text: what is named in a clause that expresses a wish."""
    found: dict[Goal, None] = {}
    for clause in _clauses(text):
        if _WISH.search(clause):
            for name, pattern in _GOAL_PATTERNS:
                if pattern.search(clause):
                    found.setdefault(name)
    return tuple(found)


def read_purposes(text: str) -> tuple[Purpose, ...]:
    """Purposes in a folded text: from the clauses that express a wish; from all of it where none does."""
    clauses = _clauses(text)
    wishing = [clause for clause in clauses if _MONEY_WISH.search(clause) and not _STANDING.search(clause)]
    found: dict[Purpose, None] = {}
    for clause in wishing:
        for name, pattern in _PURPOSE_PATTERNS:
            if pattern.search(clause):
                found.setdefault(name)
    for name, pattern in _PURPOSE_PATTERNS:
        if (not set(found) - SECTOR_PURPOSES or name in SECTOR_PURPOSES) and pattern.search(text):
            found.setdefault(name)
    return tuple(found)


def goals_named(answers: Sequence[str]) -> tuple[Goal, ...]:
    """Goals that answers name, by key, by name or in free words."""
    found: dict[Goal, None] = {}
    for answer in answers:
        known = named(answer, GOAL_NAMES)
        found.update(dict.fromkeys([known] if known else _all(_GOAL_PATTERNS, fold(answer))))
    return tuple(found)


def purposes_named(answers: Sequence[str]) -> tuple[Purpose, ...]:
    """Purposes that answers name, by key, by name or in free words."""
    found: dict[Purpose, None] = {}
    for answer in answers:
        known = named(answer, PURPOSE_NAMES)
        found.update(dict.fromkeys([known] if known else _all(_PURPOSE_PATTERNS, fold(answer))))
    return tuple(found)


def _all(patterns: Iterable[tuple[Name, re.Pattern[str]]], text: str) -> list[Name]:
    return [name for name, pattern in patterns if pattern.search(text)]


def _clauses(text: str) -> list[str]:
    return [
        clause
        for clause in re.split(r"[.;:!?\n]+\s|,\s(?=(?:wir|ich|und wir|we|i|and we|jetzt|nun|now)\b)", text)
        if clause.strip()
    ]
