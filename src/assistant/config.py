"""Settings, read once from `ASSISTANT_*` variables and `assistant.toml`; the defaults run everything.

Variables win over the file. An unknown key in the file stops the start and is named.
"""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from sqlalchemy.engine import make_url

from assistant.domain.errors import ConfigError

PROJECT_ROOT = Path(__file__).resolve().parents[2]
"""The checkout; the corpus and the page lie beside the package."""


def _beside_or_inside(beside: str, inside: str) -> Path:
    """A folder of the checkout; in an installation without one, the copy that the package brings along."""
    checkout = PROJECT_ROOT / beside
    return checkout if checkout.is_dir() else Path(__file__).parent / inside


_SECRET_OPTION = re.compile(r"api_?key|secret|password|(^|_)token$", re.IGNORECASE)


class Settings(BaseSettings):
    """Everything an operator can set; each field is `ASSISTANT_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", extra="forbid", frozen=True)

    data_dir: Path = Field(Path("var"), description="Folder for the database and the index.")
    corpus_dir: Path = Field(PROJECT_ROOT / "corpus", description="Folder of fact sheets and the glossary.")
    web_dir: Path = Field(
        default_factory=lambda: _beside_or_inside("bots/web", "web"), description="Folder of the web pages."
    )
    operator_dir: Path | None = Field(
        None,
        description="Folder with the operator's own imprint, privacy and accessibility texts, as NAME.de.md and NAME.en.md.",
    )
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
    reranker: Path | None = Field(
        None, description="Folder of a cross-encoder in ONNX form that orders the first hits anew; unset means none."
    )
    reranker_within_ms: float = Field(
        300.0, gt=0, description="Milliseconds it may take; where it takes longer, the order stays as it was."
    )
    reranker_threads: int = Field(0, ge=0, description="Threads it may use; 0 means as many as there are cores.")
    llm: str = Field(
        "none",
        description="`none`, the address of an OpenAI-compatible server (`https://HOST/v1`), or the import path of a LlamaIndex LLM.",
    )
    llm_model: str | None = Field(
        None, description="The model's name at that address; with an import path how it is called here."
    )
    llm_api_key: SecretStr | None = Field(None, description="Key for the model.")
    llm_options: dict[str, Any] = Field(default_factory=dict, description="Options of the LlamaIndex class, as JSON.")
    llm_timeout_s: float = Field(
        20.0, gt=0, description="Seconds the model has for one answer, waiting and repairing included."
    )
    llm_concurrency: int = Field(4, ge=1, description="Requests the model serves at a time.")
    llm_queue: int = Field(16, ge=0, description="Requests that may wait for it; further ones are answered without it.")
    llm_input_price: Decimal = Field(Decimal(0), ge=0, description="Of a million tokens read, in any currency.")
    llm_output_price: Decimal = Field(
        Decimal(0), ge=0, description="Of a million tokens written, in the same currency."
    )
    llm_daily_tokens: int | None = Field(
        None, ge=0, description="Tokens a day; above, answers are written without the model."
    )
    llm_daily_cost: Decimal | None = Field(
        None, ge=0, description="Cost a day, in the currency of the prices; likewise."
    )
    llm_entailment: str = Field(
        "none",
        description="`none`, `model` (the model judges each of its sentences once more), or the import path of a judge.",
    )
    today: date | None = Field(None, description="Fixes the date, for tests and evaluations.")
    host: str = Field("127.0.0.1", description="Address the service listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the service listens on.")
    allowed_origins: tuple[str, ...] = Field((), description="Other sites that may call the service, as JSON list.")
    rate_limit: str = Field("120/minute", description="Questions per client, in the words of the `limits` library.")
    trusted_proxies: int = Field(0, ge=0, description="How many proxies in front set X-Forwarded-For.")
    max_body_bytes: int = Field(64 * 1024, gt=0, description="Largest request body.")
    max_upload_bytes: int = Field(20 * 1024 * 1024, gt=0, description="Largest file that is ingested.")
    retention_days: int = Field(30, ge=1, description="Days after which an unused conversation is deleted.")
    evals_page: bool = Field(False, description="Shows the evaluations in the data folder at /evals, to everybody.")
    contact: str | None = Field(None, description="How people reach a person, shown where the assistant cannot answer.")
    telegram_token: SecretStr | None = Field(
        None, description="Token of the Telegram bot; a variable, never in the file."
    )
    telegram_service_url: str | None = Field(
        None, description="Service that the bot asks; unset means the one on ASSISTANT_HOST and ASSISTANT_PORT."
    )
    telegram_api_url: str = Field("https://api.telegram.org", description="Telegram, or a Bot API server of one's own.")
    telegram_webhook_url: str | None = Field(
        None, description="Public https address that Telegram calls; unset means the bot asks Telegram for news."
    )
    telegram_webhook_secret: SecretStr | None = Field(None, description="Secret that Telegram sends to that address.")
    telegram_host: str = Field("127.0.0.1", description="Address the webhook listens on.")
    telegram_port: int = Field(8081, ge=0, le=65535, description="Port the webhook listens on.")
    telegram_hash_key: SecretStr | None = Field(
        None, min_length=16, description="Key of the hashes that stand for people; unset makes one in the data folder."
    )
    telegram_questions_per_minute: int = Field(20, gt=0, description="Of one person, and of one group, on Telegram.")
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
        if not path.exists():
            return sources
        file = TomlConfigSettingsSource(settings_cls, path)
        if "telegram_token" in file():
            raise ConfigError("telegram_token stands in the settings file; set ASSISTANT_TELEGRAM_TOKEN instead")
        return (*sources, file)

    @model_validator(mode="after")
    def _check_webhook(self) -> Settings:
        if self.telegram_webhook_url is None:
            return self
        secret = self.telegram_webhook_secret.get_secret_value() if self.telegram_webhook_secret else ""
        if not self.telegram_webhook_url.startswith("https://"):
            raise ConfigError("telegram_webhook_url: Telegram calls https addresses only")
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
            raise ConfigError("telegram_webhook_secret: 16 to 256 letters, digits, _ and - are needed with a webhook")
        return self

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

    @property
    def evals_dir(self) -> Path:
        """Folder of the runs of the evaluations."""
        return self.data_dir / "evals"


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
        if isinstance(value, SecretStr) and not name.endswith("_url"):
            text = str(value)
        elif isinstance(value, SecretStr):
            text = make_url(value.get_secret_value()).render_as_string(hide_password=True)
        else:
            text = "–" if value is None else str(_without_secrets(value))
        rows.append((f"ASSISTANT_{name.upper()}", text, changed))
    return rows


def _without_secrets(value: Any) -> Any:
    """The options of a library's class, with what looks like a secret masked."""
    if not isinstance(value, dict):
        return value
    return {name: "**********" if _SECRET_OPTION.search(name) else option for name, option in value.items()}
