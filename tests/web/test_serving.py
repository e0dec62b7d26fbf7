"""What a browser gets when it asks for a page, a file or nothing of ours."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from stageplus.web.app import compose_site
from stageplus.web.pages_index import load_pages

ORIGIN = "http://testserver"
INDEX = "<!DOCTYPE html><title>Accueil</title><script>let a=1</script><script src='/x.js'></script>"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    files = {
        "index.html": INDEX,
        "index.html.br": "brotli index",
        "index.html.gz": "gzip index",
        "offres/index.html": "<h1>Offres</h1>",
        "404.html": "<h1>Introuvable</h1>",
        "assets/root-D8KIYD6y.js": "1",
        "assets/root-D8KIYD6y.js.br": "b",
        "police.woff2": "font",
        "sw.js": "worker",
    }
    for name, content in files.items():
        path = tmp_path / "client" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (tmp_path / "routes.json").write_text(json.dumps(["index", "404", "offres", "offres/[id]", "lien/[jeton]"]))
    return tmp_path


def client_of(build: Path, database_ready: bool = True) -> TestClient:
    async def no_reflex(scope, receive, send):
        raise AssertionError("Reflex must not see this request")

    pages = load_pages(build / "client", build / "routes.json")
    site = compose_site(no_reflex, pages, [], [ORIGIN], lambda: database_ready)
    return TestClient(site, base_url=ORIGIN, follow_redirects=False, headers={"accept-encoding": "identity"})


@pytest.fixture
def client(build: Path) -> TestClient:
    return client_of(build)


def test_front_page_is_revalidated_on_every_visit(client: TestClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.text) == (200, INDEX)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_hashed_files_are_kept_for_ever(client: TestClient) -> None:
    assert "immutable" in client.get("/assets/root-D8KIYD6y.js").headers["cache-control"]


@pytest.mark.parametrize("path", ["/sw.js", "/offres"])
def test_files_without_a_hash_are_asked_again(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("zstd", None), ("", None)],
)
def test_smallest_accepted_encoding_is_sent(build: Path, accepted: str, encoding: str | None) -> None:
    pages = load_pages(build / "client", build / "routes.json")
    file = pages.find("/")[1]
    assert file is not None
    assert file.best_body(accepted)[0] == (encoding or "identity")


def test_encoded_answer_says_so(client: TestClient) -> None:
    answer = client.head("/", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]


def test_head_has_the_length_but_no_body(client: TestClient) -> None:
    answer = client.head("/")
    assert answer.headers["content-length"] == str(len(INDEX))
    assert answer.content == b""


def test_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/").headers["etag"]
    answer = client.get("/", headers={"if-none-match": f'"other", W/{etag}'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert "cache-control" in answer.headers


@pytest.mark.parametrize("path", ["/offres/12", "/lien/abc-DEF"])
def test_dynamic_route_gets_the_shell_with_200(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, "<h1>Introuvable</h1>")


@pytest.mark.parametrize("path", ["/nulle-part", "/404", "/offres/12/13", "/assets/gone-12345678.js", "/index.html"])
def test_unknown_address_gets_the_helpful_page_with_404(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "<h1>Introuvable</h1>")


def test_final_slash_is_removed_and_the_question_kept(client: TestClient) -> None:
    answer = client.get("/offres/?mot=boulanger")
    assert (answer.status_code, answer.headers["location"]) == (308, "/offres?mot=boulanger")


def test_final_slash_never_leads_to_another_site(client: TestClient) -> None:
    assert client.get(f"{ORIGIN}//ailleurs.test/").status_code == 404


@pytest.mark.parametrize("path", ["/../secret", "/..%2fsecret", "/%2e%2e/secret", "/client/../routes.json"])
def test_files_outside_the_build_are_out_of_reach(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_only_answer_reading_methods(client: TestClient) -> None:
    answer = client.post("/offres", headers={"origin": ORIGIN})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_before_the_first_build_the_site_is_unavailable(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    assert client.get("/").status_code == 503
    assert client.get("/healthz").status_code == 503


@pytest.mark.parametrize(("database_ready", "status"), [(True, 200), (False, 503)])
def test_health_follows_the_database(build: Path, database_ready: bool, status: int) -> None:
    answer = client_of(build, database_ready).get("/healthz")
    assert answer.status_code == status
    assert answer.json()["checks"] == {"database": database_ready, "pages": True}
    assert answer.headers["cache-control"] == "no-store"
