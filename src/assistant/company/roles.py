"""What a word says of a company: what it is, whom it serves, what it works with, where it only happens to be, or what it denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

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
_FORMER = frozenset(
    """frueher vormals ehemals einst urspruenglich war waren gelernte gelernter formerly previously once originally""".split()
)
_PLACES = frozenset(
    """hafen flughafen bahnhof werft werftgelaende airport port harbour harbor docks station schule kirche rathaus hof muehle fabrik brauerei messe
    krankenhaus universitaet kino theater museum speicher markt kontor zeche hotel bunker park""".split()
)
_SALES_PLACES = frozenset(
    """laeden geschaeften supermaerkten baumaerkten maerkten wochenmaerkten kaufhaeusern drogerien cafes restaurants shops stores supermarkets markets
    delis""".split()
)
"""Where products are found: they name who sells them, not what the company is."""
_PLACE_WORDS = frozenset(
    """am im in an beim neben nahe gegenueber auf at near beside opposite inside next hinterm unterm""".split()
)
_BEFORE_RELATIVE = frozenset("""in mit auf an bei von durch fuer aus unter ueber mithilfe""".split())
_RELATIVES = frozenset("""der die das dem den denen deren dessen""".split())
_PURPOSES = frozenset("""damit womit worin worauf woran""".split())
_BUYING = frozenset(
    """kaufen kauft buchen bucht bekommen bekommt beziehen bezieht bestellen bestellt erhalten erhaelt lassen laesst nutzen nutzt verwenden verwendet
    mieten mietet holen holt ordern wissen sehen finden vertrauen lesen hoeren setzen brauchen rufen
    fragen geben schicken senden verlassen zahlen lernen sparen call calls ask give send pay learn save hand leave buy buys book books get gets order orders use uses rent
    rents purchase know see trust rely hire read spot""".split()
)
_US = frozenset("""uns unser unsere unseren unserem unserer unseres us our ours""".split())
MOST_BUYERS = 6
"""Words that may name customers before the verb."""
_OPENERS = frozenset(
    """damit wenn wer wem was falls sobald bevor ehe weil if when whoever whenever before where because wherever""".split()
)
"""Words that open a clause about those who need the product: "Wer erbt, lässt uns …", "When a liner calls, we …"."""
_BREAKS = re.compile(r"[.;:!?()–\n]|\s-\s")


def roles_of(tokens: Sequence[Token], text: str) -> list[Role | None]:
    """The role of each word; None where the word is denied or lies in the past."""
    roles: list[Role | None] = []
    role: Role = "plain"
    denied = False
    previous_end = 0
    buyers = _buyers(tokens, text)
    for position, token in enumerate(tokens):
        gap = text[previous_end : token.start]
        previous_end = token.end
        word = token.folded
        if _BREAKS.search(gap):
            role, denied = "plain", False
        if denied and ("," in gap or word in _TURNS or _joins_clause(tokens, position)):
            denied = False
        if word in _SUBJECTS:
            role = "plain"
        elif (
            _names_customers(tokens, position)
            or ("," in gap and _is_about_use(tokens, position))
            or (word in _OPENERS and _opens_sentence(gap, position))
        ):
            role = "customer"
        elif word in _MEANS:
            role = "plain" if _opens_sentence(gap, position) else "means"
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
        elif position in buyers or (word in _SALES_PLACES and _is_sold_in(tokens, position)):
            roles.append("customer")
        else:
            roles.append(role)
    return roles


def _joins_clause(tokens: Sequence[Token], position: int) -> bool:
    """Whether a new statement about the company begins: "… und wir", "… and we"."""
    return tokens[position].folded in _SUBJECTS and position > 0 and tokens[position - 1].folded in ("und", "and")


def _buyers(tokens: Sequence[Token], text: str) -> set[int]:
    """Positions of the words that name customers at the beginning of a sentence: "Werften kaufen bei uns …", "Farmers use our …"."""
    gaps = (text[before.end : after.start] for before, after in pairwise(tokens))
    bounds = [0, *(i for i, gap in enumerate(gaps, start=1) if _BREAKS.search(gap)), len(tokens)]
    found: set[int] = set()
    for start, end in pairwise(bounds):
        sentence = [token.folded for token in tokens[start:end]]
        verb = next((i for i, word in enumerate(sentence[: MOST_BUYERS + 1]) if word in _BUYING), 0)
        before, after = sentence[:verb], sentence[verb:]
        if not _US.union(_SUBJECTS).intersection(before) and _US.intersection(after):
            found.update(range(start, start + verb))
    return found


def _names_customers(tokens: Sequence[Token], position: int) -> bool:
    word = tokens[position].folded
    return word in _CUSTOMER and not (word == "an" and _is_place(tokens, position))


def _is_about_use(tokens: Sequence[Token], position: int) -> bool:
    """Whether a clause begins that says who uses the product: ", mit denen Chirurgen …", ", damit Reedereien …"."""
    if tokens[position].folded in _PURPOSES:
        return True
    following = tokens[position + 1].folded if position + 1 < len(tokens) else ""
    return tokens[position].folded in _BEFORE_RELATIVE and following in _RELATIVES


def _opens_sentence(gap: str, position: int) -> bool:
    """ "Mit Lastenrädern bringen wir …": what is said first is what the company is about."""
    return position == 0 or _BREAKS.search(gap) is not None


def _is_at(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word such as "Hafen" stands behind "am", "in der", "auf dem Gelände der"."""
    before = [token.folded for token in tokens[max(0, position - 4) : position]]
    while before and (
        before[-1] in _ARTICLES or before[-1] in ("gelaende", "alten", "ehemaligen", "hamburger", "former", "old", "of")
    ):
        before.pop()
    return bool(before) and before[-1] in _PLACE_WORDS


def _is_sold_in(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word such as "Supermärkten" stands behind "in", with at most three words between: "in about four hundred shops"."""
    return any(token.folded in _PLACE_WORDS for token in tokens[max(0, position - 4) : position])


def _is_place(tokens: Sequence[Token], position: int) -> bool:
    return any(token.folded in _PLACES for token in tokens[position + 1 : position + 3])


def _is_not_only(tokens: Sequence[Token], position: int) -> bool:
    """ "nicht nur … sondern auch" denies nothing."""
    return position + 1 < len(tokens) and tokens[position + 1].folded in ("nur", "only", "just", "allein", "mehr")
