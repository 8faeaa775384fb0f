"""Texts of reports, German and English; numbers as each language writes them."""

from __future__ import annotations

from typing import Literal

from evals.metrics import METRICS, Family

ReportLanguage = Literal["de", "en"]

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Auswertung", "Evaluation"),
    "comparison": ("Vergleich zweier Läufe", "Comparison of two runs"),
    "runs": ("Auswertungen", "Evaluations"),
    "run": ("Lauf", "Run"),
    "asked": ("Befragt am", "Asked on"),
    "made": ("Bericht vom", "Report of"),
    "system": ("Befragtes System", "System asked"),
    "reached": ("Erreicht", "Reached"),
    "index": ("Index-Generation", "Index generation"),
    "corpus": ("Prüfsumme des Bestands", "Corpus digest"),
    "versions": ("Versionen", "Versions"),
    "machine": ("Rechner", "Machine"),
    "settings": ("Einstellungen", "Settings"),
    "repeats": ("Wiederholungen", "Repetitions"),
    "complete": ("Vollständig: {answered} von {planned} Fragen beantwortet oder begründet abgelehnt.", "Complete: {answered} of {planned} questions answered, or refused with a reason."),
    "incomplete": ("Unvollständig: von {planned} Fragen fehlen {missing}, bei {failed} versagte das System.", "Incomplete: of {planned} questions {missing} are missing, and the system failed at {failed}."),
    "stopped": ("Abgebrochen, weil: {why}", "Stopped because: {why}"),
    "headline": ("Auf einen Blick", "At a glance"),
    "headline_note": (
        "Anteil der Fälle, an denen alles stimmt: Entscheidung, Quelle, Angaben, Zitate und Zahlen. Der Strich zeigt, zwischen welchen Werten der wahre Anteil mit "
        "95 Prozent Sicherheit liegt, wären die Fälle eine Stichprobe.",
        "Share of the cases at which everything is right: decision, source, facts, quotations and numbers. The line shows between which values the true share lies with "
        "95 per cent confidence, were the cases a sample.",
    ),
    "figures": ("Alle Kennzahlen", "All figures"),
    "figure": ("Kennzahl", "Figure"),
    "value": ("Wert", "Value"),
    "interval": ("95-%-Bereich", "95% interval"),
    "cases": ("Fälle", "Cases"),
    "case": ("Fall", "Case"),
    "could_not": ("Nicht beurteilbar", "Could not be judged"),
    "set": ("Satz", "Set"),
    "failed": ("Versagt", "Failed"),
    "parts": ("Nach Sprache, Art und Schreibweise", "By language, category and style"),
    "language": ("Sprache", "Language"),
    "category": ("Art", "Category"),
    "style": ("Schreibweise", "Style"),
    "reliability": ("Wie verlässlich die Schwelle urteilt", "How reliable the gate is"),
    "reliability_note": (
        "Jeder Punkt fasst Fragen zusammen, deren Beantwortbarkeit etwa gleich hoch eingeschätzt wurde; seine Höhe zeigt, wie viele davon der Bestand wirklich "
        "beantwortet. Auf der Geraden stimmt die Einschätzung. Rechts der senkrechten Linie wird geantwortet. Brier-Wert: {brier} (0 ist vollkommen).",
        "Each point gathers questions that were thought about equally likely to be answerable; its height shows how many of them the corpus really answers. On the "
        "diagonal the estimate is right. Right of the vertical line the assistant answers. Brier score: {brier} (0 is perfect).",
    ),
    "estimated": ("eingeschätzt", "estimated"),
    "true": ("tatsächlich", "actual"),
    "latency": ("Antwortzeiten", "Latency"),
    "latency_note": ("Anteil der Antworten, die bis zu dieser Zeit da waren.", "Share of the replies that were there by this time."),
    "part": ("Schritt", "Step"),
    "median": ("Median", "Median"),
    "p90": ("90 % unter", "90% below"),
    "p99": ("99 % unter", "99% below"),
    "ms": ("Millisekunden", "milliseconds"),
    "outcomes": ("Arten der Antwort", "Kinds of reply"),
    "judge": ("Urteil eines Modells", "A model's judgement"),
    "judge_note": (
        "Nur zum Vergleich: Modelle urteilen freundlich und nicht immer gleich. Die Übereinstimmung zeigt, wie oft zwei Durchgänge desselben Modells gleich urteilen.",
        "For comparison only: models judge leniently and not always alike. Agreement shows how often two runs of the same model judge alike.",
    ),
    "agreement": ("Übereinstimmung", "Agreement"),
    "kappa": ("Cohens Kappa", "Cohen’s kappa"),
    "filter": ("Fälle filtern", "Filter the cases"),
    "all": ("alle", "all"),
    "verdict": ("Einschätzung", "Verdict"),
    "result": ("Ergebnis", "Result"),
    "right": ("richtig", "right"),
    "wrong": ("nicht richtig", "not right"),
    "unknown": ("nicht beurteilbar", "could not be judged"),
    "status": ("Art der Antwort", "Kind of reply"),
    "missed": ("Verfehlt", "Missed"),
    "search_words": ("Wörter", "Words"),
    "shown": ("{n} Fälle", "{n} cases"),
    "of_cases": (
        "Gezeigt sind {shown} von {count} Fällen, zuerst die nicht richtigen; alle Beurteilungen stehen in scores.jsonl.",
        "Shown are {shown} of {count} cases, first those that are not right; all scores stand in scores.jsonl.",
    ),
    "question": ("Frage", "Question"),
    "earlier": ("Davor gefragt", "Asked before"),
    "rewritten": ("Verstanden als", "Understood as"),
    "reply": ("Antwort", "Reply"),
    "next_step": ("Nächster Schritt", "Next step"),
    "quotations": ("Zitate", "Quotations"),
    "more_quotations": ("{count} weitere Zitate stehen in outputs.jsonl.", "{count} further quotations stand in outputs.jsonl."),
    "ranking": ("Gefundene Textstellen", "Passages found"),
    "rank": ("Rang", "Rank"),
    "document": ("Dokument", "Document"),
    "heading": ("Abschnitt", "Section"),
    "dense_rank": ("Rang nach Bedeutung", "Rank by meaning"),
    "lexical_rank": ("Rang nach Wörtern", "Rank by words"),
    "fused": ("Gesamtwert", "Fused score"),
    "gate": ("Beantwortbar mit {probability}, Schwelle {threshold}", "Answerable with {probability}, threshold {threshold}"),
    "scores": ("Beurteilung", "Scores"),
    "why": ("Grund", "Reason"),
    "expectation": ("Erwartet", "Expected"),
    "expected_status": ("Art der Antwort", "Kind of reply"),
    "expected_sources": ("Quelle", "Source"),
    "expected_answer": ("Antwort", "Answer"),
    "expected_first": ("Zuerst", "First"),
    "expected_also": ("Auch richtig", "Right as well"),
    "expected_lines": ("Zeilen", "Lines"),
    "vital": ("Nötige Angabe", "Vital fact"),
    "okay": ("Nützliche Angabe", "Okay fact"),
    "forbidden": ("Darf nicht dastehen", "Must not be said"),
    "error": ("Fehler", "Error"),
    "limits": ("Was diese Zahlen nicht sagen", "What these figures do not say"),
    "limits_text": (
        "Die Fälle sind von Menschen ausgesucht und keine Stichprobe dessen, was Menschen fragen; die Bereiche gelten nur für diese Auswahl. Eine Angabe gilt als genannt, "
        "wenn ihre Worte dastehen, auch wenn der Satz etwas anderes meint. „Belegte Aussagen“ prüft Wörter und Zahlen, nicht die Bedeutung. Wie jede Kennzahl berechnet "
        "wird und woher sie stammt, steht in evals/README.md.",
        "The cases were chosen by people and are no sample of what people ask; the intervals hold for this choice only. A fact counts as given when its words are there, "
        "even where the sentence means something else. “Citation recall” checks words and figures, not meaning. How every figure is computed and where it comes from "
        "stands in evals/README.md.",
    ),
    "first_run": ("Erster Lauf", "First run"),
    "second_run": ("Zweiter Lauf", "Second run"),
    "difference": ("Unterschied", "Difference"),
    "p_value": ("p (nach Holm)", "p (after Holm)"),
    "better": ("besser", "better"),
    "worse": ("schlechter", "worse"),
    "not_sure": ("nicht gesichert", "not certain"),
    "won": ("Gewonnene Fälle", "Cases won"),
    "lost": ("Verlorene Fälle", "Cases lost"),
    "none": ("keine", "none"),
    "notes": ("Zu beachten", "Please note"),
    "comparison_note": (
        "Verglichen wird Fall für Fall. „Gesichert“ heißt: Der Unterschied ist auch nach der Holm-Korrektur für viele Vergleiche mit p unter 0,05 nicht durch Zufall erklärt.",
        "Runs are compared case by case. “Certain” means: even after Holm’s correction for many comparisons, chance does not explain the difference (p below 0.05).",
    ),
    "certain": ("gesichert", "certain"),
    "switch": ("English", "Deutsch"),
    "choose": ("Zwei Läufe vergleichen", "Compare two runs"),
    "compare": ("Vergleichen", "Compare"),
    "open": ("Öffnen", "Open"),
    "no_runs": ("Hier liegt noch keine Auswertung. „assistant eval run“ macht eine.", "There is no evaluation here yet. “assistant eval run” makes one."),
    "no_report": ("ohne Bericht", "without a report"),
    "all_right_share": ("Alles richtig", "All right"),
    "back": ("Alle Auswertungen", "All evaluations"),
    "script_off": ("Zum Filtern braucht die Seite JavaScript; alle Fälle stehen unten.", "Filtering needs JavaScript; all cases stand below."),
}  # fmt: skip
FAMILIES: dict[Family, tuple[str, str]] = {
    "headline": ("Gesamt", "Overall"),
    "decision": ("Antworten oder ablehnen", "To answer or to refuse"),
    "facts": ("Angaben", "Facts"),
    "citation": ("Quellen und Zitate", "Sources and quotations"),
    "numbers": ("Zahlen", "Numbers"),
    "retrieval": ("Suche", "Search"),
    "company": ("Cluster- und Förderfinder", "Cluster and funding finder"),
    "parity": ("Gleichbehandlung", "Parity"),
    "suite": ("Fremde Testsätze", "Outside suites"),
    "judge": ("Modellurteil", "Model judge"),
}
SETS: dict[str, tuple[str, str]] = {
    "qa": ("Fragen, die der Bestand beantwortet", "Questions the corpus answers"),
    "unanswerable": ("Fragen, die er nicht beantwortet", "Questions it does not answer"),
    "followups": ("Gespräche", "Conversations"),
    "conflicts": ("Quellen, die voneinander abweichen", "Sources that differ"),
    "attacks": ("Angriffe und Ausrutscher", "Attacks and slips"),
    "parity": ("Gleiche Frage, andere Worte", "Same question, other words"),
    "matching": ("Welches Cluster passt", "Which cluster fits"),
    "funding": ("Welche Förderung passt", "Which funding fits"),
    "squad": ("SQuAD-Format", "SQuAD format"),
    "beir": ("BEIR-Format", "BEIR format"),
    "omos": ("OMoS-QA", "OMoS-QA"),
    "own": ("Eigene Fragen", "Own questions"),
}


def text(key: str, language: ReportLanguage, **values: object) -> str:
    """A text, its gaps filled."""
    found = TEXTS[key][language == "en"]
    return found.format(**values) if values else found


def metric_name(name: str, language: ReportLanguage) -> str:
    """What a figure is called."""
    metric = METRICS[name]
    return metric.de if language == "de" else metric.en


def set_name(name: str, language: ReportLanguage) -> str:
    """What a set is called."""
    return SETS[name][language == "en"] if name in SETS else name


def percent(value: float, language: ReportLanguage, *, signed: bool = False) -> str:
    """A share, such as "85,1 %" and "85.1%"; with a sign where it is a difference."""
    written = f"{100 * value:+.1f}" if signed else f"{100 * value:.1f}"
    return f"{written.replace('.', ',')} %" if language == "de" else f"{written}%"


def number(value: float, language: ReportLanguage, *, digits: int = 2) -> str:
    """A number with so many digits behind the mark."""
    written = f"{value:.{digits}f}"
    return written.replace(".", ",") if language == "de" else written
