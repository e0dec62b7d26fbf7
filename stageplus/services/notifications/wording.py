"""The two faces of a mail: plain text and HTML, one link, nothing that tracks."""

from collections.abc import Sequence
from html import escape

from stageplus.config import settings
from stageplus.texts import _

_PAGE = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"></head>'
    '<body style="margin:0;background:#f4f2ee;font-family:Arial,sans-serif;color:#1b1b2f">'
    '<div style="max-width:560px;margin:0 auto;padding:24px"><p style="font-weight:bold;font-size:20px">Stage+</p>'
    '<div style="background:#ffffff;border-radius:12px;padding:24px;font-size:16px;line-height:1.5">{body}</div>'
    '<p style="font-size:13px;color:#5b5b6b">{why}</p></div></body></html>'
)
_LINK = (
    '<p><a href="{href}" style="display:inline-block;background:#2f3bd1;color:#ffffff;padding:12px 20px;'
    'border-radius:8px;text-decoration:none">{label}</a></p>'
)


def text_of(
    sentences: Sequence[str],
    link: tuple[str, str],
    also: tuple[str, str] | None = None,
    *,
    may_choose: bool = False,
) -> str:
    """Write the plain text of a mail; `may_choose` says where its rhythm is chosen."""
    links = [f"{label} : {settings().site}{path}" for path, label in filter(None, [link, also])]
    return "\n\n".join([*sentences, links[0], "— Stage+", _why(may_choose=may_choose), *links[1:]])


def html_of(
    title: str,
    sentences: Sequence[str],
    link: tuple[str, str],
    also: tuple[str, str] | None = None,
    *,
    may_choose: bool = False,
) -> str:
    """Write the HTML of a mail; whatever people typed is escaped."""
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    button = _LINK.format(href=escape(settings().site + link[0], quote=True), label=escape(link[1]))
    why = escape(_why(may_choose=may_choose))
    if also:
        why += f' <a href="{escape(settings().site + also[0], quote=True)}">{escape(also[1])}</a>'
    return _PAGE.format(title=escape(title), body=paragraphs + button, why=why)


def _why(*, may_choose: bool) -> str:
    why = _("Vous recevez ce message parce que vous avez un compte sur Stage+. Il ne contient aucun traceur.")
    return (
        f"{why} {_('Le rythme des e-mails se choisit sur Stage+ : « Compte », puis « Notifications ».')}"
        if may_choose
        else why
    )
