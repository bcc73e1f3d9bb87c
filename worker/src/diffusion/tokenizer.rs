//! A prompt as numbers: byte-pair encoding, with the library that the reference uses too.
//!
//! Built from `vocab.json` and `merges.txt`, since published checkpoints have no `tokenizer.json`.
//! Two things surprise: the second encoder's tokenizer pads with `!`, which makes every `!` that a
//! person types a padding token, and `<|endoftext|>` typed by a person is the real end.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use serde::Deserialize;
use serde_json::{Value, json};

use super::files::read_text;

/// Places in a prompt, those of start and end included.
pub const PLACES: usize = 77;

const START: &str = "<|startoftext|>";
const END: &str = "<|endoftext|>";
const WORDS: &str = concat!(
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|",
    r"[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
);

/// Turns prompts into [`PLACES`] numbers each.
#[derive(Debug)]
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    pad: i64,
    end: i64,
    highest: i64,
}

#[derive(Deserialize)]
struct SpecialTokens {
    pad_token: PadToken,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PadToken {
    Plain(String),
    Described { content: String },
}

impl Tokenizer {
    /// Reads the files of a folder `tokenizer` or `tokenizer_2`.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let text = |name: &str| read_text(&folder.join(name));
        let name = || format!("{} is no tokenizer of this kind", folder.display());
        let vocabulary: Value = serde_json::from_str(&text("vocab.json")?).with_context(name)?;
        let merges = text("merges.txt")?;
        // The first line is the file's version.
        let merges: Vec<&str> = merges
            .lines()
            .skip(1)
            .filter(|line| !line.is_empty())
            .collect();
        let special: SpecialTokens =
            serde_json::from_str(&text("special_tokens_map.json")?).with_context(name)?;
        let pad = match special.pad_token {
            PadToken::Plain(content) | PadToken::Described { content } => content,
        };
        let number = |token: &str| -> anyhow::Result<i64> {
            let number = vocabulary.get(token).and_then(Value::as_i64);
            number.with_context(|| format!("{}: vocab.json lacks {token:?}", folder.display()))
        };
        let numbers = vocabulary
            .as_object()
            .into_iter()
            .flat_map(|map| map.values());
        let highest = numbers.filter_map(Value::as_i64).max().unwrap_or(0);
        let (start, end, pad_number) = (number(START)?, number(END)?, number(&pad)?);
        let special = [(start, START), (end, END), (pad_number, pad.as_str())];
        let mut added: Vec<Value> = special
            .iter()
            .map(|(id, token)| special_token(*id, token))
            .collect();
        added.dedup();
        let described = json!({
            "version": "1.0",
            "added_tokens": added,
            "normalizer": { "type": "Sequence", "normalizers": [
                { "type": "NFC" },
                { "type": "Replace", "pattern": { "Regex": r"\s+" }, "content": " " },
                { "type": "Lowercase" },
            ]},
            "pre_tokenizer": { "type": "Sequence", "pretokenizers": [
                { "type": "Split", "pattern": { "Regex": WORDS }, "behavior": "Removed", "invert": true },
                { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true },
            ]},
            "model": {
                "type": "BPE", "dropout": null, "unk_token": END, "fuse_unk": false,
                "continuing_subword_prefix": "", "end_of_word_suffix": "</w>",
                "byte_fallback": false, "ignore_merges": false,
                "vocab": vocabulary, "merges": merges,
            },
        });
        let inner = tokenizers::Tokenizer::from_bytes(described.to_string())
            .map_err(|error| anyhow!("{}: {error}", folder.display()))?;
        Ok(Self {
            inner,
            pad: pad_number,
            end,
            highest,
        })
    }

    /// The highest number a prompt can hold.
    pub fn highest(&self) -> i64 {
        self.highest
    }

    /// The numbers of a prompt. What does not fit is cut, and an end is always there.
    pub fn encode(&self, prompt: &str) -> anyhow::Result<Vec<i64>> {
        let encoded = self.inner.encode_fast(prompt, false);
        let encoded = encoded.map_err(|error| anyhow!("cannot read the prompt: {error}"))?;
        let start = self.inner.token_to_id(START).map(i64::from);
        let words = encoded.get_ids().iter().copied().map(i64::from);
        let mut numbers: Vec<i64> = start.into_iter().chain(words).take(PLACES - 1).collect();
        numbers.push(self.end);
        numbers.resize(PLACES, self.pad);
        Ok(numbers)
    }
}

/// Found in a prompt before anything is lowered or split.
fn special_token(id: i64, content: &str) -> Value {
    json!({
        "id": id, "content": content, "special": true, "normalized": false,
        "single_word": false, "lstrip": false, "rstrip": false,
    })
}
