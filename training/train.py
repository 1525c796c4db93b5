"""Trains the multi-task parser on a CPU. About ten minutes an epoch on one core with bf16; eight epochs."""

import argparse
import json
import os
import random
import time
from collections import Counter

import torch
import torch.nn.functional as F

import conllu
from model import Encoder, Parser
from wordpiece import WordPiece

IGNORE = -100


def arguments():
    a = argparse.ArgumentParser()
    a.add_argument("--encoder", required=True)
    a.add_argument("--ewt", required=True)
    a.add_argument("--gum", required=True)
    a.add_argument("--uner", required=True)
    a.add_argument("--silver", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--epochs", type=int, default=8)
    a.add_argument("--silver-per-epoch", type=int, default=2500)
    a.add_argument("--lr", type=float, default=2e-4)
    a.add_argument("--head-lr", type=float, default=1.5e-3)
    a.add_argument("--batch", type=int, default=900, help="word pieces, padding included")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--no-gum", action="store_true")
    return a.parse_args()


def load(a):
    ewt = lambda part: list(conllu.sentences(f"{a.ewt}/en_ewt-ud-{part}.conllu"))
    gum = lambda part: list(conllu.sentences(f"{a.gum}/en_gum_open-{part}.conllu"))
    train = [(s, None) for s in ewt("train")]
    if not a.no_gum:
        train += [(s, conllu.gum_entities(s)) for s in gum("train")]
    return train, ewt("dev"), gum("dev")


def example(wp, labels, words, rows=None, tags=None):
    ids, shapes, first = wp.encode(words)
    n = len(words)
    x = {"ids": ids, "shapes": shapes, "first": first, "n": n}
    index = lambda table, key: table.get(key, IGNORE)
    x["upos"] = [index(labels["upos"], c[3]) for c in rows] if rows else [IGNORE] * n
    x["feats"] = [index(labels["feats"], c[5]) for c in rows] if rows else [IGNORE] * n
    x["head"] = [int(c[6]) for c in rows] if rows else [IGNORE] * n
    x["rel"] = [index(labels["relations"], c[7]) for c in rows] if rows else [IGNORE] * n
    x["ent"] = [labels["entities"][t] for t in tags] if tags else [IGNORE] * n
    return x


def batches(examples, size, rng=None):
    xs = list(examples)
    if rng:
        rng.shuffle(xs)
        xs.sort(key=lambda x: len(x["ids"]) + rng.random() * 6)
    else:
        xs.sort(key=lambda x: len(x["ids"]))
    out, current, longest = [], [], 0
    for x in xs:
        longest = max(longest, len(x["ids"]))
        if current and longest * (len(current) + 1) > size:
            out.append(current)
            current, longest = [], len(x["ids"])
        current.append(x)
    out.append(current)
    if rng:
        rng.shuffle(out)
    return out


def collate(batch):
    t, n = max(len(x["ids"]) for x in batch), max(x["n"] for x in batch)
    ids, shapes = torch.zeros(len(batch), t, dtype=torch.long), torch.zeros(len(batch), t, dtype=torch.long)
    mask, first = torch.zeros(len(batch), t), torch.zeros(len(batch), n + 1, dtype=torch.long)
    words = torch.zeros(len(batch), n + 1, dtype=torch.bool)
    gold = {k: torch.full((len(batch), n), IGNORE, dtype=torch.long) for k in ("upos", "feats", "head", "rel", "ent")}
    for i, x in enumerate(batch):
        ids[i, : len(x["ids"])] = torch.tensor(x["ids"])
        shapes[i, : len(x["ids"])] = torch.tensor(x["shapes"])
        mask[i, : len(x["ids"])] = 1
        first[i, 1 : x["n"] + 1] = torch.tensor(x["first"])
        words[i, : x["n"] + 1] = True
        for k in gold:
            gold[k][i, : x["n"]] = torch.tensor(x[k])
    return ids, shapes, mask, first, words, gold


def relation_scores(rel_dep, rel_head, heads):
    g = torch.gather(rel_head, 1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, rel_head.size(-1)))
    return torch.einsum("bnrd,bnd->bnr", rel_dep, g)


@torch.no_grad()
def evaluate(model, examples, name):
    """Greedy heads: the tree search of the Rust side adds a little."""
    model.eval()
    c = Counter()
    for b in batches(examples, 3000):
        ids, shapes, mask, first, words, gold = collate(b)
        upos, feats, ent, arc, rel_dep, rel_head = model(ids, shapes, mask, first)
        heads = arc.masked_fill(~words[:, None, :], -1e9).argmax(-1)
        rel = relation_scores(rel_dep, rel_head, heads).argmax(-1)
        known = gold["head"] != IGNORE
        right = (heads == gold["head"]) & known
        c["n"] += known.sum().item()
        c["upos"] += ((upos.argmax(-1) == gold["upos"]) & known).sum().item()
        c["feats"] += ((feats.argmax(-1) == gold["feats"]) & known).sum().item()
        c["uas"] += right.sum().item()
        c["las"] += (right & (rel == gold["rel"])).sum().item()
        tagged = gold["ent"] != IGNORE
        c["ent_n"] += (tagged & (gold["ent"] > 0)).sum().item()
        c["ent_p"] += (tagged & (ent.argmax(-1) > 0)).sum().item()
        c["ent_r"] += (tagged & (gold["ent"] > 0) & (ent.argmax(-1) == gold["ent"])).sum().item()
    model.train()
    pct = lambda k: f"{100 * c[k] / max(c['n'], 1):.2f}"
    f1 = 200 * c["ent_r"] / max(c["ent_n"] + c["ent_p"], 1)
    print(f"{name}: UPOS {pct('upos')} feats {pct('feats')} UAS {pct('uas')} LAS {pct('las')} entity tokens F1 {f1:.1f}", flush=True)


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)
    train, ewt_dev, gum_dev = load(a)
    feats = Counter(c[5] for s, _ in train for c in s)
    table = lambda xs: {x: i for i, x in enumerate(xs)}
    labels = {
        "upos": table(sorted({c[3] for s, _ in train for c in s})),
        "feats": table([k for k, v in sorted(feats.items(), key=lambda kv: (-kv[1], kv[0])) if v >= 3]),
        "relations": table(sorted({c[7] for s, _ in train for c in s})),
        "entities": table(["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]),
    }
    json.dump({k: list(v) for k, v in labels.items()}, open(a.out + "/labels.json", "w"), indent=1)
    wp = WordPiece(a.encoder + "/vocab.txt")
    make = lambda rows, tags=None: example(wp, labels, [c[1] for c in rows], rows, tags)
    parsed = [x for x in (make(s, t) for s, t in train) if len(x["ids"]) <= 160]
    uner = [example(wp, labels, w, None, t) for w, t in conllu.iob2(a.uner)]
    rng.shuffle(uner)
    uner_dev, uner = uner[:400], uner[400:]
    silver = [example(wp, labels, w, None, t) for w, t in map(json.loads, open(a.silver))]
    silver = [x for x in silver if len(x["ids"]) <= 160]
    dev, gdev = [make(s) for s in ewt_dev], [make(s, conllu.gum_entities(s)) for s in gum_dev]
    print(f"{len(parsed)} parsed, {len(uner)} uner, {len(silver)} silver sentences; "
          f"{ {k: len(v) for k, v in labels.items()} }", flush=True)

    model = Parser(Encoder.pretrained(a.encoder + "/model.safetensors"), len(labels["upos"]), len(labels["feats"]),
                   len(labels["entities"]), len(labels["relations"]))
    # The word embeddings stay as they are: they hold most of the weights, and the treebank sees few of them.
    model.encoder.words.weight.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    own = set(map(id, model.encoder.parameters()))
    heads = [p for p in model.parameters() if id(p) not in own]
    opt = torch.optim.AdamW([{"params": encoder, "lr": a.lr}, {"params": heads, "lr": a.head_lr}],
                            weight_decay=0.01, betas=(0.9, 0.98))
    epoch_set = lambda e: parsed + uner + silver[e * a.silver_per_epoch : (e + 1) * a.silver_per_epoch]
    total = len(batches(epoch_set(0), a.batch, random.Random(0))) * a.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min(1, (s + 1) / (0.06 * total)) * max(0.01, 1 - s / total))
    ce = lambda x, y: F.cross_entropy(x.float().flatten(0, 1), y.flatten(), ignore_index=IGNORE) if (y != IGNORE).any() else 0.0
    start, step = time.time(), 0
    for epoch in range(a.epochs):
        running = 0.0
        for batch in batches(epoch_set(epoch), a.batch, rng):
            ids, shapes, mask, first, words, gold = collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                upos, fts, ent, arc, rel_dep, rel_head = model(ids, shapes, mask, first)
                rel = relation_scores(rel_dep, rel_head, gold["head"])
            arc = arc.float().masked_fill(~words[:, None, :], -1e9)
            loss = (0.5 * ce(upos, gold["upos"]) + 0.5 * ce(fts, gold["feats"]) + 0.7 * ce(ent, gold["ent"])
                    + ce(arc, gold["head"]) + ce(rel, gold["rel"]))
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            schedule.step()
            step += 1
            running += float(loss)
            if step % 100 == 0:
                print(f"epoch {epoch} step {step}/{total} loss {running / 100:.3f} {time.time() - start:.0f} s", flush=True)
                running = 0.0
        evaluate(model, dev, f"epoch {epoch} EWT dev")
        evaluate(model, gdev, f"epoch {epoch} GUM dev")
        evaluate(model, uner_dev, f"epoch {epoch} UNER")
        torch.save(model.state_dict(), a.out + "/model.pt")
    print(f"trained in {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
