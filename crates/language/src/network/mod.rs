//! The multi-task encoder: MiniLM-L6 with a letter-case embedding, int8 weights, heads for parts of speech, features,
//! entities and biaffine dependencies (Dozat and Manning 2017). `training/model.py` is its definition.

mod gemm;
mod math;

use crate::Error;
use gemm::{Linear, Quantised};
use safetensors::{SafeTensors, tensor::Dtype};
use std::cell::RefCell;

/// Width of the encoder.
const WIDTH: usize = 384;
/// Attention heads.
const HEADS: usize = 12;
/// Word pieces the position table holds.
pub const MAX_PIECES: usize = 512;

/// A sentence as the encoder sees it.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// Word-piece ids, `[CLS]` first, `[SEP]` last; at most [`MAX_PIECES`].
    pub ids: Vec<u32>,
    /// Letter-case class of each piece.
    pub shapes: Vec<u8>,
    /// Position of each word's first piece.
    pub first: Vec<u32>,
}

/// What the heads say about one sentence of `n` words.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Number of words.
    pub words: usize,
    /// `n × upos` scores.
    pub upos: Vec<f32>,
    /// `n × features` scores.
    pub feats: Vec<f32>,
    /// `n × entity labels` scores.
    pub entities: Vec<f32>,
    /// Head of each word, from 1; 0 is the root.
    pub heads: Vec<usize>,
    /// Log-probability of each word's head.
    pub arcs: Vec<f32>,
    /// `n × relations` scores of the relation between each word and its head.
    pub relations: Vec<f32>,
}

/// From the `n × (n + 1)` log-probabilities of heads (column 0 the root) to the heads of a tree.
pub type Tree = fn(&[f32], usize) -> Vec<usize>;

/// A network that scores sentences. The one behind [`crate::Language`] is [`Encoder`]; tests and experiments may bring
/// another.
pub trait Network: Send + Sync {
    /// Scores each sentence; a sentence's scores do not depend on the others. Relations are scored for the heads that
    /// `tree` chooses.
    fn run(&self, sentences: &[Pieces], tree: Tree) -> Vec<Scores>;
}

/// The network from `models/parser.safetensors`.
pub struct Encoder {
    words: &'static [i8],
    word_scale: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    mix: Vec<f32>,
    upos: Linear,
    feats: Linear,
    entities: Linear,
    arc_head: Linear,
    arc_dep: Linear,
    arc: Linear,
    rel_head: Linear,
    rel_dep: Linear,
    rel: Linear,
    relations: usize,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    qkv: Linear,
    o: Linear,
    n1: Norm,
    f1: Linear,
    f2: Linear,
    n2: Norm,
}

/// Buffers of one run.
#[derive(Default)]
struct Scratch {
    q: Quantised,
    x: Vec<f32>,
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
    last: [Vec<f32>; 3],
    heads: Heads,
    attention: Attention,
}

/// Buffers of the heads.
#[derive(Default)]
struct Heads {
    syntax: Vec<f32>,
    tags: Vec<f32>,
    names: Vec<f32>,
    upos: Vec<f32>,
    feats: Vec<f32>,
    entities: Vec<f32>,
    arc_head: Vec<f32>,
    arc_dep: Vec<f32>,
    rel_head: Vec<f32>,
    rel_dep: Vec<f32>,
    hidden: Vec<f32>,
}

thread_local! {
    /// A thread's buffers live on, so that memory is not asked of the system for every batch.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

#[derive(Default)]
struct Attention {
    keys: Vec<f32>,
    weights: Vec<f32>,
}

impl Encoder {
    /// Reads the weights; `relations` is the number of relation labels.
    pub fn new(bytes: &'static [u8], relations: usize) -> Result<Self, Error> {
        let t = Tensors(SafeTensors::deserialize(bytes).map_err(|e| Error::Weights(e.to_string()))?);
        let layers = (0..)
            .map(|i| format!("layers.{i}"))
            .take_while(|p| t.0.tensor(&format!("{p}.qkv.weight")).is_ok())
            .map(|p| {
                Ok(Layer {
                    qkv: t.linear(&format!("{p}.qkv"))?,
                    o: t.linear(&format!("{p}.o"))?,
                    n1: t.norm(&format!("{p}.n1"))?,
                    f1: t.linear(&format!("{p}.f1"))?,
                    f2: t.linear(&format!("{p}.f2"))?,
                    n2: t.norm(&format!("{p}.n2"))?,
                })
            })
            .collect::<Result<_, Error>>()?;
        Ok(Self {
            words: t.int8("words.weight")?,
            word_scale: t.float("words.scale")?,
            positions: t.float("positions")?,
            shapes: t.float("shapes")?,
            norm: t.norm("norm")?,
            layers,
            mix: t.float("mix")?,
            upos: t.linear("upos")?,
            feats: t.linear("feats")?,
            entities: t.linear("entities")?,
            arc_head: t.linear("arc_head")?,
            arc_dep: t.linear("arc_dep")?,
            arc: t.linear("arc")?,
            rel_head: t.linear("rel_head")?,
            rel_dep: t.linear("rel_dep")?,
            rel: t.linear("rel")?,
            relations,
        })
    }

    #[inline(always)]
    fn embed(&self, sentences: &[Pieces], x: &mut Vec<f32>) {
        x.clear();
        for s in sentences {
            for (p, (&id, &shape)) in s.ids.iter().zip(&s.shapes).enumerate() {
                let word = &self.words[id as usize * WIDTH..][..WIDTH];
                let scale = self.word_scale[id as usize];
                let position = &self.positions[p * WIDTH..][..WIDTH];
                let shape = &self.shapes[shape as usize * WIDTH..][..WIDTH];
                let start = x.len();
                x.resize(start + WIDTH, 0.0);
                for (k, v) in x[start..].iter_mut().enumerate() {
                    *v = f32::from(word[k]).mul_add(scale, position[k]) + shape[k];
                }
                math::layer_norm(&mut x[start..], &self.norm.weight, &self.norm.bias);
            }
        }
    }

    #[inline(always)]
    fn forward(&self, sentences: &[Pieces], tree: Tree, s: &mut Scratch) -> Vec<Scores> {
        let mut x = std::mem::take(&mut s.x);
        self.embed(sentences, &mut x);
        for (i, layer) in self.layers.iter().enumerate() {
            layer.forward(&mut x, sentences, s);
            if let Some(k) = (i + 3).checked_sub(self.layers.len()) {
                s.last[k].clone_from(&x);
            }
        }
        s.x = x;
        self.heads(sentences, tree, s)
    }

    #[inline(always)]
    fn heads(&self, sentences: &[Pieces], tree: Tree, s: &mut Scratch) -> Vec<Scores> {
        // Rows of the words of all sentences; for the syntax heads with [CLS] as the root before each sentence's words.
        let (mut words, mut rows, mut base) = (Vec::new(), Vec::new(), 0u32);
        for p in sentences {
            rows.push(base);
            rows.extend(p.first.iter().map(|f| base + f));
            words.extend(p.first.iter().map(|f| base + f));
            base += p.ids.len() as u32;
        }
        let (last, mix, q, h) = (&s.last, &self.mix, &mut s.q, &mut s.heads);
        mixed(last, &mix[0..3], &rows, &mut h.syntax);
        mixed(last, &mix[3..6], &words, &mut h.tags);
        mixed(last, &mix[6..9], &words, &mut h.names);
        q.set(&h.tags, WIDTH);
        self.upos.apply(q, &mut h.upos);
        self.feats.apply(q, &mut h.feats);
        q.set(&h.names, WIDTH);
        self.entities.apply(q, &mut h.entities);
        q.set(&h.syntax, WIDTH);
        self.arc_head.apply(q, &mut h.arc_head);
        self.rel_head.apply(q, &mut h.rel_head);
        self.arc_dep.apply(q, &mut h.hidden);
        self.rel_dep.apply(q, &mut h.rel_dep);
        for x in [&mut h.arc_head, &mut h.rel_head, &mut h.hidden, &mut h.rel_dep] {
            math::gelu_all(x);
        }
        q.set(&h.hidden, self.arc_dep.outputs());
        self.arc.apply(q, &mut h.arc_dep);
        q.set(&h.rel_dep, self.rel_dep.outputs());
        self.rel.apply(q, &mut h.rel_dep);
        let (a, r, rd) = (self.arc.outputs(), self.rel_head.outputs(), self.rel.outputs());
        debug_assert_eq!(rd, self.relations * (r + 1));
        let (mut out, mut word, mut row) = (Vec::with_capacity(sentences.len()), 0, 0);
        for p in sentences {
            let n = p.first.len();
            let mut arcs = Vec::with_capacity(n * (n + 1));
            for i in 0..n {
                let dep = &h.arc_dep[(row + 1 + i) * a..][..a];
                let start = arcs.len();
                for k in 0..=n {
                    arcs.push(math::dot(dep, &h.arc_head[(row + k) * a..][..a]));
                }
                math::log_softmax(&mut arcs[start..]);
            }
            let heads = tree(&arcs, n);
            let mut relations = Vec::with_capacity(n * self.relations);
            for (i, &head) in heads.iter().enumerate() {
                let of_head = &h.rel_head[(row + head) * r..][..r];
                let of_dep = &h.rel_dep[(row + 1 + i) * rd..][..rd];
                // The last weight of a relation stands for the constant 1 beside the head's vector.
                for w in of_dep.chunks_exact(r + 1) {
                    relations.push(math::dot(&w[..r], of_head) + w[r]);
                }
            }
            let cut = |x: &[f32], width: usize| x[word * width..(word + n) * width].to_vec();
            out.push(Scores {
                words: n,
                upos: cut(&h.upos, self.upos.outputs()),
                feats: cut(&h.feats, self.feats.outputs()),
                entities: cut(&h.entities, self.entities.outputs()),
                arcs: heads.iter().enumerate().map(|(i, &k)| arcs[i * (n + 1) + k]).collect(),
                heads,
                relations,
            });
            word += n;
            row += n + 1;
        }
        out
    }
}

/// The learned mix of the last three layers at some rows.
#[inline(always)]
fn mixed(last: &[Vec<f32>; 3], w: &[f32], rows: &[u32], out: &mut Vec<f32>) {
    out.clear();
    for &r in rows {
        let at = r as usize * WIDTH;
        let (a, b, c) = (&last[0][at..][..WIDTH], &last[1][at..][..WIDTH], &last[2][at..][..WIDTH]);
        let start = out.len();
        out.resize(start + WIDTH, 0.0);
        for (k, o) in out[start..].iter_mut().enumerate() {
            *o = w[2].mul_add(c[k], w[1].mul_add(b[k], w[0] * a[k]));
        }
    }
}

impl Network for Encoder {
    #[allow(unsafe_code)]
    fn run(&self, sentences: &[Pieces], tree: Tree) -> Vec<Scores> {
        SCRATCH.with_borrow_mut(|scratch| {
            #[cfg(target_arch = "x86_64")]
            {
                // The same Rust code compiled for wider registers, so the same bits.
                #[target_feature(enable = "avx2,fma")]
                fn avx2(network: &Encoder, sentences: &[Pieces], tree: Tree, scratch: &mut Scratch) -> Vec<Scores> {
                    network.forward(sentences, tree, scratch)
                }
                if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                    // SAFETY: the processor has AVX2 and FMA.
                    return unsafe { avx2(self, sentences, tree, scratch) };
                }
            }
            self.forward(sentences, tree, scratch)
        })
    }
}

impl Layer {
    #[inline(always)]
    fn forward(&self, x: &mut [f32], sentences: &[Pieces], s: &mut Scratch) {
        s.q.set(x, WIDTH);
        self.qkv.apply(&s.q, &mut s.a);
        s.b.resize(x.len(), 0.0);
        let mut start = 0;
        for p in sentences {
            let n = p.ids.len();
            s.attention.run(&s.a[start * 3 * WIDTH..][..n * 3 * WIDTH], &mut s.b[start * WIDTH..][..n * WIDTH]);
            start += n;
        }
        s.q.set(&s.b, WIDTH);
        self.o.apply(&s.q, &mut s.c);
        add_and_norm(x, &s.c, &self.n1);
        s.q.set(x, WIDTH);
        self.f1.apply(&s.q, &mut s.a);
        math::gelu_all(&mut s.a);
        s.q.set(&s.a, self.f1.outputs());
        self.f2.apply(&s.q, &mut s.c);
        add_and_norm(x, &s.c, &self.n2);
    }
}

#[inline(always)]
fn add_and_norm(x: &mut [f32], y: &[f32], norm: &Norm) {
    for (row, add) in x.chunks_exact_mut(WIDTH).zip(y.chunks_exact(WIDTH)) {
        for (v, a) in row.iter_mut().zip(add) {
            *v += a;
        }
        math::layer_norm(row, &norm.weight, &norm.bias);
    }
}

impl Attention {
    /// `qkv`: n rows of query, key, value; `out`: n rows.
    #[inline(always)]
    fn run(&mut self, qkv: &[f32], out: &mut [f32]) {
        /// Width of a head.
        const D: usize = WIDTH / HEADS;
        /// Positions that are scored at once, and queries that share the loads.
        const BLOCK: usize = 16;
        const QUERIES: usize = 4;
        let n = out.len() / WIDTH;
        let padded = n.next_multiple_of(BLOCK);
        let scale = 1.0 / (D as f32).sqrt();
        self.keys.resize(D * padded, 0.0);
        self.weights.resize(QUERIES * padded, 0.0);
        for h in 0..HEADS {
            // Keys as d × positions, so that the inner loops run over positions.
            for j in 0..n {
                let key = &qkv[j * 3 * WIDTH + WIDTH + h * D..][..D];
                for (d, k) in key.iter().enumerate() {
                    self.keys[d * padded + j] = *k;
                }
            }
            for first in (0..n).step_by(QUERIES) {
                let count = QUERIES.min(n - first);
                let mut queries = [[0f32; D]; QUERIES];
                for (r, query) in queries[..count].iter_mut().enumerate() {
                    query.copy_from_slice(&qkv[(first + r) * 3 * WIDTH + h * D..][..D]);
                    for q in query {
                        *q *= scale;
                    }
                }
                for block in (0..padded).step_by(BLOCK) {
                    let mut sums = [[0f32; BLOCK]; QUERIES];
                    // Fixed ranges: the sums stay in registers.
                    #[allow(clippy::needless_range_loop)]
                    for d in 0..D {
                        let keys = &self.keys[d * padded + block..][..BLOCK];
                        for r in 0..QUERIES {
                            let q = queries[r][d];
                            for k in 0..BLOCK {
                                sums[r][k] = q.mul_add(keys[k], sums[r][k]);
                            }
                        }
                    }
                    for (r, row) in sums.iter().enumerate() {
                        self.weights[r * padded + block..][..BLOCK].copy_from_slice(row);
                    }
                }
                for r in 0..count {
                    let weights = &mut self.weights[r * padded..][..padded];
                    // Padding weighs nothing.
                    weights[n..].fill(f32::MIN);
                    math::softmax(weights);
                    let mut sums = [0f32; D];
                    for (j, w) in weights[..n].iter().enumerate() {
                        let value = &qkv[j * 3 * WIDTH + 2 * WIDTH + h * D..][..D];
                        for k in 0..D {
                            sums[k] = w.mul_add(value[k], sums[k]);
                        }
                    }
                    out[(first + r) * WIDTH + h * D..][..D].copy_from_slice(&sums);
                }
            }
        }
    }
}

struct Tensors(SafeTensors<'static>);

impl Tensors {
    fn view(&self, name: &str, dtype: Dtype) -> Result<&'static [u8], Error> {
        let t = self.0.tensor(name).map_err(|e| Error::Weights(format!("{name}: {e}")))?;
        if t.dtype() != dtype {
            return Err(Error::Weights(format!("{name}: expected {dtype:?}, found {:?}", t.dtype())));
        }
        Ok(t.data())
    }

    #[allow(unsafe_code)]
    fn int8(&self, name: &str) -> Result<&'static [i8], Error> {
        let bytes = self.view(name, Dtype::I8)?;
        // SAFETY: u8 and i8 have the same size and alignment, and every bit pattern is valid.
        Ok(unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) })
    }

    fn float(&self, name: &str) -> Result<Vec<f32>, Error> {
        let four = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Ok(self.view(name, Dtype::F32)?.chunks_exact(4).map(four).collect())
    }

    fn linear(&self, name: &str) -> Result<Linear, Error> {
        let part = |p: &str| format!("{name}.{p}");
        Ok(Linear::new(self.int8(&part("weight"))?, self.float(&part("scale"))?, self.float(&part("bias"))?))
    }

    fn norm(&self, name: &str) -> Result<Norm, Error> {
        Ok(Norm { weight: self.float(&format!("{name}.weight"))?, bias: self.float(&format!("{name}.bias"))? })
    }
}
