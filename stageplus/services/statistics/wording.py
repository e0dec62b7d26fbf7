"""What each figure is called and what exactly it counts."""

from stageplus.domain.happenings import Measure
from stageplus.texts import _

FUNNEL_WORDS = {
    Measure.OPENED: (_("Consultées"), _("Offres ouvertes par un apprenant, comptées une fois par offre et par jour.")),
    Measure.SENT: (_("Envoyées"), _("Candidatures envoyées dans la période.")),
    Measure.SEEN: (_("Vues"), _("Celles qu’une personne de l’entreprise a ouvertes ou traitées.")),
    Measure.ANSWERED: (
        _("Répondues"),
        _("Celles qui ont reçu une première réponse : contact, appel, acceptation ou refus."),
    ),
    Measure.INTRODUCED: (_("Retenues"), _("Celles qui ont donné une mise en relation avec l’opérateur.")),
    Measure.STARTED: (_("Commencées"), _("Celles dont l’opérateur a confirmé le premier jour en entreprise.")),
}
ENDING_WORDS = {
    Measure.REFUSED: (_("Refusées"), _("L’entreprise a refusé.")),
    Measure.WITHDRAWN: (_("Retirées"), _("L’apprenant l’a retirée.")),
    Measure.UNANSWERED: (_("Sans réponse"), _("L’entreprise n’a pas répondu dans le délai fixé.")),
    Measure.LAPSED: (_("Caduques"), _("L’offre a disparu avant la réponse.")),
    Measure.FELL_THROUGH: (_("Non abouties"), _("Retenue, mais rien n’a commencé.")),
}
