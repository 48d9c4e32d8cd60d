"""The build script says in one sentence what it lacks, and never leaves half a result."""

import pytest

from mekhala.web.assets import build as assets


def test_says_in_one_sentence_that_the_lock_is_missing(tmp_path, capsys):
    status = assets.main(["--root", str(tmp_path)])

    said = capsys.readouterr().err
    assert status == 1
    assert said.count("\n") == 1
    assert "package-lock.json is missing" in said


def test_a_build_that_fails_keeps_the_result_there_was(tmp_path, monkeypatch):
    built = tmp_path / "built"
    built.mkdir()
    (built / "app.css").write_text("as before")

    def fails(modules, out):
        (out / "app.css").write_text("half")
        raise assets.BuildFailed("sass failed")

    monkeypatch.setattr(assets, "_styles", fails)
    with pytest.raises(assets.BuildFailed):
        assets._make(tmp_path, built, "stamp")
    assert (built / "app.css").read_text() == "as before"
    assert not (tmp_path / "built.new").exists()


def test_installs_nothing_when_these_packages_are_there(tmp_path, monkeypatch):
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / assets.STAMP).write_text("these")
    monkeypatch.setattr(assets, "_run", lambda *command: pytest.fail("npm was called"))

    assets._install(tmp_path, "these")


@pytest.mark.parametrize("script", ["latin", "vietnamese", "khmer"])
def test_each_script_has_its_letters_in_both_weights(script):
    fonts = assets.HERE / "built" / "fonts"
    if not fonts.exists():
        pytest.skip("the fonts are not built: run python -m mekhala.web.assets.build")

    assert len(list(fonts.glob(f"*-{script}-*-normal.woff2"))) == 2


def test_letters_for_paper_cover_latin_khmer_and_thai_with_their_licences():
    fonts = assets.HERE / "built" / "pdf-fonts"
    if not fonts.exists():
        pytest.skip("the fonts are not built: run python -m mekhala.web.assets.build")

    for family in ("NotoSans", "NotoSansKhmer", "NotoSansThai"):
        assert len(list(fonts.glob(f"{family}_*.ttf"))) == 2
        assert "SIL OPEN FONT LICENSE" in (fonts / f"{family}-LICENSE.txt").read_text().upper()
