"""What is kept of everybody who has an account: who they are, how they sign in, what was written to them and done."""

from typing import Any

from sqlmodel import Session, col, func

from stageplus.domain.links import LinkPurpose
from stageplus.models import (
    Company,
    JournalEntry,
    LinkedIdentity,
    MailChoice,
    Notice,
    OutboxMessage,
    Passkey,
    Person,
    RecoveryCode,
    SignInSession,
    SingleUseLink,
    TotpSecret,
)
from stageplus.services.journal.queries import deeds_about, deeds_by
from stageplus.services.privacy.rows import listed, named
from stageplus.services.privacy.schemas import Section, Whose
from stageplus.texts import _

_PURPOSES = {
    LinkPurpose.CONFIRM_EMAIL: _("confirmer une adresse"),
    LinkPurpose.CHANGE_EMAIL: _("changer d’adresse"),
    LinkPurpose.RESET_PASSWORD: _("choisir un nouveau mot de passe"),
    LinkPurpose.INVITATION: _("accepter une invitation"),
    LinkPurpose.ACTIVATION: _("ouvrir un compte"),
    LinkPurpose.CLAIM: _("confirmer une demande d’accès"),
    LinkPurpose.ANSWER: _("répondre à une candidature"),
    LinkPurpose.TEAM: _("rejoindre une équipe"),
}


def _account(session: Session, whose: Whose) -> Any:
    wanted = named(
        prenom=Person.first_name,
        nom=Person.last_name,
        adresse_e_mail=Person.email,
        profil=Person.role,
        compte_ouvert_le=Person.created_at,
        courrier_revenu_depuis=Person.unreachable_since,
        compte_suspendu_depuis=Person.suspended_at,
    )
    return listed(session, wanted.where(Person.id == whose.person_id))


def _sessions(session: Session, whose: Whose) -> Any:
    wanted = named(
        appareil=SignInSession.device,
        ouverte_le=SignInSession.created_at,
        derniere_utilisation=SignInSession.last_seen_at,
        fermee_le=SignInSession.ended_at,
        deuxieme_etape_donnee_le=SignInSession.factor_at,
        mot_de_passe_redonne_le=SignInSession.password_at,
        agit_pour=Company.name,
    ).select_from(SignInSession)
    wanted = wanted.join(Company, col(Company.id) == SignInSession.company_id, isouter=True)
    wanted = wanted.where(SignInSession.person_id == whose.person_id)
    return listed(session, wanted.order_by(SignInSession.created_at))


def _applications_of_codes(session: Session, whose: Whose) -> Any:
    wanted = named(commencee_le=TotpSecret.created_at, activee_le=TotpSecret.confirmed_at)
    return listed(session, wanted.where(TotpSecret.person_id == whose.person_id))


def _passkeys(session: Session, whose: Whose) -> Any:
    wanted = named(nom=Passkey.name, ajoutee_le=Passkey.created_at, derniere_utilisation=Passkey.last_used_at)
    return listed(session, wanted.where(Passkey.person_id == whose.person_id))


def _recovery_codes(session: Session, whose: Whose) -> Any:
    return listed(session, named(utilise_le=RecoveryCode.used_at).where(RecoveryCode.person_id == whose.person_id))


def _identities(session: Session, whose: Whose) -> Any:
    wanted = named(
        fournisseur=LinkedIdentity.issuer,
        reliee_le=LinkedIdentity.created_at,
        derniere_utilisation=LinkedIdentity.last_used_at,
    )
    return listed(session, wanted.where(LinkedIdentity.person_id == whose.person_id))


def _links(session: Session, whose: Whose) -> Any:
    wanted = named(
        pour=SingleUseLink.purpose,
        nouvelle_adresse=SingleUseLink.subject,
        envoye_le=SingleUseLink.created_at,
        valable_jusqu_a=SingleUseLink.expires_at,
        utilise_le=SingleUseLink.used_at,
    ).where(SingleUseLink.person_id == whose.person_id)
    found = listed(session, wanted.order_by(SingleUseLink.created_at))
    for row in found:
        if row["pour"] is not LinkPurpose.CHANGE_EMAIL:
            row.pop("nouvelle_adresse")
        row["pour"] = _PURPOSES.get(row["pour"], _("faire un seul geste"))
    return found


def _mails(session: Session, whose: Whose) -> Any:
    wanted = named(
        objet=OutboxMessage.subject,
        ecrit_le=OutboxMessage.created_at,
        envoye_le=OutboxMessage.sent_at,
        abandonne_le=OutboxMessage.given_up_at,
        refuse_le=OutboxMessage.refused_at,
    ).where(func.lower(OutboxMessage.recipient) == whose.email)
    return listed(session, wanted.order_by(OutboxMessage.created_at))


def _notices(session: Session, whose: Whose) -> Any:
    wanted = named(
        objet=Notice.subject,
        au_sujet_de=Notice.words,
        le=Notice.at,
        lue_le=Notice.read_at,
    ).where(Notice.person_id == whose.person_id)
    return listed(session, wanted.order_by(Notice.id))


def _mail_choices(session: Session, whose: Whose) -> Any:
    wanted = named(sujet=MailChoice.of_group, rythme=MailChoice.pace).where(MailChoice.person_id == whose.person_id)
    return listed(session, wanted.order_by(MailChoice.id))


def _done_to_them(session: Session, whose: Whose) -> Any:
    return deeds_about(session, whose.person_id)


def _done_by_them(session: Session, whose: Whose) -> Any:
    return deeds_by(session, whose.person_id)


def _of(column: Any) -> frozenset[str]:
    return frozenset({f"{column.class_.__tablename__}.{column.key}"})


ACCOUNT = {
    "compte": Section(_("Le compte : nom, adresse, profil."), _account, frozenset({"person.email"})),
    "appareils": Section(
        _("Les navigateurs où le compte a été ouvert, et quand."), _sessions, _of(SignInSession.person_id)
    ),
    "applications_de_codes": Section(
        _("L’application de codes de la deuxième étape. Sa clé secrète n’est pas donnée."),
        _applications_of_codes,
        _of(TotpSecret.person_id),
    ),
    "cles_d_acces": Section(
        _("Les clés d’accès enregistrées, par leur nom. La clé elle-même reste dans l’appareil."),
        _passkeys,
        _of(Passkey.person_id),
    ),
    "codes_de_secours": Section(
        _("Un par code de secours, et quand il a servi. Les codes ne sont connus que de qui les a notés."),
        _recovery_codes,
        _of(RecoveryCode.person_id),
    ),
    "identites_reliees": Section(
        _("Le fournisseur d’identité relié au compte. Stage+ n’en garde qu’une empreinte, qui n’est pas donnée."),
        _identities,
        _of(LinkedIdentity.person_id),
    ),
    "liens_recus": Section(
        _("Les liens à usage unique envoyés par courrier : à quoi ils servent et quand, jamais le lien."),
        _links,
        _of(SingleUseLink.person_id),
    ),
    "courriers": Section(
        _("Les courriers écrits à l’adresse actuelle du compte, par leur objet."),
        _mails,
        _of(OutboxMessage.recipient),
    ),
    "notifications": Section(
        _("Ce que le site a dit à la personne ces dernières semaines, et quand elle l’a lu."),
        _notices,
        _of(Notice.person_id),
    ),
    "rythme_des_e_mails": Section(
        _("Ce que la personne a choisi pour ses e-mails, sujet par sujet."), _mail_choices, _of(MailChoice.person_id)
    ),
    "gestes_au_sujet_du_compte": Section(
        _("Le journal de sécurité : ce qui a été fait au compte, quand, et par qui selon son rôle."),
        _done_to_them,
        _of(JournalEntry.subject_id),
    ),
    "gestes_faits_avec_le_compte": Section(
        _("Le journal de sécurité : ce qui a été fait avec ce compte. Les autres personnes n’y sont pas nommées."),
        _done_by_them,
        _of(JournalEntry.actor_id),
    ),
}
"""In the order of the file."""
