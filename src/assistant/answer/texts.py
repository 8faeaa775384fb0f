"""What the assistant says on its own account, in German and English; facts never stand here."""

from __future__ import annotations

from assistant.domain.values import Language

_TEXTS: dict[str, dict[Language, str]] = {
    "greeting": {
        "de": "Guten Tag! Ich bin Clusterlotse, ein automatischer Auskunftsdienst. Fragen Sie mich zur Hamburger Clusterpolitik, zu "
        "Clustern und Netzwerken oder zu Förderprogrammen. Jede Aussage belege ich mit dem Wortlaut der Quelle.",
        "en": "Hello! I am Clusterlotse, an automatic information service. Ask me about Hamburg's cluster policy, its clusters and "
        "networks, or funding programmes. I back every statement with the exact words of its source.",
    },
    "thanks": {
        "de": "Gern geschehen. Wenn Sie noch etwas wissen möchten, fragen Sie einfach.",
        "en": "You are welcome. If there is anything else you would like to know, just ask.",
    },
    "bye": {"de": "Auf Wiedersehen und viel Erfolg!", "en": "Goodbye, and all the best!"},
    "who": {
        "de": "Ich bin Clusterlotse, ein automatischer Auskunftsdienst und kein Mensch. Ich suche in Faktenblättern zur Hamburger "
        "Clusterpolitik, zu Clustern und zu Förderung, gebe deren Sätze wörtlich wieder und nenne Quelle und Stand. "
        "Was dort nicht steht, beantworte ich nicht. Verbindliche Auskünfte geben nur die zuständigen Stellen.",
        "en": "I am Clusterlotse, an automatic information service, not a person. I search fact sheets on Hamburg's cluster policy, its "
        "clusters and funding, repeat their sentences word for word and name the source and its date. What does not stand there I do "
        "not answer. Only the offices in charge can give binding information.",
    },
    "help": {
        "de": "Fragen Sie in eigenen Worten, zum Beispiel: „Wie hoch ist der Zuschuss bei InnoFounder?“, „Welche Cluster gibt es in "
        "Hamburg?“ oder „Was unterscheidet PROFI Impuls von PROFI Transfer Plus?“ Nachfragen wie „Und wie lange?“ verstehe ich auch.",
        "en": "Ask in your own words, for example: “How much does InnoFounder pay?”, “Which clusters are there in Hamburg?” or “What is "
        "the difference between PROFI Impuls and PROFI Transfer Plus?” I also understand follow-up questions such as “And for how long?”",
    },
    "no_match": {
        "de": "Dazu steht in meinen Quellen keine belegbare Aussage. Deshalb gebe ich lieber keine Antwort, als zu raten.",
        "en": "My sources hold no statement that would answer this, so I would rather give no answer than guess.",
    },
    "no_match_about": {
        "de": "Zu {name} habe ich ein Faktenblatt, aber auf Ihre Frage gibt es darin keine belegbare Antwort. Deshalb rate ich nicht.",
        "en": "I have a fact sheet on {name}, but it holds no statement that answers your question, so I will not guess.",
    },
    "out_of_scope": {
        "de": "Das gehört nicht zu meinem Gebiet. Ich gebe Auskunft zur Hamburger Clusterpolitik, zu Clustern und Netzwerken und zu "
        "Förderung für Unternehmen, Gründungen und Forschung.",
        "en": "This is outside my field. I give information on Hamburg's cluster policy, its clusters and networks, and on funding for "
        "companies, start-ups and research.",
    },
    "blocked": {
        "de": "Diese Eingabe enthält Anweisungen an das System statt einer Frage. Ich ändere meine Regeln nicht auf Zuruf. "
        "Stellen Sie mir gern eine Frage zur Hamburger Clusterpolitik, zu Clustern oder zu Förderung.",
        "en": "This input holds instructions to the system rather than a question. I do not change my rules on request. You are "
        "welcome to ask me about Hamburg's cluster policy, its clusters or funding.",
    },
    "crisis": {
        "de": "Ich bin nur ein Auskunftsdienst zu Clustern und Förderung und kann in einer Notlage nicht helfen. Bitte wenden Sie sich "
        "sofort an einen Menschen, dem Sie vertrauen, oder an den Notruf.",
        "en": "I am only an information service on clusters and funding and cannot help in an emergency. Please turn at once to someone "
        "you trust or to the emergency services.",
    },
    "fraud": {
        "de": "Dabei helfe ich nicht: Falsche Angaben in einem Förderantrag können Subventionsbetrug sein. Gern sage ich Ihnen, welche "
        "Bedingungen ein Programm stellt.",
        "en": "I do not help with this: false statements in an application for funding can be subsidy fraud. I am glad to tell you "
        "which conditions a programme sets.",
    },
    "needs_a_person": {
        "de": "Das sollte ein Mensch beantworten: Ich gebe nur wieder, was in den Quellen steht, und kann weder Einzelfälle prüfen noch "
        "verbindlich zusagen.",
        "en": "A person should answer this: I only repeat what the sources say and can neither examine single cases nor promise anything "
        "binding.",
    },
    "other_language": {
        "de": "Ich antworte auf Deutsch und Englisch. Bitte stellen Sie Ihre Frage in einer der beiden Sprachen.",
        "en": "I answer in German and English. Please ask your question in one of these languages.",
    },
    "unreadable": {
        "de": "Ich habe keine Frage erkannt. Bitte schreiben Sie in einem Satz, was Sie wissen möchten.",
        "en": "I could not make out a question. Please write in one sentence what you would like to know.",
    },
    "clarify_name": {
        "de": "„{name}“ heißen mehrere Angebote. Welches meinen Sie?",
        "en": "Several offers are called “{name}”. Which one do you mean?",
    },
    "clarify_subject": {
        "de": "Worauf bezieht sich Ihre Frage? Nennen Sie bitte das Cluster oder das Programm.",
        "en": "What does your question refer to? Please name the cluster or the programme.",
    },
    "clarify_reason": {"de": "gemeintes Angebot", "en": "which offer is meant"},
    "next_sheet": {
        "de": "Vielleicht hilft das Faktenblatt „{title}“ oder die Stelle selbst: {publisher}.",
        "en": "The fact sheet “{title}” may help, or the organisation itself: {publisher}.",
    },
    "next_policy": {
        "de": "Die Seite der Stadt zur Clusterpolitik nennt Cluster und Ansprechstellen.",
        "en": "The city's page on cluster policy names clusters and contacts.",
    },
    "next_contact": {
        "de": "So erreichen Sie einen Menschen: {contact}",
        "en": "This is how you reach a person: {contact}",
    },
    "notice_personal": {
        "de": "Ihre Frage enthält offenbar persönliche Angaben. Für eine Auskunft sind sie nicht nötig; bitte lassen Sie sie weg.",
        "en": "Your question seems to contain personal data. It is not needed for an answer; please leave it out.",
    },
    "notice_corrected": {"de": "Gesucht habe ich nach {words}.", "en": "I searched for {words}."},
    "notice_misspelt": {"de": "Ich habe „{name}“ verstanden.", "en": "I understood “{name}”."},
    "notice_ended": {
        "de": "{name} ist beendet.",
        "en": "{name} has ended.",
    },
    "notice_ends_soon": {
        "de": "Die Angaben zu {name} gelten nach der Quelle bis {date}.",
        "en": "According to the source, the details on {name} apply until {date}.",
    },
    "notice_german_only": {
        "de": "",
        "en": "This source exists in German only; its words are quoted in German.",
    },
    "notice_english_only": {
        "de": "Diese Quelle liegt nur auf Englisch vor; ihr Wortlaut ist englisch wiedergegeben.",
        "en": "",
    },
    "notice_not_official": {
        "de": "Die Angabe stützt sich nicht auf eine amtliche Quelle; bitte prüfen Sie sie bei der zuständigen Stelle.",
        "en": "This statement does not rest on an official source; please check it with the office in charge.",
    },
    "notice_old": {
        "de": "Eine der Quellen ist älter als ein Jahr; bitte prüfen Sie den heutigen Stand.",
        "en": "One of the sources is more than a year old; please check how things stand today.",
    },
    "partial": {
        "de": "Nicht beantworten kann ich: {missing}.",
        "en": "What I cannot answer: {missing}.",
    },
    "list_clusters": {"de": "Cluster", "en": "Clusters"},
    "list_networks": {"de": "Netzwerke", "en": "Networks"},
    "list_programmes": {"de": "Programme", "en": "Programmes"},
    "list_ended": {"de": "Beendet", "en": "Ended"},
}


def text_for(key: str, language: Language, **values: str) -> str:
    """The text of that name in a language, with its gaps filled."""
    text = _TEXTS[key][language]
    return text.format(**values) if values else text


def text_keys() -> frozenset[str]:
    """All names, for the test that both languages are complete."""
    return frozenset(_TEXTS)
