"""The words of enrolments, codes and imports."""

from datetime import datetime

from stageplus.models import (
    ActivationCode,
    CodeChannel,
    Enrolment,
    EnrolmentState,
    ImportState,
    ReportKind,
    RosterImport,
)
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, short_date

REPORT_WORDS = {
    ReportKind.NOT_ME: _("« Ce n’est pas moi » : le code est arrivé chez quelqu’un d’autre, ou le nom est faux."),
    ReportKind.MOVED: _("« J’ai changé d’école » : cette personne n’est plus chez vous."),
}
STATE_WORDS = {
    ImportState.READ: _("À confirmer"),
    ImportState.DONE: _("Importé"),
    ImportState.UNDONE: _("Annulé"),
    ImportState.DROPPED: _("Pas importé"),
}


def code_state(enrolment: Enrolment, code: ActivationCode | None, now: datetime) -> str:
    """Say how far somebody has come: `compte`, `terminee`, `aucun`, `vivant` or `echu`."""
    if enrolment.learner_id is not None:
        return "compte"
    if enrolment.state is EnrolmentState.ENDED:
        return "terminee"
    if code is None:
        return "aucun"
    return "vivant" if code.expires_at > now and code.used_at is None else "echu"


def code_words(enrolment: Enrolment, code: ActivationCode | None, now: datetime) -> str:
    """Say in words how far somebody's account has come."""
    if enrolment.learner_id is not None:
        day = short_date(day_in_brussels(enrolment.activated_at)) if enrolment.activated_at else ""
        return _("Compte activé le {day}").format(day=day) if day else _("Compte activé")
    if code is None:
        return _("Pas encore de code")
    until = short_date(day_in_brussels(code.expires_at))
    if code.expires_at <= now:
        return _("Code plus valable depuis le {day}").format(day=until)
    sent = _("Code envoyé, valable jusqu’au {day}") if code.channel is CodeChannel.MAILED else None
    return (sent or _("Code imprimé, valable jusqu’au {day}")).format(day=until)


def result_words(found: RosterImport) -> str:
    """Sum up what an import did, or what was read of a file."""
    if found.state is ImportState.READ:
        return _("Lu, rien n’est encore enregistré")
    if found.imported_at is None:
        return _("Rien n’a été enregistré")
    parts = (
        (found.added, ngettext("{n} ajoutée", "{n} ajoutées", found.added)),
        (found.changed, ngettext("{n} changée", "{n} changées", found.changed)),
        (found.ended, ngettext("{n} terminée", "{n} terminées", found.ended)),
        (found.refused, ngettext("{n} ligne refusée", "{n} lignes refusées", found.refused)),
        (found.unchanged, ngettext("{n} inchangée", "{n} inchangées", found.unchanged)),
    )
    said = [words.format(n=count) for count, words in parts if count]
    return ", ".join(said) or _("Rien n’a changé")
