"""What a word says of a company: what it is, whom it serves, what it works with, where it only happens to be, or what it denies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.company.vocabulary import Token
from assistant.domain.company import Role

_CUSTOMER = frozenset(
    """fuer an beliefern beliefert kunden kundinnen auftraggeber abnehmer for to serve serves serving customers clients supply supplies supplying""".split()
)
_MEANS = frozenset("""mit mittels per mithilfe dank anhand using with via by through""".split())
_IDENTITY = frozenset("""sind bin ist als are am is as""".split())
_ARTICLES = frozenset(
    """ein eine einen einem einer kein der die das dem den des a an the unser unsere unseren unserem our kleine kleiner kleines junges junge
    small young familiengefuehrte family""".split()
)
_SUBJECTS = frozenset("""wir ich uns unser unsere we i our sie they""".split())
_NEGATIONS = frozenset(
    """nicht kein keine keinen keinem keiner keines ohne weder statt anstatt niemals nie not no without never neither instead""".split()
)
_TURNS = frozenset(
    """sondern aber but jedoch doch dafuer rather stattdessen instead heute jetzt inzwischen nun mittlerweile now today""".split()
)
_FORMER = frozenset("""frueher vormals ehemals einst urspruenglich formerly previously once originally""".split())
_PLACES = frozenset(
    """hafen flughafen bahnhof werft werftgelaende airport port harbour harbor docks station schule kirche rathaus hof muehle fabrik brauerei messe
    krankenhaus universitaet kino theater museum speicher markt kontor zeche hotel bunker park""".split()
)
_PLACE_WORDS = frozenset(
    """am im in an beim neben nahe gegenueber auf at near beside opposite inside next hinterm unterm""".split()
)
_BREAKS = re.compile(r"[.;:!?()–\n]|\s-\s")


def roles_of(tokens: Sequence[Token], text: str) -> list[Role | None]:
    """The role of each word; None where the word is denied or lies in the past."""
    roles: list[Role | None] = []
    role: Role = "plain"
    denied = False
    previous_end = 0
    for position, token in enumerate(tokens):
        gap = text[previous_end : token.start]
        previous_end = token.end
        word = token.folded
        if _BREAKS.search(gap):
            role, denied = "plain", False
        if denied and ("," in gap or word in _TURNS):
            denied = False
        if word in _SUBJECTS:
            role = "plain"
        elif word in _CUSTOMER and not (word == "an" and _is_place(tokens, position)):
            role = "customer"
        elif word in _MEANS:
            role = "means"
        elif (
            word in _IDENTITY
            and position + 1 < len(tokens)
            and (tokens[position + 1].folded in _ARTICLES or word == "als")
        ):
            role = "identity"
        elif "," in gap and role == "identity":
            role = "plain"
        if word in _FORMER or (word in _NEGATIONS and not _is_not_only(tokens, position) and word not in _TURNS):
            denied = True
        if denied:
            roles.append(None)
        elif word in _PLACES and _is_at(tokens, position):
            roles.append("place")
        else:
            roles.append(role)
    return roles


def _is_at(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word such as "Hafen" stands behind "am", "in der", "auf dem Gelände der"."""
    before = [token.folded for token in tokens[max(0, position - 4) : position]]
    while before and (
        before[-1] in _ARTICLES or before[-1] in ("gelaende", "alten", "ehemaligen", "hamburger", "former", "old", "of")
    ):
        before.pop()
    return bool(before) and before[-1] in _PLACE_WORDS


def _is_place(tokens: Sequence[Token], position: int) -> bool:
    return any(token.folded in _PLACES for token in tokens[position + 1 : position + 3])


def _is_not_only(tokens: Sequence[Token], position: int) -> bool:
    """ "nicht nur … sondern auch" denies nothing."""
    return position + 1 < len(tokens) and tokens[position + 1].folded in ("nur", "only", "just", "allein", "mehr")
