"""What a company states or denies about itself."""

from __future__ import annotations

import pytest

from assistant.company.kinds import read_organisations, read_stage, read_traits
from assistant.company.numbers import with_digits
from assistant.domain.facts import Trait
from assistant.domain.values import Language


@pytest.mark.parametrize(
    ("text", "language", "trait", "said"),
    [
        ("Die Entwicklung der Steuerung haben wir im August begonnen.", "de", "not_started", False),
        ("Begonnen haben wir noch nicht.", "de", "not_started", True),
        ("Die Wärmepumpe ist schon eingebaut.", "de", "not_started", False),
        ("Nothing has been ordered yet.", "en", "not_started", True),
        ("Das letzte Patent haben wir letztes Jahr angemeldet.", "de", "first_patent", False),
        ("Vor fünf Jahren haben wir ein Patent angemeldet.", "de", "first_patent", True),
        ("We filed a patent two years ago.", "en", "first_patent", False),
        ("Ein Nebengewerbe, abends nach der Arbeit.", "de", "full_time", False),
        ("Gemeinsam mit einem Betrieb aus Österreich.", "de", "foreign_partner", True),
        ("Nur mit einem Betrieb aus Lübeck, ohne ausländischen Partner.", "de", "foreign_partner", False),
        ("Wir wollen mit der Uni Hamburg gemeinsam forschen.", "de", "partner", True),
        ("Die Hausbank hat mir schriftlich abgesagt.", "de", "bank_refusal", True),
        ("Niemand von uns hat studiert.", "de", "university", False),
        ("Wir haben weder studiert noch eine Lehre gemacht.", "de", "university", False),
        ("Wir haben noch keinen Auftrag erteilt.", "de", "not_started", True),
        ("Bestellt haben wir nix.", "de", "not_started", True),
        ("We have already been developing our new valve since January.", "en", "not_started", False),
        ("Unser letztes Patent liegt fünf Jahre zurück.", "de", "first_patent", True),
        ("Voriges Jahr haben wir ein Gebrauchsmuster angemeldet.", "de", "first_patent", False),
        ("Ein Schutzrecht hatten wir bisher nie.", "de", "first_patent", True),
        ("Die Volksbank winkt ab.", "de", "bank_refusal", True),
        ("Meine Sparkasse würde das auch finanzieren.", "de", "bank_refusal", False),
        ("We all work full time.", "en", "full_time", True),
        ("Ich arbeite an der Helmut-Schmidt-Universität.", "de", "university", True),
        ("Was gibt es für uns als Frauen?", "de", "women", True),
    ],
)
def test_what_is_said_of_a_condition(text: str, language: Language, trait: Trait, said: bool) -> None:
    assert read_traits(with_digits(text, language)).get(trait) is said


def test_a_partner_at_home_is_still_a_partner_without_one_abroad() -> None:
    assert "partner" not in read_traits(with_digits("Wir arbeiten ohne ausländischen Partner.", "de"))


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Ich würde gern 50.000 Euro in ein junges Unternehmen investieren.", "de", "investor"),
        ("I want to put 40,000 euros into a start-up.", "en", "investor"),
        ("Wir managen ein Hamburger Cluster.", "de", "network"),
        ("Wir führen die Geschäftsstelle des Hamburger Ernährungsclusters.", "de", "network"),
        ("Ich möchte 25.000 Euro in eine drei Jahre alte Softwarefirma stecken.", "de", "investor"),
        ("Wir sind die Wirtschaftsförderung einer Stadt.", "de", "public_body"),
        ("I plan to invest 30,000 euros in a friend's young tech company.", "en", "investor"),
        ("Unsere Clusterorganisation plant ein Projekt.", "de", "network"),
    ],
)
def test_who_speaks_is_told_by_what_they_do(text: str, language: Language, kind: str) -> None:
    assert kind in read_organisations(with_digits(text, language))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wir sind ein Start-up und suchen jemanden, der in ein junges Unternehmen investiert.", "investor"),
        ("Wir möchten einen Business Angel davon überzeugen, zu investieren.", "investor"),
        ("Ich will 50.000 Euro in eine Maschine für meine Firma stecken.", "investor"),
        ("Unser Projektpartner ist das Fraunhofer-Institut.", "research"),
        ("Wir sind kein Start-up.", "startup"),
    ],
)
def test_others_and_what_is_denied_are_not_the_company(text: str, kind: str) -> None:
    assert kind not in read_organisations(with_digits(text, "de"))


def test_a_company_with_a_business_idea_is_past_the_idea() -> None:
    assert read_stage(with_digits("Wir haben eine Geschäftsidee.", "de")) == "idea"
    assert read_stage(with_digits("Wir sind eine UG mit einer innovativen Geschäftsidee.", "de")) is None
