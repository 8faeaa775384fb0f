"""Settings, read once from `ASSISTANT_*` variables and `assistant.toml`; the defaults run everything.

Variables win over the file. An unknown key in the file stops the start and is named.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from sqlalchemy.engine import make_url

from assistant.domain.errors import ConfigError

PROJECT_ROOT = Path(__file__).resolve().parents[2]
"""The checkout; the corpus and the page lie beside the package."""


class Settings(BaseSettings):
    """Everything an operator can set; each field is `ASSISTANT_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", extra="forbid", frozen=True)

    data_dir: Path = Field(Path("var"), description="Folder for the database and the index.")
    corpus_dir: Path = Field(PROJECT_ROOT / "corpus", description="Folder of fact sheets and the glossary.")
    web_dir: Path = Field(PROJECT_ROOT / "bots" / "web", description="Folder of the web page.")
    database_url: SecretStr | None = Field(
        None, description="SQLAlchemy address; unset means SQLite in the data folder."
    )
    chroma_url: str | None = Field(
        None, description="Address of a Chroma server; unset means Chroma in the data folder."
    )
    redis_url: SecretStr | None = Field(
        None, description="Redis for limits shared by several workers; unset means in memory."
    )
    embedder: str = Field("builtin", description="`builtin`, or the import path of a LlamaIndex embedding.")
    embedder_options: dict[str, Any] = Field(default_factory=dict, description="Options of that embedding, as JSON.")
    today: date | None = Field(None, description="Fixes the date, for tests and evaluations.")
    host: str = Field("127.0.0.1", description="Address the service listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the service listens on.")
    allowed_origins: tuple[str, ...] = Field((), description="Other sites that may call the service, as JSON list.")
    rate_limit: str = Field("120/minute", description="Questions per client, in the words of the `limits` library.")
    trusted_proxies: int = Field(0, ge=0, description="How many proxies in front set X-Forwarded-For.")
    max_body_bytes: int = Field(64 * 1024, gt=0, description="Largest request body.")
    max_upload_bytes: int = Field(20 * 1024 * 1024, gt=0, description="Largest file that is ingested.")
    retention_days: int = Field(30, ge=1, description="Days after which an unused conversation is deleted.")
    contact: str | None = Field(None, description="How people reach a person, shown where the assistant cannot answer.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is logged.")
    log_format: Literal["json", "text"] = Field("text", description="How it is logged.")

    @field_validator("rate_limit")
    @classmethod
    def _check_rate(cls, value: str) -> str:
        from limits import parse_many

        parse_many(value)
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then variables, then `assistant.toml`."""
        path = Path(os.environ.get("ASSISTANT_CONFIG", "assistant.toml"))
        sources: tuple[PydanticBaseSettingsSource, ...] = (init_settings, env_settings)
        return (*sources, TomlConfigSettingsSource(settings_cls, path)) if path.exists() else sources

    @property
    def database_address(self) -> str:
        """Where the database is; holds a password where one is set."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'assistant.db'}"

    @property
    def index_dir(self) -> Path:
        """Folder of the index generations."""
        return self.data_dir / "index"


def load_settings(**overrides: Any) -> Settings:
    """Read the settings.

    Raises:
        ConfigError: Naming each setting that does not fit, with its value left out where it is secret.
    """
    known = {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields} | {"ASSISTANT_CONFIG"}
    unknown = sorted(name for name in os.environ if name.startswith("ASSISTANT_") and name not in known)
    if unknown:
        raise ConfigError(f"unknown setting {', '.join(unknown)}; `assistant config check` lists the known ones")
    try:
        return Settings(**overrides)
    except ValidationError as exc:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors(include_input=False))
        raise ConfigError(f"settings do not fit: {problems}") from exc


def describe_settings(settings: Settings) -> list[tuple[str, str, bool]]:
    """Name, value and whether it differs from the default, for each setting; secrets masked."""
    rows: list[tuple[str, str, bool]] = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        changed = value != field.get_default(call_default_factory=True)
        if isinstance(value, SecretStr):
            text = make_url(value.get_secret_value()).render_as_string(hide_password=True)
        else:
            text = "–" if value is None else str(value)
        rows.append((f"ASSISTANT_{name.upper()}", text, changed))
    return rows
