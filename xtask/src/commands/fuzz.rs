//! `cargo xtask fuzz`: the reader, the rules and the emitter against texts by chance, for as long as somebody wants.

use std::fs;

use clap::Args;

use crate::console::{note, say, skipped};
use crate::project;
use crate::run::{cargo, run, succeeds};

/// Pinned, so that a new release of it cannot break what worked.
const CARGO_FUZZ: &str = "0.13.2";

/// The programs of `infragen/fuzz/fuzz_targets`.
const TARGETS: [&str; 2] = ["reader", "emitter"];

/// Longer ones cost time and show nothing new.
const LONGEST_TEXT: u32 = 4096;

/// Looks for a text that the reader, a rule or the emitter breaks on: a panic, a hang, a place outside of the text
///
/// Texts are those of `infragen/fuzz/corpus`, changed by chance. libFuzzer sees which changes reach new code, and goes on
/// from there; what it keeps stays below the target folder for the next time. What breaks something is named; made
/// small, it belongs into the corpus, which every run of the tests goes through.
#[derive(Args)]
pub(crate) struct Fuzz {
    /// How long it looks, in seconds, over all targets
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Changes texts without a look at which code they reach; it needs no C++ compiler, and nothing more is built
    #[arg(long)]
    blind: bool,
}

impl Fuzz {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if self.blind {
            return self.blindly();
        }
        if !succeeds("c++", &["--version"]) {
            skipped(
                "the look at which code is reached",
                "libFuzzer wants a C++ compiler: apt-get install g++",
            );
            return self.blindly();
        }
        if !succeeds("cargo", &["fuzz", "--version"]) {
            run(cargo().args(["install", "--locked", "cargo-fuzz", "--version", CARGO_FUZZ]))?;
        }
        TARGETS.into_iter().try_for_each(|target| self.guided(target))
    }

    fn guided(&self, target: &str) -> anyhow::Result<()> {
        let folder = project::target().join("fuzz");
        let (kept, broken) = (folder.join(target), folder.join("broken").join(target));
        fs::create_dir_all(&kept)?;
        fs::create_dir_all(&broken)?;
        note(format_args!("what breaks something is kept in {}", broken.display()));
        let mut fuzz = cargo();
        // The compiler counts which code is reached for anybody; only cargo-fuzz believes that it is not a stable one's work.
        fuzz.current_dir(project::root().join("infragen")).env("RUSTC_BOOTSTRAP", "1");
        fuzz.args(["fuzz", "run", "--sanitizer=none", "--fuzz-dir=fuzz", target]);
        fuzz.args([&kept, &project::root().join("infragen/fuzz/corpus")]).arg("--");
        fuzz.arg(format!("-max_total_time={}", self.seconds / TARGETS.len() as u64));
        fuzz.arg(format!("-max_len={LONGEST_TEXT}"));
        // A text that takes so long is a fault too; so is one that takes so much memory.
        fuzz.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0"]);
        run(fuzz.arg(format!("-artifact_prefix={}/", broken.display())))?;
        say(format_args!("{target}: nothing breaks; {} texts are kept", fs::read_dir(&kept)?.count()));
        Ok(())
    }

    fn blindly(&self) -> anyhow::Result<()> {
        let mut cargo = cargo();
        cargo.args(["test", "--quiet", "--package", "infragen", "--test", "reader", "by_chance"]);
        run(cargo.args(["--", "--nocapture"]).env("INFRAGEN_FUZZ_SECONDS", self.seconds.to_string()))
    }
}
