"""Everything the bot says on its own account, in German and English; facts never stand here."""

from __future__ import annotations

from datetime import date

from bots.telegram.replies import Language

_TEXTS: dict[str, dict[Language, str]] = {
    # --- commands ---
    "start": {
        "de": "Guten Tag! Hier antwortet Clusterlotse, ein automatischer Auskunftsdienst und kein Mensch.\n\n"
        "Fragen Sie in eigenen Worten nach der Hamburger Clusterpolitik, nach Clustern und Netzwerken oder nach Förderung. "
        "Jede Aussage ist belegt: Ein Tipp auf „Beleg“ zeigt den Wortlaut der Quelle.",
        "en": "Hello! You have reached Clusterlotse, an automatic information service, not a person.\n\n"
        "Ask in your own words about Hamburg's cluster policy, its clusters and networks, or about funding. "
        "Every statement is backed: tap “Quotation” to see the exact words of the source.",
    },
    "consent": {
        "de": "Wenn Sie fragen, sind Sie einverstanden, dass Frage und Antwort {days} Tage lang gespeichert werden; so sind Nachfragen "
        "möglich. Ihre Telegram-Kennung wird nur unkenntlich gespeichert. Bitte schreiben Sie nichts Persönliches. "
        "/daten zeigt, was gespeichert ist, /loeschen löscht alles.",
        "en": "By asking you agree that question and answer are kept for {days} days, so that you can ask follow-up questions. Your "
        "Telegram identity is stored in unrecognisable form only. Please write nothing personal. "
        "/privacy shows what is stored, /delete deletes everything.",
    },
    "help": {
        "de": "Schreiben Sie einfach Ihre Frage, zum Beispiel „Wie viel zahlt InnoFounder?“. Nachfragen wie „Und wie lange?“ "
        "verstehe ich auch.",
        "en": "Just write your question, for example “How much does InnoFounder pay?”. I also understand follow-up questions such as “And "
        "for how long?”.",
    },
    "help_commands": {"de": "Außerdem kann ich:", "en": "I can also do this:"},
    "help_group": {
        "de": "In Gruppen antworte ich nur, wenn man mich mit {bot} erwähnt, auf eine meiner Nachrichten antwortet oder einen Befehl gibt.",
        "en": "In groups I answer only when I am mentioned as {bot}, when somebody replies to one of my messages, or on a command.",
    },
    "group_joined": {
        "de": "Guten Tag! Ich bin Clusterlotse, ein automatischer Auskunftsdienst zu Hamburger Clustern und Förderung. Ich schweige, bis man "
        "mich mit {bot} erwähnt oder auf eine meiner Nachrichten antwortet. Frage und Antwort werden {days} Tage lang gespeichert; "
        "was sonst hier geschrieben wird, wird nicht gespeichert.",
        "en": "Hello! I am Clusterlotse, an automatic information service on Hamburg's clusters and funding. I stay silent until I am "
        "mentioned as {bot} or somebody replies to one of my messages. Question and answer are kept for {days} days; nothing else that "
        "is written here is stored.",
    },
    "unknown_command": {
        "de": "Diesen Befehl kenne ich nicht. /hilfe zeigt alle Befehle.",
        "en": "I do not know this command. /help lists all commands.",
    },
    "private_only": {
        "de": "Das geht nur im Einzelchat mit mir, damit die Gruppe Ihre Angaben nicht sieht.",
        "en": "This works only in a private chat with me, so that the group does not see what you tell me.",
    },
    "open_private": {"de": "Einzelchat öffnen", "en": "Open private chat"},
    "language_ask": {"de": "In welcher Sprache soll ich antworten?", "en": "In which language shall I answer?"},
    "language_auto": {"de": "In der Sprache der Frage", "en": "In the language of the question"},
    "language_de": {"de": "Deutsch", "en": "Deutsch"},
    "language_en": {"de": "English", "en": "English"},
    "language_set": {"de": "Ich antworte jetzt auf Deutsch.", "en": "From now on I answer in English."},
    "language_set_auto": {
        "de": "Ich antworte jetzt in der Sprache Ihrer Frage.",
        "en": "From now on I answer in the language of your question.",
    },
    "fresh": {
        "de": "Neues Gespräch. Was möchten Sie wissen?",
        "en": "New conversation. What would you like to know?",
    },
    "sources_none": {
        "de": "Es gibt noch keine Antwort, zu der ich Belege zeigen könnte. Fragen Sie zuerst etwas.",
        "en": "There is no answer yet whose quotations I could show. Please ask something first.",
    },
    "sources_without": {
        "de": "Die letzte Antwort hatte keine Belege.",
        "en": "The last answer had no quotations.",
    },
    "sources_head": {"de": "Alle Belege der letzten Antwort", "en": "All quotations of the last answer"},
    "sources_corpus": {
        "de": "Ich antworte aus {sheets} Faktenblättern: {policy} zur Clusterpolitik, {clusters} zu Clustern und Netzwerken, {funding} zu "
        "Förderung. Jeder Satz darin nennt seine Quelle.",
        "en": "I answer from {sheets} fact sheets: {policy} on cluster policy, {clusters} on clusters and networks, {funding} on funding. "
        "Every sentence in them names its source.",
    },
    "human": {
        "de": "Einen Menschen erreichen Sie so: {contact}",
        "en": "This is how you reach a person: {contact}",
    },
    "human_unknown": {
        "de": "Hier antwortet nur eine Maschine. Verbindliche Auskünfte geben die zuständigen Stellen; ihre Kontaktdaten nenne ich gern.",
        "en": "Only a machine answers here. The offices in charge give binding information; I can tell you how to reach them.",
    },
    "human_questions": {
        "de": "Wer ist für die Clusterpolitik zuständig?\nWer ist bei InnoFounder die Anlaufstelle?",
        "en": "Who is responsible for cluster policy?\nWho is the contact for InnoFounder?",
    },
    "starters": {
        "de": "Welche Cluster gibt es in Hamburg?\nWie viel zahlt InnoFounder?\nWas unterscheidet PROFI Impuls von PROFI "
        "Transfer Plus?",
        "en": "Which clusters are there in Hamburg?\nHow much does InnoFounder pay?\nWhat is the difference between PROFI Impuls and PROFI "
        "Transfer Plus?",
    },
    # --- what is stored ---
    "data_none": {
        "de": "Über Sie ist nichts gespeichert.",
        "en": "Nothing about you is stored.",
    },
    "data_some": {
        "de": "Über Sie ist gespeichert: {what}. Was {days} Tage lang nicht benutzt wurde, wird gelöscht.",
        "en": "Stored about you: {what}. Whatever has not been used for {days} days is deleted.",
    },
    "data_conversations": {"de": "{n} Gespräche mit Fragen und Antworten", "en": "{n} conversations with questions and answers"},
    "data_conversation": {"de": "ein Gespräch mit Fragen und Antworten", "en": "one conversation with questions and answers"},
    "data_results": {"de": "{n} Ergebnisse der Suche nach Clustern oder Förderung", "en": "{n} results of finding clusters or funding"},
    "data_result": {"de": "ein Ergebnis der Suche nach Clustern oder Förderung", "en": "one result of finding clusters or funding"},
    "data_dialogue": {"de": "eine angefangene Suche mit Ihrer Beschreibung", "en": "an unfinished search with your description"},
    "data_language": {"de": "Ihre Sprachwahl", "en": "your choice of language"},
    "data_greeted": {"de": "ein Vermerk, dass Sie die Hinweise zur Speicherung gesehen haben", "en": "a note that you have seen what is stored"},
    "data_how": {
        "de": "Statt Ihrer Telegram-Kennung steht dort ein Prüfwert, der sich ohne unseren Schlüssel nicht zurückrechnen lässt; Name und "
        "Telefonnummer werden nicht gespeichert. Was Sie in diesem Chat sehen, liegt bei Telegram; das können Sie nur selbst löschen.",
        "en": "A hash stands there in place of your Telegram identity, which cannot be turned back without our key; your name and telephone "
        "number are not stored. What you see in this chat lies with Telegram; only you can delete it.",
    },
    "delete_button": {"de": "Alles löschen", "en": "Delete everything"},
    "deleted": {
        "de": "Alles über Sie ist gelöscht. Den Verlauf dieses Chats löschen Sie bitte selbst in Telegram.",
        "en": "Everything about you has been deleted. Please delete the history of this chat yourself in Telegram.",
    },
    "deleted_partly": {
        "de": "Hier ist alles über Sie gelöscht. Beim Auskunftsdienst sind Ihre Gespräche noch gespeichert, weil er gerade nicht "
        "erreichbar ist; sie werden gelöscht, sobald er antwortet, spätestens nach {days} Tagen.",
        "en": "Everything about you has been deleted here. The information service cannot be reached just now and still holds your "
        "conversations; they will be deleted as soon as it answers, at the latest after {days} days.",
    },
    # --- answers ---
    "source": {"de": "Quelle", "en": "Source"},
    "sources": {"de": "Quellen", "en": "Sources"},
    "quotation": {"de": "Beleg {n}", "en": "Quotation {n}"},
    "undated": {"de": "ohne Datum", "en": "undated"},
    "as_of": {"de": "Stand {when}", "en": "as of {when}"},
    "next_step": {"de": "Nächster Schritt:", "en": "Next step:"},
    "answered": {"de": "Belegte Auskunft von Clusterlotse, {day}", "en": "Answer with sources by Clusterlotse, {day}"},
    "partial": {"de": "Teilweise belegte Auskunft von Clusterlotse, {day}", "en": "Partial answer with sources by Clusterlotse, {day}"},
    "abstained": {"de": "Ohne Auskunft, Clusterlotse, {day}", "en": "No answer, Clusterlotse, {day}"},
    "clarify": {"de": "Rückfrage von Clusterlotse, {day}", "en": "Question back by Clusterlotse, {day}"},
    "part": {"de": "Teil {n} von {all}", "en": "Part {n} of {all}"},
    "understood": {"de": "Verstanden als: {question}", "en": "Understood as: {question}"},
    "helpful": {"de": "Hilfreich", "en": "Helpful"},
    "not_helpful": {"de": "Nicht hilfreich", "en": "Not helpful"},
    "judged": {"de": "Danke für Ihre Rückmeldung.", "en": "Thank you for your feedback."},
    "published_by": {"de": "Herausgeber: {publisher}", "en": "Published by {publisher}"},
    "page": {"de": "Seite {page}", "en": "page {page}"},
    "official_page": {"de": "Zur Quelle im Netz", "en": "Open the source"},
    "address": {"de": "Adresse:", "en": "Address:"},
    "start_page_only": {
        "de": "Von der Quelle ist nur die Startseite bekannt.",
        "en": "Only the start page of the source is known.",
    },
    "older": {"de": "Die Quelle ist älter als ein Jahr.", "en": "The source is more than a year old."},
    "not_official": {"de": "Dies ist keine amtliche Quelle.", "en": "This is not an official source."},
    "ended": {"de": "Dieses Angebot ist beendet.", "en": "This offer has ended."},
    "valid_until": {"de": "Gilt nach der Quelle bis {day}.", "en": "Valid until {day} according to the source."},
    "in_german": {"de": "", "en": "The source is in German."},
    "in_english": {"de": "Die Quelle ist auf Englisch.", "en": ""},
    # --- while an answer is made ---
    "rewriting": {"de": "Frage wird gelesen …", "en": "Reading the question …"},
    "searching": {"de": "Suche in den Quellen …", "en": "Searching the sources …"},
    "reading": {"de": "Fundstellen werden gelesen …", "en": "Reading what was found …"},
    "writing": {"de": "Antwort wird geschrieben …", "en": "Writing the answer …"},
    "checking": {"de": "Zitate werden geprüft …", "en": "Checking quotations …"},
    # --- what cannot be done ---
    "unavailable": {
        "de": "Der Auskunftsdienst ist gerade nicht erreichbar. Ihre Frage ist nicht verloren: Tippen Sie gleich auf „Noch einmal“.",
        "en": "The information service cannot be reached just now. Your question is not lost: tap “Try again” in a moment.",
    },
    "too_slow": {
        "de": "Die Antwort dauert ungewöhnlich lange, deshalb habe ich abgebrochen. Tippen Sie gleich auf „Noch einmal“.",
        "en": "The answer is taking unusually long, so I have stopped waiting. Tap “Try again” in a moment.",
    },
    "retry": {"de": "Noch einmal", "en": "Try again"},
    "retry_lost": {
        "de": "Diese Frage finde ich nicht mehr. Bitte schreiben Sie sie noch einmal.",
        "en": "I can no longer find this question. Please write it again.",
    },
    "broken": {
        "de": "Bei mir ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.",
        "en": "Something went wrong on my side. Please try again.",
    },
    "too_many": {
        "de": "Das waren viele Fragen auf einmal. In {seconds} Sekunden antworte ich wieder.",
        "en": "That was a lot of questions at once. I will answer again in {seconds} seconds.",
    },
    "not_text": {
        "de": "Ich kann nur Text lesen. Bitte schreiben Sie Ihre Frage.",
        "en": "I can only read text. Please write your question.",
    },
    "only_caption": {
        "de": "Ich habe nur den Text gelesen; Bilder und Dateien kann ich nicht ansehen.",
        "en": "I have read the text only; I cannot look at pictures or files.",
    },
    "empty_mention": {
        "de": "Was möchten Sie wissen? Schreiben Sie Ihre Frage hinter {bot}.",
        "en": "What would you like to know? Write your question after {bot}.",
    },
    "button_old": {"de": "Diese Schaltfläche gilt nicht mehr.", "en": "This button is no longer valid."},
    "reply_gone": {
        "de": "Diese Antwort ist nicht mehr gespeichert. Bitte fragen Sie noch einmal.",
        "en": "This answer is no longer stored. Please ask again.",
    },
    "cannot_now": {"de": "Das geht gerade nicht. Bitte versuchen Sie es gleich noch einmal.", "en": "This does not work just now. Please try again shortly."},
    # --- finders ---
    "find_cluster": {"de": "Cluster finden", "en": "Find a cluster"},
    "find_funding": {"de": "Förderung finden", "en": "Find funding"},
    "describe_cluster": {
        "de": "Was macht Ihr Unternehmen? Beschreiben Sie in ein, zwei Sätzen, was Sie herstellen oder leisten, wie viele Sie sind und wo. "
        "Namen von Personen brauche ich nicht.",
        "en": "What does your company do? Describe in a sentence or two what you make or offer, how many you are and where. "
        "I do not need anybody's name.",
    },
    "describe_funding": {
        "de": "Wofür suchen Sie Geld? Beschreiben Sie in ein, zwei Sätzen Ihr Unternehmen und Ihr Vorhaben. Namen von Personen brauche ich nicht.",
        "en": "What do you need money for? Describe your company and your plan in a sentence or two. I do not need anybody's name.",
    },
    "describe_more": {
        "de": "Damit kann ich noch nichts anfangen. Bitte schreiben Sie genauer, was Ihr Unternehmen macht.",
        "en": "I cannot work with that yet. Please write more exactly what your company does.",
    },
    "question_head": {"de": "Frage {n}", "en": "Question {n}"},
    "ahead": {"de": "Bisher vorn: {names}.", "en": "Ahead so far: {names}."},
    "ahead_none": {"de": "Bisher passt noch nichts sicher.", "en": "Nothing fits for certain so far."},
    "skip": {"de": "Überspringen", "en": "Skip"},
    "back": {"de": "Zurück", "en": "Back"},
    "show_result": {"de": "Ergebnis zeigen", "en": "Show the result"},
    "cancel": {"de": "Abbrechen", "en": "Cancel"},
    "cancelled": {"de": "Abgebrochen. Fragen Sie gern etwas anderes.", "en": "Cancelled. Feel free to ask something else."},
    "number_wanted": {
        "de": "Bitte schreiben Sie eine Zahl, zum Beispiel 14.",
        "en": "Please write a number, for example 14.",
    },
    "date_wanted": {
        "de": "Bitte schreiben Sie ein Jahr oder einen Tag, zum Beispiel 2024 oder 13.5.2024.",
        "en": "Please write a year or a day, for example 2024 or 13 May 2024.",
    },
    "answered_with": {"de": "Ihre Antwort: {answer}", "en": "Your answer: {answer}"},
    "fit_strong": {"de": "passt gut", "en": "good fit"},
    "fit_possible": {"de": "passt vielleicht", "en": "may fit"},
    "verdict_likely": {"de": "wahrscheinlich möglich", "en": "likely"},
    "verdict_check": {"de": "zu prüfen", "en": "to be checked"},
    "verdict_not_eligible": {"de": "nicht möglich", "en": "not possible"},
    "status_open": {"de": "Anträge möglich", "en": "open for applications"},
    "status_calls_only": {"de": "Anträge nur in Aufrufen", "en": "in calls only"},
    "status_ended": {"de": "beendet", "en": "ended"},
    "status_unknown": {"de": "heutiger Stand nicht belegt", "en": "current state not documented"},
    "met": {"de": "Passt", "en": "Fits"},
    "open": {"de": "Noch offen", "en": "Still open"},
    "not_met": {"de": "Passt nicht", "en": "Does not fit"},
    "joining": {"de": "Mitmachen", "en": "Joining"},
    "contact": {"de": "Kontakt", "en": "Contact"},
    "amount": {"de": "Betrag", "en": "Amount"},
    "rate": {"de": "Anteil", "en": "Share"},
    "deadline": {"de": "Frist", "en": "Deadline"},
    "apply": {"de": "Antrag", "en": "Application"},
    "duration": {"de": "Dauer", "en": "Duration"},
    "office": {"de": "Anlaufstelle", "en": "Office"},
    "mind": {"de": "Zu beachten", "en": "Please note"},
    "understood_as": {"de": "Verstanden habe ich: {values}.", "en": "I understood: {values}."},
    "notes_head": {"de": "Gut zu wissen", "en": "Good to know"},
    "details": {"de": "{n}. {name}: mehr", "en": "{n}. {name}: more"},
    "show_more": {"de": "{n} weitere zeigen", "en": "Show {n} more"},
    "show_excluded": {"de": "{n} nicht mögliche zeigen", "en": "Show {n} that are not possible"},
    "funding_head": {"de": "Förderung, die dazu passt", "en": "Funding that goes with it"},
    "not_eligible_head": {"de": "Nicht möglich nach Ihren Angaben", "en": "Not possible, going by what you told me"},
    "result_foot": {"de": "Ergebnis von Clusterlotse, {day}, ohne Gewähr", "en": "Result by Clusterlotse, {day}, not binding"},
    # --- inline ---
    "inline_ask": {"de": "Im Chat fragen", "en": "Ask in the chat"},
    # --- profile of the bot ---
    "about_short": {
        "de": "Belegte Auskünfte zu Hamburger Clustern und Förderung. Hier antwortet eine Maschine.",
        "en": "Answers with sources on Hamburg's clusters and funding. A machine answers here.",
    },
    "about": {
        "de": "Clusterlotse beantwortet Fragen zur Hamburger Clusterpolitik, zu Clustern, Netzwerken und Förderung. Jede Aussage ist mit dem "
        "Wortlaut der Quelle belegt. Was keine Quelle sagt, beantwortet er nicht.",
        "en": "Clusterlotse answers questions on Hamburg's cluster policy, its clusters, networks and funding. Every statement is backed with "
        "the exact words of its source. What no source says it does not answer.",
    },
}  # fmt: skip
_MONTHS: dict[Language, tuple[str, ...]] = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}  # fmt: skip


def say(key: str, language: Language, **values: object) -> str:
    """The text of that name in a language, with its gaps filled."""
    text = _TEXTS[key][language]
    return text.format(**values) if values else text


def text_keys() -> frozenset[str]:
    """All names, for the test that both languages are complete."""
    return frozenset(_TEXTS)


def written_day(day: date, language: Language) -> str:
    """A day as it is read aloud: 23. November 2026, 23 November 2026."""
    month = _MONTHS[language][day.month - 1]
    return f"{day.day}. {month} {day.year}" if language == "de" else f"{day.day} {month} {day.year}"


def written_month(year: int, month: int, language: Language) -> str:
    """A month as it is read aloud."""
    return f"{_MONTHS[language][month - 1]} {year}"
