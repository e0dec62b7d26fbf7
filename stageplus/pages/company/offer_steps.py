"""The four steps of an offer's form, with a hint and an example for whoever writes the first one."""

from typing import Any

import reflex as rx

from stageplus.components import (
    checkbox,
    checkbox_group,
    date_field,
    fact,
    facts,
    form_error,
    number_field,
    select_field,
    suggestion_ticks,
    text_field,
    textarea_field,
    wording_help,
)
from stageplus.services.moderation.schemas import FREE_TEXTS
from stageplus.states.company.posting import CompanyOfferState as State
from stageplus.texts import _
from stageplus.texts.formats import week_days

LABELS = {
    "place": _("Métier et établissement"),
    "scheme": _("Dispositif"),
    "places": _("Nombre de places"),
    "years": _("Années bienvenues"),
    "starts_from": _("Début au plus tôt"),
    "starts_until": _("Début au plus tard"),
    "days": _("Jours en entreprise"),
    "day_starts_at": _("Début de journée"),
    "day_ends_at": _("Fin de journée"),
    "weekly_hours": _("Heures par semaine"),
    "tasks": _("Ce que l’apprenant fera et apprendra"),
    "first_day": _("Le premier jour"),
    "tutor_first_name": _("Prénom du tuteur"),
    "tutor_function": _("Fonction du tuteur"),
    "language": _("Langue de travail"),
    "transport": _("Accès en transport public"),
    "own_transport": _("Moyen de transport personnel nécessaire"),
    "licence_needed": _("Permis de conduire nécessaire"),
    "equipment": _("Équipement de protection"),
    "risks": _("Risques particuliers"),
    "accessibility": _("Accessibilité des lieux"),
}
"""Every field in the order of the form, with the words that name it everywhere."""

FIELDS = tuple(LABELS)
STEPS = (
    (_("La place"), FIELDS[:4]),
    (_("Les jours et les heures"), FIELDS[4:10]),
    (_("Le travail et le tuteur"), FIELDS[10:14]),
    (_("En pratique"), FIELDS[14:]),
)
YEARS = (("0", _("1re année")), ("1", _("2e année")), ("2", _("3e année")))
LANGUAGES = (_("français"), _("français et néerlandais"), _("français et anglais"), _("allemand"))


def written(name: str) -> rx.Var[str]:
    """Return what a field was opened with."""
    return State.form.written.get(name, "")  # type: ignore[return-value]


def steps() -> list[rx.Component]:
    """Build the four steps."""
    return [_place(), _time(), _work(), _practical()]


def _place() -> rx.Component:
    return _step(
        1,
        rx.cond(State.detail.is_draft, _choices(), _fixed()),
        _number("places", hint=_("Jamais plus que de travailleurs sous contrat.")),
        _ticks("years", YEARS, State.form.years, hint=_("Cochez-les toutes si le niveau vous importe peu.")),
        hint=_("Ce que vous proposez, et à qui."),
    )


def _choices() -> rx.Component:
    form = State.form
    only = rx.el.div(facts(fact(LABELS["place"], form.places[0][1])), _fixed_place(form.places[0][0]))
    several = select_field(
        "place",
        LABELS["place"],
        form.places,
        empty=_("Choisissez"),
        hint=_("Seuls les métiers agréés de vos établissements sont proposés."),
        **_field("place"),
    )
    scheme = select_field("scheme", LABELS["scheme"], form.schemes, **_field("scheme"))
    return rx.el.div(
        rx.cond(form.places.length() > 1, several, only),
        rx.cond(form.schemes.length() > 1, scheme, facts(fact(LABELS["scheme"], form.schemes[0][1]))),
        class_name="stack",
    )


def _fixed() -> rx.Component:
    detail = State.detail
    return rx.el.div(
        facts(fact(LABELS["place"], detail.place), fact(LABELS["scheme"], detail.scheme), columns=2),
        _fixed_place(written("place")),
    )


def _fixed_place(place: Any) -> rx.Component:
    # Not `place`: Reflex reads every field that has an id, and sends nothing for a choice that is not drawn.
    return rx.el.input(type="hidden", name="fixed_place", value=place, read_only=True)


def _time() -> rx.Component:
    days = [(str(number), day.capitalize()) for number, day in enumerate(week_days())]
    return _step(
        2,
        _beside(_day("starts_from"), _day("starts_until")),
        _ticks(
            "days",
            days,
            State.form.days,
            hint=_("Les autres jours, l’apprenant est au centre ou à l’école : un ou deux jours le plus souvent."),
        ),
        _beside(
            _line("day_starts_at", type="time", short=True),
            _line("day_ends_at", type="time", short=True),
            look="field-row field-row-short",
        ),
        _number("weekly_hours", hint=State.form.hours_hint),
        hint=_("La personne peut commencer entre les deux dates."),
    )


def _work() -> rx.Component:
    example = _("Exemple : « Préparer les pâtes, façonner les pains, puis mener seul une fournée après trois mois. »")
    return _step(
        3,
        _area("tasks", hint=example, max_length=2000),
        _suggested("tasks", _("Idées pour ce métier"), State.suggested.tasks),
        _area(
            "first_day",
            hint=_("Où se présenter, à quelle heure, quoi apporter."),
            max_length=1000,
            rows=3,
            optional=True,
        ),
        _beside(_line("tutor_first_name"), _line("tutor_function", placeholder=_("Cheffe d’atelier"))),
        hint=_("Des mots simples : vous parlez à une personne de 15 à 25 ans."),
    )


def _practical() -> rx.Component:
    return _step(
        4,
        rx.el.datalist(*[rx.el.option(value=language) for language in LANGUAGES], id="langues"),
        _line("language", suggestions="langues", short=True),
        _line("transport", hint=_("Exemple : bus 12, arrêt Gare, cinq minutes à pied."), optional=True),
        rx.el.div(_box("own_transport"), _box("licence_needed"), class_name="options options-row"),
        _line("equipment", hint=_("Exemple : chaussures de sécurité, fournies."), optional=True),
        _suggested("equipment", _("Souvent utile"), State.suggested.equipment),
        _line("risks", hint=_("Exemple : chaleur du four, port de charges."), optional=True),
        _suggested("risks", _("À signaler souvent"), State.suggested.risks),
        _line("accessibility", hint=_("Exemple : entrée de plain-pied, atelier à l’étage."), optional=True),
        hint=_("Ce qui évite les mauvaises surprises. Tout est facultatif, sauf la langue."),
    )


def _step(number: int, *content: Any, hint: str) -> rx.Component:
    title, _names = STEPS[number - 1]
    head = rx.el.div(rx.el.h2(title), rx.el.p(hint, class_name="hint"), class_name="step-head")
    return rx.el.section(head, *content, id=f"etape-{number}", class_name="card form-step")


def _beside(*fields: rx.Component, look: str = "field-row") -> rx.Component:
    return rx.el.div(*fields, class_name=look)


def _line(name: str, **options: Any) -> rx.Component:
    field = text_field(name, LABELS[name], **_field(name), **options)
    return _helped(name, field) if name in FREE_TEXTS else field


def _area(name: str, **options: Any) -> rx.Component:
    return _helped(name, textarea_field(name, LABELS[name], **_field(name), **options))


def _suggested(name: str, legend: str, words: Any) -> rx.Component:
    return rx.cond(words, suggestion_ticks(name, legend, words))


def _helped(name: str, field: rx.Component) -> rx.Component:
    return rx.el.div(field, wording_help(name, State.remarks), class_name="field")


def _number(name: str, **options: Any) -> rx.Component:
    return number_field(name, LABELS[name], **_field(name), **options)


def _day(name: str) -> rx.Component:
    return date_field(name, LABELS[name], **_field(name))


def _ticks(name: str, options: Any, chosen: Any, *, hint: str) -> rx.Component:
    return checkbox_group(
        name,
        LABELS[name],
        options,
        chosen=chosen,
        hint=hint,
        error=form_error(State.errors, name),
        keep=_keep(name),
        side_by_side=True,
    )


def _box(name: str) -> rx.Component:
    return checkbox(name, LABELS[name], checked=written(name) != "", keep=_keep(name))


def _field(name: str) -> dict[str, Any]:
    return {"value": written(name), "error": form_error(State.errors, name), "keep": _keep(name)}


def _keep(name: str) -> Any:
    return f"offre-{State.detail.row.offer_id}-{name}"
