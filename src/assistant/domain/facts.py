"""Typed values of fact sheets: what a cluster is and what a programme pays, each value tied to the sentence that states it.

The closed vocabularies below are shared by the corpus, the matching and the funding rules.
"""

from __future__ import annotations

from typing import Literal

Applicant = Literal[
    "company", "sme", "small_company", "startup", "large_company", "freelancer", "founder", "team", "academic",
    "university", "research", "public_body", "association", "network", "investor",
]  # fmt: skip
Stage = Literal["idea", "founding", "young", "established"]
Region = Literal["hamburg", "metropolitan_region", "northern_germany", "germany", "eu", "europe", "north_sea", "baltic_sea", "worldwide"]  # fmt: skip
Purpose = Literal[
    "research_and_development", "feasibility_study", "knowledge_transfer", "non_technical_innovation", "social_innovation",
    "founding", "living_costs", "prototype", "digitalisation", "digitalisation_advice", "energy_efficiency",
    "resource_efficiency", "climate_protection", "patents", "market_launch", "trade_fair", "internationalisation", "investment",
    "working_capital", "succession", "growth_capital", "skilled_workers", "network_management", "cluster_cooperation",
    "media_content", "games", "creative_industries", "aviation", "fintech", "hydrogen",
]  # fmt: skip
Cost = Literal["staff", "material", "equipment", "external_services", "patents", "overheads", "travel", "investment", "advice", "living", "working_capital"]  # fmt: skip
FundingForm = Literal["grant", "loan", "equity", "mezzanine", "tax_relief", "advice", "incubation", "prize", "rule", "guarantee", "exemption"]  # fmt: skip
SizeClass = Literal["micro", "small", "medium", "large", "sme", "research", "any"]
StartRule = Literal["after_approval", "after_application", "no_start_before_contract", "exception", "no_rule"]

Goal = Literal["partners", "funding", "staff", "export", "research", "advice", "space", "visibility", "founding"]
"""What a company wants of a cluster."""
ChainStep = Literal[
    "research", "development", "content", "components", "manufacturing", "planning", "installation", "operation", "maintenance", "trade",
    "transport", "services", "finance", "training",
]  # fmt: skip
"""Where in a value chain a company works."""
State = Literal["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]
"""The German states, by the usual abbreviations."""
Trait = Literal[
    "innovative", "technological", "first_patent", "partner", "foreign_partner", "network", "several_clusters", "university", "women",
    "corporation", "full_time", "not_started", "cooperation", "house_bank", "private_investor", "external_provider", "bank_refusal",
    "call", "opening", "deep_tech", "social",
]  # fmt: skip
"""What else a programme may ask for; a description may state or deny it."""
Case = Literal[
    "team", "solo", "single_project", "cooperation", "feasibility_study", "market_launch", "network", "first_five_years",
    "after_five_years", "phase_1", "phase_2", "patenting", "standardisation",
]  # fmt: skip
"""The case for which a value alone holds, such as the higher maximum for teams."""
ApplicantRole = Literal["applicant", "partner", "through_others"]
"""Whether one applies oneself, takes part beside an applicant, or is paid by one."""
