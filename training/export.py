"""Trained weights -> models/parser.safetensors: int8 matrices with one scale per output row, everything else f32.

Activations are quantised at run time, row by row, so that a sentence's analysis does not depend on its neighbours.
Also writes models/parser.reference.json: the float network's scores for a few sentences of ours, for the Rust test.
"""

import argparse
import json
import os
import shutil

import torch
from safetensors.torch import save_file

from model import Encoder, Parser, LAYERS
from wordpiece import WordPiece

REFERENCE = [
    "The foreign ministers of Norway and Sweden met in Oslo on Monday .",
    "Protesters in Lagos were not arrested , the police spokesman said .",
    "Brazil 's President signed a treaty with Argentina after two years of talks .",
]


def quantise(w):
    """Symmetric int8 with a scale per row."""
    scale = w.abs().amax(1).clamp(min=1e-8) / 127
    return (w / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--run", required=True)
    a.add_argument("--vocab", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    labels = json.load(open(a.run + "/labels.json"))
    model = Parser(Encoder(LAYERS), len(labels["upos"]), len(labels["feats"]), len(labels["entities"]),
                   len(labels["relations"]))
    model.load_state_dict(torch.load(a.run + "/model.pt", map_location="cpu"))
    model.eval()
    out = {}

    def matrix(name, weight, bias=None):
        q, s = quantise(weight.float())
        out[name + ".weight"], out[name + ".scale"] = q.contiguous(), s.contiguous()
        out[name + ".bias"] = (bias if bias is not None else torch.zeros(weight.shape[0])).float().contiguous()

    e = model.encoder
    out["words.weight"], out["words.scale"] = quantise(e.words.weight.data)
    out["positions"] = (e.positions.weight + e.types.weight[0]).data.contiguous()
    out["shapes"] = e.shapes.weight.data.contiguous()
    norm = lambda name, n: out.update({name + ".weight": n.weight.data.clone(), name + ".bias": n.bias.data.clone()})
    norm("norm", e.norm)
    for i, l in enumerate(e.layers):
        matrix(f"layers.{i}.qkv", torch.cat([l.q.weight, l.k.weight, l.v.weight]).data,
               torch.cat([l.q.bias, l.k.bias, l.v.bias]).data)
        matrix(f"layers.{i}.o", l.o.weight.data, l.o.bias.data)
        matrix(f"layers.{i}.f1", l.f1.weight.data, l.f1.bias.data)
        matrix(f"layers.{i}.f2", l.f2.weight.data, l.f2.bias.data)
        norm(f"layers.{i}.n1", l.n1)
        norm(f"layers.{i}.n2", l.n2)
    out["mix"] = model.mix.data.softmax(-1).contiguous()
    for name in ("upos", "feats", "entities", "arc_head", "arc_dep", "rel_head", "rel_dep"):
        layer = getattr(model, name)
        matrix(name, layer.weight.data, layer.bias.data)
    # dep' W head: the constant 1 appended to the dependent becomes the bias.
    matrix("arc", model.arc.data[:-1].T.contiguous(), model.arc.data[-1])
    w = model.rel.weight.data  # (relations * (REL + 1)) x (REL + 1)
    matrix("rel", w[:, :-1].contiguous(), w[:, -1])
    os.makedirs(a.out, exist_ok=True)
    meta = {k: json.dumps(v) for k, v in labels.items()}
    save_file({k: v.contiguous() for k, v in out.items()}, a.out + "/parser.safetensors", metadata=meta)
    shutil.copyfile(a.vocab, a.out + "/vocab.txt")

    wp, reference = WordPiece(a.vocab), []
    with torch.no_grad():
        for text in REFERENCE:
            words = text.split()
            ids, shapes, first = wp.encode(words)
            t = lambda x: torch.tensor([x])
            upos, feats, ent, arc, rd, rh = model(t(ids), t(shapes), torch.ones(1, len(ids)), t([0] + first))
            heads = arc[0].argmax(-1)
            rel = torch.einsum("nrd,nd->nr", rd[0], rh[0][heads]).argmax(-1)
            reference.append({
                "words": words, "pieces": ids, "shapes": shapes,
                "upos": [labels["upos"][k] for k in upos[0].argmax(-1)],
                "heads": heads.tolist(), "relations": [labels["relations"][k] for k in rel],
                "entities": [labels["entities"][k] for k in ent[0].argmax(-1)],
                "arc": [[round(x, 3) for x in row] for row in arc[0].tolist()],
            })
    json.dump(reference, open(a.out + "/parser.reference.json", "w"))
    print(f"{os.path.getsize(a.out + '/parser.safetensors') / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
