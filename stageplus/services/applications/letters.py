"""The mails of an application: to its learner, to the company's people, to the operator's staff."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, select

from stageplus.domain.titles import place_title
from stageplus.models import LinkPurpose, OperatorMember, Person
from stageplus.services.applications.held import hold_of
from stageplus.services.applications.scope import Parties
from stageplus.services.links.actions import issue_link
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import NOTHING, About
from stageplus.services.registers.queries import parameter_in_force
from stageplus.services.teams.queries import people_at
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def sent(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the learner that it is sent, and the company that it is there, without naming the person."""
    title = _title(parties)
    to_learner(
        session,
        parties,
        "sent",
        _("Ta candidature est envoyée"),
        [
            _("{title} chez {company}.").format(title=title, company=parties.company.name),
            _("Nous te prévenons dès qu’il y a du nouveau."),
        ],
        now,
    )
    _received(session, parties, now)


def _received(session: Session, parties: Parties, now: datetime) -> None:
    """Write to each of the company's people with a link of their own, which shows the person once it is opened."""
    days = float(parameter_in_force(session, "answer_link_days", day_in_brussels(now)))
    number = parties.application.id
    for person in people_at(session, parties.establishment):
        path = issue_link(
            session,
            LinkPurpose.ANSWER,
            lasts=timedelta(days=days),
            now=now,
            person_id=person.id,
            subject=str(number),
        )
        queue_mail(
            session,
            key=f"application-received:{number}:{person.id}",
            kind="application-received",
            recipient=person.email,
            subject=_("Une nouvelle candidature vous attend"),
            sentences=[
                _("Une nouvelle candidature est arrivée pour : {title}.").format(title=_title(parties)),
                _("Le lien est pour vous seul : il montre un prénom et une motivation, et un bouton pour dire un mot."),
            ],
            link=(path, _("Lire et répondre en un geste")),
            about=replace(_about_here(parties), path=f"/entreprise/candidatures/{number}"),
            now=now,
        )


def withdrawn(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the company that one application less waits; it opens no more, so the mail leads to the others."""
    words = [_("Une candidature pour « {title} » a été retirée.").format(title=_title(parties))]
    link = ("/entreprise/candidatures", _("Voir les candidatures"))
    to_company(session, parties, "withdrawn", _("Une candidature a été retirée"), words, now, link=link)


def accepted(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the learner, and the staff who takes over."""
    words = [
        _("{company} te retient pour la place. Bravo !").format(company=parties.company.name),
        _("Ton opérateur prend contact avec toi pour le contrat."),
    ]
    to_learner(session, parties, "accepted", _("Ta candidature est retenue"), words, now, turn=again(now))
    staff = select(Person).join(OperatorMember).where(OperatorMember.operator_id == parties.operator.id)
    for person in session.exec(staff):
        queue_mail(
            session,
            key=f"introduction:{parties.application.id}:{person.id}{again(now)}",
            kind="introduction",
            recipient=person.email,
            subject=_("Une mise en relation est à reprendre"),
            sentences=[_("Une entreprise retient l’un de vos apprenants. La suite vous attend dans Stage+.")],
            link=("/operateur/mises-en-relation", _("Voir la mise en relation")),
            about=_about(parties),
            now=now,
            held=_held(session, parties, now),
        )


def refused(session: Session, parties: Parties, now: datetime) -> None:
    """Give the learner the company's own words."""
    words = [*parties.application.company_words.split("\n\n"), _("D’autres places t’attendent sur Stage+.")]
    subject = _("Une réponse à ta candidature")
    to_learner(session, parties, "refused", subject, words, now, turn=again(now))


def lapsed(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the learner that the offer is gone."""
    words = [
        _("L’offre « {title} » chez {company} est fermée. Ta candidature s’arrête donc là.").format(
            title=_title(parties), company=parties.company.name
        ),
        _("Ce n’est pas une réponse sur toi : d’autres offres semblables existent."),
    ]
    to_learner(session, parties, "lapsed", _("Une offre à laquelle tu as répondu est fermée"), words, now)


def reminder(session: Session, parties: Parties, turn: int, now: datetime) -> None:
    """Remind the company that a learner waits; `turn` is 1 or 2."""
    words = [
        _("Une candidature pour « {title} » attend votre réponse depuis le {day}.").format(
            title=_title(parties), day=long_date(day_in_brussels(parties.application.sent_at))
        ),
        _("Un mot suffit, même négatif : le silence décourage plus qu’un refus."),
    ]
    to_company(session, parties, f"reminder-{turn}", _("Une candidature attend votre réponse"), words, now)


def unanswered(session: Session, parties: Parties, now: datetime) -> None:
    """Tell the learner that the company stayed silent, and that it says nothing about them."""
    words = [
        _("{company} n’a pas répondu à ta candidature.").format(company=parties.company.name),
        _("Ce silence est le sien, il ne dit rien sur toi. D’autres places t’attendent sur Stage+."),
    ]
    to_learner(session, parties, "unanswered", _("Pas de réponse à ta candidature"), words, now)


def paused(session: Session, theirs: Sequence[Parties], cause: str, why: str, now: datetime) -> None:
    """Tell a learner that places wait and why, that it says nothing about them, and that others are open."""
    if len(theirs) == 1:
        subject = _("Une place est en pause")
        words = [
            _("La place « {title} » chez {company} est en pause : {why}.").format(
                title=_title(theirs[0]), company=theirs[0].company.name, why=why
            ),
            _("Tu n’y es pour rien et tu n’as rien à faire : ta candidature est gardée."),
        ]
    else:
        subject = _("Plusieurs places sont en pause")
        words = [
            _("{n} places où tu as postulé sont en pause : {why}.").format(n=len(theirs), why=why),
            *_places(theirs),
            _("Tu n’y es pour rien et tu n’as rien à faire : tes candidatures sont gardées."),
        ]
    words.append(_("Nous te prévenons s’il y a du nouveau. D’autres places t’attendent sur Stage+."))
    _about_pause(session, theirs, f"paused-{cause}", subject, words, now)


def restored(session: Session, theirs: Sequence[Parties], cause: str, now: datetime) -> None:
    """Tell a learner that places are open again, with the applications as they were."""
    if len(theirs) == 1:
        subject = _("La place est de nouveau ouverte")
        words = [
            _("Bonne nouvelle : la place « {title} » chez {company} est de nouveau ouverte.").format(
                title=_title(theirs[0]), company=theirs[0].company.name
            ),
            _("Ta candidature est toujours là, tu n’as rien à refaire."),
        ]
    else:
        subject = _("Des places sont de nouveau ouvertes")
        words = [
            _("Bonne nouvelle : {n} places où tu as postulé sont de nouveau ouvertes.").format(n=len(theirs)),
            *_places(theirs),
            _("Tes candidatures sont toujours là, tu n’as rien à refaire."),
        ]
    _about_pause(session, theirs, f"restored-{cause}", subject, words, now)


def _places(theirs: Sequence[Parties]) -> list[str]:
    return [_("« {title} » chez {company}").format(title=_title(each), company=each.company.name) for each in theirs]


def _about_pause(
    session: Session, theirs: Sequence[Parties], kind: str, subject: str, words: list[str], now: datetime
) -> None:
    link = None if len(theirs) == 1 else ("/candidatures", _("Voir mes candidatures"))
    to_learner(session, theirs[0], kind, subject, words, now, link=link)


def absent(session: Session, parties: Parties, now: datetime, *, is_over: bool) -> None:
    """Tell the company that is in contact with a learner that the account is suspended, or open again."""
    title = _title(parties)
    if is_over:
        words = [_("Le compte de la personne en contact avec vous pour « {title} » est rouvert.").format(title=title)]
        words.append(_("Sa candidature est comme vous l’aviez laissée : vous pouvez reprendre."))
    else:
        words = [
            _("Le compte de la personne en contact avec vous pour « {title} » est suspendu pour le moment.").format(
                title=title
            ),
            _("Vous n’avez rien à faire : sa candidature est gardée, et nous vous prévenons s’il rouvre."),
        ]
    kind = "back" if is_over else "absent"
    subject = _("Un compte rouvert") if is_over else _("Une candidature en pause")
    to_company(session, parties, f"{kind}-{int(now.timestamp())}", subject, words, now)


def _title(parties: Parties) -> str:
    return place_title(parties.trade.name_f, parties.trade.name_m)


def _about(parties: Parties) -> About:
    words = _("{title} chez {company}").format(title=_title(parties), company=parties.company.name)
    return About(parties.thing, f"offer:{parties.offer.id}", words)


def _about_here(parties: Parties) -> About:
    """Name the offer as its own company knows it."""
    return replace(_about(parties), words=f"{_title(parties)}, {parties.municipality.name}")


def to_learner(
    session: Session,
    parties: Parties,
    kind: str,
    subject: str,
    sentences: list[str],
    now: datetime,
    *,
    link: tuple[str, str] | None = None,
    turn: str = "",
) -> None:
    """Write to the learner of an application, which the mail leads to unless it names another link.

    What is written of an answer waits until that can no longer be taken back. `turn` tells apart what may come again.
    """
    application = parties.application
    queue_mail(
        session,
        key=f"application-{kind}:{application.id}{turn}",
        kind=f"application-{kind}",
        recipient=parties.person.email,
        subject=subject,
        sentences=sentences,
        link=link or (f"/candidatures/{application.id}", _("Voir ma candidature")),
        about=NOTHING if link else replace(_about(parties), bundle=parties.thing),
        now=now,
        held=_held(session, parties, now),
    )


def again(now: datetime) -> str:
    """Return what tells this answer's mail apart from that of an earlier one like it."""
    return f":{int(now.timestamp())}"


def _held(session: Session, parties: Parties, now: datetime) -> tuple[str, datetime] | None:
    hold = hold_of(session, parties.application, now)
    return (hold.key, hold.until) if hold else None


def to_company(
    session: Session,
    parties: Parties,
    kind: str,
    subject: str,
    sentences: list[str],
    now: datetime,
    *,
    link: tuple[str, str] | None = None,
) -> None:
    """Write to everybody who answers for the offer's establishment; `link` leads elsewhere than to the application."""
    for person in people_at(session, parties.establishment):
        queue_mail(
            session,
            key=f"application-{kind}:{parties.application.id}:{person.id}",
            kind=f"application-{kind}",
            recipient=person.email,
            subject=subject,
            sentences=sentences,
            link=link or (f"/entreprise/candidatures/{parties.application.id}", _("Voir la candidature")),
            about=_about_here(parties),
            now=now,
        )
