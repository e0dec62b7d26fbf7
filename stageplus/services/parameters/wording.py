"""What each dated parameter is called, which family it belongs to, and what it governs."""

from dataclasses import dataclass

from stageplus.domain.actors import Role
from stageplus.texts import _, ngettext
from stageplus.texts.formats import money, number

PAY, OFFERS, ANSWERS = _("Rétribution et horaires"), _("Vie des offres"), _("Candidatures et réponses")
SEARCH, RANKING = _("Recherche, favoris et alertes"), _("Classement des offres")
NOTICES = _("Notifications et e-mails")
SECURITY, ACCESS, RETENTION = _("Sessions et sécurité"), _("Comptes, codes et liens"), _("Conservation des données")
FAMILIES = (PAY, OFFERS, ANSWERS, SEARCH, NOTICES, SECURITY, ACCESS, RETENTION)
"""The families of the list of parameters, in its order; ranking has a page of its own."""


@dataclass(frozen=True)
class Described:
    """A parameter in words."""

    family: str
    label: str
    governs: str


_WORDS: dict[str, tuple[str, str, str]] = {
    "rmmmg_monthly_eur": (PAY, _("Revenu minimum mensuel (RMMMG)"), _("Base de la rétribution minimale des offres.")),
    "pay_rate_a": (PAY, _("Part du revenu minimum, niveau A"), _("Rétribution minimale montrée sur chaque offre.")),
    "pay_rate_b": (PAY, _("Part du revenu minimum, niveau B"), _("Rétribution minimale montrée sur chaque offre.")),
    "pay_rate_c": (PAY, _("Part du revenu minimum, niveau C"), _("Rétribution minimale montrée sur chaque offre.")),
    "weekly_hours_max": (
        PAY,
        _("Semaine la plus longue"),
        _("Entreprise et école réunies ; contrôlé à la publication."),
    ),
    "weekly_company_hours_min": (
        PAY,
        _("Heures en entreprise, au moins"),
        _("Moyenne par semaine ; contrôlée à la publication d’une offre."),
    ),
    "night_from": (PAY, _("La nuit commence à"), _("Heures marquées et expliquées aux moins de 18 ans.")),
    "night_to": (PAY, _("La nuit finit à"), _("Heures marquées et expliquées aux moins de 18 ans.")),
    "offer_lifetime_days": (OFFERS, _("Durée d’une offre"), _("Fin proposée à la publication et au renouvellement.")),
    "offer_start_within_days": (OFFERS, _("Début au plus tard"), _("Jusqu’où une offre peut commencer dans le futur.")),
    "offer_ending_soon_days": (
        OFFERS,
        _("« Se termine bientôt »"),
        _("Offres signalées à l’entreprise, aux favoris et à OFFA avant leur fin."),
    ),
    "offer_reminder_days_1": (OFFERS, _("Premier rappel avant la fin"), _("E-mail à l’entreprise, avec un bouton.")),
    "offer_reminder_days_2": (OFFERS, _("Dernier rappel avant la fin"), _("E-mail à l’entreprise, avec un bouton.")),
    "offer_renewal_late_days": (
        OFFERS,
        _("Renouvellement après la fin"),
        _("Combien de temps le lien d’un rappel renouvelle encore une offre terminée."),
    ),
    "offer_help_days": (
        OFFERS,
        _("Aide sans candidature"),
        _("Combien de jours avant sa fin une offre sans candidature reçoit des conseils."),
    ),
    "operators_told_nearest": (OFFERS, _("Opérateurs prévenus"), _("Les plus proches, quand l’entreprise le demande.")),
    "operators_told_again_days": (
        OFFERS,
        _("Prévenir de nouveau après"),
        _("Délai entre deux messages pour une offre."),
    ),
    "company_quiet_days": (
        OFFERS,
        _("Entreprise silencieuse après"),
        _("Sans offre en ligne depuis ce délai, elle est signalée aux coachs de son secteur."),
    ),
    "new_approval_days": (
        OFFERS,
        _("Agrément nouveau pendant"),
        _("Tant qu’il n’a donné aucune offre, il est signalé aux coachs du secteur."),
    ),
    "saved_views_max": (OFFERS, _("Vues gardées par personne"), _("Au-delà, il faut en effacer une.")),
    "applications_week_max": (
        ANSWERS,
        _("Candidatures par semaine"),
        _("Par apprenant, sur sept jours ; au-delà, son texte est gardé."),
    ),
    "cv_most_megabytes": (ANSWERS, _("Poids d’un CV"), _("Un fichier plus lourd n’est pas gardé.")),
    "draft_keep_days": (RETENTION, _("Brouillons de candidature"), _("Effacés, avec leur CV, après ce délai.")),
    "variety_days": (ANSWERS, _("Conseils : période regardée"), _("Candidatures comparées avec un nouveau texte.")),
    "variety_same_texts": (ANSWERS, _("Conseil « même texte » après"), _("Candidatures presque pareilles.")),
    "variety_same_companies": (ANSWERS, _("Conseil « même entreprise » après"), _("Candidatures à une entreprise.")),
    "variety_same_trades": (ANSWERS, _("Conseil « même métier » après"), _("Candidatures toutes pour un métier.")),
    "answer_due_days": (ANSWERS, _("Délai pour répondre"), _("Annoncé à l’apprenant ; ensuite, à répondre d’urgence.")),
    "answer_reminder_days_1": (ANSWERS, _("Premier rappel de réponse"), _("E-mail à l’entreprise, après l’envoi.")),
    "answer_reminder_days_2": (ANSWERS, _("Deuxième rappel de réponse"), _("E-mail à l’entreprise, après l’envoi.")),
    "staff_nudge_days": (
        ANSWERS,
        _("Relance par l’opérateur"),
        _("Jours entre deux relances d’une entreprise pour la même candidature."),
    ),
    "without_place_days_1": (
        ANSWERS,
        _("Longtemps sans lieu de stage"),
        _("Jours après lesquels l’opérateur voit à part un apprenant sans lieu de stage."),
    ),
    "without_place_days_2": (
        ANSWERS,
        _("Très longtemps sans lieu de stage"),
        _("Un deuxième seuil, plus loin que le premier."),
    ),
    "no_answer_after_days": (ANSWERS, _("Sans réponse après"), _("La candidature est close « sans réponse ».")),
    "answer_undo_seconds": (
        ANSWERS,
        _("Reprendre une réponse"),
        _("Secondes pendant lesquelles l’apprenant ne sait rien encore. Zéro : la réponse part aussitôt."),
    ),
    "answer_promise_days": (ANSWERS, _("Promettre une réponse"), _("« Je réponds avant le … » : jours, au plus.")),
    "nudge_after_days": (ANSWERS, _("Relance de l’apprenant"), _("Une seule fois, autant de jours après l’envoi.")),
    "unanswered_in_a_row": (
        ANSWERS,
        _("Silences avant une pause"),
        _("Autant de candidatures de suite sans réponse : l’entreprise ne publie plus rien avant d’avoir répondu."),
    ),
    "answer_link_days": (ANSWERS, _("Lien de réponse"), _("Combien de temps le bouton de l’e-mail fonctionne.")),
    "messages_per_hour_max": (ANSWERS, _("Messages par heure"), _("Par personne et par candidature, au plus.")),
    "message_mail_minutes": (ANSWERS, _("Message pas encore lu"), _("Ensuite, un seul e-mail dit qu’il attend.")),
    "interview_slots_max": (
        ANSWERS,
        _("Moments proposés par l’entreprise"),
        _("Jours et heures d’un entretien, au plus ; l’apprenant en choisit un."),
    ),
    "interview_counter_max": (
        ANSWERS,
        _("Moments proposés par l’apprenant"),
        _("Quand aucun de ceux de l’entreprise ne convient, au plus."),
    ),
    "interview_minutes": (ANSWERS, _("Durée d’un entretien"), _("Réservée dans les agendas.")),
    "interview_within_days": (ANSWERS, _("Entretien au plus tard"), _("Jusqu’où un moment peut être proposé.")),
    "interview_reminder_hours": (
        ANSWERS,
        _("Rappel d’un entretien"),
        _("E-mail aux deux, avant l’heure fixée ; rien si l’entretien est fixé plus tard que cela."),
    ),
    "answer_habit_months": (ANSWERS, _("Période du taux de réponse"), _("Mois comptés pour « répond à 8 sur 10 ».")),
    "answer_habit_least": (
        ANSWERS,
        _("Taux de réponse à partir de"),
        _("En dessous, aucun taux n’est montré ni classé."),
    ),
    "favourite_offers_max": (SEARCH, _("Favoris par apprenant"), _("Au-delà, il faut en retirer un.")),
    "alerts_max": (SEARCH, _("Alertes par apprenant"), _("Au-delà, il faut en arrêter une.")),
    "suggestion_learners_max": (SEARCH, _("Apprenants par suggestion"), _("Autant de noms cochés à la fois, au plus.")),
    "suggestion_mail_minutes": (
        SEARCH,
        _("Pause avant l’e-mail d’une suggestion"),
        _("Plusieurs suggestions de suite font un seul e-mail."),
    ),
    "suggestion_days": (SEARCH, _("Suggestions montrées"), _("Après ce délai, l’apprenant ne les voit plus.")),
    "alert_news_days": (SEARCH, _("Nouveautés gardées"), _("Offres trouvées par une alerte, dans le site.")),
    "alert_link_days": (
        SEARCH,
        _("Lien d’arrêt d’une alerte"),
        _("Combien de temps le bouton de l’e-mail fonctionne."),
    ),
    "help_request_hours": (SEARCH, _("Demander de l’aide de nouveau"), _("Délai entre deux messages au référent.")),
    "help_request_days": (SEARCH, _("Demande d’aide visible"), _("Combien de temps l’opérateur la voit.")),
    "help_request_mails_max": (SEARCH, _("E-mails par demande d’aide"), _("Membres de l’équipe prévenus, au plus.")),
    "evening_from": (SEARCH, _("Le soir commence à"), _("Filtre « pas de travail le soir ».")),
    "fruitless_search_days": (
        SEARCH,
        _("Recherches sans résultat gardées"),
        _("Mots que rien n’a trouvés, sans rien sur les personnes ; ensuite ils sont effacés."),
    ),
    "fruitless_search_least": (
        SEARCH,
        _("Recherches sans résultat montrées à partir de"),
        _("Des mots cherchés moins souvent restent cachés à OFFA aussi."),
    ),
    "notice_days": (NOTICES, _("Notifications gardées"), _("Dans le site ; ensuite elles sont effacées.")),
    "daily_mail_hour": (NOTICES, _("E-mail du jour à"), _("Pour qui préfère un seul e-mail par jour.")),
    "quiet_from": (NOTICES, _("Silence des e-mails à partir de"), _("Apprenants : ce qui n’est pas urgent attend.")),
    "quiet_to": (NOTICES, _("Silence des e-mails jusqu’à"), _("Apprenants : ce qui attendait part alors.")),
    "fresh_factor_minutes": (SECURITY, _("Preuve récente"), _("Gestes sensibles : deuxième étape redemandée après.")),
    "claim_link_hours": (ACCESS, _("Confirmer une demande d’accès"), _("Validité du lien envoyé à l’entreprise.")),
    "claim_contest_days": (ACCESS, _("Contester un refus"), _("Délai de l’entreprise après un refus d’accès.")),
    "suspicion_days": (SECURITY, _("Comptes à vérifier : faits gardés en vue"), _("Au-delà, un fait ne pèse plus.")),
    "suspicion_points": (SECURITY, _("Comptes à vérifier à partir de"), _("La liste d’OFFA ; rien ne se fait seul.")),
    "coach_links_max": (ACCESS, _("Liens d’invitation par coach"), _("Ouverts en même temps ; fermés, ils restent.")),
    "circular_companies_max": (NOTICES, _("Message d’un coach : entreprises"), _("Par envoi, au plus.")),
    "circular_daily_max": (NOTICES, _("Message d’un coach : par jour"), _("Entreprises, tous ses envois compris.")),
    "circular_pause_days": (
        NOTICES,
        _("Message d’un coach : pause"),
        _("Une entreprise n’en reçoit pas d’autre d’un coach du même secteur avant."),
    ),
    "circular_link_days": (
        NOTICES,
        _("Lien d’arrêt des messages de coachs"),
        _("Combien de temps le bouton de l’e-mail fonctionne."),
    ),
    "team_invitation_days": (ACCESS, _("Invitation dans une équipe"), _("Validité du lien d’une entreprise.")),
    "staff_invitation_days": (ACCESS, _("Invitation d’OFFA"), _("Validité du lien : opérateurs, coachs, OFFA.")),
    "reset_link_minutes": (ACCESS, _("Mot de passe oublié"), _("Validité du lien.")),
    "email_link_hours": (ACCESS, _("Changer d’adresse e-mail"), _("Validité du lien de confirmation.")),
    "activation_code_days": (ACCESS, _("Code d’activation"), _("Validité du code donné à un apprenant.")),
    "activation_link_hours": (ACCESS, _("Lien d’activation"), _("Validité du lien envoyé à l’apprenant.")),
    "roster_undo_hours": (ACCESS, _("Annuler l’import d’une liste"), _("Délai de l’opérateur.")),
    "approval_undo_hours": (ACCESS, _("Annuler l’import d’agréments"), _("Délai de l’opérateur ou d’OFFA.")),
    "training_years_max": (ACCESS, _("Années de formation"), _("Plus haute année acceptée dans une liste.")),
    "retention_ended_application_months": (
        RETENTION,
        _("Candidature terminée"),
        _("Annoncé sur la page Vie privée : son contenu est effacé après."),
    ),
    "retention_inactive_learner_warning_months": (
        RETENTION,
        _("Avertir un compte inactif"),
        _("Annoncé sur la page Vie privée."),
    ),
    "retention_inactive_learner_months": (
        RETENTION,
        _("Effacer un compte inactif"),
        _("Annoncé sur la page Vie privée."),
    ),
    "retention_after_registration_end_months": (
        RETENTION,
        _("Effacer après la fin d’inscription"),
        _("Annoncé sur la page Vie privée."),
    ),
    "retention_invitation_months": (RETENTION, _("Invitations sans réponse"), _("Effacées après ; page Vie privée.")),
    "log_retention_months": (
        RETENTION,
        _("Journaux"),
        _("Annoncé sur la page Vie privée ; appliqué aux gestes, aux sessions, aux courriers et à qui consulte quoi."),
    ),
    "rank_words": (RANKING, _("Ce qui est cherché"), _("Le métier correspond aux mots tapés.")),
    "rank_trade": (RANKING, _("Mon métier"), _("L’offre est du métier de l’apprenant.")),
    "rank_year": (RANKING, _("Mon année"), _("L’offre accueille l’année de l’apprenant.")),
    "rank_days": (RANKING, _("Mes jours"), _("Les jours en entreprise correspondent.")),
    "rank_distance": (RANKING, _("La distance"), _("Plus près de l’endroit demandé.")),
    "rank_freshness": (RANKING, _("La fraîcheur"), _("Publiée récemment.")),
    "rank_applications": (RANKING, _("Peu de candidatures"), _("Peu de candidatures par place libre.")),
    "rank_answers": (RANKING, _("L’entreprise répond"), _("Part des candidatures auxquelles elle répond.")),
    "rank_half_distance_km": (
        RANKING,
        _("Distance qui compte pour moitié"),
        _("À cette distance, la moitié des points."),
    ),
    "rank_half_life_days": (RANKING, _("Âge qui compte pour moitié"), _("À cet âge, la moitié des points.")),
}
_ROLES = {
    Role.LEARNER: _("apprenants"),
    Role.COMPANY: _("entreprises"),
    Role.OPERATOR: _("opérateurs"),
    Role.COACH: _("coachs"),
    Role.OFFA: "OFFA",
}
_OF_ROLES = {
    "session_idle_minutes_": (_("Session sans activité : {role}"), _("Déconnexion après ce temps sans rien faire.")),
    "session_absolute_hours_": (_("Session la plus longue : {role}"), _("Déconnexion, même en travaillant.")),
    "second_factor_required_": (_("Deuxième étape obligatoire : {role}"), _("Demandée à la connexion.")),
}


def described(name: str) -> Described:
    """Say what a parameter is called and governs; one that nobody described keeps its own name."""
    if name in _WORDS:
        return Described(*_WORDS[name])
    for beginning, (label, governs) in _OF_ROLES.items():
        role = name.removeprefix(beginning)
        if name != role and role in set(Role):
            return Described(SECURITY, label.format(role=_ROLES[Role(role)]), governs)
    return Described(ACCESS, name, _("Utilisation non décrite : demandez à l’équipe technique."))


def value_words(value: str, unit: str) -> str:
    """Say a value with its unit."""
    amount = float(value)
    if unit == "EUR":
        return money(amount)
    if unit == "yes":
        return _("oui") if amount else _("non")
    return _counted(amount, unit).format(n=number(amount))


def unit_words(unit: str) -> str:
    """Say in what a new value is typed."""
    return _UNITS.get(unit, _("nombre"))


_UNITS = {
    "EUR": _("euros par mois"),
    "percent": _("pour cent"),
    "points": _("points, de 0 à 100"),
    "km": _("kilomètres"),
    "yes": _("1 pour oui, 0 pour non"),
    "hour": _("heure du jour, de 0 à 23"),
    "minutes": _("minutes"),
    "hours": _("heures"),
    "days": _("jours"),
    "months": _("mois"),
    "years": _("années"),
    "megabytes": _("mégaoctets"),
    "applications": _("candidatures"),
}


def _counted(amount: float, unit: str) -> str:
    n = round(amount)
    words = {
        "percent": "{n} %",
        "km": "{n} km",
        "hour": _("{n} h"),
        "points": ngettext("{n} point", "{n} points", n),
        "minutes": ngettext("{n} minute", "{n} minutes", n),
        "hours": ngettext("{n} heure", "{n} heures", n),
        "days": ngettext("{n} jour", "{n} jours", n),
        "months": ngettext("{n} mois", "{n} mois", n),
        "megabytes": _("{n} Mo"),
        "applications": ngettext("{n} candidature", "{n} candidatures", n),
        "years": ngettext("{n} an", "{n} ans", n),
    }
    return words.get(unit, "{n}")
