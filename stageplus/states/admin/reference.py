"""Trades, their words and sectors, as OFFA looks after them; `answered` counts what was accepted."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import reflex as rx

from stageplus.services.inputs import given
from stageplus.services.reference.actions import (
    add_word,
    remove_word,
    save_sector,
    save_trade,
    set_trade_status,
    settle_search,
)
from stageplus.services.reference.queries import sectors, trade_detail, trades, word_desk
from stageplus.services.reference.schemas import (
    SectorInput,
    SectorPage,
    SectorRow,
    SettleInput,
    StatusInput,
    TradeDetail,
    TradeInput,
    TradePage,
    TradeSearch,
    WordDesk,
    WordInput,
    WordSearch,
)
from stageplus.states.addresses import asked_in, last_part
from stageplus.states.audience import Audience
from stageplus.states.listing import ListState
from stageplus.states.session import SessionState
from stageplus.texts import _

PATH = "/offa/referentiels"
WORDS = f"{PATH}/mots"
NEW = "nouveau"
"""What the address bar says in place of a code to add another."""
TOPIC = "reference"
REMOVED = _("« {word} » ne mène plus à ce métier.")


class OffaTradesState(ListState, SessionState):
    """One page of trades; the address bar holds the whole search."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA
    NAMES: ClassVar[Mapping[str, str]] = {
        "q": "text",
        "secteur": "sector",
        "dispositif": "scheme",
        "etat": "status",
        "page": "page",
    }

    found: TradePage = TradePage()
    answered: int = 0

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def add(self, typed: dict[str, Any]) -> Any:
        """Add a trade, and go to its page."""
        code = await self._send(save_trade, TradeInput, given(typed) | {"code": ""})
        if code is None:
            self.answered += bool(self.prove)
            return None
        return rx.redirect(f"{PATH}/metiers/{code}")

    async def _list(self) -> None:
        errors = self.errors
        self._change(found=await self._found(trades, TradeSearch, TradePage()))
        self._change(errors=errors)


class OffaTradeState(SessionState):
    """One trade to change; `asking` names the form whose errors are shown."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    detail: TradeDetail = TradeDetail()
    answered: int = 0
    asking: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the trade that the address names."""
        self._change(asking="")
        await self._refresh()

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def save(self, typed: dict[str, Any]) -> None:
        """Change names, sector and age rule."""
        self._change(asking="trade")
        saved = await self._send(save_trade, TradeInput, given(typed) | {"code": self._code()})
        await self._keep(saved, _("Le métier est enregistré."))

    @rx.event
    async def decide(self, typed: dict[str, Any]) -> None:
        """Archive the trade, or propose it again."""
        self._change(asking="status")
        name = await self._send(set_trade_status, StatusInput, given(typed), self._code())
        archived = typed.get("status") == "archivé"
        words = _("{name} n’est plus proposé.") if archived else _("{name} est validé et proposé.")
        await self._keep(name, words)

    @rx.event
    async def add(self, typed: dict[str, Any]) -> None:
        """Add a word that means the trade."""
        self._change(asking="word")
        name = await self._send(add_word, WordInput, given(typed) | {"trade": self._code()})
        await self._keep(name, _("Les recherches avec ce mot trouvent maintenant {name}."))

    @rx.event
    async def remove(self, word: str) -> None:
        """Take a word away from the trade."""
        removed = await self._call(remove_word, self._code(), str(word))
        await self._keep(removed and f"« {removed} »", _("{name} ne mène plus à ce métier."))

    async def _keep(self, name: str | None, sentence: str) -> None:
        if name is None:
            return
        await self._refresh()
        self._change(answered=self.answered + 1, asking="", notice=sentence.format(name=name))

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(detail=await self._load(trade_detail, self._code()) or TradeDetail(), errors=errors)

    def _code(self) -> str:
        return last_part(self.router.url)


class OffaWordsState(ListState, SessionState):
    """The searches that found nothing, and the words that a text finds; `asking` are the words of the refused form."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA
    NAMES: ClassVar[Mapping[str, str]] = {"q": "text", "etat": "state", "page": "page"}

    found: WordDesk = WordDesk()
    asking: str = ""
    answered: int = 0

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues settle, and what learners look for in vain, as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def settle(self, typed: dict[str, Any]) -> None:
        """Let words that found nothing mean the trade that was chosen."""
        words = str(typed.get("words", ""))[:80]
        self._change(asking=words)
        if not str(typed.get("trade") or "").strip():
            self._change(errors={"trade": _("Choisissez un métier de la liste.")})
            return
        name = await self._send(settle_search, SettleInput, given(typed))
        await self._keep(name, _("« {word} » mène maintenant à {name}.").format(word=words, name=name))

    @rx.event
    async def ignore(self, words: str) -> None:
        """Set words aside."""
        typed = {"words": str(words)}
        ignored = await self._send(settle_search, SettleInput, typed)
        await self._keep(ignored, _("« {word} » est mis de côté.").format(word=typed["words"][:80]))

    @rx.event
    async def remove(self, trade: str, word: str) -> None:
        """Take a word away from a trade."""
        removed = await self._call(remove_word, str(trade), str(word))
        await self._keep(removed, REMOVED.format(word=removed))

    async def _keep(self, done: str | None, sentence: str) -> None:
        if done is None:
            return
        await self._list()
        self._change(notice=sentence, asking="", answered=self.answered + 1)

    async def _list(self) -> None:
        errors = self.errors
        self._change(found=await self._found(word_desk, WordSearch, WordDesk()))
        self._change(errors=errors)


class OffaSectorsState(SessionState):
    """All sectors, and the one that the address bar chooses to change."""

    AUDIENCE: ClassVar[Audience] = Audience.OFFA

    found: SectorPage = SectorPage()
    chosen: SectorRow = SectorRow()
    editing: str = ""
    answered: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the sectors."""
        await self._refresh()
        code = asked_in(self.router.url).get("code", "")
        self._change(**_chosen(code, self.found.rows))

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show what colleagues change as it comes."""
        await self._follow(lambda _actor: {TOPIC})

    @rx.event
    async def save(self, typed: dict[str, Any]) -> None:
        """Change a sector, or add one."""
        name = await self._send(save_sector, SectorInput, given(typed))
        if name:
            await self._refresh()
            self._change(answered=self.answered + 1, editing="", notice=_saved(name))

    async def _refresh(self) -> None:
        errors = self.errors
        self._change(found=await self._load(sectors) or SectorPage(), errors=errors)


def _chosen(code: str, rows: Sequence[SectorRow]) -> dict[str, SectorRow | str]:
    """Choose the row that the address bar names, to change it; `NEW` is the form of another one."""
    chosen = next((each for each in rows if each.code == code), SectorRow())
    return {"chosen": chosen, "editing": chosen.code or (code if code == NEW else "")}


def _saved(name: str) -> str:
    return _("« {name} » est enregistré.").format(name=name)
