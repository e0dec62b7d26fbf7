"""The mails of agréments: one for each person and occasion, however many agréments a file changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from stageplus.domain.approvals import ApprovalState
from stageplus.domain.titles import both_genders
from stageplus.models import Approval, ApprovalChange, Establishment, Operator, Person, Trade
from stageplus.services.approvals.schemas import STATE_WORDS
from stageplus.services.notifications.actions import queue_mail
from stageplus.texts import _, ngettext
from stageplus.texts.formats import long_date, number

MOST_LINES = 12
"""How many agréments one mail names; the site shows the others."""


@dataclass(frozen=True)
class News:
    """What became of one agrément: the entry of its history, how many offers it paused, how many it brought back.

    `is_lost` when it held before and no longer does.
    """

    approval: Approval
    change: ApprovalChange
    is_lost: bool = False
    paused: int = 0
    restored: int = 0


def to_company(session: Session, person: Person, news: Sequence[News], now: datetime) -> None:
    """Tell one of a company's people what became of its agréments, why, and what it does to the offers."""
    subject, words = _one(session, news[0]) if len(news) == 1 else _several(session, news)
    queue_mail(
        session,
        key=f"approval:{news[0].change.id}:{person.id}",
        kind="approval",
        recipient=person.email,
        subject=subject,
        sentences=words,
        link=("/entreprise/etablissements", _("Voir mes établissements")),
        now=now,
    )


def to_other_operator(session: Session, person: Person, news: Sequence[News], now: datetime) -> None:
    """Tell a member of another operator's staff that its records and the new ones differ."""
    first = news[0]
    to_one = (f"/operateur/agrements/{first.approval.id}", _("Voir l’agrément"))
    queue_mail(
        session,
        key=f"approval-disputed:{first.change.id}:{person.id}",
        kind="approval-disputed",
        recipient=person.email,
        subject=_("Désaccord sur un agrément") if len(news) == 1 else _("Désaccords sur des agréments"),
        sentences=_disputed(session, first) if len(news) == 1 else _disputes(session, news),
        link=to_one if len(news) == 1 else ("/operateur/agrements", _("Voir les agréments")),
        now=now,
    )


def _one(session: Session, news: News) -> tuple[str, list[str]]:
    if news.is_lost:
        return _("Votre agrément n’est plus valable : vos offres sont en pause"), _lost(session, news)
    if news.approval.state is ApprovalState.REFUSED:
        return _("Votre demande d’agrément est refusée"), _refused(session, news)
    return _("Votre agrément est accordé"), _granted(session, news)


def _lost(session: Session, news: News) -> list[str]:
    approval, reason = news.approval, news.change.reason
    return [
        _("L’agrément pour {trade} à {place} est noté « {state} » depuis le {day} par {operator}.").format(
            **_about(session, approval), state=STATE_WORDS[approval.state].lower(), day=long_date(approval.since)
        ),
        *([_("Raison donnée : {reason}").format(reason=reason)] if reason else []),
        _paused(news.paused),
        _("Votre opérateur répond à vos questions. Si l’agrément est rétabli, ces offres reviennent d’elles-mêmes."),
    ]


def _granted(session: Session, news: News) -> list[str]:
    return [
        _("L’agrément pour {trade} à {place} est accordé depuis le {day} par {operator}.").format(
            **_about(session, news.approval), day=long_date(news.approval.since)
        ),
        _back(news.restored) if news.restored else _("Vous pouvez publier des offres pour ce métier."),
    ]


def _refused(session: Session, news: News) -> list[str]:
    return [
        _("L’agrément pour {trade} à {place} est refusé par {operator}.").format(**_about(session, news.approval)),
        _("Raison donnée : {reason}").format(reason=news.change.reason),
        _("Votre opérateur vous explique comment contester ou introduire une nouvelle demande."),
    ]


def _several(session: Session, news: Sequence[News]) -> tuple[str, list[str]]:
    lost = sum(each.is_lost for each in news)
    paused, restored = sum(each.paused for each in news), sum(each.restored for each in news)
    only_lost = lost == len(news)
    subject = _("Plusieurs de vos agréments ne sont plus valables") if only_lost else _("Vos agréments ont changé")
    words = [
        _("{n} de vos agréments viennent d’être notés autrement :").format(n=number(len(news))),
        *[_line(session, each) for each in news[:MOST_LINES]],
        *_more(len(news)),
        *([_paused(paused)] if lost else []),
        *([_back(restored)] if restored else []),
    ]
    if lost:
        words.append(_("Votre opérateur répond à vos questions. Un agrément rétabli remet ses offres en ligne."))
    return subject, words


def _line(session: Session, news: News) -> str:
    approval, reason = news.approval, news.change.reason
    words = _("{trade} à {place} : « {state} » depuis le {day}, par {operator}.").format(
        **_about(session, approval), state=STATE_WORDS[approval.state].lower(), day=long_date(approval.since)
    )
    words = f"{words[0].upper()}{words[1:]}"
    return f"{words} {_('Raison donnée : {reason}').format(reason=reason)}" if reason else words


def _more(count: int) -> list[str]:
    left = count - MOST_LINES
    words = ngettext("Et {n} autre, à lire sur Stage+.", "Et {n} autres, à lire sur Stage+.", left)
    return [words.format(n=number(left))] if left > 0 else []


def _paused(count: int) -> str:
    return ngettext(
        "{n} offre publiée est mise en pause ; les candidatures sont gardées et leurs auteurs prévenus.",
        "{n} offres publiées sont mises en pause ; les candidatures sont gardées et leurs auteurs prévenus.",
        count,
    ).format(n=count)


def _back(count: int) -> str:
    return ngettext(
        "{n} offre mise en pause est de nouveau en ligne.",
        "{n} offres mises en pause sont de nouveau en ligne.",
        count,
    ).format(n=count)


def _disputed(session: Session, news: News) -> list[str]:
    return [
        _disagreement(session, news),
        _("L’effet reste « {state} » jusqu’à ce qu’OFFA note la décision de la Commission d’agrément.").format(
            state=STATE_WORDS[news.approval.state].lower()
        ),
    ]


def _disputes(session: Session, news: Sequence[News]) -> list[str]:
    return [
        *[_disagreement(session, each) for each in news[:MOST_LINES]],
        *_more(len(news)),
        _("Rien ne change tant qu’OFFA n’a pas noté la décision de la Commission d’agrément."),
    ]


def _disagreement(session: Session, news: News) -> str:
    about = _about(session, news.approval)
    return _(
        "Pour {trade} à {place}, un autre opérateur vient de noter « {state} », ce qui diffère de votre note."
    ).format(trade=about["trade"], place=about["place"], state=STATE_WORDS[news.change.state].lower())


def _about(session: Session, approval: Approval) -> dict[str, str]:
    trade = session.get_one(Trade, approval.trade_code)
    return {
        "trade": both_genders(trade.name_f, trade.name_m).lower(),
        "place": session.get_one(Establishment, approval.establishment_id).name,
        "operator": session.get_one(Operator, approval.operator_id).name,
    }
