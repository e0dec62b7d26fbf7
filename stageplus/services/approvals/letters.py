"""The mails of an agrément: to the company’s people, to the staff of other operators."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from stageplus.domain.titles import both_genders
from stageplus.models import Approval, ApprovalChange, Establishment, Offer, Operator, OperatorMember, Person, Trade
from stageplus.services.approvals.schemas import STATE_WORDS
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _, ngettext
from stageplus.texts.formats import long_date


def lost(
    session: Session,
    approval: Approval,
    change: ApprovalChange,
    people: Sequence[Person],
    halted: Sequence[Offer],
    now: datetime,
) -> None:
    """Tell a company's people that its agrément no longer holds, why, and which offers wait."""
    if not people:
        return
    count = len(halted)
    words = [
        _("L’agrément pour {trade} à {place} est noté « {state} » depuis le {day} par {operator}.").format(
            **_about(session, approval), state=STATE_WORDS[approval.state].lower(), day=long_date(approval.since)
        ),
        *([_("Raison donnée : {reason}").format(reason=change.reason)] if change.reason else []),
        ngettext(
            "{n} offre publiée est mise en pause ; les candidatures sont gardées et leurs auteurs prévenus.",
            "{n} offres publiées sont mises en pause ; les candidatures sont gardées et leurs auteurs prévenus.",
            count,
        ).format(n=count),
        _("Votre opérateur répond à vos questions. Si l’agrément est rétabli, ces offres reviennent d’elles-mêmes."),
    ]
    subject = _("Votre agrément n’est plus valable : vos offres sont en pause")
    _to_company(session, change, people, subject, words, now)


def regained(
    session: Session,
    approval: Approval,
    change: ApprovalChange,
    people: Sequence[Person],
    restored: Sequence[Offer],
    now: datetime,
) -> None:
    """Tell a company's people that its agrément holds, and which offers are back."""
    if not people:
        return
    count = len(restored)
    words = [
        _("L’agrément pour {trade} à {place} est accordé depuis le {day} par {operator}.").format(
            **_about(session, approval), day=long_date(approval.since)
        ),
        ngettext(
            "{n} offre mise en pause est de nouveau en ligne.",
            "{n} offres mises en pause sont de nouveau en ligne.",
            count,
        ).format(n=count)
        if count
        else _("Vous pouvez publier des offres pour ce métier."),
    ]
    _to_company(session, change, people, _("Votre agrément est accordé"), words, now)


def refused(
    session: Session, approval: Approval, change: ApprovalChange, people: Sequence[Person], now: datetime
) -> None:
    """Tell a company's people that its request is refused, and why."""
    if not people:
        return
    words = [
        _("L’agrément pour {trade} à {place} est refusé par {operator}.").format(**_about(session, approval)),
        _("Raison donnée : {reason}").format(reason=change.reason),
        _("Votre opérateur vous explique comment contester ou introduire une nouvelle demande."),
    ]
    _to_company(session, change, people, _("Votre demande d’agrément est refusée"), words, now)


def disputed(
    session: Session, approval: Approval, change: ApprovalChange, others: Sequence[int], now: datetime
) -> None:
    """Tell the staff of the other operators that their record and the new one differ."""
    about = _about(session, approval)
    words = [
        _(
            "Pour {trade} à {place}, un autre opérateur vient de noter « {state} », ce qui diffère de votre note."
        ).format(trade=about["trade"], place=about["place"], state=STATE_WORDS[change.state].lower()),
        _("L’effet reste « {state} » jusqu’à ce qu’OFFA note la décision de la Commission d’agrément.").format(
            state=STATE_WORDS[approval.state].lower()
        ),
    ]
    staff = select(Person).join(OperatorMember).where(OperatorMember.operator_id.in_(others))  # type: ignore[attr-defined]
    for person in session.exec(staff):
        queue_mail(
            session,
            key=f"approval-disputed:{change.id}:{person.id}",
            kind="approval-disputed",
            recipient=person.email,
            subject=_("Désaccord sur un agrément"),
            sentences=words,
            link=(f"/operateur/agrements/{approval.id}", _("Voir l’agrément")),
            now=now,
        )


def _to_company(
    session: Session, change: ApprovalChange, people: Sequence[Person], subject: str, words: list[str], now: datetime
) -> None:
    for person in people:
        queue_mail(
            session,
            key=f"approval:{change.id}:{person.id}",
            kind="approval",
            recipient=person.email,
            subject=subject,
            sentences=words,
            link=("/entreprise/etablissements", _("Voir mes établissements")),
            now=now,
        )


def _about(session: Session, approval: Approval) -> dict[str, str]:
    trade = session.get_one(Trade, approval.trade_code)
    return {
        "trade": both_genders(trade.name_f, trade.name_m).lower(),
        "place": session.get_one(Establishment, approval.establishment_id).name,
        "operator": session.get_one(Operator, approval.operator_id).name,
    }
