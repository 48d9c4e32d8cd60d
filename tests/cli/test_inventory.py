"""The cryptographic inventory is read from the code, and the page of the docs is that reading."""

from pathlib import Path

from mekhala.cli import inventory, main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations" / "cryptography.md"


def test_the_page_of_the_docs_is_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == inventory.page()


def test_the_command_prints_it(capsys):
    assert main(["keys", "inventory"]) == 0
    assert capsys.readouterr().out == inventory.page()


def test_every_module_that_uses_a_key_tells_of_it():
    assert inventory.silent() == []


def test_a_key_made_shorter_changes_the_page(monkeypatch):
    from dataclasses import replace

    from mekhala.safeguards.keys import wrapping

    weaker = tuple(replace(use, key_bits=128) for use in wrapping.USES)
    monkeypatch.setattr(wrapping, "USES", weaker)
    assert PAGE.read_text(encoding="utf-8") != inventory.page()


def test_every_key_has_an_owner_and_is_long_enough():
    found = [use for _module, use in inventory.uses()]
    assert len(found) >= 8
    assert all(use.owner and use.rotation and use.key_bits >= 256 for use in found)
