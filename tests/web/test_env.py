"""The readers of the environment: accepted values, and errors for refused ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from web import env


def test_it_reads_secrets_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    monkeypatch.setenv("THING_FILE", str(secret))

    assert env.text("THING") == "from the file"
    monkeypatch.setenv("THING", "from the environment")
    assert env.text("THING") == "from the environment"


def test_a_secret_may_begin_with_a_dollar_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "$ecret")

    assert env.text("THING") == "$ecret"


def test_it_names_the_secret_file_it_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING_FILE", "/nowhere/secret")

    with pytest.raises(ImproperlyConfigured, match="THING_FILE names /nowhere/secret"):
        env.text("THING")


@pytest.mark.parametrize(
    ("value", "expected"), [("", True), ("yes", True), ("1", True), ("False", False), ("off", False)]
)
def test_it_reads_booleans(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("THING", value)

    assert env.boolean("THING", default=True) is expected


def test_it_refuses_an_invalid_boolean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "maybe")

    with pytest.raises(ImproperlyConfigured, match="THING='maybe'"):
        env.boolean("THING", default=True)


@pytest.mark.parametrize("value", ["many", "1.5", "0"])
def test_it_refuses_invalid_numbers(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("THING", value)

    with pytest.raises(ImproperlyConfigured, match="THING="):
        env.integer("THING", 5, minimum=1)


def test_it_refuses_unknown_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "blue")

    with pytest.raises(ImproperlyConfigured, match="red, green"):
        env.choice("THING", "red", ("red", "green"))


def test_it_reads_a_postgres_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "postgres://us%40er:p%2Fw@db.example.org:5433/photos?sslmode=require")

    database = env.database("THING", "")

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("us@er", "p/w")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", "5433", "photos")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is False


def test_a_pooler_of_transactions_gets_no_cursor_that_outlives_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "postgres://user@pooler/photos?pooling=transaction&sslmode=require")

    database = env.database("THING", "")

    assert database["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert database["OPTIONS"]["sslmode"] == "require"
    # It refuses options of the server, and the next statement may reach a server that has not prepared it.
    assert not {"options", "prepare_threshold"} & set(database["OPTIONS"])


def test_of_several_databases_it_uses_the_one_that_takes_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "postgres://us%40er:p%2Cw@one.example.org,[fd00::2]:5433/photos?sslmode=require")

    database = env.database("THING", "")

    assert (database["HOST"], database["PORT"]) == ("one.example.org,fd00::2", ",5433")
    assert (database["USER"], database["PASSWORD"], database["NAME"]) == ("us@er", "p,w", "photos")
    assert database["OPTIONS"]["target_session_attrs"] == "read-write"
    monkeypatch.setenv("THING", "postgres://one,two/photos?target_session_attrs=primary")
    assert env.database("THING", "")["OPTIONS"]["target_session_attrs"] == "primary"


def test_both_sides_of_a_connection_to_the_database_notice_a_cut_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "postgres://user@db/photos")

    options = env.database("THING", "")["OPTIONS"]

    assert options["tcp_user_timeout"] == 25_000
    assert options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"] == 25
    assert "-c tcp_keepalives_idle=10" in options["options"]


def test_it_reads_an_sqlite_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "sqlite:///data/my%20photos+more/photos.sqlite3")

    database = env.database("THING", "")

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == "/data/my photos+more/photos.sqlite3"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("mysql://db/photos", "must begin with postgres://"),
        ("postgres://db.example.org", "names no database"),
        ("postgres://db.example.org/photos?pooling=statement", "session or transaction"),
        ("postgres://user:secret-word@one,,two/photos", "empty host"),
        ("postgres://user:secret-word@one:5432,two:port/photos", "is not a URL"),
        ("sqlite://relative.sqlite3", "absolute path"),
        ("postgres://user:secret-word@db:port/photos", "is not a URL"),
    ],
)
def test_it_refuses_invalid_databases_and_hides_the_password(
    monkeypatch: pytest.MonkeyPatch, value: str, sentence: str
) -> None:
    monkeypatch.setenv("THING", value)

    with pytest.raises(ImproperlyConfigured, match=sentence) as refusal:
        env.database("THING", "")

    assert "secret-word" not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp://mail.example.org?tls=true", 587, True, False),
        ("smtp://mail.example.org?tls=ssl", 465, False, True),
        ("smtp://mail.example.org:2525?tls=true", 2525, True, False),
    ],
)
def test_it_reads_mail_servers(monkeypatch: pytest.MonkeyPatch, value: str, port: int, tls: bool, ssl: bool) -> None:
    monkeypatch.setenv("EMAIL_URL", value.replace("mail.", "me%40example.org:p%3Aw@mail."))

    mail = env.mail("EMAIL_URL", "console:")

    assert mail.backend == "django.core.mail.backends.smtp.EmailBackend"
    assert (mail.host, mail.port, mail.use_tls, mail.use_ssl) == ("mail.example.org", port, tls, ssl)
    assert (mail.user, mail.password) == ("me@example.org", "p:w")


def test_it_reads_a_folder_for_mails_and_the_console(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.mail("EMAIL_URL", "console:").backend == "django.core.mail.backends.console.EmailBackend"
    monkeypatch.setenv("EMAIL_URL", "file:///var/mail%20box")
    assert env.mail("EMAIL_URL", "console:").folder == "/var/mail box"


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.org",
        "smtp:///no-host",
        "smtp://host?tls=maybe",
        "smtp://host?ssl=true",
        "file://folder",
        "console://x",
    ],
)
def test_it_refuses_invalid_mail_urls(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EMAIL_URL", value)

    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.mail("EMAIL_URL", "console:")


def test_it_names_a_missing_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("A_MODEL", raising=False)
    assert env.file("A_MODEL") == ""
    monkeypatch.setenv("A_MODEL", str(tmp_path / "model.onnx"))
    with pytest.raises(ImproperlyConfigured, match=r"A_MODEL names .* which is not a file"):
        env.file("A_MODEL")
    (tmp_path / "model.onnx").write_bytes(b"")
    assert env.file("A_MODEL") == str(tmp_path / "model.onnx")


@pytest.mark.parametrize(("value", "expected"), [("", "5/min"), ("300/min", "300/min"), ("1/s", "1/s"), ("0", None)])
def test_it_reads_rates(monkeypatch: pytest.MonkeyPatch, value: str, expected: str | None) -> None:
    monkeypatch.setenv("THING", value)

    assert env.rate("THING", "5/min") == expected


@pytest.mark.parametrize("value", ["many", "300", "300/fortnight", "-1/min", "0/min"])
def test_it_refuses_an_invalid_rate(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("THING", value)

    with pytest.raises(ImproperlyConfigured, match="THING="):
        env.rate("THING", "5/min")
