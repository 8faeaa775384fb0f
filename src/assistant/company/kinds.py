"""What kind of organisation writes, at what stage it is, where in the chain it works, and what else it states or denies."""

from __future__ import annotations

import re

from assistant.domain.facts import Applicant, ChainStep, Stage, Trait

_ORGANISATIONS: tuple[tuple[Applicant, str], ...] = (
    ("university", r"(?:wir sind|als|ist) (?:eine?|die|der|das)? ?(?:\w+ )?(?:hochschule|universitaet|fachhochschule|tu hamburg|tuhh|haw)\b|\b(?:lehrstuhl|professur|fachbereich|hochschulinstitut|universitaetsinstitut|arbeitsgruppe an der (?:universitaet|uni|tu|tuhh|hochschule))\b|\bwe are (?:a|the) (?:\w+ )?(?:university|college)\b|\b(?:university|academic) (?:department|institute|chair|group)\b|\bchair of\b"),
    ("research", r"(?:wir sind|als) (?:ein|das) (?:\w+ )?institut\b|forschungs(?:institut|einrichtung|zentrum|gruppe)\b|\bfraunhofer|\bmax-planck|\bhelmholtz|\bleibniz|\bresearch (?:institute|centre|center|organisation|organization)\b|\binstitut fuer\b"),
    ("academic", r"\b(?:wissenschaftler\w*|forschende\w*|doktorand\w*|promov\w+|postdoc\w*|professor\w*|student(?:en|innen|in|s)?\b|studierende\w*|absolvent\w*|wissenschaftliche\w* mitarbeit\w+|scientists?|phd|postdocs?|researchers? at|graduates?)"),
    ("association", r"\b(?:(?:gemeinnuetziger |eingetragener )verein|e\. ?v\.|verband|wirtschaftsverband|non-?profit association|registered association|industry association|trade association)(?!\w)"
        r"|\b(?:unser|ein|der) (?:\w+ )?verein\b|\ba (?:registered )?charity\b"),
    ("network", r"\b(?:wir sind|als|ist|are|is) (?:ein|eine|das|a|an|the) (?:\w+ )?(?:netzwerk|cluster|clusterinitiative|clustermanagement|network|cluster organisation|cluster organization)\b|\b(?:wir|ich|we|i) (?:managen|manage|leiten|leite|steuern|koordinieren|betreiben|run|coordinate|operate) (?:ein\w*|das|den|the|an?) (?:\w+ ){0,2}(?:cluster|netzwerk|network)\b|\bclustermanagement\b|\bunternehmensnetzwerk\b|\bcluster (?:organisation|organization|management)\b|\bmanagement (?:team )?of (?:an?|the|our) (?:\w+ ){0,2}(?:cluster|network)\b|\b(?:cluster|netzwerk)manager\w*\b|\b(?:unsere|als) clusterorganisation\b|\bgeschaeftsstelle (?:des|eines|vom|der|einer) (?:\w+ ){0,2}\w*(?:cluster|netzwerk)(?:s|es|initiative)?\b"),
    ("public_body", r"\bwir sind (?:die|eine|das|ein) (?:\w+ )?(?:wirtschaftsfoerderung|stadt|stadtverwaltung|landkreis|amt)\b|\b(?:economic|business) development agency\b|\b(?:behoerde|bezirksamt|stadtwerke|landesbetrieb|gemeinde(?:verwaltung)?|kommune|public authority|municipality|municipal utility)\b"),
    ("investor", r"\b(?:business angels?|ich (?:bin|als) (?:private[rn]? )?investor\w*|privatinvestor\w*|als investor\w*|(?:ich|wir|moechten?|wuerden?|will|wollen)\b(?:(?!\bsuch|\bbrauch|[;!?]|\.\s|, d(?:ie|er|as)\b).){0,90}\bin (?:ein|eine|einige|mehrere|junge|andere)\b (?:(?!fuer\b|mein|unser|bei\b|eigen)\S+ ){0,4}(?:start-?ups?|\w*unternehmen|\w*firm\w+)\b(?:(?![.;!?]).){0,30}\b(?:investieren?|stecken|anlegen)\b|(?:i'm|i am) an? (?:business )?angel\b|(?:i|we)(?:'\w+)? (?:(?!\blook|\bseek|\bneed)[^.;!?]){0,40}\b(?:invest|put)\b (?:\S+ ){0,4}(?:in|into) (?:a|an|some|several|young) (?:(?!for\b|my\b|our\b)\S+ ){0,3}(?:start-?ups?|compan\w+|firms?)\b|private investors?|i am an? (?:private |angel )?investor|venture-?capital-?(?:fonds|fund|gesellschaft))\b"),
    ("freelancer", r"\b(?:freiberuf\w*|freelanc\w*|selbst(?:st)?aendige[rn]? (?:\w+in\b|\w+er\b)|solo-?selbst\w+|einzelunternehm\w*|freie[rn]? (?:journalist|fotograf|grafiker|designer)\w*|self-?employed|sole trader)"),
    ("startup", r"\b(?:start-?ups?|jungunternehmen|junge (?:firma|unternehmen)|gruenderteam|founding team|young company|spin-?offs?|ausgruendung)\b"),
    ("large_company", r"\b(?:konzern\w*|grossunternehmen|grosskonzern|large (?:company|corporation|enterprise)|multinational|corporation)\b"),
)  # fmt: skip
_ORGANISATION_PATTERNS = tuple(
    (name, re.compile(rf"\b(?:{p})" if not p.startswith(("\\b", "(")) else p)) for name, p in _ORGANISATIONS
)
_PARTNERS: frozenset[Applicant] = frozenset(
    ["university", "research", "network", "association", "public_body", "large_company"]
)
_BESIDE = re.compile(
    r"\b(?:mit|beim?|fuer|von|an|with|for|to|of|by|\w*partner\w*(?: ist| sind| is| are)?|kunden?|customers?)\W+(?:(?:der|dem|den|die|das|einem|einer|eines|des|the|a|an|mehreren|several)\W+)?(?:\w+\W+)?$"
)
"""Before the name of somebody else: a partner, a customer, an owner."""
_WOOED = re.compile(
    r"\b(?:einen|einem|eines|unser\w*|our|mit|with|for|such\w*|find\w*|von|of|by|durch)\s+(?:(?:an?|einen?m?|the|some|private[nr]?)\s+)?$"
)
"""Before an investor who is somebody else."""
_DENIED = re.compile(r"\b(?:kein|keine|nicht|no|not an?)\s+$")
_STEPS: tuple[tuple[ChainStep, str], ...] = (
    ("research", r"forsch\w*|research\w*|grundlagen\w*|untersuch\w*|studien?\b"),
    ("development", r"entwickel\w*|entwickl\w*|konstruier\w*|konstruktion|engineering|programmier\w*|entwerf\w*|develop\w*|design(?:ing|s)?\b|program(?:ming|s)?\b|invent\w*"),
    ("content", r"schreib\w*|dreh(?:en|t)\b|film\w*|produzier\w* (?:filme|podcasts|videos|musik|serien)|verleg(?:en|t)\b|verlag\w*|redaktion|fotografier\w*|gestalt\w*|komponier\w*|kuenstler\w*|publish\w*|writ(?:e|ing)|shoot\w*|record\w*|compos\w*"),
    ("components", r"zuliefer\w*|teile\b|bauteile\w*|komponenten\w*|baugruppen|suppl(?:y|ier\w*)|parts\b|components?\b"),
    ("manufacturing", r"bau(?:en|t)\b|herstell\w*|stellen (?:\w+ ){0,4}her\b|stellt (?:\w+ ){0,4}her\b|produzier\w*|produktion|fertig(?:en|t|ung)\w*|manufaktur\w*|back(?:en|t)\b|brau(?:en|t)\b|roest(?:en|et)\b|naeh(?:en|t)\b|hersteller\w*|build\w*|manufactur\w*|produc\w*|mak(?:e|es|ing)\b|brew\w*|bak(?:e|es|ing)\b|roast\w*"),
    ("planning", r"projektier\w*|plan(?:en|t|ung)\b|planungs\w*|gutachten|gutachter\w*|vermess\w*|plann\w*|survey\w*|project develop\w*"),
    ("installation", r"installier\w*|installation\w*|montier\w*|montage\w*|errichten|errichtung|verleg\w* kabel|einbau\w*|install\w*|assembl\w*|erect\w*"),
    ("operation", r"betreib\w*|betrieb von|betriebsfuehrung|operat\w*|run(?:s|ning)? (?:a|an|the|our)\b"),
    ("maintenance", r"wart(?:en|et|ung)\b|wartungs\w*|reparier\w*|reparatur\w*|instand\w*|ueberhol\w*|inspiz\w*|inspektion\w*|reinig\w*|maintain\w*|maintenance|repair\w*|overhaul\w*|inspect\w*|clean\w*|servic(?:e|ing) of"),
    ("trade", r"verkauf\w*|handel(?:n|t)?\b|haendler\w*|vertreib\w*|vertrieb\w*|importier\w*|import\b|exportier\w*|liefern\b|grosshandel\w*|laden\b|onlineshop\w*|sell\w*|trad(?:e|es|ing|er)\b|distribut\w*|import\w*|wholesale\w*|shop\b"),
    ("transport", r"transport\w*|fahr(?:en|t)\b|ausliefer\w*|befoerder\w*|verschiff\w*|lager\w*|spedi\w*|umschlag\w*|verlad\w*|haul\w*|ship(?:s|ping)?\b|deliver\w*|stor(?:e|es|ing|age)\b|warehous\w*|forward\w*"),
    ("services", r"berat\w*|dienstleist\w*|zertifizier\w*|pruef(?:en|t|ung)\w*|versicher\w*|vermittel\w*|consult\w*|advis\w*|certif\w*|test(?:s|ing)?\b|insur\w*|broker\w*|services?\b"),
    ("finance", r"finanzier\w*|investier\w* in|bank\w*|kredit(?:e|geber)\w*|fonds\b|financ\w*|lend\w*|invest(?:s|ing) in|fund\b"),
    ("training", r"schul(?:en|t|ung|ungen)\b|ausbild\w*|unterricht\w*|weiterbild\w*|train(?:s|ing)?\b|teach\w*|educat\w*"),
)  # fmt: skip
_STEP_PATTERNS = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in _STEPS)
_TRAITS: tuple[tuple[Trait, str], ...] = (
    ("innovative", r"neuartig\w*|innovati\w*|erstmals|weltweit erste\w*|weltneuheit|voellig neue?\w*|prototyp\w*|patent\w*|\bki\b|kuenstliche\w* intelligenz|\bapp\b|software|plattform\w*|digital\w*|algorithm\w*|\bvr\b|deep-?tech|hightech|high-tech|biotech\w*|forsch\w*|neue\w* (?:verfahren|technologie|technik|material\w*|produkt\w*)|alleinstellung\w*|novel\b|first of its kind|world's first|prototype\w*|\bai\b|platform\b|machine learning|cutting-edge|new (?:technology|process|material|method)|unique selling|new (?:kind|type|sort) of|neue\w* art (?:von|der)|gibt es (?:bisher|so|bislang) (?:noch )?(?:nicht|nirgends)|einzigartig\w*|breakthrough|bahnbrechend\w*"
        r"|\b(?:idee|konzept) fuer (?:eine?|einen) neue\w*|\b(?:idea|concept) for a new\b"),
    ("technological", r"technolog\w*|technisch\w*|sensor\w*|roboter\w*|robot\w*|\bki\b|kuenstliche\w* intelligenz|algorithm\w*|software|hardware|maschine\w* lernen|deep-?tech|hightech|high-tech|biotech\w*|medizintechnik|verfahren\w*|prototyp\w*|patent\w*|elektron\w*|laser\w*|material\w*|drohne\w*|brennstoffzell\w*|elektrolys\w*|\bai\b|machine learning|device|process\b|prototype\w*|drones?\b|fuel cell\w*|battery|batterie\w*|quanten\w*|quantum|engineering"),
    ("deep_tech", r"deep-?tech|spitzenforschung|risikoreiche\w* forschung|(?:high-?risk|risky|cutting-edge|frontier) (?:\w+ |\w+-\w+ )?research|grundlagenforschung|quanten\w*|quantum|neuartige materialien|new materials|biotechnolog\w*|fusion\w*"),
    ("first_patent", r"(?:unser |mein |das )?erste[sn]? (?:eigene[sn]? )?(?:patent|schutzrecht|gebrauchsmuster)\w*|noch (?:nie|kein) (?:ein |eigenes )?patent|zum ersten mal (?:ein )?(?:zum )?patent|(?:our|my|the) (?:very )?first (?:ever )?patent|never (?:patented|filed|applied for) (?:a patent|anything)|patente? hatten wir noch kein\w*|(?:patente?|schutzrechte?|gebrauchsmuster) (?:hatten|haben) wir (?:bisher |bislang )?(?:noch )?(?:nie|kein\w*)\b|no patents? (?:so far|yet)|first-time patent|(?:seither|seitdem|seit \w+ \w+|in den letzten \w+ jahren) (?:haben wir |wurde )?(?:kein\w*|nichts|nie)\b(?: \w+){0,2} ?(?:patent\w*|mehr\b|angemeldet)|no patents? (?:since|for \w+ years|in the last \w+ years)|none since|(?:unsere|meine) erste\w* (?:eigene\w* )?erfindung|(?:our|my) first invention|\berstmal\w* (?:ein\w* )?(?:zum )?patent|\bpatent\w*[^.;]{0,25}\b(?:zum ersten mal|for the first time)"),
    ("partner", r"(?:zusammen|gemeinsam|in kooperation|im verbund|kooperation|kooperationsprojekt\w*|verbundprojekt\w*|projekt) mit (?:der |dem |einer |einem |zwei |drei |\d+ |anderen |weiteren )?(?:\w+ ){0,2}(?:hochschul\w*|universit\w*|uni\b|tuhh|tu\b|haw\b|institut\w*|fraunhofer\w*|dlr\b|uke\b|desy\b|unternehmen|firm\w+|partner\w*|forschungs\w*|betrieb\w*|konzern\w*)|forschungspartner (?:ist|haben|sind)|haben (?:einen|eine|schon|bereits) (?:\w+ )?(?:forschungspartner|partner|kooperationspartner)|(?:together|jointly|in cooperation|in collaboration|collaborat\w+|cooperat\w+|project) with (?:the |a |an |two |three |\d+ |other )?(?:\w+ ){0,3}(?:university|college|institute|fraunhofer|dlr|tuhh|desy|company|companies|partners?)|verbundprojekt\w*|kooperationsprojekt\w*|joint project|collaborative project|(?:wir )?arbeite\w* mit (?:der |dem |einer |einem )?(?:\w+ ){1,3}(?:zusammen|gemeinsam|an ein\w*)\b|kooperier\w* mit|partner ist\b|work(?:ing)? with (?:\w+ ){1,4}on (?:a|an|our)\b|partner is\b|partnering with|mit (?:der|dem|einer|einem) (?:\w+ ){0,2}(?:uni\b|tu\b|tuhh\b|haw\b|hochschul\w*|universit\w*|university\b|fraunhofer\w*|\w*institut\w*|dlr\b|uke\b|desy\b|hsu\b)[^.;!?]{0,30}\b(?:gemeinsam|zusammen|entwick\w*|erforsch\w*|forsch\w*)\b|with (?:the |a |an )?(?:\w+ ){0,2}(?:uke|haw|tuhh|desy|dlr|fraunhofer|university)\b"),
    ("foreign_partner", r"(?:partner\w*|(?:mit|with) (?:\w+ ){1,3}\w+) (?:aus|in|from) (?:daenemark|schweden|den niederlanden|holland|belgien|polen|frankreich|norwegen|finnland|estland|lettland|litauen|oesterreich|spanien|portugal|italien|tschechien|irland|der schweiz|denmark|sweden|the netherlands|belgium|poland|france|norway|finland|estonia|latvia|lithuania|austria|spain|portugal|italy|ireland|switzerland)|(?:auslaendisch\w*|internationale\w*|daenisch\w*|schwedisch\w*|niederlaendisch\w*|polnisch\w*|franzoesisch\w*) (?:projekt)?partner\w*|(?:foreign|international|danish|swedish|dutch|polish|french) (?:project )?partners?"
        r"|(?:mit|with) (?:einer|einem|a|an) (?:daenisch|schwedisch|niederlaendisch|polnisch|franzoesisch|norwegisch|finnisch|oesterreichisch|schweizer|spanisch|italienisch|belgisch|swedish|danish|dutch|polish|french|norwegian|finnish|austrian|swiss|spanish|italian|belgian)\w* \w+"),
    ("network", r"(?:sechs|mindestens \d+|[6-9]|1\d|\d{2}) (?:mittelstaendische |weitere |andere )?(?:unternehmen|firmen|betriebe|kmu)[^.;]{0,50}(?:netzwerk|zusammen|verbund)|(?:innovations|firmen|unternehmens)netzwerk|(?:[6-9]|1\d) (?:companies|firms|smes)[^.;]{0,50}(?:network|together)|innovation network"),
    ("several_clusters", r"mehrere\w* cluster|(?:zwei|2|drei|3|andere\w*|weitere\w*) (?:andere\w* |weitere\w* )?cluster\w*|clusteruebergreifend\w*|(?:gemeinsam|zusammen) mit (?:dem|den) (?:[\w-]+ ){0,4}\w*cluster\w*|several clusters|other clusters|cross-?cluster|two clusters|2 clusters"),
    ("university", r"(?:an|aus|vom|von|beim|der|am|of|at|from)(?: der| dem| the)? (?:hochschul\w*|(?:\w+-)*universit\w*|uni\b|tu\b|tuhh|tu hamburg|haw\b|hcu\b|hfbk|hsu\b|uke\b|desy|fraunhofer|university|uni hamburg)|\bstudierende\w*|\bstudent\w*|\babsolvent\w*|\bdoktorand\w*|\bpostdoc\w*|\bwissenschaftler\w*|\bwissenschaftliche\w* mitarbeit\w+|\bforschungsteam|\bforschergruppe|\bgraduates?\b|\bresearch team|\bscientists?\b|\bphd\b|\buniversity spin-?(?:off|out)|\bmasterarbeit|\bdissertation|\bpromotion\b|\bhamburg university\b|\bspin-?(?:off|out) (?:of|from) (?:\w+ )?univers\w+"),
    ("women", r"\bgruenderinnen\b|\bfrauenteam|\bals frau(?:en)?\b|\bstudentin\b|\b(?:programm|foerder\w*|geld|was|etwas|stipendium|angebot\w*|hilfe) (?:\w+ )?fuer frauen\b|\b(?:programmes?|programs?|grants?|funding|money|something|support) (?:\w+ )?for women\b|\ball-?female|\bwomen-?(?:led|founders?)|\bwoman founder|\bfemale (?:founder|student)s?"),
    ("corporation", r"\bgmbh\b|\bug\b|\bag\b|\bkapitalgesellschaft|\bhaftungsbeschraenkt|\bltd\b|\binc\b|\blimited company"),
    ("social", r"sozialunternehm\w*|social (?:enterprise|entrepreneur\w*|business)|gemeinwohl\w*|gemeinnuetzig\w*|sozial\w* (?:innovation|start-?up)|impact-?start-?up|inklusion\w*|non-?profit|\bsdg"
        r"|\bcharit(?:y|able)\b|wohltaetig\w*|obdachlos\w*|gefluechtete\w*|beduerftig\w*|benachteiligte\w*|homeless\b|refugees?\b|disadvantaged"),
    ("private_investor", r"(?:privater?|private[rn]?|lead-?)\s?investor\w* (?:ist|haben|steigt|zugesagt|an bord|dabei)|haben (?:schon |bereits )?(?:einen|einen privaten) (?:lead-?)?investor|business angel (?:ist|an bord|dabei)|(?:private|lead) investor (?:is )?(?:on board|committed)|have (?:found )?(?:a|an) (?:private |lead )?investor"
        r"|(?:privat\w* |private )?(?:geldgeber\w*|investor\w*|business angels?|angels?) (?:\w+ ){0,2}(?:schon |bereits |already )?(?:zugesagt|an bord|dabei|on board|committed)"),
)  # fmt: skip
_TRAIT_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _TRAITS)
_CORPORATION = dict(_TRAIT_PATTERNS)["corporation"]
_STARTED = re.compile(
    r"\b(?:schon|bereits|laengst|already)\s+(?:\w+ ){0,2}(?:angefangen|begonnen|gestartet|losgelegt|bestellt|gekauft|beauftragt|in auftrag|started|begun|begin|ordered|bought|commissioned|under way|running)|\b\w*(?:projekt|vorhaben|massnahme|bau|umbau|project|arbeiten) (?:laeuft|laufen|hat begonnen|ist gestartet|wurde begonnen|has (?:already )?(?:started|begun)|is (?:already )?(?:under way|running))|\bhaben (?:wir )?(?:letzte woche|gestern|vor \w+ \w+|im \w+) (?:(?:\w+ ){0,3}bestellt|mit (?:\w+ ){1,4}(?:angefangen|begonnen|gestartet))|\b(?:schon|bereits|laengst) mit (?:\w+ ){1,4}(?:angefangen|begonnen|gestartet)|\bauftr\w+ (?:\w+ ){0,2}(?:erteilt|vergeben|unterschrieben)\b|\b(?:angefangen|begonnen|bestellt) haben wir\b(?! (?:noch )?(?:nicht|nichts|nix|kein))|\b(?:sind|stecken) (?:schon|bereits|laengst|mitten) (?:dabei|mittendrin|drin)\b|\b(?:schon|bereits|laengst) (?:dabei|mittendrin)\b|\b(?:has|have) been running since\b|\bsince \w+ we have been (?:building|developing|working)\b"
    r"|\b\w*(?:entwicklung|projekt|vorhaben|massnahme|umbau|bauarbeiten|arbeiten|umstellung|sanierung)\b[^.;!?]{0,60}\bhaben (?:wir |ich )?(?:schon |bereits )?(?:im \w+|letzte\w* \w+|vor \w+ \w+|gestern|voriges jahr) (?:\w+ ){0,2}(?:angefangen|begonnen|gestartet)"
    r"|\b(?:ist|sind|wurden?|haben wir|hab ich|habe ich) (?:schon|bereits|laengst) (?:eingebaut|installiert|in betrieb|angeschafft|umgesetzt|bezahlt|geliefert|unterschrieben|abgeschlossen)|\b(?:placed|signed) the (?:order|contract)|\border (?:has been|was|is) placed|\b(?:weeks?|months?|years?|halfway) into\b|\bmitten in der entwicklung\b|\b(?:the|our) (?:project|work|development|construction)\b(?: on it)? (?:has )?(?:started|began|begun) in\b|\bwork on it (?:started|began)|\b(?:halb fertig|half done|half finished|halfway through)\b"
    r"|\balready been (?:developing|building|working)\b|\bbeen (?:developing|building|working on) (?:a|an|our|the|this) (?:new|novel)\b"
    r"|\balready been (?:installed|built in|paid|signed|delivered)"
    r"|\b(?:nachtraeglich|rueckwirkend|retroactively|retrospectively|after the fact)\b"
)
_NOT_STARTED = re.compile(
    r"\b(?:angefangen|begonnen|gestartet|losgelegt|bestellt) (?:haben wir|hab ich|habe ich|wurde|ist) (?:noch )?(?:nicht|nichts|nix)\b|\bkein\w* auftr\w+ (?:\w+ ){0,2}(?:erteilt|vergeben|unterschrieben)|\bauftr\w+ (?:ist |sind |haben wir )?(?:noch )?(?:nicht|kein\w*) (?:erteilt|vergeben|unterschrieben)|\bnichts (?:\w+ )?(?:unterschrieben|bestellt|beauftragt|gekauft|vergeben)|\b(?:beauftragt|bestellt|unterschrieben) ist (?:noch )?nichts|\bnothing (?:has been |is |was )?(?:ordered|signed|bought|commissioned)|\bnoch nicht (?:\w+ )?(?:angefangen|begonnen|gestartet|bestellt)|\b(?:beginn|start) (?:erst|ist|soll|geplant)|\bnot (?:yet )?(?:started|begun|ordered)"
)
_SIDE_JOB = re.compile(
    r"\bneben(?:beruf\w*|erwerb\w*|gewerb\w*|bei\b|her\b|job)|\bneben (?:dem|der|meinem|meiner|unserem|unserer) (?:\w+ )?(?:job|beruf|studium|arbeit|anstellung)\b|\b(?:keep\w*|alongside|besides?) (?:my|our) (?:\w+ )?(?:day )?jobs?\b|\bon the side\b|\bin the evenings\b|\bim nebenerwerb|\bside (?:job|business|hustle|project)|\bpart-?time|\bin unserer freizeit|\bfeierabend\w*|\bin our spare time"
)
_FULL_TIME = re.compile(r"\bvollzeit\b|\bfull[- ]?time|\bhauptberuf\w*|\bim vollerwerb")
_NO_PARTNER = re.compile(
    r"\b(?:ohne|kein\w*|noch keine[n]?)\s+(?!auslaend|internation)(?:\w+ )?(?:partner\w*|kooperation\w*|forschungspartner\w*|hochschul\w*|projektpartner\w*)|\b(?:im alleingang|allein entwickel\w*|ganz allein|allein|alleine|einzelprojekt)\b|\bwithout (?:a |any )?(?:partners?|university)|\bno (?:research )?partners?\b|\b(?:don't|do not|haven't) (?:have|got) (?:a |any )?partners?|\bon our own\b|\bsingle project"
)
_NO_FOREIGN_PARTNER = re.compile(
    r"\b(?:ohne|kein\w*)\s+(?:auslaendisch\w*|internationale\w*) (?:\w*partner\w*|kooperation\w*)|\b(?:ohne|kein\w*) \w*partner\w* (?:im|aus dem) ausland|\b(?:without|no) (?:a |any )?(?:foreign|international) partners?|\b(?:without|no) (?:a |any )?partners? (?:abroad|from abroad)"
)
_MANY_PATENTS = re.compile(
    r"\b(?:letzte[sn]|vergangene[sn]|vorige[sn]|diese[sm]) jahr (?:haben wir |wurde )?(?:\w+ ){0,2}(?:patent|gebrauchsmuster|schutzrecht)|\b(?:last|this) year (?:we |i )?(?:filed|applied for|registered) (?:a |our |two )?patent|\b(?:file|apply for|anmelden) another (?:one|patent)|\b(?:haben|halten|besitzen|meldeten|have|hold|own|filed)\b[^.;]{0,40}\b(?:schon |bereits |already )?(?:\d+|mehrere|viele|several|many|zahlreiche|drei|zwei) patente?n?s?\b|\b(?:letztes|vergangenes|voriges) jahr (?:\w+ ){0,2}(?:ein )?patent (?:an)?gemeldet|\bpatent (?:last|this) year|\bfile another\b|\b(?:zweites|weiteres|second|another|[2-9]\.|2nd|3rd|[4-9]th) patent|\bpatent\b[^.;]{0,25}\b(?:letztes|vergangenes|voriges|dieses) jahr (?:an)?gemeldet"
)
_NO_UNIVERSITY = re.compile(
    r"\b(?:ohne|kein\w*) (?:bezug zu\w* |kontakt zu\w* |verbindung zu\w* )?(?:einer |der )?(?:hochschul\w*|universit\w*|studium|abschluss)|\bno (?:link to|connection with) (?:a |any )?university|\bwithout a degree|\bkein\w* akademisch\w*|\b(?:niemand|keine[rn]?) von uns (?:hat|haben) studiert|\bnie studiert|\bweder studiert\b|\bstudiert hat (?:von uns )?(?:keine[rs]?|niemand)\b|\b(?:nichts|nix|irgendwas) mit (?:der |einer |irgendeiner )?(?:uni\b|universit\w*|hochschul\w*)|\b(?:none|neither) of us (?:went to|studied|has)|\bnever (?:studied|went to university)"
)
_NO_TECHNOLOGY = re.compile(
    r"\b(?:ohne|kein\w*) (?:neue |eigene )?(?:technik|technologie)\b|\bno (?:new )?technology\b|\bnon-?technical|\bnicht-?technisch\w*"
)
_NO_BANK = re.compile(
    r"\b(?:\w*bank|sparkasse|haspa)\b[^.;!?]{0,40}\b(?:abgelehnt|abgesagt|absage|ablehnung|verweigert|winkt ab|winkte ab|abgewinkt|lehnt\b[^.;!?]{0,30}\bab\b|nichts geben|keinen kredit|nicht finanzieren|refused|rejected|turned (?:us|me) down|said no|won't lend|will not lend)|\b(?:absage|ablehnung|abgelehnt|refused|rejected) (?:der|von der|von unserer|by the|by our|by my) (?:haus)?bank\b"
)
_BANK_AGREES = re.compile(
    r"\b(?:\w*bank|sparkasse|haspa)\b[^.;!?]{0,40}\b(?:zugesagt|ist bereit|finanziert|wuerde (?:uns |mir )?(?:finanzieren|den kredit geben)|wuerde (?:\w+ ){0,3}(?:finanzieren|mitmachen)|has agreed|is willing|will lend|would lend)\b"
)
_PATENT_AGO = re.compile(
    r"\bvor (?P<n1>\d+|einem) jahr\w*\b[^.;!?]{0,50}\b\w*patent|\bpatent\w*\b[^.;!?]{0,30}\bvor (?P<n2>\d+|einem) jahr|\bpatent\w*\b[^.;!?]{0,30}\b(?P<n3>\d+|a) years? ago|\bpatent\w*\b[^.;!?]{0,30}\b(?P<n4>\d+|ein) jahre? (?:her|zurueck)\b"
)
_PATENT_YEARS = 3
"""Within so many years before, an earlier patent rules out aid for another."""
_NO_INNOVATION = re.compile(
    r"\b(?:nicht|nichts|kein\w*) (?:neues|innovativ\w*|neuartig\w*|technisch\w*)|\b(?:klassisch\w*|herkoemmlich\w*|ganz normal\w*|gewoehnlich\w*|traditionell\w*)|\bnothing new|\bnot innovative|\bordinary|\btraditional\b|\bconventional"
)
_STAGES: tuple[tuple[Stage, str], ...] = (
    ("idea", r"\b(?:nur|erst|bisher|haben|habe) (?:eine )?(?:geschaefts)?idee\b|\bnoch keine konkrete idee|\bgeschaeftsidee\b|\bonly an idea|\bjust an idea|\bbusiness idea\b|\bhave an idea"),
)  # fmt: skip


def read_organisations(text: str) -> frozenset[Applicant]:
    """Kinds of organisation in a folded text; empty for a company like any other."""
    return frozenset(
        name
        for name, pattern in _ORGANISATION_PATTERNS
        if any(
            not (name in _PARTNERS and _BESIDE.search(text[: m.start()]))
            and not (name == "investor" and _WOOED.search(text[: m.start()]))
            and not _DENIED.search(text[: m.start()])
            for m in pattern.finditer(text)
        )
    )


def read_steps(text: str) -> frozenset[ChainStep]:
    """Steps of a value chain in a folded text."""
    return frozenset(name for name, pattern in _STEP_PATTERNS if pattern.search(text))


def read_stage(text: str) -> Stage | None:
    """The stage, where words alone say it; age and founding say more, and so does a legal form."""
    if _CORPORATION.search(text):
        return None
    return next((name for name, pattern in _STAGES if re.search(pattern, text)), None)


def read_traits(text: str) -> dict[Trait, bool]:
    """What a folded text states (True) or denies (False)."""
    traits: dict[Trait, bool] = {name: True for name, pattern in _TRAIT_PATTERNS if pattern.search(text)}
    for name, pattern in (
        ("partner", _NO_PARTNER),
        ("foreign_partner", _NO_PARTNER),
        ("foreign_partner", _NO_FOREIGN_PARTNER),
        ("university", _NO_UNIVERSITY),
        ("first_patent", _MANY_PATENTS),
        ("full_time", _SIDE_JOB),
    ):
        if pattern.search(text):
            traits[name] = False  # type: ignore[index]
    if _NO_INNOVATION.search(text):
        traits["innovative"] = traits["technological"] = False
    if _NO_TECHNOLOGY.search(text):
        traits["technological"] = False
    if _NO_BANK.search(text):
        traits["bank_refusal"] = True
    elif _BANK_AGREES.search(text):
        traits["bank_refusal"] = False
    if "first_patent" not in traits and (ago := _PATENT_AGO.search(text)) is not None:
        said = next(count for count in ago.groups() if count)
        years = int(said) if said.isdigit() else 1
        if years != _PATENT_YEARS:
            traits["first_patent"] = years > _PATENT_YEARS
    if "full_time" not in traits and _FULL_TIME.search(text):
        traits["full_time"] = True
    if _STARTED.search(text) and not _NOT_STARTED.search(text):
        traits["not_started"] = False
    elif _NOT_STARTED.search(text):
        traits["not_started"] = True
    return traits
