"""What models answer: each behaviour is a function from the prompt to a text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple

from tests.model_server.prompt import Given


class Said(NamedTuple):
    """A sentence with the label and quotation that a model gives for it."""

    text: str
    label: str
    quote: str


Behaviour = Callable[[Given], str]


def quoting(given: Given, *, limit: int = 2) -> list[Said]:
    """Sentences of the passages, word for word, with the beginning of each as its quotation."""
    return [Said(line, label, " ".join(line.split()[:20])) for label, line in given.best[:limit]]


def in_form(given: Given, said: list[Said], *, status: str = "complete") -> str:
    """An answer in the form that was asked for."""
    if given.wants_json:
        sentences = [{"text": s.text, "quotes": [{"passage": s.label, "words": s.quote}]} for s in said]
        return json.dumps({"status": status, "sentences": sentences}, ensure_ascii=False, indent=1)
    body = "\n".join(f'<sentence>{s.text} <quote passage="{s.label}">{s.quote}</quote></sentence>' for s in said)
    return f'<answer status="{status}">\n{body}\n</answer>'


def good(given: Given) -> str:
    return in_form(given, quoting(given))


def verbose(given: Given) -> str:
    return (
        "Gerne! Ich habe die Abschnitte {gründlich} gelesen und fasse zusammen.\n\n```\n"
        + good(given)
        + "\n```\nIch hoffe, das hilft Ihnen weiter! Besuchen Sie auch www.beispiel-foerderung.de."
    )


def thinking(given: Given) -> str:
    draft = '<answer status="complete"><sentence>Vielleicht 9.999 Euro? <quote passage="S1">9.999 Euro</quote></sentence></answer>'
    return f"<think>\nZuerst ein Entwurf: {draft}\nNein, noch einmal.\n</think>\n" + good(given)


def wrong_labels(given: Given) -> str:
    return in_form(given, [said._replace(label="S77") for said in quoting(given)])


def altered_numbers(given: Given) -> str:
    def alter(match: re.Match[str]) -> str:
        return str((int(match[0]) + 3) % 10)

    lines = [said for said in quoting(given, limit=12) if re.search(r"\d", said.text)][:3]
    return in_form(given, [said._replace(text=re.sub(r"\d", alter, said.text)) for said in lines])


def invented_quotation(given: Given) -> str:
    text = "Jedes Unternehmen erhält auf Antrag 80.000 Euro ohne weitere Prüfung."
    return in_form(given, [Said(text, "S1", "erhält auf Antrag 80.000 Euro ohne weitere Prüfung")])


def foreign_claim(given: Given) -> str:
    (said,) = quoting(given, limit=1)
    return in_form(given, [said._replace(text="Der Senat hat dieses Programm wegen Betrugs abgeschafft.")])


def without_quotation(given: Given) -> str:
    if given.wants_json:
        return json.dumps({"status": "complete", "sentences": [{"text": s.text, "quotes": []} for s in quoting(given)]})
    return "<answer>" + "".join(f"<sentence>{said.text} [S1]</sentence>" for said in quoting(given)) + "</answer>"


def mends_when_told(given: Given) -> str:
    if given.rejected:
        return good(given)
    return in_form(given, [said._replace(quote="ein Zitat, das es nirgends gibt") for said in quoting(given)])


def first_good_then_false(given: Given) -> str:
    first = quoting(given, limit=1)
    return in_form(given, [*first, Said("Zusätzlich gibt es 12.345 Euro in bar.", "S1", first[0].quote)])


def cannot_mend(given: Given) -> str:
    return prose(given) if given.rejected else first_good_then_false(given)


def half(given: Given) -> str:
    whole = in_form(given, quoting(given, limit=3))
    return whole[: int(len(whole) * 0.7)]


def empty(given: Given) -> str:
    return ""


def prose(given: Given) -> str:
    return "Das ist eine gute Frage. Der Zuschuss beträgt ungefähr 4.000 Euro im Monat, soweit ich mich erinnere."


def impossible(given: Given) -> str:
    return in_form(given, [], status="none")


def partial(given: Given) -> str:
    return in_form(given, quoting(given, limit=1), status="partial")


def with_addresses(given: Given) -> str:
    (said,) = quoting(given, limit=1)
    return in_form(given, [said._replace(text="Den Antrag stellen Sie unter www.schnelles-geld.example/antrag.")])


def leaking(given: Given) -> str:
    (said,) = quoting(given, limit=1)
    return in_form(given, [said._replace(text=line) for line in given.system.splitlines() if len(line) > 40])


def endless(given: Given) -> str:
    return good(given).removesuffix("</answer>").rstrip("]}\n ") + " und so weiter" * 20_000


BEHAVIOURS: dict[str, Behaviour] = {
    "good": good, "verbose": verbose, "thinking": thinking, "wrong-labels": wrong_labels, "altered-numbers": altered_numbers,
    "invented-quotation": invented_quotation, "foreign-claim": foreign_claim, "without-quotation": without_quotation,
    "mends-when-told": mends_when_told, "first-good-then-false": first_good_then_false, "cannot-mend": cannot_mend, "half": half, "empty": empty, "prose": prose,
    "impossible": impossible, "partial": partial, "with-addresses": with_addresses, "leaking": leaking, "endless": endless,
}  # fmt: skip
"""By the name under which the model is asked for."""
