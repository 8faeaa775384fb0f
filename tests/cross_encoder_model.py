"""A real, tiny cross-encoder made here: it counts which of its words question and passage share.

Written as the exports of well-known models are, `model.onnx` beside `tokenizer.json`, so that the loading code is the same for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def write_cross_encoder(
    folder: Path,
    words: Sequence[str],
    *,
    outputs: int = 1,
    inputs: Sequence[str] = (),
    below: str = "",
    strength: float = 4.0,
    rounds: float = 0.0,
) -> Path:
    """Write a model that knows these lower-case words; returns the folder.

    Args:
        outputs: Values a pair: 1 as rerankers give, 2 as classifiers of "no" and "yes" do; another number fits nothing.
        inputs: Further inputs, which nothing can feed.
        below: Folder for the model below the tokenizer's.
        strength: What a shared word adds.
        rounds: How often the model idles for each shared word; 1e9 is for ever.
    """
    (folder / below).mkdir(parents=True, exist_ok=True)
    vocabulary = {word: i for i, word in enumerate((*SPECIAL, *words))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    which = np.eye(len(vocabulary), dtype=np.float32)
    which[: len(SPECIAL)] = 0
    constants = {
        "which": which,
        "rounds": np.array(rounds, dtype=np.float32),
        "go_on": np.array(True),
        "strength": np.array([[-strength, strength][-outputs:] if outputs < 3 else [1.0] * outputs], dtype=np.float32),
        "threshold": np.array([[2.0, -2.0][-outputs:] if outputs < 3 else [0.0] * outputs], dtype=np.float32),
        "positions": np.array([1], dtype=np.int64),
        "last": np.array([2], dtype=np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["which", "input_ids"], ["tokens"]),
        helper.make_node("Cast", ["attention_mask"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["token_type_ids"], ["second"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["real", "second"], ["in_passage"]),
        helper.make_node("Sub", ["real", "in_passage"], ["in_question"]),
    ]
    for side in ("question", "passage"):
        nodes += [
            helper.make_node("Unsqueeze", [f"in_{side}", "last"], [f"{side}_column"]),
            helper.make_node("Mul", ["tokens", f"{side}_column"], [f"{side}_tokens"]),
            helper.make_node("ReduceMax", [f"{side}_tokens", "positions"], [f"{side}_words"], keepdims=0),
        ]
    nodes += [
        helper.make_node("Mul", ["question_words", "passage_words"], ["shared_words"]),
        helper.make_node("ReduceSum", ["shared_words", "positions"], ["shared"], keepdims=1),
        helper.make_node("Mul", ["shared", "strength"], ["strong"]),
        helper.make_node("Add", ["strong", "threshold"], ["rested"]),
        helper.make_node("ReduceSum", ["shared"], ["all_shared"], keepdims=0),
        helper.make_node("Mul", ["all_shared", "rounds"], ["all_rounds"]),
        helper.make_node("Cast", ["all_rounds"], ["count"], to=TensorProto.INT64),
        helper.make_node("Loop", ["count", "go_on", "rested"], ["logits"], body=_idle()),
    ]
    taken = ("input_ids", "attention_mask", "token_type_ids", *inputs)
    graph = helper.make_graph(
        nodes,
        "shared-words",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in taken],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", outputs])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model)
    onnx.save(model, folder / below / "model.onnx")
    return folder


def _idle() -> onnx.GraphProto:
    """A round that changes nothing."""
    return helper.make_graph(
        [helper.make_node("Identity", ["go"], ["on"]), helper.make_node("Identity", ["before"], ["after"])],
        "idle",
        [
            helper.make_tensor_value_info("round", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("before", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("after", TensorProto.FLOAT, None),
        ],
    )
