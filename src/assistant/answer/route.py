"""Third step: what needs no search — small talk, attacks on the rules, and cases for a person."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.draft import Draft, Outcome
from assistant.answer.texts import text_for
from assistant.domain.answers import NextStep, Reason
from assistant.language.normalise import fold

_SMALL_TALK: tuple[tuple[str, str], ...] = (
    ("greeting", r"(hallo|hi|hey|moin( moin)?|guten (tag|morgen|abend)|servus|gruess gott|hello|good (morning|afternoon|evening)|greetings|na)( zusammen| there| clusterlotse)?"),
    ("thanks", r"(vielen |herzlichen |besten |lieben )?dank(e|eschoen)?( schoen| sehr| dir| ihnen)?|(thanks|thank you|thx|cheers)( a lot| very much| so much)?|super|perfekt|alles klar|great|perfect"),
    ("bye", r"(tschuess|auf wiedersehen|ciao|bis bald|bye|goodbye|see you)( bye)?"),
    ("who", r"wer (bist|sind) (du|sie)( eigentlich| denn)?|was (bist|sind) (du|sie)|(bist du|sind sie) (ein |eine )?(mensch|bot|roboter|ki|maschine|computer|echt)( .*)?|(who|what) are you|are you (a |an )?(human|bot|robot|ai|machine|real)( .*)?"
            r"|stell(en)? (dich|sie sich) vor|wie heisst du|what( s|s| is) your name|introduce yourself"),
    ("help", r"hilfe|help|was kannst du( alles)?|was koennen sie( alles)?|wie funktioniert das( hier)?|what can you do|how does this work|was kann ich (dich |sie )?fragen|what can i ask"),
)  # fmt: skip
_SMALL_TALK_COMPILED = tuple(
    (name, re.compile(rf"^(?:(?:hallo|hi|hey|hello|ok|okay|ja|yes|guten tag),? )?(?:{pattern})$"))
    for name, pattern in _SMALL_TALK
)
_CRISIS = re.compile(r"umbringen|suizid|selbstmord|nicht mehr leben|kill myself|suicide|end my life")
_PERSON = re.compile(
    r"\b(mensch(en)?|mitarbeiter(in)?|berater(in)?|person|jemand(em|en)?)\b.*\b(sprechen|reden|telefonieren|kontaktieren|verbinden|schreiben)\b"
    r"|(speak|talk|connect me|chat) (to|with) (a |an )?(human|person|someone|real|agent|employee)|echten menschen|rueckruf"
)
_ADVICE = re.compile(
    r"(mein|unser)(e[mnrs]?)? (antrag|bescheid|foerderantrag|widerspruch).*(abgelehnt|bewilligt|stand|warum|status)|(abgelehnt|bewilligt).*(mein|unser)(e[mnrs]?)? (antrag|projekt)"
    r"|(my|our) application.*(rejected|declined|status|approved)|widerspruch einlegen|(wie )?(ist|steht) .*(stand|status) (mein|unser)\w* |wie steht es um (mein|unser)|(my|our) (\w+ )?application (no|number)\b|widerspruch (einlegen|schreiben)|schreib\w* .*widerspruch|ablehnungsbescheid|verklag\w*|\bsue\b"
    r"|(verbindlich|fest) zusag\w*|garantier(en sie|st du|t ihr) mir|(koennen sie|kannst du) .*garantieren|guarantee (that|me|us)|versprechen sie|versprich mir|promise me|(book|arrange|make) (me )?an appointment|termin (buchen|vereinbaren|ausmachen)"
)
_INJECTION = re.compile(
    r"\b(ignorier|vergiss|missacht|ueberschreib|umgeh).{0,40}(regel|anweisung|vorgabe|instruktion|prompt|alles)|\b(ignore|forget|disregard|override|bypass).{0,40}(rules|instruction|prompt|previous|everything|guideline)"
    r"|\b(zeig|nenn|verrat|gib|wiederhol|druck)\w*.{0,30}(system-?prompt|systemanweisung|deine (regeln|anweisungen|instruktionen)|(regeln|anweisungen),? (nach denen|die) du\b)|\b(show|reveal|print|repeat|tell me).{0,30}(system prompt|your (instructions|rules|prompt))"
    r"|\b(antworte|sag|schreib|behaupte|bestaetige)\w*,? (einfach |nur |immer |genau )?(dass|mit|:)|\b(answer|say|write|claim|confirm|respond),? (only |just |exactly |simply )?(that|with|:)"
    r"|du bist (jetzt|ab sofort|nun)|you are now|act as|tu so,? als|pretend|developer mode|jailbreak|\bdan\b mode|<\|?(system|im_start)|\[inst\]"
)  # fmt: skip
_FRAUD = re.compile(
    r"\b(faelsch\w*|erschleich\w*|taeusch\w*|betrueg\w*|schummel\w*|austricks\w*)\b|\b(fake|forge|falsify|cheat|trick) (my|our|the|on)\b"
)
_CLEARING = re.compile(r"[^\w\s<|\[\]:,-]")


class Route:
    """Decides what does not go to the search."""

    def __init__(self, *, contact: str | None) -> None:
        self._contact = contact

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome, or leave the draft to the next step."""
        folded = re.sub(r"\s+", " ", _CLEARING.sub(" ", fold(draft.text))).strip()
        language = draft.language
        small_talk = next((name for name, pattern in _SMALL_TALK_COMPILED if pattern.match(folded)), None)
        if small_talk and not draft.document_ids:
            outcome = Outcome(
                status="answered", message=text_for(small_talk, language), suggestions=_starters(language)
            )
            return replace(draft, outcome=outcome).noting("route", decided=small_talk)
        if _CRISIS.search(folded):
            return self._abstain(draft, Reason.NEEDS_A_PERSON, "crisis")
        if _INJECTION.search(folded) or _INJECTION.search(fold(draft.question.text)):
            return self._abstain(draft, Reason.BLOCKED, "blocked")
        if _FRAUD.search(folded) or _FRAUD.search(fold(draft.question.text)):  # the words may have been corrected away
            return self._abstain(draft, Reason.BLOCKED, "fraud")
        if _PERSON.search(folded) or _ADVICE.search(folded):
            return self._abstain(draft, Reason.NEEDS_A_PERSON, "needs_a_person")
        return draft

    def _abstain(self, draft: Draft, reason: Reason, key: str) -> Draft:
        next_step = None
        if reason is Reason.NEEDS_A_PERSON and self._contact and key != "crisis":
            next_step = NextStep(text=text_for("next_contact", draft.language, contact=self._contact))
        outcome = Outcome(status="abstained", reason=reason, message=text_for(key, draft.language), next_step=next_step)
        return replace(draft, outcome=outcome).noting("route", decided=key)


def _starters(language: str) -> tuple[str, ...]:
    if language == "en":
        return (
            "Which clusters are there in Hamburg?",
            "How much does InnoFounder pay?",
            "Which programmes are open for start-ups?",
        )
    return (
        "Welche Cluster gibt es in Hamburg?",
        "Wie hoch ist der Zuschuss bei InnoFounder?",
        "Welche Programme gibt es für Start-ups?",
    )
