from __future__ import annotations

from pathlib import Path

import pytest

from consult.settings import Settings, SettingsError, load


def test_defaults_hold_without_file_and_environment(tmp_path: Path) -> None:
    assert load({}, folder=tmp_path) == Settings()


def test_command_line_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    (tmp_path / "consult.toml").write_text('port = 1111\nhost = "file"\nthreads = 3\n')
    found = load(
        {"CONSULT_PORT": "2222", "CONSULT_HOST": "environment"},
        folder=tmp_path,
        overrides={"port": 3333, "slug": None},
    )
    assert (found.port, found.host, found.threads, found.slug) == (3333, "environment", 3, "")


def test_a_value_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "slug").write_text("from-file\n")
    assert load({"CONSULT_SLUG_FILE": str(tmp_path / "slug")}, folder=tmp_path).slug == "from-file"


def test_a_relative_data_folder_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "c.toml").write_text('data_dir = "data"\n')
    found = load({"CONSULT_CONFIG": str(tmp_path / "conf" / "c.toml")}, folder=tmp_path)
    assert found.data_dir == tmp_path / "conf" / "data"


def test_a_simulated_date_needs_a_time_zone(tmp_path: Path) -> None:
    found = load({"CONSULT_NOW": "2022-10-01T08:00:00+08:00"}, folder=tmp_path)
    assert found.now is not None
    assert found.now.isoformat() == "2022-10-01T08:00:00+08:00"
    with pytest.raises(SettingsError):
        load({"CONSULT_NOW": "2022-10-01"}, folder=tmp_path)


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({"CONSULT_PROT": "1"}, "settings.unknown"),
        ({"CONSULT_PORT": "many"}, "settings.value"),
        ({"CONSULT_PORT": "70000"}, "settings.range"),
        ({"CONSULT_SECURE_COOKIES": "perhaps"}, "settings.value"),
        ({"CONSULT_CONFIG": "/nowhere.toml"}, "settings.no-file"),
        ({"CONSULT_SLUG_FILE": "/nowhere"}, "settings.no-file"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, environ: dict[str, str], code: str) -> None:
    with pytest.raises(SettingsError) as error:
        load(environ, folder=tmp_path)
    assert error.value.code == code


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "consult.toml").write_text("port = = 1")
    with pytest.raises(SettingsError) as error:
        load({}, folder=tmp_path)
    assert error.value.code == "settings.bad-file"
