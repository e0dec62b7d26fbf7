"""The columns of a file of agréments, with the headings that operators' own programs give them."""

from stageplus.services.spreadsheets.schemas import Column
from stageplus.texts import _

COLUMNS = (
    Column(
        "enterprise_number",
        _("Numéro d’entreprise"),
        ("BCE", "numéro BCE", "n° entreprise", "TVA", "numéro de TVA"),
        example="0400.000.185",
        explanation=_("Dix chiffres, le premier 0 ou 1."),
    ),
    Column(
        "establishment_number",
        _("Numéro d’unité d’établissement"),
        ("unité d’établissement", "n° unité d’établissement", "numéro d’établissement", "UE", "NUE"),
        example="2.000.000.141",
        explanation=_("Dix chiffres, le premier de 2 à 8."),
    ),
    Column("company", _("Entreprise"), ("nom de l’entreprise", "dénomination", "raison sociale"), example="Zéphyr SRL"),
    Column(
        "establishment",
        _("Établissement"),
        ("nom de l’établissement", "siège d’exploitation"),
        required=False,
        example=_("Zéphyr, atelier de Namur"),
        explanation=_("Seulement s’il a un autre nom que l’entreprise."),
    ),
    Column("postal_code", _("Code postal"), ("CP",), example="5000"),
    Column(
        "workers",
        _("Travailleurs"),
        ("nombre de travailleurs", "travailleurs sous contrat", "effectif", "ETP"),
        required=False,
        example="5",
        explanation=_("Sous contrat dans cet établissement."),
    ),
    Column("trade", _("Métier"), ("profession", "formation", "fonction"), example="Boulanger"),
    Column(
        "state",
        _("État"),
        ("statut", "décision", "état de l’agrément"),
        example=_("Accordé"),
        explanation=_("Demandé, accordé, refusé, suspendu ou retiré."),
    ),
    Column("since", _("Depuis le"), ("date", "date de décision", "depuis", "date d’effet"), example="14/03/2026"),
    Column(
        "reason",
        _("Raison"),
        ("motif", "remarque", "commentaire"),
        required=False,
        explanation=_("Obligatoire pour un refus, une suspension ou un retrait."),
    ),
)
LABELS = {column.key: column.label for column in COLUMNS}
