"""The network: MiniLM-L6 encoder, one linear head each for UPOS, features and entities, biaffine dependencies.

Two additions to the stock encoder: a letter-case embedding (the vocabulary is uncased, names are not), and a learned
mix of the last three layers for each group of heads. Dependencies follow Dozat and Manning (2017).
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

WIDTH, HEADS, INNER, LAYERS, VOCAB, POSITIONS = 384, 12, 1536, 6, 30522, 512
ARC, REL = 256, 96


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.n1, self.n2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.f1, self.f2 = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, bias):
        b, t, _ = x.shape
        split = lambda z: z.reshape(b, t, HEADS, WIDTH // HEADS).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        if torch.onnx.is_in_onnx_export():
            a = (q @ k.transpose(2, 3)) * (1 / math.sqrt(WIDTH // HEADS)) + bias
            y = a.softmax(-1) @ v
        else:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=0.1 if self.training else 0.0)
        x = self.n1(x + self.drop(self.o(y.transpose(1, 2).reshape(b, t, WIDTH))))
        return self.n2(x + self.drop(self.f2(F.gelu(self.f1(x)))))


class Encoder(nn.Module):
    def __init__(self, layers=LAYERS):
        super().__init__()
        self.words = nn.Embedding(VOCAB, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.shapes = nn.Embedding(9, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids, shapes, mask):
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.types.weight[0] + self.shapes(shapes)
        x = self.norm(x)
        bias = ((1 - mask.float()) * -1e4)[:, None, None, :]
        hidden = []
        for layer in self.layers:
            x = layer(x, bias)
            hidden.append(x)
        return hidden[-3:]

    @staticmethod
    def pretrained(path):
        w = load_file(path)
        e = Encoder()
        state = {
            "words.weight": w["embeddings.word_embeddings.weight"],
            "positions.weight": w["embeddings.position_embeddings.weight"],
            "types.weight": w["embeddings.token_type_embeddings.weight"],
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
            "shapes.weight": e.shapes.weight,
        }
        names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
                 "o": "attention.output.dense", "n1": "attention.output.LayerNorm",
                 "f1": "intermediate.dense", "f2": "output.dense", "n2": "output.LayerNorm"}
        for i in range(LAYERS):
            for ours, theirs in names.items():
                for t in ("weight", "bias"):
                    state[f"layers.{i}.{ours}.{t}"] = w[f"encoder.layer.{i}.{theirs}.{t}"]
        e.load_state_dict(state)
        return e


def with_one(z):
    return torch.cat([z, torch.ones_like(z[..., :1])], -1)


class Parser(nn.Module):
    def __init__(self, encoder, upos, feats, entities, relations):
        super().__init__()
        self.encoder = encoder
        self.mix = nn.Parameter(torch.zeros(3, 3))
        self.upos, self.feats = nn.Linear(WIDTH, upos), nn.Linear(WIDTH, feats)
        self.entities = nn.Linear(WIDTH, entities)
        self.arc_head, self.arc_dep = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.rel_head, self.rel_dep = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.rel = nn.Linear(REL + 1, relations * (REL + 1), bias=False)
        nn.init.zeros_(self.rel.weight)
        self.relations = relations
        self.drop = nn.Dropout(0.25)

    def forward(self, ids, shapes, mask, first):
        """first: position of each word's first piece, with 0 ([CLS], the root) in front; 0 also pads.

        Returns UPOS, feature and entity scores per word; arc scores word x (root + words); the two sides of the
        relation scores: dep x relation x dim, head x dim, whose product over dim is the score of a relation.
        """
        hidden = self.encoder(ids, shapes, mask)
        w = self.mix.softmax(-1)
        index = first.unsqueeze(-1).expand(-1, -1, WIDTH)
        take = lambda i: self.drop(torch.gather(w[i, 0] * hidden[0] + w[i, 1] * hidden[1] + w[i, 2] * hidden[2], 1, index))
        syntax, words, names = take(0), take(1)[:, 1:], take(2)[:, 1:]
        act = lambda layer: self.drop(F.gelu(layer(syntax)))
        arc_dep, arc_head = with_one(act(self.arc_dep))[:, 1:], act(self.arc_head)
        arc = arc_dep @ self.arc @ arc_head.transpose(1, 2)
        rel_dep, rel_head = with_one(act(self.rel_dep))[:, 1:], with_one(act(self.rel_head))
        b, n, _ = rel_dep.shape
        rel_dep = self.rel(rel_dep).reshape(b, n, self.relations, REL + 1)
        return self.upos(words), self.feats(words), self.entities(names), arc, rel_dep, rel_head
