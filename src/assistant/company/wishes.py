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
    ("founding", r"gruenden\b|gruendung\w*|ausgruend\w*|selbst(?:st)?aendig machen|inkubator\w*|accelerator\w*|start(?:ing)? (?:a|our|my|up) (?:company|business)|spin-?(?:out|off)|incubator\w*"
        r"|start up (?:in|a|our|my|with)\b|in eine (?:eigene )?firma (?:bringen|ueberfuehren)|set up (?:a|our|my) (?:own )?(?:company|business)|(?:about|of) founding\b"),
)  # fmt: skip
_WISH = re.compile(
    r"\b(?:such\w*|br(?:au|aeu)ch\w*|benoetig\w*|wollen|will|moecht\w*|wuensch\w*|wuerd\w*|interess\w*|ziel\w*|plan\w*|hoff\w*|finden|gewinnen|geht (?:es )?uns um|bedarf|fehl\w*|gibt es|wer hilft|welche\w*|look\w* for|seek\w*|need\w*|want\w*|would like|interested in|aim\w*|hope|hoping|find\b|goal\w*|missing|is there|which|who can|wish\w*)\b"
)
_PURPOSES: tuple[tuple[Purpose, str], ...] = (
    ("research_and_development", r"entwickel(?:n|t) (?:\w+ ){0,2}neu\w*|(?:wollen|will|moecht\w*|wuerd\w*|planen|plane|vorhaben|haben vor|beabsichtigen|sollen|soll|werden)\b[^.;!?]{0,120}\b(?:zu )?(?:weiter|mit)?entwickel(?:n|t)\b|neu\w* (?:\w+ ){1,4}(?:zu )?entwickeln\b|erforsch\w*|forschung(?!szulage)\w*|forsch(?:en|t)\b|entwickl(?:en|ung|ungsprojekt\w*|ungsvorhaben|ungskosten|ungsarbeit\w*)\b|weiterentwickl\w*|neues? (?:\w*verfahren|produkt\w*|material\w*|technologie\w*|geraet\w*|sensor\w*|maschine zu)|f ?& ?e\b|fue\b|innovationsprojekt\w*|technologieentwicklung|versuchs\w*"
                                 r"|research\b|r ?& ?d\b|develop(?:ing|ment|s)?\b(?! bank)|new (?:process|product|technology|material|device)\b|innovation project"
        r"|tueftel\w*|getueftelt|invent\b|(?:work\w*|arbeit\w*|forsch\w*)\b[^.;!?]{0,40}\b(?:on|an) (?:a|an|our|ein\w*|unser\w*) (?:new|neuen?|neuartig\w*)\b"),
    ("feasibility_study", r"machbarkeits\w*|durchfuehrbarkeits\w*|feasibility"
        r"|(?:studie|pruefen|untersuch\w*|klaeren|study|test|find out)\b[^.;!?]{0,40}\b(?:ob|whether|if) [^.;!?]{0,60}\b(?:machbar|funktioniert|umsetzbar|feasible|works?)\b|(?:herausfinden|pruefen|klaeren)\b[^.;!?]{0,60}\bumsetzen laesst"),
    ("knowledge_transfer", r"(?:wissens|technologie)-?(?:und technologie)?transfer|zusammen mit (?:der|einer|dem|einem) (?:hochschul\w*|universit\w*|tuhh|tu hamburg|haw|fraunhofer\w*|institut\w*|dlr|uke|desy)|(?:mit|with) (?:der |the |a )?(?:hochschul\w*|universit\w*|tuhh|tu hamburg|haw|fraunhofer\w*|dlr|uke|desy)|forschungspartner\w*|kooperationsprojekt\w*|verbundprojekt\w*|(?:knowledge|technology) transfer|joint project|collaborative project|research partner\w*"),
    ("non_technical_innovation", r"nicht-?technisch\w*|geschaeftsmodell\w*|serviceinnovation\w*|neue (?:dienstleistung|dienste)|business models?|non-?technical|new services?\b"
        r"|(?:abo|miet|sharing|bezahl|vertriebs|service|leasing|pfand|verleih)-?modell\w*|(?:rental|subscription|sharing|pricing|leasing|service) models?"),
    ("social_innovation", r"sozial(?:e|es|en|er)?[- ]?(?:innovation\w*|unternehm\w*|projekt\w*|start-?up)|sozialunternehm\w*|gemeinwohl\w*|gemeinnuetzig\w*|gesellschaftlich\w*|impact-?(?:start-?up|unternehmen)|social (?:innovation|enterprise|entrepreneur\w*|business|impact)|non-?profit"
        r"|(?:neue\w* )?(?:konzept|angebot)\w* (?:fuer|gegen) (?:\w+ ){0,2}(?:obdachlos\w*|gefluechtete\w*|beduerftig\w*|einsam\w*|benachteiligt\w*|menschen mit behinderung\w*)|charit(?:y|able)\b"),
    ("living_costs", r"(?:geld|etwas|was|mittel) zum (?:ueber)?leben|wovon (?:\w+ ){0,4}leben\b|wovon (?:ich |wir )?leben? |(?:miete|essen) (?:zahlen|bezahlen)|ueber die runden|(?:money|something|funds|enough) to live (?:on|from)|(?:pay|cover) (?:our|my|the) (?:rent|bills)|make ends meet|lebensunterhalt\w*|leben(?:shaltung)?skosten|gruendergehalt|gehalt (?:fuer|der) (?:die |uns )?gruender\w*|miete und essen|stipendi\w*|living (?:costs|expenses)|founders?'? salar\w*|stipend\w*|scholarship|von (?:irgend)?(?:was|etwas) leben|muessen (?:wir|ich) (?:\w+ ){0,5}leben\b|(?:zahlt|bezahlt) (?:\w+ ){1,5}(?:miete|essen)\b"),
    ("founding", r"(?:existenz|unternehmens|firmen|betriebs|aus)?gruendung\w*|(?<!netzwerk )(?<!cluster )(?<!verbund )(?<!konsortium )(?<!niederlassung )gruenden\b|ausgruend\w*|selbst(?:st)?aendig machen|selbst(?:st)?aendigkeit|existenzgruend\w*|start(?:ing)? (?:a|our|my|up a?) ?(?:new )?(?:company|business)|found(?:ing)? (?:a|our|my) (?:company|business)|spin-?(?:out|off)|start-?up (?:costs|loan)"),
    ("prototype", r"prototyp\w*|demonstrator\w*|mvp\b|musterbau|pilotanlage|prototype\w*|pilot plant"),
    ("digitalisation_advice", r"digitalisierungsberatung|beratung (?:zur|bei der|fuer die|zu) digital\w*|digital check|it-?sicherheitsberatung|digitali[sz]ation (?:advice|consult\w*)|advice on digitali[sz]\w*"
        r"|berat\w*[^.;!?]{0,40}\bdigital\w*|digital\w*[^.;!?]{0,30}\b(?:beraten|beraet|berater\w*)\b|(?:jemand\w*|someone|somebody)\b[^.;!?]{0,40}\b(?:sagt|zeigt|erklaert|tell|show)\w*\b[^.;!?]{0,40}\bdigital\w*|advi[cs]e[^.;!?]{0,40}\bdigital\w*|consultant[^.;!?]{0,40}\bdigital\w*"),
    ("digitalisation", r"digitalisier\w*|(?:neue|eine|unsere) (?:\w+ )?software (?:einfuehren|kaufen|anschaffen)|warenwirtschaft\w*|erp-?(?:system|software)|onlineshop (?:aufbauen|einrichten)|it-?system\w* (?:erneuern|einfuehren)|hard- und software|digitali[sz](?:e|ation|ing)\b|introduc\w* (?:new )?software|erp system"
        r"|(?:auf|durch) (?:\w+ ){0,2}software (?:umstell\w*|umzustellen|ersetzen)|it sicherer|it-?sicherheit\w*|cyber ?security|(?:einen|unseren) (?:\w+ )?(?:onlineshop|webshop)|papierlos\w*|go(?:ing)? (?:digital|paperless)|paperless|(?:neue|new) (?:software|server\w*|hard-?ware|it)\b|digiti[sz](?:e|ing)\b|tablets? (?:kaufen|anschaffen)|buy tablets?"),
    ("energy_efficiency", r"energie-?(?:effizien\w*|sparen|einspar\w*|verbrauch\w*|kosten senken|beratung)|strom sparen|abwaerme\w*|waermepumpe\w*|druckluft|beleuchtung (?:umstellen|erneuern)|led-?umruestung|heizung (?:tauschen|erneuern|umstellen|austauschen)|energetisch\w*|energy[- ](?:efficien\w*|sav\w*|consumption|costs)|save (?:energy|electricity)|waste heat|heat pumps?|replace (?:the|our) heating"
        r"|heizung\w*[^.;!?]{0,20}\b(?:rausschmeissen|ersetzen|rauswerfen|auswechseln)|fernwaerme|district heating|(?:strom|gas|energie|heiz)(?:kosten|rechnung)\w*|(?:gas|electricity|energy|heating|power) (?:bills?|costs?)|(?:spar|energiespar)same\w*|(?:strom|gas|energie) (?:\w+ )?(?:ein)?(?:zu)?sparen|(?:weniger|zu ?viel) (?:strom|gas|energie)\b|less (?:energy|electricity|gas|power)|boilers?\b|heizkessel|heating system"),
    ("resource_efficiency", r"material(?:effizien\w*| sparen|einspar\w*)|ressourcen\w*|wasser (?:sparen|einsparen)|wasserverbrauch|zu ?viel (?:wasser|material|abfall|rohstoffe?)\b|abfall (?:vermeiden|verringern)|resource[- ](?:efficien\w*|sav\w*)|save (?:water|material)|material efficiency|water consumption"
        r"|(?:weniger|wenig) (?:\w+ und )?(?:wasser|material|abfall|rohstoffe?)|(?:less|cut\w*(?: down)?(?: on)?|reduce|save) (?:our )?(?:\w+ and )?(?:water|waste|materials?|raw materials)\b"),
    ("climate_protection", r"klimaschutz\w*|klimaneutral\w*|co2\w*|dekarbonis\w*|treibhausgas\w*|emissionen (?:senken|verringern)|prozesswaerme|klimafreundlich\w*|umweltinnovation\w*|decarboni[sz]\w*|carbon[- ](?:neutral|reduc\w*|emission\w*)|climate[- ](?:protection|neutral)|greenhouse gas\w*|process heat"
        r"|photovoltaik\w*|solaranlage\w*|pv-?anlage\w*|solar panels?|photovoltaics?"),
    ("patents", r"patent\w*|gebrauchsmuster\w*|schutzrecht\w*|utility model"),
    ("market_launch", r"markteinfuehrung\w*|auf den markt (?:zu )?bring\w*|in den markt (?:ein)?(?:zu)?fuehren|marktreife|vermarktung|market (?:launch|entry)|bring\w* (?:it|(?:our|the|a) (?:\w+ ){1,3})to (?:the )?market|launch (?:our|the) product"),
    ("trade_fair", r"messe(?!n wir)(?:n|stand\w*|auftritt\w*|teilnahme\w*|beteiligung\w*)?\b|ausstell(?:en|ung) auf|gemeinschaftsstand|trade (?:fairs?|shows?)|exhibit\w*"
        r"|(?:auf|at) (?:der |the )?(?:ces|ifa|smm|gamescom|medica|bauma|innotrans|internorga|hannover messe)\b|stand auf (?:der|einer)\b|(?:at|to) (?:a|the|an) (?:\w+ ){0,2}fair\b|booth\b"),
    ("internationalisation", r"export\w*|auslandsm\w+|internationalisier\w*|ins ausland|foreign markets?|internationali[sz]\w*|go abroad"),
    ("succession", r"nachfolge\w*|uebernehm\w*\b[^.;!?]{0,60}\b(?:\w*(?:betrieb|werkstatt|salon|praxis|baeckerei|gaststaette|apotheke|tischlerei|gaertnerei)|laden|firma|geschaeft)\b(?! (?:fuer|von) kund)|kauf\w* (?:ich |wir )?(?:den|die|das|einen|eine|ein) (?:\w+ )?(?:\w*betrieb|praxis|\w*salon|\w*werkstatt)\b|(?:betrieb|firma|unternehmen|laden|praxis|geschaeft)\w* (?:zu )?uebernehm\w*|uebernahme (?:eines|einer|des|der) (?:betrieb|firma|unternehmen)\w*|betriebsuebernahme|(?:betrieb|firma|unternehmen|laden|praxis|geschaeft|werkstatt|salon)\b[^.;!?]{0,40}\buebernehm\w*|\w*(?:betrieb|werkstatt|salon)\b[^.;!?]{0,40}\buebernehm\w*|succession|tak(?:e|ing) over (?:a|an|the|my|our)\b(?! (?:role|job|task|position))|buy(?:ing)? out (?:the|my)"
        r"|\b\w*(?:betrieb|salon|werkstatt|laden|praxis|firma|baeckerei|restaurant|cafe|hotel|geschaeft|unternehmen|apotheke|tischlerei|fleischerei|gaststaette|kanzlei|agentur)\b[^.;!?]{0,40}\buebernehmen|\b\w*(?:betrieb|salon|werkstatt|laden|praxis|firma|baeckerei|restaurant|cafe|hotel|geschaeft|apotheke|tischlerei|fleischerei|gaststaette|kanzlei) (?:mein\w*|unser\w*|de[sr]|von|vom) (?:\w+ ){1,3}(?:zu )?(?:kaufen|abkaufen)|tak(?:e|ing) over (?:his|her|their)\b|buy(?:ing)? (?:out )?(?:my|the|his|her) (?:\w+(?:'s)? ){0,3}(?:business|firm|bakery|workshop|salon|practice|company|hotel|restaurant|cafe|shop|pharmacy)\b|(?:ein|eine|einen) (?:\w+ )?(?:restaurant|cafe|hotel|\w*salon|baeckerei|praxis|\w*betrieb|apotheke|tischlerei|gaststaette|kneipe) (?:zu )?kaufen"
        r"|fuer (?:die|eine) (?:\w+ )?(?:\w*uebernahme)\b|(?:\w*(?:betrieb|dienst|salon|werkstatt|laden|praxis|firma|geschaeft)|baeckerei|restaurant|cafe|hotel|apotheke|tischlerei|kanzlei|agentur)\b[^.;!?]{0,40}\b(?:weiterfuehren|weiterzufuehren)\b|for the takeover\b|\b(?:den|die|das) (?:laden|betrieb|firma|geschaeft|werkstatt|praxis)\b(?:(?!,|\bund\b)[^.;!?]){0,40}\b(?:kaufen|abkaufen)\b"),
    ("investment", r"fuer (?:die|eine|den|einen|das|ein|unsere\w*) neue\w? (?!app\b|software|firma|idee|produkt|verfahren|technologie|loesung)\w+ (?:\w+ ){0,3}\d[\d.,]* ?(?:mio|tsd|million\w*|euro|eur|€)|br(?:au|aeu)ch\w* (?:ein|eine|einen) neue[rns]? \w+|need (?:a|an|some) new \w+|(?:kredit|geld|darlehen|finanzierung|zuschuss|mittel)\b[^.;!?]{0,30}\bfuer (?:\w+ ){0,2}(?:werkzeug\w*|autos?|fahrzeuge?|einrichtung|ausstattung|maschine\w*|umbau|anlage\w*|geraete?)|(?:neue[rnms]?|zweite[rnms]?|dritte[rnms]?|weitere[rnms]?|zusaetzliche[rnms]?|groessere[rnms]?|bessere[rnms]?|gebrauchte[rnms]?|new|second|another|bigger|larger) (?:\w+ ){0,2}\w+ (?:fuer|for) (?:rund |etwa |about )?[\d.,]+ ?(?:mio\.? |tsd\.? |million )?(?:euro|eur|€)|investi(?:eren|tion\w*|tionen)\b|(?:neue|eine|einen|zwei|drei|\d+)\w* (?:\w+ )?(?:maschine\w*|anlagen?|halle\w*|fahrzeug\w*|lkw\w*|transporter\w*|werkstatt\w*|gebaeude|ofen|oefen|backofen|kran|roboter\w*|produktionslinie\w*|fraesmaschine\w*|druckmaschine\w*) (?:kaufen|anschaffen|bauen|zu kaufen|anzuschaffen|finanzieren)|anschaff\w*|maschinenkauf|kauf (?:einer|eines|von)|umbau\w*|erweiter\w*|ausbau (?:der|des|unserer)|grundstueck (?:kaufen|erwerben)|invest(?:ment|ing|ments)?\b(?! ?or)|(?:buy|purchase|acquire)\w* (?:a|an|new|two|three|\d+)\b|new (?:machine\w*|equipment|building|hall|vehicles?|oven|production line)|expand\w* (?:our|the)|extension of"
        r"|(?:neue\w?|gebrauchte\w?|new|second-hand|used) (?:[\w-]+ )?(?:[\w]+-)?(?:\w*maschinen?|\w*anlagen?|\w*fahrzeuge?|transporter|lkws?|lieferwagen|gabelstapler|\w*oefen|\w*ofen|\w*halle|\w*werkstatt|\w*kuechen?|\w*einrichtung|\w*ausstattung|\w*geraete?|drehbank|\w*fraese|\w*presse|\w*strasse|produktionslinie|bagger|server|hall|warehouse|building|workshop|machinery|equipment|lathes?|ovens?|forklifts?|printing press(?:es)?|vans?|truck)\b(?![^.;!?]{0,40}\b(?:entwick|erforsch|develop))|photovoltaik\w*|solaranlage\w*|pv-?anlage\w*|solar panels?|\d[\d.,]* ?(?:euros?|eur|€) (?:for|fuer) (?:a |an |our |some |ein\w* |unser\w* )?(?:new|neue\w?) (?!idea|product|process|app\b|software|company|firma|idee|produkt|verfahren|technolog)\w+|(?:darlehen|kredit|zuschuss|geld|finanzier\w*|euros?|eur|€|mio\.?|tsd\.?|loan|funding)\b[^.;!?]{0,60}\b(?:fuer|for) (?:\w+ ){0,6}(?:\w+-)?(?:\w*maschinen?|\w*anlagen?|\w*fahrzeuge?|transporter|lkws?|lieferwagen|gabelstapler|\w*oefen|\w*ofen|\w*halle|\w*werkstatt|\w*kuechen?|\w*einrichtung|\w*ausstattung|\w*geraete?|drehbank|\w*fraese|\w*presse|\w*strasse|produktionslinie|bagger|server|hall|warehouse|building|workshop|machinery|equipment|lathes?|ovens?|forklifts?|printing press(?:es)?|vans?|truck)\b(?![^.;!?]{0,40}\b(?:entwick|erforsch|develop))|(?:neue\w?|groessere\w?|weitere\w?|moderne\w?|gebrauchte\w?|zusaetzliche\w?|zwei|drei|\d+) (?:[\w-]+ ){1,2}(?:zu )?(?:kaufen|anschaffen|anzuschaffen|beschaffen)\b|(?:kredit|darlehen|euro|eur|€|zuschuss)\b[^.;!?]{0,20}\bfuer (?:zwei|drei|vier|\d+) (?!jahr|monat|woch|leute|mitarb|person|mensch)\w+"
        r"|\b(?:ein\w* neue\w*|ne neue|n neue[rs]|der neue|die neue|das neue|a new one|the new one)(?: \w+)? (?:kostet|kosten|liegt bei|kommt auf|costs?|would cost|wuerde kosten)\b"
        r"|\bfuer (?:rund |etwa )?[\d.,]+ ?(?:mio\.?|tsd\.?)? ?(?:euro|eur|€) (?:muss|soll|muessen|sollen) her\b|\b\w*(?:maschinen?|maschinenstrasse|produktionsstrasse|anlage|ofen|oefen|fahrzeuge?|transporter|lieferwagen|kran|geraete?|drehbank|presse)\b[^.;!?]{0,60}\b(?:ersetzen|erneuern|austauschen|kaputt|hinueber|hin)\b"),
    ("working_capital", r"betriebsmittel\w*|liquiditaet\w*|warenlager\w*|vorfinanzier\w*|laufende kosten|working capital|liquidity|cash flow|stock (?:of goods|financing)|pre-?financ\w*|running costs"
        r"|(?:monate|zeit|durststrecke|engpass) (?:zu )?ueberbrueck\w*|ueberbrueckung\w*|(?:waren?|material|rohstoffe) (?:ein)?(?:zu)?kaufen|einzukaufen|loehne (?:und \w+ )?(?:zu )?(?:be)?zahlen|pay (?:the |our )?(?:wages|salaries)|tide us over|bridge (?:the|a) (?:gap|next|few)|buy (?:in )?(?:stock|supplies)|fuer (?:\w+ )?(?:waren?|material|rohstoffe|stoffe)\b|for (?:stock|supplies|raw materials)\b"),
    ("growth_capital", r"wachstumskapital|eigenkapital\w*|risikokapital|wagniskapital|beteiligungskapital|investoren?\b|finanzierungsrunde|seed-?(?:runde|finanzierung|kapital)|venture capital|growth capital|equity|seed (?:round|funding|capital)|funding round|investors?\b|series a|kapital (?:zum|fuers|fuer das|fuer unser) wachs\w*|als beteiligung\b|stille beteiligung|(?:such\w*|brauch\w*) (?:eine |einen )?(?:stille )?(?:beteiligung|mitgesellschafter\w*|gesellschafter\w*)|rais(?:e|ing) (?:capital|money)"),
    ("skilled_workers", r"fachkraefte\w*|weiterbild\w*|qualifizier\w*|ausbildungsplaetze?|skilled (?:workers|staff)|training of staff|train our staff"),
    ("network_management", r"netzwerkmanagement|innovationsnetzwerk\w*|netzwerk (?:aufbauen|aufzubauen|gruenden|zu gruenden|managen)|network management|innovation network|build\w* (?:a|an) (?:innovation )?network"
        r"|netzwerk (?:\w+ )?zusammen\w*|(?:form|start|set up|create) (?:a|an) (?:\w+ )?network"),
    ("cluster_cooperation", r"clusterbruecke\w*|cluster-?kooperation\w*|(?:mehrere\w*|andere\w*|weitere\w*) cluster\w*|clusteruebergreifend\w*|(?:gemeinsam|zusammen) mit (?:dem|den) (?:[\w-]+ ){0,4}\w*cluster\w*|(?:several|other) clusters|cluster (?:bridge|cooperation)|cross-?cluster"),
    ("media_content", r"medienprojekt\w*|journalis(?:mus|tisch)\w*|content-?projekt\w*|media project|journalis\w*"),
    ("games", r"\bgames?\b(?! changer)|computerspiel\w*|videospiel\w*|spielprototyp\w*|spieleentwickl\w*|video games?|computer games?"),
    ("creative_industries", r"kreativ(?:wirtschaft|schaffende\w*|branche|projekt\w*)|creative industr\w*|creatives\b"
        r"|(?:mit|with) (?:\w+ ){0,2}(?:kreativen|designern|designerinnen|kuenstlern|designers|artists)\b"),
    ("aviation", r"luftfahrt\w*|flugzeug\w*|aviation|aircraft"),
    ("fintech", r"fintech\w*|insurtech\w*"),
    ("hydrogen", r"wasserstoff\w*|hydrogen\b|elektrolys\w*|electrolys\w*"),
)  # fmt: skip
_GOAL_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in _GOALS)
_PURPOSE_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in _PURPOSES)
_MONEY_WISH = re.compile(
    r"\b(?:geld|foerder\w*|zuschuss\w*|zuschuesse\w*|finanzier\w*|kredit\w*|darlehen|mittel|unterstuetzung|wollen|moecht\w*|will|planen|plane|br(?:au|aeu)ch\w*|benoetig\w*|such\w*|vorhaben|projekt\w*|haben vor|steht an|sollen|soll|werden|tueftel\w*|funding|money|cash|grants?|loans?|financ\w*|want\w*|would like|'d (?:like|love)|plan\w*|need\w*|look\w* for|seek\w*|project|intend|going to|aim\w*|will)\b"
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
    is_unsaid = not set(found) - SECTOR_PURPOSES
    for name, pattern in _PURPOSE_PATTERNS:
        if (is_unsaid or name in SECTOR_PURPOSES) and pattern.search(text):
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
        for clause in re.split(
            r"[.;:!?\n]+\s|,\s(?=(?:wir|ich|und wir|we|i|and we|jetzt|nun|now)\b)|(?:,\s|\s(?=und |and ))(?=(?:und |and )?(?:wollen|will|moechte\w*|wuerden?|brauchen?|suchen?|planen?|want|need|would like|are looking)\b)",
            text,
        )
        if clause.strip()
    ]
