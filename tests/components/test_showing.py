"""Components that show things: words beside colours, one tap area, native elements."""

import pytest
import reflex as rx

from stageplus import components as ui
from stageplus.components.badge import TONE_ICONS
from stageplus.components.icons import PATHS
from stageplus.services.offers.schemas import PayRow
from tests.components.rendered import attribute, libraries, plain, tags, text_of, walk

SAMPLES: dict[str, rx.Component] = {
    "badge": ui.badge("Nouveau", tone="sun"),
    "button": ui.button("Accepter", icon_name="check", busy=True),
    "callout": ui.callout("Attention", title="Bon à savoir", tone="warning"),
    "card": ui.card(ui.cover_link("Boulanger", "/offres/1"), tappable=True),
    "chips": ui.chips("Trier par", [ui.chip("Distance", "/offres", current=True)]),
    "dialog": ui.confirm_dialog("retirer", "Retirer ?", "C’est définitif.", "Oui, retirer", rx.noop(), danger=True),
    "empty_state": ui.empty_state("Rien ici", "Élargis ta recherche.", ui.button_link("Chercher", "/offres")),
    "facts": ui.facts(ui.fact("Début", "1 février 2027"), ui.fact_if("Téléphone", "")),
    "list_detail": ui.list_detail("liste", "détail", chosen=True, back="Retour", back_href="/x"),
    "notice": ui.notice("C’est envoyé."),
    "pagination": ui.pagination("Page 1 sur 2", "", "/offres?page=2"),
    "section": ui.section("En bref", "…", hint="Une phrase"),
    "skeleton": ui.skeleton_cards(2),
    "stats": ui.stats(ui.stat(3, "à lire", href="/x")),
    "table": ui.table("Offres", [ui.Column("Nom", str), ui.Column("Places", len, figures=True)], ["Ana", "Lou"]),
    "timeline": ui.timeline([ui.Step("Envoyée", state="done"), ui.Step("Réponse", who="L’entreprise", state="now")]),
    "learner": ui.learner_shell("…", title="Offres", frame=ui.Frame(csrf="x")),
    "desk": ui.desk_shell(ui.company_nav(), "…", title="Offres", frame=ui.Frame(csrf="x")),
    "public": ui.public_shell("…", title="Aide"),
}
ALLOWED_LIBRARIES = {"react", "react-router", "@emotion/react", "", "$/utils/state", "$/utils/context", "$/env.json"}


@pytest.mark.parametrize("name", SAMPLES)
def test_no_component_brings_a_library_of_widgets(name: str) -> None:
    assert libraries(SAMPLES[name]) <= ALLOWED_LIBRARIES


@pytest.mark.parametrize("name", SAMPLES)
def test_icons_are_decoration_beside_words(name: str) -> None:
    assert {attribute(drawing, "aria-hidden") for drawing in tags(SAMPLES[name], "svg")} <= {"true"}
    assert text_of(SAMPLES[name])


def test_a_labelled_icon_is_read_aloud() -> None:
    drawing = ui.icon("lock", label="Connexion protégée")
    assert (attribute(drawing, "role"), attribute(drawing, "aria-label")) == ("img", "Connexion protégée")


def test_every_icon_has_a_path_that_begins_absolute() -> None:
    assert len(PATHS) >= 30
    assert all(part.startswith(("M", "m")) for paths in PATHS.values() for part in paths)
    assert all(part.startswith("M") for paths in PATHS.values() for part in paths[1:])


def test_a_status_says_itself_in_words_and_icon() -> None:
    pill = ui.status_badge("Refusée", "danger")
    assert text_of(pill) == "Refusée"
    assert len(tags(pill, "svg")) == 1
    assert attribute(pill, "data-tone") == "danger"


def test_a_status_from_a_row_has_an_icon_for_every_tone() -> None:
    pill = ui.status_badge(rx.Var("ligne.mots").to(str), rx.Var("ligne.ton").to(str))
    (choice,) = [part for part in walk(pill) if type(part).__name__ == "Match"]
    assert len(choice.match_cases) == len(TONE_ICONS) - 1


def test_a_busy_button_says_so_and_keeps_its_focus() -> None:
    (button,) = tags(SAMPLES["button"], "button")
    assert attribute(button, "aria-busy") == "true"
    assert str(button.disabled) == "false"


def test_a_plain_button_never_sends_a_form_by_accident() -> None:
    assert plain(ui.button("Annuler").type) == "button"
    assert plain(ui.submit_button("Envoyer").type) == "submit"


def test_links_inside_the_site_do_not_reload_it() -> None:
    assert "react-router" in libraries(ui.link("Offres", href="/offres"))
    assert "react-router" not in libraries(ui.link("Fichier", href="/fichiers/1", native=True))


def test_a_dialog_opens_without_the_server() -> None:
    opener = ui.dialog_opener("Retirer ma candidature", "retirer")
    dialog = SAMPLES["dialog"]
    assert attribute(opener, "data-dialog-open") == plain(dialog.id) == "retirer"
    assert attribute(dialog, "aria-labelledby") == plain(tags(dialog, "h2")[0].id)
    assert all("data-dialog-close" in button.custom_attrs for button in tags(dialog, "button"))


def test_a_table_has_a_caption_and_named_rows() -> None:
    table = SAMPLES["table"]
    assert text_of(tags(table, "caption")[0]) == "Offres"
    assert [plain(head.scope) for head in tags(table, "th")] == ["col", "col", "row", "row"]
    assert {attribute(cell, "data-label") for cell in tags(table, "td")} == {"Places"}


def test_the_current_step_is_marked_and_names_who_acts() -> None:
    steps = tags(SAMPLES["timeline"], "li")
    assert [attribute(step, "aria-current") for step in steps] == ["", "step"]
    assert "L’entreprise" in text_of(steps[1])


def test_the_current_choice_is_marked() -> None:
    chosen, other = ui.chip("Distance", "/offres", current=True), ui.chip("Date", "/offres?tri=date")
    assert (attribute(chosen, "aria-current"), attribute(other, "aria-current")) == ("true", "")


def test_pages_that_do_not_exist_have_no_link() -> None:
    labels = [text_of(link) for link in tags(SAMPLES["pagination"], "Link")]
    assert labels == ["Page suivante"]


def test_an_empty_fact_is_left_out() -> None:
    assert [text_of(name) for name in tags(SAMPLES["facts"], "dt")] == ["Début"]


def test_a_notice_is_announced_without_taking_the_focus() -> None:
    assert plain(SAMPLES["notice"].role) == "status"
    assert SAMPLES["notice"].custom_attrs.get("tabIndex") is None


def test_waiting_is_said_to_those_who_do_not_see_grey_shapes() -> None:
    assert "Chargement…" in text_of(SAMPLES["skeleton"])


def test_the_list_gives_way_to_the_detail_on_a_phone() -> None:
    assert attribute(SAMPLES["list_detail"], "data-open") == "detail"
    without = ui.list_detail("liste", "", chosen=False, back="Retour", back_href="/x")
    assert attribute(without, "data-open") == "list"
    assert tags(without, "Link") == []


def test_the_pay_table_explains_each_level() -> None:
    rows = [PayRow("A", "17 % du revenu minimum", "359,02 €"), PayRow("B", "24 % du revenu minimum", "506,85 €")]
    table = ui.pay_table(rows, explanation="C’est le minimum légal.", source="Source : OFFA")
    assert "C’est le minimum légal." in text_of(table)
    assert ["506,85 €" in text_of(level) for level in tags(table, "li")] == [False, True]
    assert "Niveau B" in text_of(tags(table, "li")[1])


def test_every_public_name_exists() -> None:
    assert [name for name in ui.__all__ if not hasattr(ui, name)] == []
    assert len(ui.__all__) == len(set(ui.__all__))


def test_a_column_that_is_not_chosen_shows_neither_its_head_nor_its_cells() -> None:
    columns = [ui.Column("Nom", str), ui.Column("Places", len, key="places"), ui.Column("Fin", str.upper, key="fin")]
    assert text_of(ui.table("Offres", columns, ["Ana"], shown=["fin"])) == "Offres Nom Fin Ana ANA"
    assert text_of(ui.table("Offres", columns, ["Ana"], shown=[])) == "Offres Nom Ana"
    assert text_of(ui.table("Offres", columns, ["Ana"])) == "Offres Nom Places Fin Ana 3 ANA"
