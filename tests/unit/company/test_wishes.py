"""What money is wanted for, as people say it."""

from __future__ import annotations

import pytest

from assistant.company.numbers import with_digits
from assistant.company.wishes import read_purposes
from assistant.domain.facts import Purpose
from assistant.domain.values import Language


@pytest.mark.parametrize(
    ("text", "language", "purpose"),
    [
        ("Wir wollen einen neuartigen Prüfkopf für Schweißnähte entwickeln.", "de", "research_and_development"),
        ("Wir tüfteln an einem Verfahren und brauchen Geld.", "de", "research_and_development"),
        ("Wir haben keinen Umsatz und brauchen was zum Leben.", "de", "living_costs"),
        ("Ich übernehme den Malerbetrieb meines Chefs.", "de", "succession"),
        ("I'm buying my boss's plumbing business.", "en", "succession"),
        ("Für die neue Küche bräuchten wir achtzigtausend Euro.", "de", "investment"),
        ("Ein Darlehen über dreihunderttausend Euro für eine CNC-Fräse.", "de", "investment"),
        ("Wir wollen unsere Dosieranlage auf den Markt zu bringen versuchen.", "de", "market_launch"),
        ("Der alte Ofen tut's nicht mehr, ein neuer kostet 90.000 Euro.", "de", "investment"),
        ("Ein gebrauchter Kran für 110.000 Euro soll her.", "de", "investment"),
        ("Die Maschine ist hin, wir müssen sie ersetzen.", "de", "investment"),
        ("We need 150,000 euros for ovens and furniture.", "en", "investment"),
        ("Für die Übernahme fehlen mir 120.000 Euro.", "de", "succession"),
        ("Ich würde den Laden gern kaufen.", "de", "succession"),
        ("Unsere Waschstraße schluckt zu viel Wasser.", "de", "resource_efficiency"),
        ("We need cash to pay wages until the orders are paid.", "en", "working_capital"),
        ("We would like to cut our electricity bill.", "en", "energy_efficiency"),
        ("Wir wollen prüfen, ob sich das Verfahren technisch umsetzen lässt.", "de", "feasibility_study"),
        ("Wir brauchen jemanden, der uns bei der Digitalisierung berät.", "de", "digitalisation_advice"),
    ],
)
def test_a_purpose_is_understood_in_everyday_words(text: str, language: Language, purpose: Purpose) -> None:
    assert purpose in read_purposes(with_digits(text, language))


def test_a_wish_after_the_trade_is_read_on_its_own() -> None:
    found = read_purposes(with_digits("Wir sind sieben Betriebe und wollen ein Innovationsnetzwerk gründen.", "de"))
    assert "network_management" in found and "founding" not in found


def test_a_new_machine_that_is_developed_is_not_bought() -> None:
    assert "investment" not in read_purposes(with_digits("Wir wollen eine neue Presse entwickeln.", "de"))
