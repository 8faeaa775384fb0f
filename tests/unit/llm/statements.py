"""Sentences as models word them, beside the quotation they give for them: some hold, some do not."""

from __future__ import annotations

from typing import NamedTuple

from assistant.domain.values import Language

MONTHLY = "InnoFounder zahlt 2.500 Euro je Person und Monat, wenn die Person in Vollzeit arbeitet."
LONGEST = "InnoFounder wird höchstens 18 Monate lang gezahlt."
CEILING = "InnoFounder ist je Gründung gedeckelt: auf 75.000 Euro bei Teams und auf 45.000 Euro bei Einzelgründungen."
COMBINE = "InnoFounder lässt sich nicht mit InnoRampUp, InnoImpact und InnoFinTech kombinieren, wohl aber mit EXIST."
FULL_TIME = "Für InnoFounder muss mindestens eine Person in Vollzeit am Vorhaben arbeiten; eine Gründung nur im Nebenerwerb wird nicht gefördert."  # fmt: skip
TURNOVER = "Jahresumsatz oder Bilanzsumme dürfen für InnoFounder höchstens 500.000 Euro betragen."
TEAMS = "InnoFounder gibt Teams den Vorrang, fördert aber auch Einzelgründungen."
PURPOSE = "InnoFounder soll den Lebensunterhalt und die Kosten der Gründung decken."
EACP = "Hamburg Aviation koordiniert seit 2009 die European Aerospace Cluster Partnership (EACP)."
SIZE = "Die EACP, die Hamburg Aviation koordiniert, umfasst laut Wirtschaftsbehörde mehr als 40 Cluster aus 18 Ländern."
LOGIS = "LogIsInTheAir verbindet Luftfahrt und Logistik über Drohnen; das Projekt läuft bis zum 31.03.2028 und umfasst rund 1,1 Mio. Euro."  # fmt: skip
SEATED = "Hamburg Aviation hat seinen Sitz in Hamburg."


class Said(NamedTuple):
    """A sentence, its language and the evidence given for it."""

    text: str
    language: Language
    evidence: str


HOLDS = (
    Said("Der Zuschuss beträgt 2.500 Euro pro Person und Monat bei Vollzeitarbeit.", "de", MONTHLY),
    Said("InnoFounder zahlt monatlich 2500 € je Person, sofern in Vollzeit gearbeitet wird.", "de", MONTHLY),
    Said("Pro Person erhalten Sie monatlich 2.500 Euro, wenn Sie in Vollzeit arbeiten.", "de", MONTHLY),
    Said("Die Zahlung läuft höchstens 18 Monate.", "de", LONGEST),
    Said("InnoFounder läuft maximal achtzehn Monate.", "de", LONGEST),
    Said("Für Teams ist die Förderung auf 75.000 Euro gedeckelt.", "de", CEILING),
    Said("Einzelgründungen erhalten bis zu 45.000 Euro.", "de", CEILING),
    Said("Mit InnoRampUp kann InnoFounder nicht kombiniert werden.", "de", COMBINE),
    Said("Wenigstens eine Person muss in Vollzeit arbeiten, Gründungen im Nebenerwerb werden nicht gefördert.", "de", FULL_TIME),
    Said("Der Jahresumsatz darf höchstens 500.000 Euro betragen.", "de", TURNOVER),
    Said("Teams haben Vorrang, aber auch Einzelgründungen werden gefördert.", "de", TEAMS),
    Said("InnoFounder deckt den Lebensunterhalt und die Gründungskosten.", "de", PURPOSE),
    Said("Seit 2009 koordiniert Hamburg Aviation die EACP.", "de", EACP),
    Said("Zur EACP gehören mehr als 40 Cluster aus 18 Ländern.", "de", SIZE),
    Said("Das Projekt LogIsInTheAir läuft bis Ende März 2028 und hat ein Volumen von rund 1,1 Millionen Euro.", "de", LOGIS),
    Said("Hamburg Aviation sitzt in Hamburg.", "de", SEATED),
    Said("InnoFounder pays 2,500 euros per person and month if the person works full time.", "en", MONTHLY),
    Said("InnoFounder is paid for a maximum of 18 months.", "en", LONGEST),
    Said("The grant is capped at 75,000 euros for teams and 45,000 euros for single founders.", "en", CEILING),
    Said("InnoFounder cannot be combined with InnoRampUp, but it can be combined with EXIST.", "en", COMBINE),
    Said("Annual turnover or balance sheet total may be at most EUR 500,000.", "en", TURNOVER),
    Said("InnoFounder gives priority to teams but also funds single founders.", "en", TEAMS),
    Said("Hamburg Aviation has coordinated the European Aerospace Cluster Partnership since 2009.", "en", EACP),
    Said("Hamburg Aviation is based in Hamburg.", "en", SEATED),
)  # fmt: skip

DOES_NOT_HOLD = (
    # Figures that were altered, moved or added.
    Said("InnoFounder zahlt 3.500 Euro je Person und Monat.", "de", MONTHLY),
    Said("InnoFounder zahlt 2.500 Euro je Person und Jahr für 24 Monate.", "de", MONTHLY),
    Said("InnoFounder wird höchstens 24 Monate lang gezahlt.", "de", LONGEST),
    Said("Für Teams ist die Förderung auf 750.000 Euro gedeckelt.", "de", CEILING),
    Said("Das Projekt läuft bis zum 31.03.2029.", "de", LOGIS),
    Said("Das Projekt umfasst rund 1,1 Mrd. Euro.", "de", LOGIS),
    Said("Die EACP umfasst mehr als 400 Cluster aus 18 Ländern.", "de", SIZE),
    Said("Hamburg Aviation koordiniert die EACP seit 2019.", "de", EACP),
    Said("InnoFounder pays 25,000 euros per person and month.", "en", MONTHLY),
    Said("The project ends on 31 March 2030.", "en", LOGIS),
    Said("According to section 5, InnoFounder pays 2,500 euros per person and month.", "en", MONTHLY),
    Said("Nach § 12 zahlt InnoFounder 2.500 Euro je Person und Monat.", "de", MONTHLY),
    # Turned round.
    Said("InnoFounder lässt sich mit InnoRampUp, InnoImpact und InnoFinTech kombinieren.", "de", COMBINE),
    Said("InnoFounder wird nicht gezahlt, wenn die Person in Vollzeit arbeitet.", "de", MONTHLY),
    Said("InnoFounder wird mindestens 18 Monate lang gezahlt.", "de", LONGEST),
    Said("Der Jahresumsatz muss mindestens 500.000 Euro betragen.", "de", TURNOVER),
    Said("InnoFounder can be combined with InnoRampUp and InnoImpact.", "en", COMBINE),
    Said("Annual turnover must be at least EUR 500,000.", "en", TURNOVER),
    Said("InnoFounder fördert keine Einzelgründungen.", "de", TEAMS),
    # Foreign names.
    Said("Siemens Energy koordiniert seit 2009 die European Aerospace Cluster Partnership.", "de", EACP),
    Said("Airbus hat seinen Sitz in Hamburg.", "de", SEATED),
    Said("InnoFounder lässt sich nicht mit GründungsBooster kombinieren.", "de", COMBINE),
    Said("Boeing has coordinated the European Aerospace Cluster Partnership since 2009.", "en", EACP),
    Said("PROFI Impuls zahlt 2.500 Euro je Person und Monat.", "de", MONTHLY),
    # Foreign statements.
    Said("Der Senat hat InnoFounder abgeschafft.", "de", MONTHLY),
    Said("InnoFounder ist Betrug, und das Geld wird gestohlen.", "de", MONTHLY),
    Said("InnoFounder zahlt 2.500 Euro je Person und Monat und dazu einen Dienstwagen.", "de", MONTHLY),
    Said("Hamburg Aviation ist insolvent.", "de", SEATED),
    Said("Hamburg Aviation hat seinen Sitz in München.", "de", SEATED),
    Said("Überweisen Sie die Gebühr bitte vorab auf unser Konto.", "de", MONTHLY),
    Said("Ich bin ein Pirat und rede wie einer.", "de", MONTHLY),
    Said("Rosen sind rot, Veilchen sind blau.", "de", MONTHLY),
    Said("The mayor of Hamburg has resigned.", "en", SEATED),
    Said("InnoFounder has been abolished by the Senate.", "en", MONTHLY),
    Said("InnoFounder pays 2,500 euros per person and month and gives everyone a free car.", "en", MONTHLY),
    Said("Hamburg Aviation is bankrupt.", "en", SEATED),
    Said("Hamburg Aviation is based in Munich.", "en", SEATED),
    Said("Please send your password to the support team.", "en", TEAMS),
    Said("Visit the site of our partner to claim your prize.", "en", PURPOSE),
    Said("Arr, I be a pirate, matey.", "en", MONTHLY),
)  # fmt: skip
