"""An optional neural cross-encoder that reads question and passage together and orders the first hits anew.

Any cross-encoder for sequence classification does that was exported to ONNX, as `optimum` and sentence-transformers write it: a folder
with `tokenizer.json` and `model.onnx` (or `onnx/model.onnx`). ONNX Runtime and the tokenizers library come with Chroma; PyTorch is not
needed. Nothing is downloaded.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import structlog
from numpy.typing import NDArray

from assistant.domain.answers import Hit, Query
from assistant.domain.errors import ConfigError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, RunOptions
    from tokenizers import Tokenizer

BATCH = 8
"""Pairs that are read at a time."""
MAX_TOKENS = 512
"""Of a pair, at most; fewer where the model takes fewer. Of a longer one the longer text is cut, so a question of up to half of it stays whole."""
FUSED_SHARE = 0.5
"""What the fused score counts beside the cross-encoder's: it knows the sample questions and names, which a foreign model does not."""
_INPUTS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
"""What a model may take, and what the tokenizer calls it."""
_PADS = ("[PAD]", "<pad>")
_FATAL_ONLY = 4
"""ONNX Runtime would print an error for every run that is ended early."""

log = structlog.get_logger(__name__)


class CrossEncoder:
    """Scores pairs of texts with an ONNX model; may be used by several threads at a time."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._inputs = sorted(value.name for value in session.get_inputs())
        self._output = session.get_outputs()[0].name

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0) -> CrossEncoder:
        """Load a model from a folder and try it on a short pair and the longest possible.

        Args:
            threads: Of one request; 0 leaves the number to ONNX Runtime.

        Raises:
            ConfigError: If there is no model or tokenizer, or they are not those of a cross-encoder.
        """
        if not folder.is_dir():
            raise ConfigError(f"reranker: {folder} is no folder")
        model = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.is_file()), None)
        if model is None or not (folder / "tokenizer.json").is_file():
            missing = "tokenizer.json" if model else "model.onnx (nor onnx/model.onnx)"
            raise ConfigError(f"reranker: {folder} holds no {missing}; export the cross-encoder to ONNX into it")
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = threads
        try:
            tokenizer = _load_tokenizer(folder)
            session = InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception as exc:  # both libraries raise bare exceptions of their own
            raise ConfigError(f"reranker: {folder} cannot be loaded: {_first_line(exc)}") from exc
        encoder = cls(session, tokenizer)
        if not {"input_ids"} <= set(encoder._inputs) <= _INPUTS.keys():
            raise ConfigError(f"reranker: the model in {folder} takes {encoder._inputs}, no pair of texts")
        try:
            encoder.score("?", [".", "a " * MAX_TOKENS])
        except Exception as exc:
            raise ConfigError(f"reranker: the model in {folder} does not score pairs: {_first_line(exc)}") from exc
        return encoder

    def score(
        self, question: str, texts: Sequence[str], *, within_s: float = threading.TIMEOUT_MAX
    ) -> NDArray[np.float32]:
        """How well each text answers the question, float32 (n,), 0 to 1.

        Raises:
            TimeoutError: If it took longer than `within_s` seconds; the model is stopped where it stands.
            ValueError: If the model gives neither one value a pair nor two, or no numbers.
        """
        from onnxruntime import RunOptions

        run = RunOptions()
        run.log_severity_level = _FATAL_ONLY
        stop = threading.Timer(within_s, setattr, (run, "terminate", True))
        stop.daemon = True
        stop.start()
        # Texts of like length are read together, so that little is padded.
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        scores = np.empty(len(texts), dtype=np.float32)
        try:
            for start in range(0, len(texts), BATCH):
                batch = by_length[start : start + BATCH]
                scores[batch] = self._score_batch([(question, texts[i]) for i in batch], run)
        except Exception as exc:
            if run.terminate:
                raise TimeoutError(f"not read within {within_s:g} s") from exc
            raise
        finally:
            stop.cancel()
        return scores

    def _score_batch(self, pairs: Sequence[tuple[str, str]], run: RunOptions) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(list(pairs))
        feed = {
            name: np.array([getattr(pair, _INPUTS[name]) for pair in encoded], dtype=np.int64) for name in self._inputs
        }
        (output,) = self._session.run([self._output], feed, run)
        logits = np.asarray(output, dtype=np.float32).reshape(len(pairs), -1)
        if logits.shape[1] not in (1, 2):
            raise ValueError(f"{logits.shape[1]} values a pair; a cross-encoder gives one or two")
        if not np.isfinite(logits).all():
            raise ValueError("values that are no numbers")
        # The softmax of two is the sigmoid of their difference; written so, it does not overflow.
        logit = logits[:, -1] - (logits[:, 0] if logits.shape[1] == 2 else 0)
        return np.asarray((1 + np.tanh(logit / 2)) / 2, dtype=np.float32)


def _load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer, set to pad a batch to its longest pair and to cut what the model cannot take."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    limits = [MAX_TOKENS, (tokenizer.truncation or {}).get("max_length", MAX_TOKENS)]
    config = folder / "tokenizer_config.json"
    if config.is_file():
        limits.append(json.loads(config.read_text(encoding="utf-8")).get("model_max_length", MAX_TOKENS))
    tokenizer.enable_truncation(int(min(limits)), strategy="longest_first")
    pad = next((token for token in _PADS if tokenizer.token_to_id(token) is not None), None)
    padding = tokenizer.padding or ({"pad_token": pad, "pad_id": tokenizer.token_to_id(pad)} if pad else {})
    tokenizer.enable_padding(**{**padding, "length": None})
    return tokenizer


def _first_line(exc: Exception) -> str:
    return next(iter(str(exc).splitlines()), type(exc).__name__)


class CrossEncoderReranker:
    """Orders hits by the cross-encoder and the fused score together."""

    def __init__(self, encoder: CrossEncoder, *, within_ms: float) -> None:
        """Leave the order as it is where reading the pairs takes longer than `within_ms` milliseconds."""
        self._encoder = encoder
        self._within_s = within_ms / 1000

    def rerank(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """The same hits in a new order, ranks renewed and `scores.rerank` set.

        The fused scores stay, but change their owners: the first hit has the highest, the second the next. So how far apart hits are
        means afterwards what it meant before, which the choice of documents and the gate have learned from.
        """
        if not hits:
            return []
        try:
            scores = self._encoder.score(query.text, [_text_of(hit) for hit in hits], within_s=self._within_s)
        except TimeoutError:
            log.warning("reranker_too_slow", hits=len(hits), within_ms=round(self._within_s * 1000))
            return list(hits)
        except Exception:  # an answer in the fused order is better than none
            log.exception("reranker_failed")
            return list(hits)
        fused = np.array([hit.scores.fused for hit in hits])
        together = FUSED_SHARE * fused / max(float(fused.max()), 1e-9) + (1 - FUSED_SHARE) * scores
        order = np.argsort(-together, kind="stable")
        return [
            replace(
                hits[i],
                rank=hits[place].rank,
                scores=replace(hits[i].scores, fused=float(value), rerank=float(scores[i])),
            )
            for place, (i, value) in enumerate(zip(order, np.sort(fused)[::-1], strict=True))
        ]


def _text_of(hit: Hit) -> str:
    """What the model reads of a passage: where it stands, then its text."""
    passage = hit.passage
    return "\n".join(part for part in (passage.title, " › ".join(passage.heading), passage.text) if part)
