"""The house's key in its folder: drawn once, renewed, and the older ones known."""

import pytest

from amends.ground import secret_key


def test_it_draws_a_key_once_and_for_its_owner_alone(tmp_path):
    home = tmp_path / "new" / "house"
    key = secret_key.read_or_make(home)
    assert len(key) > 50
    assert secret_key.read_or_make(home) == key
    assert (home / "secret").stat().st_mode & 0o077 == 0


def test_it_knows_the_keys_of_before_with_the_latest_first(tmp_path):
    keys = [secret_key.read_or_make(tmp_path), secret_key.renew(tmp_path)]
    keys.append(secret_key.renew(tmp_path))
    assert secret_key.read_or_make(tmp_path) == keys[2]
    assert secret_key.older(tmp_path) == [keys[1], keys[0]]
    assert (tmp_path / "older-secrets").stat().st_mode & 0o077 == 0
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_it_loses_no_key_when_it_is_stopped_halfway(tmp_path, monkeypatch):
    key = secret_key.read_or_make(tmp_path)
    write = secret_key._write

    def broken(place, text):
        if place.name == "secret":
            raise KeyboardInterrupt
        write(place, text)

    monkeypatch.setattr(secret_key, "_write", broken)
    with pytest.raises(KeyboardInterrupt):
        secret_key.renew(tmp_path)
    assert secret_key.read_or_make(tmp_path) == key
    monkeypatch.undo()
    secret_key.renew(tmp_path)
    assert secret_key.older(tmp_path) == [key]


def test_it_forgets_the_keys_of_before(tmp_path):
    secret_key.forget_older(tmp_path)
    secret_key.read_or_make(tmp_path)
    secret_key.renew(tmp_path)
    secret_key.forget_older(tmp_path)
    assert secret_key.older(tmp_path) == []
