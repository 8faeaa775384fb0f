"""What the funding finder says, in German and English; no figure stands here that a quotation would have to hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.company.names import PURPOSE_NAMES, Both
from assistant.domain.facts import Applicant, Purpose, Region, Trait
from assistant.domain.values import Language

_REGIONS: dict[Region, Both] = {
    "hamburg": {"de": "in Hamburg", "en": "in Hamburg"},
    "metropolitan_region": {"de": "in der Metropolregion", "en": "in the metropolitan region"},
    "northern_germany": {"de": "in Norddeutschland", "en": "in northern Germany"},
    "germany": {"de": "in Deutschland", "en": "in Germany"},
    "eu": {"de": "in der EU", "en": "in the EU"},
    "europe": {"de": "in Europa", "en": "in Europe"},
    "north_sea": {"de": "im Nordseeraum", "en": "in the North Sea region"},
    "baltic_sea": {"de": "im Ostseeraum", "en": "in the Baltic Sea region"},
    "worldwide": {"de": "weltweit", "en": "worldwide"},
}
_WHO: dict[Applicant, Both] = {
    "company": {"de": "Unternehmen", "en": "companies"},
    "sme": {"de": "kleine und mittlere Unternehmen", "en": "small and medium-sized companies"},
    "small_company": {"de": "kleine Unternehmen", "en": "small companies"},
    "startup": {"de": "Start-ups", "en": "start-ups"},
    "large_company": {"de": "große Unternehmen", "en": "large companies"},
    "freelancer": {"de": "Freiberufliche", "en": "freelancers"},
    "founder": {"de": "Gründende", "en": "founders"},
    "team": {"de": "Gründungsteams", "en": "founding teams"},
    "academic": {"de": "Menschen aus der Wissenschaft", "en": "people from universities"},
    "university": {"de": "Hochschulen", "en": "universities"},
    "research": {"de": "Forschungseinrichtungen", "en": "research institutes"},
    "public_body": {"de": "öffentliche Stellen", "en": "public bodies"},
    "association": {"de": "Vereine und Verbände", "en": "associations"},
    "network": {"de": "Netzwerke", "en": "networks"},
    "investor": {"de": "private Investierende", "en": "private investors"},
}
_TRAITS: dict[Trait, Both] = {
    "innovative": {"de": "Das Vorhaben muss neuartig sein", "en": "The project must be new of its kind"},
    "technological": {"de": "Das Vorhaben muss technisch sein", "en": "The project must be technological"},
    "first_patent": {
        "de": "In den letzten drei Jahren darf nichts angemeldet worden sein",
        "en": "Nothing may have been filed in the last three years",
    },
    "partner": {"de": "Es braucht einen Kooperationspartner", "en": "A cooperation partner is needed"},
    "foreign_partner": {"de": "Es braucht einen Partner im Ausland", "en": "A partner abroad is needed"},
    "network": {"de": "Mehrere Unternehmen müssen sich zusammentun", "en": "Several companies must join forces"},
    "several_clusters": {"de": "Mehrere Cluster müssen beteiligt sein", "en": "Several clusters must take part"},
    "university": {
        "de": "Es braucht den Bezug zu einer Hochschule oder Forschungseinrichtung",
        "en": "A link to a university or research institute is needed",
    },
    "women": {"de": "Das Angebot richtet sich an Frauen", "en": "The offer is for women"},
    "corporation": {"de": "Nötig ist eine Kapitalgesellschaft", "en": "A corporation such as a GmbH is needed"},
    "full_time": {
        "de": "Mindestens eine Person muss in Vollzeit arbeiten",
        "en": "At least one person must work full time",
    },
    "not_started": {"de": "Das Vorhaben darf noch nicht begonnen haben", "en": "The project must not have started yet"},
    "cooperation": {"de": "Gefördert wird die Zusammenarbeit mehrerer", "en": "Cooperation of several is funded"},
    "house_bank": {"de": "Der Weg führt über die Hausbank", "en": "The way leads through your bank"},
    "private_investor": {"de": "Es braucht private Mitinvestierende", "en": "Private co-investors are needed"},
    "external_provider": {"de": "Die Leistung muss von außen kommen", "en": "The service must come from outside"},
    "bank_refusal": {
        "de": "Ein Kreditinstitut muss die Finanzierung abgelehnt haben",
        "en": "A bank must have refused the loan",
    },
    "call": {
        "de": "Anträge gehen nur in einem laufenden Aufruf",
        "en": "Applications are possible in an open call only",
    },
    "opening": {
        "de": "Ob die Förderung offen ist, ist zu klären",
        "en": "Whether the programme is open has to be checked",
    },
    "deep_tech": {
        "de": "Das Vorhaben muss auf Forschung beruhen (Deep Tech)",
        "en": "The project must rest on research (deep tech)",
    },
    "social": {"de": "Das Vorhaben muss sozial oder gemeinwohlorientiert sein", "en": "The project must serve society"},
}
_TRAIT_NAMES: dict[Trait, Both] = {
    "innovative": {"de": "ob das Vorhaben neuartig ist", "en": "whether the project is new of its kind"},
    "technological": {"de": "ob das Vorhaben technisch ist", "en": "whether the project is technological"},
    "first_patent": {
        "de": "ob in den letzten drei Jahren etwas angemeldet wurde",
        "en": "whether anything was filed in the last three years",
    },
    "partner": {"de": "ob Sie einen Kooperationspartner haben", "en": "whether you have a cooperation partner"},
    "foreign_partner": {"de": "ob Sie einen Partner im Ausland haben", "en": "whether you have a partner abroad"},
    "network": {"de": "ob sich mehrere Unternehmen zusammentun", "en": "whether several companies join forces"},
    "several_clusters": {"de": "ob mehrere Cluster beteiligt sind", "en": "whether several clusters take part"},
    "university": {"de": "der Bezug zu einer Hochschule", "en": "the link to a university"},
    "women": {"de": "ob Sie eine Frau sind", "en": "whether you are a woman"},
    "bank_refusal": {"de": "ob ein Kreditinstitut abgelehnt hat", "en": "whether a bank has refused"},
    "private_investor": {"de": "ob private Investierende dabei sind", "en": "whether private investors are on board"},
    "deep_tech": {"de": "ob das Vorhaben auf Forschung beruht", "en": "whether the project rests on research"},
    "social": {"de": "ob das Vorhaben dem Gemeinwohl dient", "en": "whether the project serves society"},
}
_TEXTS: dict[str, Both] = {
    # --- verdict ---
    "likely": {"de": "Kommt wahrscheinlich in Frage: Ihre Angaben erfüllen, was erfasst ist.", "en": "Probably suitable: what you say meets everything on record."},
    "check_open": {"de": "Noch zu klären: {what}.", "en": "Still to be settled: {what}."},
    "check_against": {"de": "Spricht nach einer nicht amtlichen Quelle dagegen: {what}. Bitte fragen Sie nach.", "en": "By a source that is not official this speaks against it: {what}. Please ask."},
    "not_eligible": {"de": "Kommt nicht in Frage: {what}.", "en": "Not suitable: {what}."},
    "ended": {"de": "Das Programm ist beendet.", "en": "The programme has ended."},
    # --- criteria ---
    "status_open": {"de": "Anträge sind möglich.", "en": "Applications are possible."},
    "status_call_open": {"de": "Ein Aufruf läuft.", "en": "A call is open."},
    "status_calls_only": {"de": "Anträge gehen nur in Aufrufen; ob gerade einer läuft, ist nicht erfasst.", "en": "Applications are possible in calls only; whether one is open now is not on record."},
    "status_unknown": {"de": "Ob das Programm gerade offen ist, sagen die Quellen nicht.", "en": "The sources do not say whether the programme is open now."},
    "status_ended": {"de": "Das Programm ist beendet.", "en": "The programme has ended."},
    "status_later": {"de": "Das Programm beginnt erst später.", "en": "The programme begins later."},
    "who_met": {"de": "Antragsberechtigt sind: {who}.", "en": "Who may apply: {who}."},
    "who_open": {"de": "Antragsberechtigt sind: {who}. Ob Sie dazu zählen, ist noch offen.", "en": "Who may apply: {who}. Whether you count among them is still open."},
    "who_partner": {"de": "Als Partner möglich, nicht als einzige Antragstellende.", "en": "Possible as a partner, not as the only applicant."},
    "who_not_met": {"de": "Antragsberechtigt sind nur: {who}.", "en": "Only these may apply: {who}."},
    "who_excluded": {"de": "Sie zählen zu denen, die nicht antragsberechtigt sind.", "en": "You are among those who may not apply."},
    "age_met": {"de": "Ihr Unternehmen ist jung genug.", "en": "Your company is young enough."},
    "age_unfounded": {"de": "Sie haben noch nicht gegründet; die Altersgrenze ist kein Hindernis.", "en": "You have not founded yet; the age limit is no obstacle."},
    "age_open": {"de": "Seit wann es Ihr Unternehmen gibt, ist noch offen.", "en": "Since when your company has existed is still open."},
    "age_exact": {"de": "Ob Ihr Unternehmen jung genug ist, hängt am genauen Tag der Gründung.", "en": "Whether your company is young enough depends on the exact day of its founding."},
    "age_not_met": {"de": "Ihr Unternehmen ist dafür zu alt.", "en": "Your company is too old for this."},
    "staff_met": {"de": "Ihre Zahl der Beschäftigten passt.", "en": "Your number of employees fits."},
    "staff_open": {"de": "Wie viele Menschen bei Ihnen arbeiten, ist noch offen.", "en": "How many people work for you is still open."},
    "staff_not_met": {"de": "Ihre Zahl der Beschäftigten liegt außerhalb der Grenze.", "en": "Your number of employees lies outside the limit."},
    "turnover_met": {"de": "Umsatz oder Bilanzsumme liegen in der Grenze.", "en": "Turnover or balance sheet is within the limit."},
    "turnover_presumed": {"de": "Bei Ihrer Größe liegt der Umsatz vermutlich in der Grenze; bitte prüfen.", "en": "At your size turnover is presumably within the limit; please check."},
    "turnover_open": {"de": "Umsatz und Bilanzsumme sind noch offen.", "en": "Turnover and balance sheet are still open."},
    "turnover_not_met": {"de": "Umsatz oder Bilanzsumme liegen über der Grenze.", "en": "Turnover or balance sheet exceeds the limit."},
    "region_met": {"de": "Der Ort passt ({where}).", "en": "The location fits ({where})."},
    "region_open": {"de": "Verlangt wird ein Ort {where}; Ihrer ist noch offen.", "en": "A location {where} is required; yours is still open."},
    "region_plans": {"de": "Verlangt wird ein Ort {where}; Ihr Schritt dorthin ist erst geplant.", "en": "A location {where} is required; you only plan to come."},
    "region_unsaid": {"de": "Ein Programm der Stadt Hamburg; ob es auch anderswo gilt, sagen die Quellen nicht.", "en": "A programme of the city of Hamburg; the sources do not say whether it applies elsewhere too."},
    "region_not_met": {"de": "Verlangt wird ein Ort {where}.", "en": "A location {where} is required."},
    "sector_met": {"de": "Ihre Branche gehört dazu ({sector}).", "en": "Your industry is included ({sector})."},
    "sector_open": {"de": "Das Programm gilt nur für: {sector}. Ob das zutrifft, ist noch offen.", "en": "The programme is for {sector} only. Whether that applies is still open."},
    "sector_not_met": {"de": "Das Programm gilt nur für: {sector}.", "en": "The programme is for {sector} only."},
    "purpose_met": {"de": "Gefördert wird: {purpose}.", "en": "Funded: {purpose}."},
    "purpose_open": {"de": "Wofür Sie das Geld brauchen, ist noch offen; gefördert wird: {purpose}.", "en": "What you need the money for is still open; funded: {purpose}."},
    "purpose_near": {"de": "Gefördert wird: {purpose}. Ob Ihr Vorhaben dazu passt, ist zu klären.", "en": "Funded: {purpose}. Whether your project fits has to be checked."},
    "purpose_not_met": {"de": "Gefördert wird nur: {purpose}.", "en": "Funded only: {purpose}."},
    "trait_met": {"de": "{trait}; das sagen Sie.", "en": "{trait}; you say so."},
    "trait_open": {"de": "{trait}; das ist noch offen.", "en": "{trait}; this is still open."},
    "trait_not_met": {"de": "{trait}; nach Ihren Angaben ist das nicht so.", "en": "{trait}; by what you say this is not so."},
    # --- names of criteria, for "… ist noch offen" ---
    "name_status": {"de": "ob gerade Anträge möglich sind", "en": "whether applications are possible now"},
    "name_applicant": {"de": "ob Sie zu den Antragsberechtigten zählen", "en": "whether you are among those who may apply"},
    "name_age": {"de": "das Alter Ihres Unternehmens", "en": "the age of your company"},
    "name_staff": {"de": "die Zahl der Beschäftigten", "en": "the number of employees"},
    "name_turnover": {"de": "Umsatz oder Bilanzsumme", "en": "turnover or balance sheet"},
    "name_region": {"de": "der Ort", "en": "the location"},
    "name_sector": {"de": "die Branche", "en": "the industry"},
    "name_purpose": {"de": "der Zweck", "en": "the purpose"},
    "name_condition": {"de": "eine Bedingung", "en": "a condition"},
    "name_start": {"de": "der Beginn des Vorhabens", "en": "the start of the project"},
    # --- amounts ---
    "max_grant": {"de": "Zuschuss bis {eur}", "en": "grant of up to {eur}"},
    "max_loan": {"de": "Kredit bis {eur}", "en": "loan of up to {eur}"},
    "min_loan": {"de": "Kredit ab {eur}", "en": "loan from {eur}"},
    "max_equity": {"de": "Beteiligung bis {eur}", "en": "equity of up to {eur}"},
    "max_costs": {"de": "förderfähige Kosten bis {eur}", "en": "eligible costs of up to {eur}"},
    "min_costs": {"de": "Kosten ab {eur}", "en": "costs from {eur}"},
    "max_benefit": {"de": "bis {eur}", "en": "up to {eur}"},
    "per_project": {"de": "", "en": ""},
    "per_company": {"de": " je Unternehmen", "en": " per company"},
    "per_person_month": {"de": " je Person und Monat", "en": " per person and month"},
    "per_month": {"de": " im Monat", "en": " a month"},
    "per_person": {"de": " je Person", "en": " per person"},
    "per_founding": {"de": " je Gründung", "en": " per founding"},
    "per_year": {"de": " im Jahr", "en": " a year"},
    "per_partner": {"de": " je Partner", "en": " per partner"},
    "per_day": {"de": " am Tag", "en": " a day"},
    "rate": {"de": "bis {high} Prozent", "en": "up to {high} percent"},
    "rate_range": {"de": "{low} bis {high} Prozent", "en": "{low} to {high} percent"},
    "size_micro_note": {"de": "Kleinstunternehmen", "en": "micro companies"},
    "size_small_note": {"de": "kleine Unternehmen", "en": "small companies"},
    "size_medium_note": {"de": "mittlere Unternehmen", "en": "medium-sized companies"},
    "size_large_note": {"de": "große Unternehmen", "en": "large companies"},
    "size_sme_note": {"de": "kleine und mittlere Unternehmen", "en": "small and medium-sized companies"},
    "size_research_note": {"de": "Forschungseinrichtungen", "en": "research institutes"},
    "deadline": {"de": "{what}: {day}", "en": "{what}: {day}"},
    "deadline_past": {"de": "Der letzte erfasste Termin ist vorbei: {what}, {day}", "en": "The last date on record has passed: {what}, {day}"},
    # --- the company ---
    "size_micro": {"de": "Ihr Unternehmen zählt nach der EU-Definition als Kleinstunternehmen.", "en": "By the EU definition your company is a micro company."},
    "size_small": {"de": "Ihr Unternehmen zählt nach der EU-Definition als kleines Unternehmen.", "en": "By the EU definition your company is a small company."},
    "size_medium": {"de": "Ihr Unternehmen zählt nach der EU-Definition als mittleres Unternehmen.", "en": "By the EU definition your company is a medium-sized company."},
    "size_large": {"de": "Ihr Unternehmen ist nach der EU-Definition kein kleines oder mittleres Unternehmen.", "en": "By the EU definition your company is not a small or medium-sized one."},
    "size_micro_staff_only": {"de": "Nach der Zahl der Beschäftigten zählt Ihr Unternehmen als Kleinstunternehmen; Umsatz oder Bilanzsumme können das ändern.", "en": "By its staff your company is a micro company; turnover or balance sheet may change this."},
    "size_small_staff_only": {"de": "Nach der Zahl der Beschäftigten zählt Ihr Unternehmen als kleines Unternehmen; Umsatz oder Bilanzsumme können das ändern.", "en": "By its staff your company is a small company; turnover or balance sheet may change this."},
    "size_medium_staff_only": {"de": "Nach der Zahl der Beschäftigten zählt Ihr Unternehmen als mittleres Unternehmen; Umsatz oder Bilanzsumme können das ändern.", "en": "By its staff your company is a medium-sized company; turnover or balance sheet may change this."},
    "size_large_staff_only": {"de": "Nach der Zahl der Beschäftigten ist Ihr Unternehmen kein kleines oder mittleres Unternehmen.", "en": "By its staff your company is not a small or medium-sized one."},
    # --- first words ---
    "found_likely": {"de": "Am besten passt {name}.", "en": "The best fit is {name}."},
    "found_likely_several": {"de": "Wahrscheinlich kommen in Frage: {names}.", "en": "Probably suitable: {names}."},
    "found_check": {"de": "Nichts ist schon sicher; zu prüfen sind vor allem {names}.", "en": "Nothing is certain yet; to be checked above all: {names}."},
    "found_without_purpose": {"de": "Wofür Sie das Geld brauchen, ist noch offen; davon hängt ab, was in Frage kommt.", "en": "What you need the money for is still open; it decides what comes into question."},
    "found_none": {"de": "Von den erfassten Programmen kommt nach Ihren Angaben keines in Frage.", "en": "By what you say none of the programmes on record is suitable."},
    "empty": {"de": "Bitte beschreiben Sie Ihr Vorhaben: Wer sind Sie, und wofür brauchen Sie Geld?", "en": "Please describe your project: who are you, and what do you need money for?"},
    "other_language": {"de": "Bitte beschreiben Sie Ihr Vorhaben auf Deutsch oder Englisch.", "en": "Please describe your project in German or English."},
    "no_company": {"de": "Das liest sich nicht wie ein Vorhaben. Wer sind Sie, und wofür brauchen Sie Geld?", "en": "This does not read like a project. Who are you, and what do you need money for?"},
    "several_companies": {"de": "Das klingt nach mehreren Unternehmen. Bitte beschreiben Sie eines nach dem anderen.", "en": "This sounds like several companies. Please describe them one at a time."},
    "contradiction": {"de": "Zwei Angaben widersprechen sich: {words}. Welche stimmt?", "en": "Two statements contradict each other: {words}. Which one is right?"},
    "nothing_understood": {"de": "Daraus geht noch nicht hervor, wer Sie sind und wofür Sie Geld brauchen.", "en": "This does not yet say who you are and what you need money for."},
    # --- questions back ---
    "ask_description": {"de": "Wer sind Sie, und wofür brauchen Sie Geld?", "en": "Who are you, and what do you need money for?"},
    "ask_purpose": {"de": "Wofür brauchen Sie das Geld vor allem?", "en": "What do you mainly need the money for?"},
    "ask_stage": {"de": "Wie weit sind Sie?", "en": "How far along are you?"},
    "ask_employees": {"de": "Wie viele Menschen arbeiten bei Ihnen?", "en": "How many people work for you?"},
    "ask_founded": {"de": "Wann wurde Ihr Unternehmen gegründet?", "en": "When was your company founded?"},
    "ask_turnover_eur": {"de": "Wie hoch ist Ihr Jahresumsatz ungefähr, in Euro?", "en": "What is your annual turnover, roughly, in euros?"},
    "ask_in_hamburg": {"de": "Haben Sie Sitz oder Betriebsstätte in Hamburg?", "en": "Do you have your seat or a site in Hamburg?"},
    "yes": {"de": "Ja", "en": "Yes"},
    "no": {"de": "Nein", "en": "No"},
}  # fmt: skip
RULE: Both = {
    "de": "So wird entschieden: Feste Regeln prüfen jede erfasste Bedingung eines Programms. „Wahrscheinlich“ heißt: alles Erfasste ist erfüllt, und "
    "Anträge sind möglich. „Zu prüfen“ heißt: etwas ist offen. „Kommt nicht in Frage“ heißt: eine Bedingung ist verletzt, die auf mehr als "
    "einer privaten Seite beruht. Ist nur der Umsatz offen, wird er bei kleinen Betrieben nach der Zahl der Beschäftigten vermutet. Sortiert wird "
    "nach dem Urteil, dann nach der Nähe zum Zweck. Verbindlich entscheidet nur die genannte Stelle.",
    "en": "This is how it is decided: fixed rules examine every condition of a programme on record. “Likely” means everything on record is met and "
    "applications are possible. “Check” means something is open. “Not eligible” means a condition is violated that rests on more than a "
    "private page. Where only turnover is open, it is presumed for small companies by their staff. The order follows the verdict, then closeness "
    "to the purpose. Only the office named decides.",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def say(key: str, language: Language, **values: str) -> str:
    """The text in a language, with values put in."""
    return _TEXTS[key][language].format(**values)


def who_names(who: Sequence[Applicant], language: Language) -> str:
    """Kinds of applicants as one reads them."""
    return ", ".join(_WHO[kind][language] for kind in dict.fromkeys(who))


def purpose_names(purposes: Sequence[Purpose], language: Language) -> str:
    """Purposes as one reads them."""
    return ", ".join(PURPOSE_NAMES[purpose][language] for purpose in dict.fromkeys(purposes))


def region_name(region: Region, language: Language) -> str:
    """Where, with its preposition."""
    return _REGIONS[region][language]


def trait_text(trait: Trait, language: Language) -> str:
    """What is asked for, as a clause."""
    return _TRAITS[trait][language]


def trait_name(trait: Trait, language: Language) -> str:
    """What is open, as an indirect question."""
    return _TRAIT_NAMES.get(trait, _TEXTS["name_condition"])[language]


def euros(amount: int, language: Language) -> str:
    """A sum with the marks of the language."""
    return f"{amount:,}".replace(",", ".") + " Euro" if language == "de" else f"{amount:,} euros"


def percent(value: float, language: Language) -> str:
    """A rate without needless decimals."""
    text = f"{value:g}"
    return text.replace(".", ",") if language == "de" else text


def written(day: date, language: Language) -> str:
    """A date as one writes it."""
    return f"{day.day}.{day.month}.{day.year}" if language == "de" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
