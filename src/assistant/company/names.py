"""Names of goals, purposes, stages and steps as people read and choose them, and what a chosen name means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from assistant.domain.facts import ChainStep, Goal, Purpose, Stage
from assistant.domain.values import Language
from assistant.language.normalise import fold

Both = dict[Language, str]
Key = TypeVar("Key", bound=str)
GOAL_NAMES: dict[Goal, Both] = {
    "partners": {"de": "Partner und Kontakte", "en": "partners and contacts"},
    "funding": {"de": "Fördermittel", "en": "funding"},
    "staff": {"de": "Fachkräfte", "en": "skilled staff"},
    "export": {"de": "Auslandsmärkte", "en": "foreign markets"},
    "research": {"de": "Forschungspartner", "en": "research partners"},
    "advice": {"de": "Beratung", "en": "advice"},
    "space": {"de": "Räume und Flächen", "en": "rooms and sites"},
    "visibility": {"de": "Sichtbarkeit", "en": "visibility"},
    "founding": {"de": "Hilfe bei der Gründung", "en": "help with founding"},
}
PURPOSE_NAMES: dict[Purpose, Both] = {
    "research_and_development": {"de": "Forschung und Entwicklung", "en": "research and development"},
    "feasibility_study": {"de": "Machbarkeitsstudie", "en": "feasibility study"},
    "knowledge_transfer": {
        "de": "Zusammenarbeit mit Hochschule oder Institut",
        "en": "cooperation with a university or institute",
    },
    "non_technical_innovation": {
        "de": "neues Geschäftsmodell, nichttechnische Innovation",
        "en": "new business model, non-technical innovation",
    },
    "social_innovation": {"de": "soziale Innovation", "en": "social innovation"},
    "founding": {"de": "Gründung", "en": "founding a company"},
    "living_costs": {"de": "Lebensunterhalt in der Gründungszeit", "en": "living costs while founding"},
    "prototype": {"de": "Prototyp", "en": "prototype"},
    "digitalisation": {"de": "Digitalisierung", "en": "digitalisation"},
    "digitalisation_advice": {"de": "Beratung zur Digitalisierung", "en": "advice on digitalisation"},
    "energy_efficiency": {"de": "Energie sparen", "en": "saving energy"},
    "resource_efficiency": {"de": "Material und Wasser sparen", "en": "saving material and water"},
    "climate_protection": {"de": "Klimaschutz", "en": "climate protection"},
    "patents": {"de": "Patente und Schutzrechte", "en": "patents"},
    "market_launch": {"de": "Markteinführung", "en": "market launch"},
    "trade_fair": {"de": "Messeauftritt", "en": "trade fair"},
    "internationalisation": {"de": "Auslandsmärkte", "en": "foreign markets"},
    "investment": {
        "de": "Investition (Maschinen, Ausstattung, Gebäude)",
        "en": "investment (machines, equipment, buildings)",
    },
    "working_capital": {"de": "Betriebsmittel", "en": "working capital"},
    "succession": {"de": "Übernahme eines Betriebs", "en": "taking over a business"},
    "growth_capital": {"de": "Eigenkapital für Wachstum", "en": "equity for growth"},
    "skilled_workers": {"de": "Fachkräfte und Weiterbildung", "en": "skilled staff and training"},
    "network_management": {"de": "Aufbau eines Innovationsnetzwerks", "en": "building an innovation network"},
    "cluster_cooperation": {"de": "Zusammenarbeit mehrerer Cluster", "en": "cooperation of several clusters"},
    "media_content": {"de": "Medienprojekt", "en": "media project"},
    "games": {"de": "Computerspiel", "en": "computer game"},
    "creative_industries": {"de": "Kreativwirtschaft", "en": "creative industries"},
    "aviation": {"de": "Luftfahrt", "en": "aviation"},
    "fintech": {"de": "Finanztechnologie", "en": "financial technology"},
    "hydrogen": {"de": "Wasserstoff", "en": "hydrogen"},
}
STAGE_NAMES: dict[Stage, Both] = {
    "idea": {"de": "Nur eine Idee", "en": "Only an idea"},
    "founding": {"de": "Kurz vor oder nach der Gründung", "en": "Just before or after founding"},
    "young": {"de": "Junges Unternehmen", "en": "Young company"},
    "established": {"de": "Etabliertes Unternehmen", "en": "Established company"},
}
STEP_NAMES: dict[ChainStep, Both] = {
    "research": {"de": "Forschung", "en": "research"},
    "development": {"de": "Entwicklung", "en": "development"},
    "content": {"de": "Inhalte und Gestaltung", "en": "content and design"},
    "components": {"de": "Zulieferung", "en": "supply of components"},
    "manufacturing": {"de": "Herstellung", "en": "manufacturing"},
    "planning": {"de": "Planung", "en": "planning"},
    "installation": {"de": "Installation", "en": "installation"},
    "operation": {"de": "Betrieb", "en": "operation"},
    "maintenance": {"de": "Wartung und Reparatur", "en": "maintenance and repair"},
    "trade": {"de": "Handel", "en": "trade"},
    "transport": {"de": "Transport und Lagerung", "en": "transport and storage"},
    "services": {"de": "Dienstleistung", "en": "services"},
    "finance": {"de": "Finanzierung", "en": "finance"},
    "training": {"de": "Aus- und Weiterbildung", "en": "training"},
}


def named(text: str, names: Mapping[Key, Both]) -> Key | None:
    """What a text names: a key such as `partners`, or its name in either language; None where it is neither."""
    wanted = fold(text).strip()
    return next((key for key, both in names.items() if wanted == key or wanted in map(fold, both.values())), None)
