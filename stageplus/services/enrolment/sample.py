"""The roster that the demonstration offers to try: what an operator's program would export, with its usual slips."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session

from stageplus.models import Enrolment, Trade
from stageplus.services.spreadsheets.actions import export_workbook
from stageplus.texts.formats import days_words

HEADINGS = ("Matricule", "NOM", "Prénom", "Né(e) le", "Courriel", "CP", "Formation", "Année", "Jours entreprise")
SOME = 12
_NEW = (
    ("DEMO-N1", "Nouveau", "Nina", 16, "nina.nouveau@demo.test", "5000", "Boulangère", "1re", "lundi au mercredi"),
    ("DEMO-N2", "Récent", "Ravi", 17, "", "4000", "réparateur de vélos", "2", "lu ma me"),
    ("DEMO-N3", "Frais", "Fanny", 18, "fanny.frais@demo.test", "7000", "coiffeuse", "1", "mardi, jeudi, vendredi"),
)
_BROKEN = (
    ("DEMO-B1", "Sansmétier", "Sam", 16, "", "5000", "boulangger", "1", "lundi, mardi"),
    ("DEMO-B2", "Sanspostal", "Pia", 16, "", "50000", "coiffeuse", "1", "lundi, mardi"),
    ("DEMO-B3", "Sansdate", "Dan", None, "dan(at)demo.test", "5000", "coiffeuse", "première", "lundi"),
)


def sample_roster(session: Session, enrolments: Sequence[Enrolment], today: date) -> bytes:
    """Build a roster of an operator: most people as they are, one moved up a year, three new ones, three slips."""
    present = [_present(session, each, number) for number, each in enumerate(enrolments[:SOME])]
    rows = [*present, *(_invented(row, today) for row in (*_NEW, *_BROKEN))]
    return export_workbook("Export", HEADINGS, rows)


def _present(session: Session, enrolment: Enrolment, number: int) -> tuple[object, ...]:
    return (
        enrolment.reference,
        enrolment.last_name,
        enrolment.first_name,
        enrolment.birth_date.strftime("%d/%m/%Y"),
        enrolment.email,
        enrolment.postal_code,
        session.get_one(Trade, enrolment.trade_code).name_f,
        enrolment.year + 1 if number == 0 else enrolment.year,
        days_words(enrolment.company_days),
    )


def _invented(row: tuple[object, ...], today: date) -> tuple[object, ...]:
    reference, last_name, first_name, age, *others = row
    born = (today - timedelta(days=int(str(age)) * 366)).strftime("%d/%m/%Y") if age else "31/02/2009"
    return (reference, last_name, first_name, born, *others)
