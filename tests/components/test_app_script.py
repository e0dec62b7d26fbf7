"""What the browser does by itself, tried in Chromium on a small page: drafts, keys, dialogs, connection."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

SCRIPT = (Path(__file__).resolve().parents[2] / "assets" / "app.js").read_text()
ADDRESS = "http://stageplus.test"
FORM = """
<h1>Postuler</h1>
<form id="envoi" onsubmit="event.preventDefault(); window.sent = (window.sent || 0) + 1">
  <input type="hidden" name="form_key" data-form-key="postuler:12">
  <label for="texte">Ma motivation</label>
  <textarea id="texte" data-keep="postuler:12:texte" data-counter="reste" data-max="10"></textarea>
  <p id="reste" data-one="Il reste {n} caractère" data-many="Il reste {n} caractères" data-over="{n} de trop"></p>
  <label><input type="radio" name="quand" value="a" data-keep="postuler:12:quand" checked>Tôt</label>
  <label><input type="radio" name="quand" value="b" data-keep="postuler:12:quand">Tard</label>
  <label><input type="checkbox" value="lu" data-keep="postuler:12:jours">Lundi</label>
  <label><input type="checkbox" value="ma" data-keep="postuler:12:jours">Mardi</label>
  <label for="email">Adresse e-mail</label><input id="email" data-keep-session="email">
  <button>Envoyer</button>
</form>
<form data-sign-out onsubmit="event.preventDefault()"><button>Se déconnecter</button></form>
"""

Open = Callable[..., Page]


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context()
    yield opened
    opened.close()


@pytest.fixture
def open_page(context: BrowserContext) -> Open:
    """Serve a page with our script, already taken over by React, for a person; each call opens a tab."""

    def opened(content: str = FORM, person: str | None = "42", path: str = "/", react: bool = True) -> Page:
        fiber = 'document.querySelector(".app").__reactFiber = 1' if react else ""
        owner = "" if person is None else f' data-person="{person}"'
        body = (
            f'<!doctype html><title>Page</title><div class="app"{owner}>'
            '<div role="status" data-connection="fine" data-lost-text="Connexion perdue." data-back-text="Revenue.">'
            f"</div><main>{content}</main><div data-announce></div></div><script>{fiber}</script>"
            f"<script>{SCRIPT}</script>"
        )

        def answer(route: Route) -> None:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

        page = context.new_page()
        page.route(f"{ADDRESS}/**", answer)
        page.goto(f"{ADDRESS}{path}")
        return page

    return opened


def _put(page: Page, markup: str) -> None:
    page.evaluate("markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", markup)


def test_typed_text_and_choices_survive_a_reload(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("J’aime ça")
    page.get_by_label("Tard").check()
    page.get_by_label("Mardi").check()
    page.reload()
    expect(page.get_by_label("Ma motivation")).to_have_value("J’aime ça")
    expect(page.get_by_label("Tard")).to_be_checked()
    expect(page.get_by_label("Mardi")).to_be_checked()
    expect(page.get_by_label("Lundi")).not_to_be_checked()


def test_a_draft_is_shown_to_its_writer_only(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("secret")
    other = open_page(person="43")
    expect(other.locator("[data-form-key]")).not_to_have_value("")
    expect(other.get_by_label("Ma motivation")).to_have_value("")


def test_nothing_is_restored_before_the_page_knows_who_is_there(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("secret")
    page = open_page(person="")
    expect(page.locator("#reste")).to_have_text("Il reste 10 caractères")
    expect(page.get_by_label("Ma motivation")).to_have_value("")
    page.evaluate("document.querySelector('.app').dataset.person = '42'")
    expect(page.get_by_label("Ma motivation")).to_have_value("secret")


def test_a_field_that_appears_later_gets_its_text(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("plus tard")
    page = open_page("<h1>Vide</h1>")
    _put(page, '<input aria-label="Suite" data-keep="postuler:12:texte">')
    expect(page.get_by_label("Suite")).to_have_value("plus tard")


def test_the_form_key_is_random_and_survives_a_reload(open_page: Open) -> None:
    page = open_page()
    key = page.locator("[data-form-key]")
    expect(key).to_have_value(re.compile(r"^[0-9a-f]{32}$"))
    first = key.input_value()
    page.reload()
    expect(page.locator("[data-form-key]")).to_have_value(first)


def test_the_receipt_forgets_the_draft_and_changes_the_key(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("envoyé")
    first = page.locator("[data-form-key]").input_value()
    _put(page, '<span hidden data-keep-clear="postuler:12"></span>')
    expect(page.locator("[data-form-key]")).not_to_have_value(first)
    page.reload()
    expect(page.locator("#reste")).to_have_text("Il reste 10 caractères")
    expect(page.get_by_label("Ma motivation")).to_have_value("")


def test_the_receipt_of_one_form_leaves_the_others_alone(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("à garder")
    _put(page, '<span hidden data-keep-clear="postuler:1"></span>')
    page.reload()
    expect(page.get_by_label("Ma motivation")).to_have_value("à garder")


def test_signing_out_empties_the_device(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("personnel")
    page.get_by_label("Adresse e-mail").fill("moi@exemple.test")
    page.evaluate("sessionStorage.token = 'onglet'")
    page.get_by_role("button", name="Se déconnecter").click()
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_the_address_is_kept_in_this_tab_only(open_page: Open) -> None:
    page = open_page(person=None)
    page.get_by_label("Adresse e-mail").fill("moi@exemple.test")
    page.reload()
    expect(page.get_by_label("Adresse e-mail")).to_have_value("moi@exemple.test")
    expect(open_page(person=None).get_by_label("Adresse e-mail")).to_have_value("")


def test_the_counter_counts_and_warns_without_cutting(open_page: Open) -> None:
    page = open_page()
    field, counter = page.get_by_label("Ma motivation"), page.locator("#reste")
    field.fill("123456789")
    expect(counter).to_have_text("Il reste 1 caractère")
    field.fill("123456789012")
    expect(counter).to_have_text("2 de trop")
    expect(field).to_have_value("123456789012")


def test_a_nervous_thumb_sends_once(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Envoyer").dblclick()
    assert page.evaluate("window.sent") == 1
    expect(page.get_by_role("button", name="Envoyer")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("button", name="Envoyer")).not_to_have_attribute("aria-busy", "true")


def test_errors_take_the_focus_and_lead_to_the_field(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Envoyer").click()
    _put(page, '<div data-error-summary tabindex="-1" id="resume"><a href="#texte">Écris deux phrases.</a></div>')
    expect(page.locator("#resume")).to_be_focused()
    expect(page.get_by_role("button", name="Envoyer")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("link", name="Écris deux phrases.").click()
    expect(page.get_by_label("Ma motivation")).to_be_focused()


def test_a_dialog_opens_and_closes_in_the_browser(open_page: Open) -> None:
    page = open_page(
        '<h1>x</h1><button data-dialog-open="sur">Retirer</button>'
        '<dialog id="sur"><h2>Retirer ?</h2><button data-dialog-close>Annuler</button></dialog>'
    )
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_password_can_be_looked_at(open_page: Open) -> None:
    page = open_page(
        '<h1>x</h1><input id="passe" type="password" aria-label="Mot de passe">'
        '<button data-reveal="passe" data-show-text="Afficher" data-hide-text="Masquer">Afficher</button>'
    )
    page.get_by_role("button", name="Afficher").click()
    expect(page.get_by_label("Mot de passe")).to_have_attribute("type", "text")
    expect(page.get_by_role("button", name="Masquer")).to_have_attribute("aria-pressed", "true")


def test_losing_and_finding_the_connection_is_said(open_page: Open, context: BrowserContext) -> None:
    page = open_page()
    context.set_offline(True)
    expect(page.locator("[data-connection]")).to_have_text("Connexion perdue.")
    context.set_offline(False)
    expect(page.locator("[data-connection]")).to_have_text("Revenue.")


def test_a_lost_websocket_is_said_although_the_device_is_online(open_page: Open) -> None:
    page = open_page()
    page.evaluate("document.querySelector('[data-connection]').dataset.connection = 'lost'")
    expect(page.locator("[data-connection]")).to_have_text("Connexion perdue.")


def test_a_new_page_is_announced_and_its_heading_has_the_focus(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("[data-form-key]")).not_to_have_value("")
    page.evaluate(
        "history.pushState({}, '', '/candidatures'); document.title = 'Candidatures · Stage+';"
        "document.querySelector('main').innerHTML = '<h1>Candidatures</h1>'"
    )
    expect(page.locator("[data-announce]")).to_have_text("Candidatures · Stage+")
    expect(page.get_by_role("heading", name="Candidatures")).to_be_focused()


def test_other_filters_of_the_same_page_do_not_take_the_focus(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").focus()
    page.evaluate("history.pushState({}, '', '?rayon=10'); document.querySelector('main').append('suite')")
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.get_by_label("Ma motivation")).to_be_focused()
    expect(page.locator("[data-announce]")).to_have_text("")


def test_coming_back_to_a_list_finds_the_same_place(open_page: Open) -> None:
    tall = '<h1>Offres</h1><div data-keep-scroll style="height: 4000px">résultats</div>'
    page = open_page(tall, path="/offres?q=boulanger")
    page.evaluate("scrollTo(0, 1500)")
    page.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.includes('scroll:/offres?q='))")
    page.evaluate(
        "history.pushState({}, '', '/offres/7'); scrollTo(0, 0);"
        "document.querySelector('main').innerHTML = '<h1>Offre</h1>'; document.title = 'Offre'"
    )
    expect(page.get_by_role("heading", name="Offre")).to_be_focused()
    page.evaluate(
        "tall => { history.back(); setTimeout(() => document.querySelector('main').innerHTML = tall, 50) }", tall
    )
    page.wait_for_function("() => Math.abs(scrollY - 1500) < 5")


def test_nothing_changes_before_react_has_taken_over(open_page: Open) -> None:
    open_page().get_by_label("Ma motivation").fill("gardé")
    page = open_page(react=False)
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator("[data-form-key]").input_value() == ""
    page.evaluate("document.querySelector('.app').__reactFiber = 1")
    expect(page.locator("[data-form-key]")).to_have_value(re.compile(r"^[0-9a-f]{32}$"))
    expect(page.get_by_label("Ma motivation")).to_have_value("gardé")


FILTERS = """
<h1>Offres</h1>
<form data-eager data-free onsubmit="event.preventDefault(); window.sent = [...new FormData(this)].join('&')">
  <input type="hidden" name="intent">
  <label>Rayon <select name="rayon"><option>15</option><option>25</option></select></label>
  <label><input type="checkbox" name="jours" value="oui">Mes jours</label>
</form>
<a href="/offres/7">Voir l’offre</a>
"""


def test_a_filter_is_sent_at_once_and_the_address_follows(open_page: Open) -> None:
    page = open_page(FILTERS, path="/offres?rayon=15")
    page.get_by_label("Rayon").select_option("25")
    assert page.evaluate("window.sent") == "intent,filter&rayon,25"
    page.get_by_label("Mes jours").check()
    assert page.evaluate("window.sent") == "intent,filter&rayon,25&jours,oui"
    page.wait_for_url("**/offres?rayon=25&jours=oui")
    assert page.locator("[name=intent]").input_value() == ""


def test_whoever_leaves_at_once_comes_back_to_the_same_filters(open_page: Open) -> None:
    page = open_page(FILTERS, path="/offres?rayon=15")
    page.get_by_label("Rayon").select_option("25")
    page.get_by_role("link", name="Voir l’offre").click()
    page.wait_for_url("**/offres/7")
    page.go_back()
    expect(page).to_have_url(re.compile("rayon=25"))


def test_the_filters_of_one_page_are_not_written_on_another(open_page: Open) -> None:
    page = open_page(FILTERS, path="/offres?rayon=15")
    page.get_by_label("Rayon").select_option("25")
    page.evaluate("history.pushState({}, '', '/connexion')")
    page.get_by_role("link", name="Voir l’offre").evaluate(
        "link => link.addEventListener('click', event => event.preventDefault())"
    )
    page.get_by_role("link", name="Voir l’offre").click()
    assert page.evaluate("location.pathname + location.search") == "/connexion"


def test_a_text_without_end_is_not_sent_and_stays(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Ma motivation").fill("x" * 501)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_label("Ma motivation")).to_be_focused()
    expect(page.get_by_label("Ma motivation")).to_have_value("x" * 501)
    assert page.evaluate("window.sent") is None
    page.get_by_label("Ma motivation").fill("x" * 500)
    page.get_by_role("button", name="Envoyer").click()
    assert page.evaluate("window.sent") == 1


def test_folded_filters_unfold(open_page: Open) -> None:
    page = open_page('<button type="button" data-unfold="filtres" aria-expanded="false">Filtres</button>')
    button = page.get_by_role("button", name="Filtres")
    for expanded in ("true", "false"):
        button.click()
        expect(button).to_have_attribute("aria-expanded", expanded)


def test_a_jump_brings_to_the_form_without_changing_the_address(open_page: Open) -> None:
    goal = '<div style="height: 3000px"></div><section id="postuler"><h2>Ma candidature</h2></section>'
    page = open_page(f'<a href="#postuler" data-jump>Postuler</a>{goal}<div style="height: 3000px"></div>')
    page.get_by_role("link", name="Postuler").click()
    expect(page.locator("#postuler")).to_be_focused()
    expect(page.locator("#postuler")).to_be_in_viewport()
    assert page.url == f"{ADDRESS}/"


def test_another_page_of_results_begins_at_its_heading(open_page: Open) -> None:
    page = open_page(
        '<h1>Offres</h1><h2 data-results>40 offres</h2><div style="height: 3000px"></div>'
        '<nav class="pages"><a href="#suite">Page suivante</a></nav>'
    )
    page.get_by_role("link", name="Page suivante").click()
    expect(page.get_by_role("heading", name="40 offres")).to_be_focused()


def test_a_filter_with_a_text_without_end_leaves_the_address_alone(open_page: Open) -> None:
    page = open_page(FILTERS.replace("<label>Rayon", '<input name="q" aria-label="Mot"><label>Rayon'), path="/offres")
    page.get_by_label("Mot").fill("a" * 600)
    page.get_by_label("Mes jours").check()
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert page.url == f"{ADDRESS}/offres"
    page.get_by_label("Mot").fill("pain")
    page.get_by_label("Mes jours").uncheck()
    page.wait_for_url("**/offres?q=pain&rayon=15")
