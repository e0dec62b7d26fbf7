"""The columns of a roster, with the headings that operators' own programs give them."""

from stageplus.services.spreadsheets.schemas import Column
from stageplus.texts import _

COLUMNS = (
    Column(
        "reference",
        _("Référence"),
        (
            "matricule",
            "ref",
            "identifiant",
            "id",
            "numéro",
            "numéro apprenant",
            "n° apprenant",
            "numéro élève",
            "n° élève",
            "n° dossier",
            "numéro de dossier",
            "n° inscription",
            "numéro d’inscription",
            "référence interne",
            "référence apprenant",
        ),
        example="2026-0417",
        explanation=_("Votre propre référence, toujours la même pour la même personne. Jamais le NISS."),
    ),
    Column("last_name", _("Nom"), ("nom de famille", "nom apprenant", "nom élève"), example="Exemple"),
    Column("first_name", _("Prénom"), ("prénom apprenant", "prénom usuel", "prénom élève"), example="Lina"),
    Column(
        "birth_date",
        _("Date de naissance"),
        ("né le", "née le", "né", "naissance", "ddn", "date naiss", "date naissance apprenant"),
        example="14/03/2009",
        explanation=_("Pour votre seul usage : jamais montrée aux entreprises."),
    ),
    Column(
        "email",
        _("Adresse e-mail"),
        ("e-mail", "email", "mail", "courriel", "adresse mail", "adresse électronique", "e-mail apprenant"),
        required=False,
        example="lina@exemple.test",
        explanation=_("Si elle est là, le code peut partir par e-mail."),
    ),
    Column(
        "postal_code",
        _("Code postal"),
        ("cp", "code postal domicile", "postal", "code post"),
        example="5000",
        explanation=_("Du domicile, en Belgique."),
    ),
    Column(
        "trade",
        _("Métier"),
        (
            "formation",
            "métier appris",
            "profession",
            "option",
            "orientation",
            "section",
            "filière",
            "intitulé formation",
            "intitulé métier",
            "option groupée",
        ),
        example="Boulangère",
        explanation=_("Au féminin ou au masculin ; un mot courant suffit souvent."),
    ),
    Column(
        "year",
        _("Année"),
        (
            "année formation",
            "année d’études",
            "année d’étude",
            "an",
            "année de formation en cours",
            "année scolaire suivie",
        ),
        example="1",
        explanation=_("De la formation : 1, 2, 3…"),
    ),
    Column(
        "company_days",
        _("Jours en entreprise"),
        ("jours entreprise", "jours de stage", "jours stage", "jours", "jours chez patron"),
        example="lundi, mardi, mercredi",
        explanation=_("Les jours de la semaine : « lundi au jeudi », « lu ma me »."),
    ),
    Column(
        "implantation",
        _("Implantation"),
        ("site", "lieu de formation", "centre", "campus", "lieu cours"),
        required=False,
        example="Namur",
        explanation=_("Si votre opérateur en a plusieurs."),
    ),
)
"""In the order of the template."""

LABELS = {column.key: column.label for column in COLUMNS}
