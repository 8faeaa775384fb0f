"""Whether a text describes one company at all: no poem, no three companies, no other language."""

from __future__ import annotations

import re

from assistant.language.detect import detect_language
from assistant.language.normalise import fold

OTHER_LANGUAGE_CONFIDENCE = 0.97
MIN_WORDS = 4
"""Below these a guess at another language is not trusted."""
STORY_WORDS = 8
"""From this length on, a text needs a sign that a company speaks."""
MIN_LINES = 4
MIN_RHYMES = 2
_LEGAL = r"(?:GmbH(?: & Co\.? KG)?|gGmbH|mbH|AG|KG|UG|OHG|GbR|SE|e\. ?K\.|Ltd\.?|Inc\.?|LLC|PLC)"
_NAMED = re.compile(rf"((?:[A-ZÄÖÜ][\w&.-]*\s){{1,4}}){_LEGAL}(?![\w])")
_AS_CUSTOMER = re.compile(
    r"\b(?:fuer|an|mit|von|bei|wie|durch|for|to|with|by|of|from|like|such as|kunden sind|customers are)\s+(?:die |der |den |dem |the )?$"
)
_SEVERAL = re.compile(
    r"\b(?:wir sind|ich habe|ich fuehre|ich leite|betreibe|besitze|meine|unsere|we are|i own|i run|my|our)\s+(?:\w+ )?(?:2|3|4|5|6|mehrere|verschiedene|several|various|different)\s+(?:verschiedene |eigene |unabhaengige |separate |different |independent )?(?:firmen|unternehmen|betriebe|companies|businesses|firms)\b"
    r"|\bfirma (?:a|1|eins)\b.*\bfirma (?:b|2|zwei)\b|\bcompany (?:a|1|one)\b.*\bcompany (?:b|2|two)\b|\bdie (?:1\.|erste)\b[^.]{3,80}\bdie (?:2\.|zweite)\b[^.]{3,80}\bdie (?:3\.|dritte)\b"
)
_COMPANY = re.compile(
    r"\b(?:wir|uns|unser\w*|ich|mein\w*|we|our|us|i|my)\b|\b\w*(?:firma|unternehmen|betrieb|start-?up|agentur|studio|buero|manufaktur|werkstatt|verein|institut|hersteller\w*|anbieter\w*|dienstleister\w*|zulieferer|haendler\w*|verlag|werft|reederei|spedition|brauerei|baeckerei|roesterei|kanzlei|praxis|labor|netzwerk|team|laden|salon)\b"
    r"|\b(?:company|business|firm|startup|agency|workshop|manufacturer|supplier|provider|maker|developer|shop|lab|brewery|bakery|publisher|shipyard|hersteller|gmbh|ag|kg|ug|ltd|inc)\b|\b(?:entwicklung|herstellung|vertrieb|produktion|wartung|reparatur|verkauf|bau|handel|planung|beratung|development|production|manufacture|maintenance|sale|distribution) (?:von|mit|fuer|of|for)\b"
)
_SELF = re.compile(r"\b(?:wir|ich|we|i)\b")
_FEELING = re.compile(
    r"\b(?:liebe|lieben|mag|moegen|traeume|traeumen|traum|sehne|sehnsucht|herz|seele|love|adore|dream|heart|soul|longing)\b"
)
_SUFFIXES = frozenset(
    """en er ung ungen ion ionen ing heit keit lich isch ern eln ten ter est ent and end nen ren gen den chen ische liche ieren ment ments ers ings tion ations ation ent ance ence""".split()
)
_VOWELS = "aeiouy"


def is_other_language(text: str) -> bool:
    """Whether a text is neither German nor English."""
    guess = detect_language(text)
    return (
        guess.code not in ("de", "en")
        and guess.confidence >= OTHER_LANGUAGE_CONFIDENCE
        and len(re.findall(r"[^\W\d_]+", text)) >= MIN_WORDS
    )


def companies_named(text: str) -> tuple[str, ...]:
    """Names of several companies that a text is about; empty where it is about one."""
    names: dict[str, None] = {}
    for match in _NAMED.finditer(text):
        if not _AS_CUSTOMER.search(fold(text[: match.start()])):
            names.setdefault(match[0].strip())
    if len(names) >= 2:
        return tuple(names)
    several = _SEVERAL.search(fold(text))
    if several is not None:
        return (several[0].strip(),)
    return _bare_names(text)


def _bare_names(text: str) -> tuple[str, ...]:
    """A bare list of at least three names that no sentence holds together, such as three well-known companies."""
    parts = [part.strip(" .!?") for part in re.split(r",|\bund\b|\band\b|&|/|;", text) if part.strip(" .!?")]
    looks_like_names = all(re.fullmatch(r"(?:[A-ZÄÖÜ][\w.-]*)(?:[ -][A-ZÄÖÜ][\w.-]*){0,3}", part) for part in parts)
    known = [part for part in parts if fold(part).split()[0].split("-")[0] in _KNOWN_NAMES]
    return tuple(parts) if len(parts) >= 3 and looks_like_names and len(known) >= 2 else ()


_KNOWN_NAMES = frozenset(
    """airbus lufthansa hapag otto beiersdorf olympus philips siemens nordex aurubis hhla eurogate tchibo jungheinrich still blohm carlsen gruner bauer spiegel
    google meta amazon volkswagen bmw bosch daimler mercedes sap bayer basf eppendorf evotec asklepios haspa hansemerkur signal xing about edeka rewe lidl aldi""".split()
)
"""Names by which a list of companies is told from a list of products."""


def is_no_company(text: str, folded: str, *, has_activity: bool, has_figures: bool) -> bool:
    """Whether a text is something else: verse, a story, a feeling.

    Args:
        text: As written, with its line breaks.
        folded: Folded.
        has_activity: Whether it says that something is made, sold, done.
        has_figures: Whether it gives staff, founding or a sum.
    """
    if has_figures:
        return False
    if is_verse(text):
        return True
    words = len(folded.split())
    if not _COMPANY.search(folded):
        return words >= STORY_WORDS and not has_activity
    if _FEELING.search(folded) and not has_activity:
        return True
    return words >= STORY_WORDS and not has_activity and _SELF.search(folded) is None and "\n" in text.strip()


def is_verse(text: str) -> bool:
    """Whether the lines of a text rhyme, or, written in one piece, its clauses do."""
    lines = [line for line in re.split(r"\n|\s/\s", text) if len(line.split()) >= 2]
    if len(lines) < MIN_LINES:
        lines = [clause for clause in re.split(r"[.,;!?]", text) if len(clause.split()) >= 2]
    if len(lines) < MIN_LINES:
        return False
    tails = [_tail(line) for line in lines]
    rhymes = {
        frozenset((tails[i], tails[j]))
        for i in range(len(tails))
        for j in range(i + 1, min(i + 4, len(tails)))
        if tails[i] and tails[j] and _rhyme(tails[i], tails[j])
    }
    return len(rhymes) >= MIN_RHYMES


def _tail(line: str) -> str:
    words = re.findall(r"[a-z]+", fold(line))
    return words[-1] if words else ""


def _rhyme(a: str, b: str) -> bool:
    if a == b or (min(len(a), len(b)) > 4 and (a.endswith(b) or b.endswith(a))):
        return False
    ends = [_from_last_vowels(word) for word in (a, b)]
    return ends[0] == ends[1] and len(ends[0]) >= 2 and ends[0] not in _SUFFIXES


def _from_last_vowels(word: str) -> str:
    """A word from the vowels of its last full syllable on; the weak endings -e, -en, -er take the syllable before with them."""
    ending = re.search(rf"[{_VOWELS}]+[^{_VOWELS}]*(?:e[nrsl]?|es|et)$", word)
    if ending is not None and re.search(rf"[{_VOWELS}]", word[: ending.start()] + word[ending.start() : -1]):
        return ending[0]
    simple = re.search(rf"[{_VOWELS}]+[^{_VOWELS}]*$", word)
    return simple[0] if simple else word
