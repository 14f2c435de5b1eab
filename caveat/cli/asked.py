"""What a person asked for, held against the knowledge.

Takes the words of the command line and gives products, versions and facts; everything that is wrong
is gathered and told at once, with what may have been meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caveat.applicability import Facts
from caveat.cli.failure import Failure
from caveat.knowledge import KnowledgeBase
from caveat.problems import nearest, shown
from caveat.versions import Version, VersionError
from caveat.words import Words


class Asked:
    """The words of a command line; call `stop` before using what they mean."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._wrong: list[str] = []

    def stop(self) -> None:
        """The end, where anything was wrong."""
        if self._wrong:
            raise Failure(*self._wrong)

    def wrong(self, key: str, near: Iterable[str] = (), **params: str) -> None:
        """Note a fault, with what may have been meant."""
        offers = [shown(one) for one in near]
        text = self.words(f"cli-wrong.{key}", **params)
        if offers:
            names = self.words("list.or").join(offers)
            text += self.words("sentence.gap") + self.words("cli-wrong.near", names=names)
        self._wrong.append(text)

    def product(self, text: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
        """The id of a product called `text`."""
        names: dict[str, list[str]] = {}
        for id_, others in known.items():
            for name in {one.casefold() for one in (id_, *others)}:
                names.setdefault(name, []).append(id_)
        wanted = text.strip().casefold()
        found = [wanted] if wanted in known else names.get(wanted, [])
        if len(found) == 1:
            return found[0]
        near = found or dict.fromkeys(names[one][0] for one in nearest(wanted, names))
        self.wrong("product-shared" if found else "product", near, text=shown(text))
        return None

    def products(
        self,
        option: str,
        texts: Iterable[str],
        known: Mapping[str, tuple[str, ...]],
        asked: str | None,
    ) -> list[tuple[str, str]]:
        """Other products' ids with their versions' texts, from `PRODUCT=VERSION`."""
        found = []
        for text in texts:
            pair = self.pair(option, text)
            product = self.product(pair[0], known) if pair else None
            if product is not None and product == asked:
                self.wrong("itself", option=option, text=shown(text))
            elif pair and product is not None:
                found.append((product, pair[1]))
        return found

    def version(self, kb: KnowledgeBase, product: str, text: str) -> Version | None:
        """A version of a product, in upstream's form or a package's."""
        catalogue = kb.catalogues[product]
        try:
            return catalogue.parse(text)
        except VersionError as error:
            name, want = kb.products[product].name, self.words(f"cli-wrong.form-{error.scheme}")
            self.wrong("version", catalogue.near(text), text=shown(text), product=name, want=want)
            return None

    def pair(self, option: str, text: str) -> tuple[str, str] | None:
        """Both sides of `A=B`."""
        left, equals, right = (part.strip() for part in text.partition("="))
        if left and equals and right:
            return left, right
        self.wrong("pair", option=option, text=shown(text))
        return None

    def traits(self, kb: KnowledgeBase, product: str, texts: Iterable[str]) -> Facts:
        """Values of traits, from `[PRODUCT.]K=V`; a host may have several of one trait."""
        found: dict[str, list[str]] = {}
        for text in texts:
            pair = self.pair("--trait", text)
            if pair is None:
                continue
            key = self.trait(kb, product, pair[0])
            for value in pair[1].split(",") if key else ():
                found.setdefault(key or "", []).append(value.strip())
        facts = Facts()
        for key, values in found.items():
            facts = facts.having(key, *self._values(kb, key, values))
        return facts

    def beside(self, kb: KnowledgeBase, pairs: Iterable[tuple[str, str]], facts: Facts) -> Facts:
        """`facts` with versions of other products, whose names are ids already."""
        for product, text in pairs:
            version = self.version(kb, product, text)
            if version is not None:
                facts = facts.at(product, version)
        return facts

    def trait(self, kb: KnowledgeBase, product: str, path: str) -> str | None:
        """The one name of a trait of the product or the host."""
        key = kb.trait_key(product, path)
        if key is None:
            own = [name.removeprefix(f"{product}.") for name in kb.traits]
            self.wrong("trait", nearest(path, own), text=shown(path))
        return key

    def _values(self, kb: KnowledgeBase, key: str, values: Iterable[str]) -> list[str]:
        known = [value.id for value in kb.traits[key].values]
        for value in values:
            if value not in known:
                names = self.words("list.or").join(shown(one) for one in known)
                self.wrong(
                    "value", nearest(value, known), text=shown(value), trait=key, names=names
                )
        return [value for value in values if value in known]
