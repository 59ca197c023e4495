//! The reader and the rules against texts that nobody wrote: what is kept in `infragen/fuzz/corpus`, and what comes of it by
//! chance. `cargo xtask fuzz` does the same for as long as somebody wants.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]

mod chance;
mod target;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chance::Chance;

/// Names the seconds that the search goes on, where nobody says otherwise.
const SECONDS: &str = "INFRAGEN_FUZZ_SECONDS";
/// How many texts are tried in an ordinary run.
const FEW: usize = 300;

fn corpus() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

#[test]
fn every_text_of_the_corpus_is_read_or_refused() {
    let corpus = corpus();
    assert!(corpus.len() >= 20, "{} texts", corpus.len());
    for (path, bytes) in corpus {
        println!("{}", path.display());
        asked(&bytes);
    }
}

#[test]
fn what_comes_of_them_by_chance_is_too() {
    let seconds = std::env::var(SECONDS).ok().map(|seconds| seconds.parse().unwrap());
    let seed = seconds.map_or(1, |_: u64| u64::from(std::process::id()));
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(u64::MAX / 4));
    let texts: Vec<Vec<u8>> = corpus().into_iter().map(|(_, bytes)| bytes).collect();
    let mut chance = Chance::new(seed);
    let mut tried = 0;
    while Instant::now() < until && (seconds.is_some() || tried < FEW) {
        let text = chance.text(&texts);
        let start = Instant::now();
        if catch_unwind(|| asked(&text)).is_err() || start.elapsed() > Duration::from_secs(20) {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{seed}-{tried}.yaml"));
            fs::write(&kept, &text).unwrap();
            panic!(
                "{} breaks the reader: mend it, and keep it small in infragen/fuzz/corpus",
                kept.display()
            );
        }
        tried += 1;
    }
    println!("{tried} texts by chance, seed {seed}");
}

fn asked(text: &[u8]) {
    target::look(text);
    target::write_again(text);
}
