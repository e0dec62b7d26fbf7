"""The words of conversations: why one is closed, when a message was written, and the numbers that stand in it."""

from datetime import datetime

import phonenumbers

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.texts import _, ngettext
from stageplus.texts.formats import BRUSSELS, day_in_brussels, hour, moment_words

_OVER = _("La candidature est terminée : les messages se lisent encore, mais on n’écrit plus.")
_TO_LEARNER = {
    ApplicationStatus.SENT: _("Tu pourras écrire ici dès que l’entreprise aura vu ta candidature."),
    ApplicationStatus.UNANSWERED: _("L’entreprise n’a pas répondu. Si elle le fait encore, tu pourras écrire ici."),
    ApplicationStatus.WITHDRAWN: _("Tu as retiré ta candidature : l’entreprise ne lit plus ces messages."),
}
_TO_COMPANY = {ApplicationStatus.SENT: _("Vous pourrez écrire ici dès que la candidature est vue.")}


def closed_words(role: Role, status: ApplicationStatus, *, closed: bool, suspended: bool) -> str:
    """Say why a side cannot write."""
    if closed:
        return _("OFFA a fermé cette conversation : elle se lit encore, mais on n’y écrit plus.")
    if suspended:
        return _("Le compte de cette personne est suspendu pour le moment : elle ne lirait pas vos messages.")
    return (_TO_LEARNER if role is Role.LEARNER else _TO_COMPANY).get(status, _OVER)


def sent_words(at: datetime, now: datetime) -> str:
    """Say when a message was sent: its hour alone when it was today."""
    if day_in_brussels(at) == day_in_brussels(now):
        return _("aujourd’hui à {hour}").format(hour=hour(at.astimezone(BRUSSELS).time()))
    return moment_words(at)


def unread_words(count: int) -> str:
    """Say how many messages wait unread; nothing when none does."""
    if not count:
        return ""
    return ngettext("{n} nouveau message", "{n} nouveaux messages", count).format(n=count)


def numbers_in(words: str) -> list[str]:
    """List the telephone numbers that stand in a text, as they were typed; those of Belgium need no prefix."""
    found = phonenumbers.PhoneNumberMatcher(words, "BE", leniency=phonenumbers.Leniency.VALID)
    return [each.raw_string for each in found]


def number_words(number: str) -> str:
    """Write a telephone number as it is read aloud; as it stands when it is none."""
    try:
        known = phonenumbers.parse(number, "BE")
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def question_about(role: Role, numbers: list[str]) -> str:
    """Ask the author of a message with a number, who may have typed it without thinking."""
    words = {
        Role.LEARNER: _(
            "Ton message contient un numéro de téléphone ({numbers}) : l’entreprise le verra. N’envoie que ton propre "
            "numéro, jamais celui de quelqu’un d’autre."
        ),
        Role.COMPANY: _(
            "Votre message contient un numéro de téléphone ({numbers}) : l’apprenant le verra. N’envoyez que votre "
            "propre numéro, jamais celui de quelqu’un d’autre."
        ),
    }
    return words[role].format(numbers=", ".join(numbers))
