"""Sentences that give orders to a machine instead of informing a person, also when they are disguised.

Official texts inform and ask politely ("Bitte reichen Sie … ein"); they do not address a language model, do not tell their reader
what to answer, and are not encoded. What does any of this in a document is flagged at ingest, and neither quoted nor shown to a model.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from assistant.language.normalise import fold

MAX_TEXT = 4_000
"""Characters that are looked at; no sentence is as long."""

_RULES = r"(regel|anweisung|vorgabe|instruktion|prompt|richtlinien? oben|kontext|bisherige|vorherige|rule|instruction|guideline|previous|above|prior|context|training|passage|abschnitt)"
_MACHINE = r"(ki|ki-assistent\w*|ki-system\w*|ki-modell\w*|sprachmodell\w*|chatbot\w*|assistent|llm|ai|ais|ai assistant|ai model|language model|chat ?bot|assistant|model|modell|gpt|chatgpt|copilot)"
_INSTRUCTION = re.compile(
    # Setting the rules aside.
    rf"\b(ignorier|vergiss|vergesse|missacht|ueberschreib|umgeh|verwirf|setz\w* .{{0,20}}ausser kraft|ignore|forget|disregard|override|overrule|bypass|discard)\w*.{{0,60}}\b{_RULES}"
    rf"|\b(ignorieren|vergessen|missachten|verwerfen) sie .{{0,40}}\b{_RULES}"
    # Giving another role or other rules.
    r"|\bdu bist (jetzt|nun|ab sofort|ab jetzt|kein)|\byou are (now (a|an|the|my|no|called|free|unrestricted)|no longer (a|an|bound|the|restricted))\b|\b(act|behave|respond|answer) as (a|an|if)\b|\btu so als\b|\bverhalte dich\b|\bpretend (to be|you|that)\b"
    r"|\b(neue|geaenderte|geheime) (anweisung|instruktion|system)\w*|\b(new|updated|secret) (instruction|system prompt|system message|directive)s?\b|\bsystem ?-?(prompt|nachricht|message|anweisung|override)"
    r"|\b(developer|debug|god|admin|dan) ?-?mode\b|\b(entwickler|wartungs|debug)modus\b|\bjailbreak|\bprompt injection"
    # Control marks of chat formats.
    r"|<\|?/?(im_start|im_end|system|assistant|user|endoftext)\|?>|\[/?inst\]|<</?sys>>|^#+ ?(system|instruction|anweisung)\b|^(system|assistant|user|human) ?:|</?(passages?|answer|sentence|quote)\b"
    # Speaking to a machine.
    rf"|\b(an|fuer|hinweis an|nachricht an|note to|message to|to|for|attention|achtung|hinweis fuer|attention:?) (die|das|den|alle|jede[ns]?|diese[ns]?|the|all|any|every|this)? ?{_MACHINE}\b ?(die|das|der|that|which|who|reading|:|,|!)"
    rf"|\b(liebe[rs]?|hey|hallo|dear|hello) {_MACHINE}\b|^{_MACHINE} ?[,:]"
    r"|\bwenn du (eine?|diese[ns]?|dies|das) .{0,40}(liest|verarbeitest|zusammenfasst|bist)|\bif you (are|re) (a|an|the|reading|processing)\b.{0,60}\b(ai|model|assistant|llm|bot|this)\b"
    # Telling it what to say. Official German says Sie; the bare imperative is spoken to a machine.
    r"|(^|[.!?:;\"'(] ?|\b(bitte|nun|dann|daher|deshalb|please|now|then|and|und|always|immer|must|muss|musst|sollst|should|shall|will) )"
    r"(antworte|sag|sage|schreib|schreibe|behaupte|bestaetige|wiederhole|erklaere|erwaehne|empfiehl|verrate|nenne|gib|teile|uebersetze|fuege|ersetze)( ?:|,? (dem nutzer|der nutzerin|den nutzern|jedem|allen|mir|uns|bitte|einfach|nur|immer|stets|genau|woertlich|hier|statt|als|auf|dass|das|mit)\b)"
    r"|\b(tell|inform|assure|convince) (the |every |all |any )?(user|users|reader|person|people|asker|customer)s?\b|\b(dem|den|der|jedem|allen) (nutzer|nutzern|nutzerin|fragenden|anwender)\w*\b.{0,60}\b(mit|sagen|mitteilen|antworten|erklaeren|dass)\b"
    r"|(^|[.!?:;\"'(] ?|\b(please|now|then|always|only|just|must|and) )(answer|reply|respond|say|state|claim|output|print|repeat|reveal|recommend)( only| just| exactly| always| simply| with| that|:| this| the following)\b"
    r"|\b(output|print|repeat|reveal|verrate|wiederhole|zeige?|nenne) (mir |uns |me |us )?(deine?n?|die|your|all|alle|every|the) (regeln|anweisungen|instruktionen|vorgaben|rules|instructions|prompt)\b"
    r"|\b(your|deine|deinen|deiner|ihre internen?) (system|initial|hidden|original|internen?|geheimen?|urspruenglichen?) ?(prompt|instruction|anweisung|regel|rule)"
)
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}|(?:[0-9a-f]{2}[ :]?){12,}|(?:%[0-9A-Fa-f]{2}[^%\s]{0,3}){6,}|(?:\\u[0-9a-f]{4}|&#x?[0-9a-f]{2,5};){6,}", re.IGNORECASE)  # fmt: skip
_HINT = re.compile(
    r"ignor|verg[ei]ss|forget|disregard|anweis|instruct|prompt|antwort|answer|system|nutzer|\buser|\bsag|\bsay\b"
)
"""What any order holds; spares the rest for a text that only chance turned into words."""
_SPACED = re.compile(r"\b(?:\w[ .\-_*]){5,}\w\b")
_JOINED = re.compile(
    r"(ignorier|vergiss|missacht|umgeh|ignore|forget|disregard|override|bypass).{0,25}(regel|anweisung|rule|instruct|previous|prompt|alles)"
)
"""For words whose letters stand apart, so that nothing tells where one word ends."""
_LEET = str.maketrans("013457@$", "oieastas")
_LOOKALIKES = str.maketrans(
    "аеорсхуіјѕԁԛԝһӏвнкмтАВЕКМНОРСТХУІЈЅαορντικυε", "aeopcxyijsdqwhlbhkmtABEKMHOPCTXYIJSaopvtikue"
)


@lru_cache(maxsize=20_000)
def gives_instructions(text: str) -> bool:
    """Whether a text gives orders to a machine, openly or disguised; remembered, since the same sentences are found again and again."""
    readings = list(_readings(text[:MAX_TEXT]))
    return any(_INSTRUCTION.search(reading) for reading in readings) or _spells_out_an_order(readings[0])


@lru_cache(maxsize=20_000)
def informs(text: str) -> bool:
    """Whether a sentence of a document informs: it gives no orders to a machine and holds no encoded prose."""
    return not gives_instructions(text) and next(_decoded(text[:MAX_TEXT]), None) is None


def _spells_out_an_order(plain: str) -> bool:
    """Whether letters that stand apart join into an order."""
    return any(_JOINED.search(re.sub(r"[ .\-_*]", "", match[0])) for match in _SPACED.finditer(plain))


def _readings(text: str) -> Iterator[str]:
    """The text as it is, and as it reads once its disguise is taken off; all folded."""
    plain = fold(text.translate(_LOOKALIKES))
    yield plain
    if re.search(r"[a-z][013457@$]|[013457@$][a-z]", plain):
        yield plain.translate(_LEET)
    for turned in (codecs.decode(plain, "rot13"), plain[::-1]):
        if _HINT.search(turned):
            yield turned
    for decoded in _decoded(text):
        yield fold(decoded)


def _decoded(text: str) -> Iterator[str]:
    """Prose that stands encoded in a text."""
    for match in _ENCODED.finditer(text):
        for decode in (_from_base64, _from_hex, unquote, _from_escapes):
            found = decode(match[0])
            if found != match[0] and _is_prose(found):
                yield found


def _is_prose(text: str) -> bool:
    """Whether a decoded text consists of words; chance gives hardly ever as many letters and blanks."""
    letters = sum((char.isalpha() and ord(char) < 0x250) or char in " .,:;!?'\"-" for char in text)
    return len(text) >= 10 and letters >= 0.85 * len(text) and bool(re.search(r"[a-zäöüß]{3,}", text, re.IGNORECASE)) and " " in text  # fmt: skip


def _from_base64(text: str) -> str:
    try:
        padded = text.replace("-", "+").replace("_", "/").rstrip("=")
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return text


def _from_hex(text: str) -> str:
    try:
        return bytes.fromhex(re.sub(r"[ :]", "", text)).decode("utf-8")
    except ValueError:
        return text


def _from_escapes(text: str) -> str:
    def char(match: re.Match[str]) -> str:
        digits = match[1] or match[2]
        code = (
            int(digits, 16)
            if match[1] or match[0].lower().startswith("&#x")
            else int(digits, 10)
            if digits.isdigit()
            else -1
        )
        return chr(code) if 0 < code < 0x110000 else match[0]

    return re.sub(r"\\u([0-9a-f]{4})|&#x?([0-9a-f]{2,6});", char, text, flags=re.IGNORECASE)
