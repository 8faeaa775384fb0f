"""Every figure by name: what it is called in reports, and whether a case is only all right with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal[
    "headline", "decision", "facts", "citation", "numbers", "retrieval", "company", "parity", "suite", "judge"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure from 0 to 1, higher being better; formula and source stand in `README.md`."""

    name: str
    family: Family
    de: str
    """Name in German reports."""
    en: str
    says_de: str
    """What 1 means, one sentence."""
    says_en: str
    is_required: bool = False
    """A case is all right only if this is 1."""
    is_strict: bool = False
    """The gate allows no drop at all."""


_ALL = (
    Metric(name="all_right", family="headline", de="Alles richtig", en="All right",
           says_de="Entscheidung, Quelle, Angaben, Zitate und Zahlen des Falls stimmen.", says_en="Decision, source, facts, quotations and numbers of the case are right."),
    Metric(name="status", family="decision", de="Richtige Art der Antwort", en="Right kind of reply", is_required=True,
           says_de="Geantwortet, nachgefragt oder abgelehnt, wie es sein soll.", says_en="Answered, asked back or refused as it ought to be."),
    Metric(name="answers", family="decision", de="Antwortet, wenn es geht", en="Answers when it can", is_required=True,
           says_de="Eine beantwortbare Frage wurde nicht abgelehnt.", says_en="A question that the corpus answers was not refused."),
    Metric(name="refuses", family="decision", de="Lehnt ab, wenn nichts vorliegt", en="Refuses when it must", is_required=True,
           says_de="Eine nicht beantwortbare Frage wurde nicht beantwortet.", says_en="A question that the corpus does not answer was not answered."),
    Metric(name="reason", family="decision", de="Richtiger Grund", en="Right reason", is_required=True,
           says_de="Die Ablehnung nennt den erwarteten Grund.", says_en="The refusal gives the expected reason."),
    Metric(name="facts", family="facts", de="Alle nötigen Angaben", en="All vital facts", is_required=True,
           says_de="Jede nötige Angabe steht in der Antwort oder ihren Zitaten.", says_en="Every vital fact stands in the reply or its quotations."),
    Metric(name="vital_recall", family="facts", de="Anteil nötiger Angaben", en="Vital nugget recall",
           says_de="Anteil der nötigen Angaben, der vorkommt.", says_en="Share of the vital facts that occur."),
    Metric(name="nugget_recall", family="facts", de="Anteil aller Angaben", en="Nugget recall",
           says_de="Anteil der nötigen und nützlichen Angaben, der vorkommt.", says_en="Share of vital and okay facts that occur."),
    Metric(name="unsaid", family="facts", de="Nichts Verbotenes", en="Nothing forbidden", is_required=True, is_strict=True,
           says_de="Nichts von dem steht da, was nicht gesagt werden darf.", says_en="Nothing is said that must not be said."),
    Metric(name="answer_overlap", family="facts", de="Nähe zur Musterantwort", en="Overlap with the model answer",
           says_de="Anteil der bedeutungstragenden Wörter der Musterantwort.", says_en="Share of the model answer's telling words."),
    Metric(name="right_citation", family="citation", de="Richtige Quelle", en="Right citation", is_required=True,
           says_de="Eine der erwarteten Quellen ist zitiert.", says_en="One of the expected sources is cited."),
    Metric(name="exact_quotation", family="citation", de="Wörtliche Zitate", en="Exact quotations", is_required=True, is_strict=True,
           says_de="Jedes Zitat ist Zeichen für Zeichen der genannte Ausschnitt.", says_en="Every quotation is the named slice, character by character."),
    Metric(name="citation_recall", family="citation", de="Belegte Aussagen (ALCE)", en="Citation recall (ALCE)",
           says_de="Anteil der Aussagen, die ihre Zitate tragen.", says_en="Share of statements that their quotations support."),
    Metric(name="citation_precision", family="citation", de="Nötige Zitate (ALCE)", en="Citation precision (ALCE)",
           says_de="Anteil der Zitate, die gebraucht werden.", says_en="Share of citations that are needed."),
    Metric(name="figures_supported", family="numbers", de="Belegte Zahlen", en="Figures in their quotations", is_required=True, is_strict=True,
           says_de="Jede Zahl der Antwort steht in ihrem Zitat.", says_en="Every figure of the reply stands in its quotation."),
    Metric(name="figures_right", family="numbers", de="Erwartete Zahlen", en="Expected figures",
           says_de="Anteil der erwarteten Zahlen, der vorkommt.", says_en="Share of the expected figures that occur."),
    Metric(name="hit@1", family="retrieval", de="Treffer auf Rang 1", en="Hit at 1",
           says_de="Das erste gefundene Dokument ist ein richtiges.", says_en="The first document found is a right one."),
    Metric(name="hit@5", family="retrieval", de="Treffer unter den ersten 5", en="Hit at 5",
           says_de="Ein richtiges Dokument ist unter den ersten fünf.", says_en="A right document is among the first five."),
    Metric(name="recall@5", family="retrieval", de="Recall@5", en="Recall@5",
           says_de="Anteil der richtigen Dokumente unter den ersten fünf.", says_en="Share of the right documents among the first five."),
    Metric(name="recall@10", family="retrieval", de="Recall@10", en="Recall@10",
           says_de="Anteil der richtigen Dokumente unter den ersten zehn.", says_en="Share of the right documents among the first ten."),
    Metric(name="recall@100", family="retrieval", de="Recall@100", en="Recall@100",
           says_de="Anteil der richtigen Dokumente unter den ersten hundert.", says_en="Share of the right documents among the first hundred."),
    Metric(name="mrr@10", family="retrieval", de="MRR@10", en="MRR@10",
           says_de="Kehrwert des Rangs des ersten richtigen Dokuments.", says_en="Reciprocal rank of the first right document."),
    Metric(name="ndcg@10", family="retrieval", de="nDCG@10", en="nDCG@10",
           says_de="Güte der Reihenfolge der ersten zehn.", says_en="Quality of the order of the first ten."),
    Metric(name="top_1", family="company", de="Richtiges Cluster zuerst", en="Right cluster first", is_required=True,
           says_de="Das erste genannte Cluster ist ein richtiges.", says_en="The first cluster named is a right one."),
    Metric(name="top_3", family="company", de="Richtiges Cluster unter dreien", en="Right cluster among three",
           says_de="Unter den ersten drei ist ein richtiges Cluster.", says_en="A right cluster is among the first three."),
    Metric(name="none_fits", family="company", de="„Keines passt“ erkannt", en="“None fits” recognised",
           says_de="Wo keines passt, wird das gesagt.", says_en="Where none fits, this is said."),
    Metric(name="no_false_none", family="company", de="Kein falsches „Keines passt“", en="No false “none fits”",
           says_de="Wo eines passt, heißt es nicht, keines passe.", says_en="Where one fits, it is not said that none does."),
    Metric(name="never_matched", family="company", de="Kein falsches Cluster", en="No wrong cluster", is_required=True,
           says_de="Kein beendetes oder unpassendes Cluster wird genannt.", says_en="No ended or unfitting cluster is named."),
    Metric(name="minimal_pair", family="company", de="Minimalpaare", en="Minimal pairs",
           says_de="Die eine geänderte Angabe ändert das Ergebnis, wie sie soll.", says_en="The one changed fact changes the result as it must."),
    Metric(name="verdicts", family="company", de="Richtige Einschätzungen", en="Right verdicts", is_required=True,
           says_de="Anteil der Programme mit der richtigen Einschätzung.", says_en="Share of the programmes with the right verdict."),
    Metric(name="expected_found", family="company", de="Erwartete Programme gefunden", en="Expected programmes found",
           says_de="Anteil der Programme, die als wahrscheinlich gelten müssen und gelten.", says_en="Share of the programmes called likely among those that must be."),
    Metric(name="no_false_hope", family="company", de="Keine falsche Hoffnung", en="No false hope", is_required=True, is_strict=True,
           says_de="Kein Programm gilt zu Unrecht als wahrscheinlich.", says_en="No programme is called likely wrongly."),
    Metric(name="amounts", family="company", de="Richtige Beträge", en="Right amounts", is_required=True,
           says_de="Anteil der Programme mit dem erwarteten Betrag oder Satz.", says_en="Share of the programmes with the expected amount or rate."),
    Metric(name="parity", family="parity", de="Gleich gut in jeder Fassung", en="Parity",
           says_de="Alle Fassungen einer Frage sind richtig beantwortet.", says_en="All variants of a question are answered rightly."),
    Metric(name="same_source", family="parity", de="Gleiche Quelle in jeder Fassung", en="Same source",
           says_de="Alle Fassungen einer Frage führen zuerst zum selben Dokument.", says_en="All variants of a question lead to the same document first."),
    Metric(name="stable", family="parity", de="Gleich bei Wiederholung", en="Stable",
           says_de="Jede Wiederholung gibt dieselbe Antwort.", says_en="Every repetition gives the same reply."),
    Metric(name="answer_in_quotation", family="suite", de="Antwort im Zitat", en="Answer in a quotation", is_required=True,
           says_de="Ein Zitat enthält die erwarteten Worte.", says_en="A quotation holds the expected words."),
    Metric(name="span_exact", family="suite", de="Bester Ausschnitt: genau", en="Best span: exact match",
           says_de="Ein Ausschnitt der Zitate ist die erwartete Antwort (obere Schranke).", says_en="A span of the quotations is the expected answer (upper bound)."),
    Metric(name="span_f1", family="suite", de="Bester Ausschnitt: F1", en="Best span: F1",
           says_de="Wort-F1 des besten Ausschnitts der Zitate (obere Schranke).", says_en="Token F1 of the best span of the quotations (upper bound)."),
    Metric(name="reply_f1", family="suite", de="Ganze Antwort: F1", en="Whole reply: F1",
           says_de="Wort-F1 der ganzen Antwort gegen die erwarteten Worte.", says_en="Token F1 of the whole reply against the expected words."),
    Metric(name="line_precision", family="suite", de="Zeilen: Genauigkeit", en="Lines: precision",
           says_de="Anteil der gewählten Zeilen, der richtig ist.", says_en="Share of the chosen lines that is right."),
    Metric(name="line_recall", family="suite", de="Zeilen: Vollständigkeit", en="Lines: recall",
           says_de="Anteil der richtigen Zeilen, der gewählt ist.", says_en="Share of the right lines that is chosen."),
    Metric(name="line_f", family="suite", de="Zeilen: F", en="Lines: F",
           says_de="F aus den Mittelwerten von Genauigkeit und Vollständigkeit.", says_en="F of the means of precision and recall."),
    Metric(name="written_precision", family="suite", de="Zitierte Zeilen: Genauigkeit", en="Quoted lines: precision",
           says_de="Wie oben, für die Zeilen, die der Schreiber zitiert.", says_en="As above, for the lines that the writer quotes."),
    Metric(name="written_recall", family="suite", de="Zitierte Zeilen: Vollständigkeit", en="Quoted lines: recall",
           says_de="Wie oben, für die Zeilen, die der Schreiber zitiert.", says_en="As above, for the lines that the writer quotes."),
    Metric(name="written_f", family="suite", de="Zitierte Zeilen: F", en="Quoted lines: F",
           says_de="Wie oben, für die Zeilen, die der Schreiber zitiert.", says_en="As above, for the lines that the writer quotes."),
    Metric(name="no_answer_precision", family="suite", de="Ablehnung: Genauigkeit", en="No answer: precision",
           says_de="Anteil der Ablehnungen, der richtig ist.", says_en="Share of the refusals that is right."),
    Metric(name="no_answer_recall", family="suite", de="Ablehnung: Vollständigkeit", en="No answer: recall",
           says_de="Anteil der nicht beantwortbaren Fragen, der abgelehnt wird.", says_en="Share of the unanswerable questions that is refused."),
    Metric(name="no_answer_f", family="suite", de="Ablehnung: F", en="No answer: F",
           says_de="F der beiden.", says_en="F of the two."),
    Metric(name="judge_supported", family="judge", de="Modellurteil: belegt", en="Judge: supported",
           says_de="Anteil der Aussagen, die das Modell belegt findet.", says_en="Share of the statements that the model finds supported."),
    Metric(name="judge_nuggets", family="judge", de="Modellurteil: Angaben", en="Judge: nuggets",
           says_de="Anteil der nötigen Angaben, die das Modell findet (teils zählt halb).", says_en="Share of the vital facts that the model finds (partly counts half)."),
    Metric(name="judge_answers", family="judge", de="Modellurteil: beantwortet", en="Judge: answers",
           says_de="Das Modell hält die Frage für beantwortet.", says_en="The model holds the question answered."),
)  # fmt: skip
METRICS: dict[str, Metric] = {metric.name: metric for metric in _ALL}
REQUIRED = frozenset(metric.name for metric in _ALL if metric.is_required)
STRICT = frozenset(metric.name for metric in _ALL if metric.is_strict)
