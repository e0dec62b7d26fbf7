"""Form fields: a visible label, hint and error tied to the control, text kept while typing."""

import pytest
import reflex as rx

from stageplus.components import (
    checkbox,
    checkbox_group,
    date_field,
    draft_sent,
    email_field,
    error_summary,
    form_error,
    form_key,
    native_form,
    number_field,
    password_field,
    radio_cards,
    search_field,
    select_field,
    text_field,
    textarea_field,
)
from tests.components.rendered import attribute, plain, tags, text_of

DAYS = [("lu", "Lundi"), ("ma", "Mardi")]
FIELDS = {
    "input": [
        text_field("nom", "Nom"),
        email_field("nom", "Nom"),
        number_field("nom", "Nom"),
        date_field("nom", "Nom"),
        search_field("nom", "Nom"),
        password_field("nom", "Nom"),
    ],
    "textarea": [textarea_field("nom", "Nom", max_length=20)],
    "select": [select_field("nom", "Nom", DAYS)],
}
ONE_OF_EACH = [(tag, field) for tag, fields in FIELDS.items() for field in fields]


@pytest.mark.parametrize(("tag", "field"), ONE_OF_EACH)
def test_the_label_names_the_control_and_says_nothing_else(tag: str, field: rx.Component) -> None:
    (label,) = tags(field, "label")
    (control,) = tags(field, tag)
    assert text_of(label) == "Nom"
    assert plain(label.html_for) == plain(control.id) == "nom"


def test_hint_and_error_are_read_with_the_control() -> None:
    field = text_field("nom", "Nom", hint="Comme sur ta carte", error="Il manque ton nom.")
    (control,) = tags(field, "input")
    ids = {plain(paragraph.id): text_of(paragraph) for paragraph in tags(field, "p")}
    assert attribute(control, "aria-describedby").split() == ["nom-aide", "nom-erreur"]
    assert ids == {"nom-aide": "Comme sur ta carte", "nom-erreur": "Il manque ton nom."}
    assert attribute(control, "aria-invalid") == "true"


def test_a_field_without_error_points_to_nothing() -> None:
    (control,) = tags(text_field("nom", "Nom"), "input")
    assert attribute(control, "aria-describedby") == ""
    assert attribute(control, "aria-invalid") == ""


def test_an_error_that_arrives_later_ties_itself_to_the_control() -> None:
    error = rx.Var("erreur").to(str)
    (control,) = tags(text_field("nom", "Nom", error=error), "input")
    assert "nom-erreur" in attribute(control, "aria-describedby")
    assert "undefined" in attribute(control, "aria-describedby")
    assert "undefined" in attribute(control, "aria-invalid")


def test_optional_is_said_beside_the_label() -> None:
    field = text_field("tel", "Téléphone", optional=True)
    assert text_of(tags(field, "label")[0]) == "Téléphone"
    assert "(facultatif)" in text_of(field)
    assert "(facultatif)" not in text_of(text_field("tel", "Téléphone", required=True))


def test_typed_text_is_kept_under_its_name() -> None:
    (kept,) = tags(textarea_field("texte", "Ma motivation", keep="postuler:12:texte"), "textarea")
    (session,) = tags(email_field("email", "Adresse e-mail", keep_session="email"), "input")
    assert attribute(kept, "data-keep") == "postuler:12:texte"
    assert attribute(session, "data-keep-session") == "email"
    assert attribute(session, "data-keep") == ""


def test_a_long_text_is_counted_but_never_cut() -> None:
    field = textarea_field("texte", "Ma motivation", max_length=600)
    (control,) = tags(field, "textarea")
    counter = tags(field, "p")[-1]
    assert control.max_length is None
    assert attribute(control, "data-max") == "600"
    assert attribute(control, "data-counter") == plain(counter.id)
    assert "{n}" in attribute(counter, "data-many")


def test_a_password_is_never_kept_and_can_be_shown() -> None:
    field = password_field("passe", "Mot de passe", autocomplete="new-password")
    control, button = tags(field, "input")[0], tags(field, "button")[0]
    assert attribute(control, "data-keep") == attribute(control, "data-keep-session") == ""
    assert attribute(control, "autoComplete") == "new-password"
    assert (attribute(button, "data-reveal"), attribute(button, "aria-pressed")) == ("passe", "false")
    assert plain(button.type) == "button"


def test_choices_sit_under_one_legend() -> None:
    group = radio_cards("quand", "Je peux commencer", DAYS, value="ma")
    assert text_of(tags(group, "legend")[0]) == "Je peux commencer"
    assert [text_of(label) for label in tags(group, "label")] == ["Lundi", "Mardi"]
    assert [str(control.default_checked) for control in tags(group, "input")] == ["false", "true"]


def test_several_choices_are_sent_as_a_list() -> None:
    group = checkbox_group("jours", "Mes jours", DAYS, chosen=["lu"])
    assert {plain(control.name) for control in tags(group, "input")} == {"jours[]"}
    assert [str(control.default_checked) for control in tags(group, "input")] == ["true", "false"]


def test_one_yes_or_no_is_named_by_its_label() -> None:
    choice = checkbox("accord", "J’accepte", hint="Tu peux changer d’avis.")
    assert text_of(choice) == "J’accepte Tu peux changer d’avis."
    assert len(tags(choice, "input")) == 1


def test_a_choice_list_may_begin_with_no_choice() -> None:
    options = tags(select_field("rayon", "Rayon", [("10", "10 km")], empty="Partout"), "option")
    assert [text_of(option) for option in options] == ["Partout", "10 km"]


def test_choices_may_come_from_a_variable() -> None:
    pairs = rx.Var("choix").to(list[tuple[str, str]])
    (foreach,) = list(tags(select_field("rayon", "Rayon", pairs), "select")[0].children)
    assert type(foreach).__name__ == "Foreach"


def test_the_summary_leads_to_the_wrong_fields_only() -> None:
    summary = error_summary({"nom": "Il manque ton nom."}, ["prenom", "nom"], general="Rien n’est perdu.")
    assert [attribute(link, "href") for link in tags(summary, "a")] == ["#nom"]
    assert "Rien n’est perdu." in text_of(summary)
    assert attribute(summary, "data-error-summary") == ""
    assert "data-error-summary" in summary.custom_attrs


def test_a_message_about_no_field_stands_alone() -> None:
    summary = error_summary({}, ["nom"], general="Trop d’essais.")
    assert (tags(summary, "h2"), text_of(summary)) == ([], "Trop d’essais.")


def test_there_is_no_summary_without_error() -> None:
    assert tags(error_summary({}, ["nom"]), "div") == []
    assert form_error({}, "nom") == ""


def test_the_summary_waits_for_errors_of_the_state() -> None:
    errors = rx.Var("erreurs").to(dict[str, str])
    summary = error_summary(errors, ["nom", "prenom"])
    assert [attribute(link, "href") for link in tags(summary, "a")] == ["#nom", "#prenom"]
    assert type(next(iter(summary.children), summary)).__name__ == "Cond" or type(summary).__name__ == "Cond"


def test_a_native_form_posts_with_its_token() -> None:
    form = native_form("contenu", action="/auth/connexion", csrf="jeton")
    (token,) = tags(form, "input")
    assert (plain(form.action), plain(form.method)) == ("/auth/connexion", "post")
    assert (plain(token.name), plain(token.type)) == ("csrf", "hidden")
    assert "jeton" in plain(token.value)


def test_a_native_search_form_carries_no_token() -> None:
    assert tags(native_form(action="/offres", method="get"), "input") == []


def test_form_key_and_draft_share_their_name() -> None:
    key, sent = tags(form_key("postuler:12"), "input")[0], draft_sent("postuler:12")
    assert attribute(key, "data-form-key") == attribute(sent, "data-keep-clear") == "postuler:12"
    assert plain(key.type) == "hidden"
