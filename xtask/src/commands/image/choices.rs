//! What the choices of the image's build cost and give: each other choice built by the same builder, and tried beside
//! the image under the same constraints.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;

use super::Built;
use super::builder::Builder;
use super::container::Container;
use super::engine::Engine;
use super::platform::Platform;
use super::release::Release;
use super::service::{self, PROGRAM, SERVICE, median, ready};
use super::store::{NAME, Store};
use crate::console::{note, say, time};
use crate::figures::megabytes;
use crate::project;
use crate::run::run;
use crate::table::Table;

/// One thing that is chosen otherwise than in the image.
struct Choice {
    name: &'static str,
    /// What cargo is told by variables, on top of the profile `image`.
    profile: &'static str,
    /// What cargo is told by arguments.
    arguments: &'static str,
}

const CHOICES: [Choice; 6] = [
    Choice { name: "opt-level 3 for all", profile: "CARGO_PROFILE_IMAGE_OPT_LEVEL=3", arguments: "" },
    Choice { name: "LTO thin", profile: "CARGO_PROFILE_IMAGE_LTO=thin", arguments: "" },
    Choice { name: "LTO off", profile: "CARGO_PROFILE_IMAGE_LTO=off", arguments: "" },
    Choice { name: "panic abort", profile: "CARGO_PROFILE_IMAGE_PANIC=abort", arguments: "" },
    Choice { name: "musl's allocator", profile: "", arguments: "--features service/musl-allocator" },
    Choice { name: "mimalloc for C too", profile: "", arguments: "--features mimalloc/override" },
];

/// The builder with all that it built for the image.
const STAGE: &str = "infragen/built:choices";

/// How often each is put under load, in turn with the others; the median counts.
const ROUNDS: usize = 5;
/// Seconds of each load.
const SECONDS: u32 = 2;
const REPORTS: [&str; 2] = ["/api/reports/daily_usage", "/api/reports/user_visits"];

/// A program to try.
struct Program {
    name: String,
    /// None is the image's own.
    file: Option<PathBuf>,
    size: f64,
}

/// Builds those whose names have one of these words, all if there are none, and prints the table.
pub(super) fn compare(engine: &Engine, built: &Built, words: &[String]) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(project::cache())?;
    let own = built.image.files()?.remove(PROGRAM).context("the image has no program")?;
    let mut programs =
        vec![Program { name: "the image".to_owned(), file: None, size: own.content.len() as f64 }];
    let release = Release::rendered()?;
    let mut stage =
        engine.docker(&["build", "--file", &release.dockerfile, "--target=build", "--tag", STAGE]);
    run(stage.args(Builder::provide(engine, Platform::default())?.arguments).arg("."))?;
    let flags = flags(&release.dockerfile)?;
    for choice in &CHOICES {
        if words.is_empty() || words.iter().any(|word| choice.name.contains(word.as_str())) {
            programs.push(choice.build(engine, &flags, folder.path())?);
        }
    }

    let store = Store::start(engine)?;
    service::prepare(engine, &store, built)?;
    let mut tried: Vec<Tried> = programs.iter().map(|_| Tried::default()).collect();
    for round in 1..=ROUNDS {
        note(format_args!("round {round} of {ROUNDS}"));
        for (program, tried) in programs.iter().zip(&mut tried) {
            tried.once(engine, &store, built, program)?;
        }
    }
    let mut table = Table::new(["choice", "program", "start to ready", "memory", REPORTS[0], REPORTS[1]]);
    let image = tried.first().map_or([1.0; 2], Tried::speeds);
    for (program, tried) in programs.into_iter().zip(&tried) {
        let [daily, visits] = tried.speeds();
        let speed = |speed: f64, image: f64| format!("{speed:.0} a second, {:.2}", speed / image);
        table.row([
            program.name,
            megabytes(program.size),
            time(median(tried.starts.clone())),
            megabytes(middle(&tried.memory)),
            speed(daily, image[0]),
            speed(visits, image[1]),
        ]);
    }
    say(table.text().trim_end());
    Ok(())
}

impl Choice {
    /// Builds the service so, on what was built for the image: what the choice does not touch is there.
    fn build(&self, engine: &Engine, flags: &str, folder: &Path) -> anyhow::Result<Program> {
        let mut docker = engine.docker(&["run", "--rm", "--network=host", "--entrypoint=/bin/sh"]);
        docker.arg(format!("--volume={}:/choices", folder.display())).args([STAGE, "-euc"]);
        let begun = Instant::now();
        let script = format!(
            "{flags}; {} cargo build --locked --profile image --package service {}; \
             cp \"$(find target -maxdepth 3 -path '*image/{PROGRAM}')\" \"/choices/$0\"",
            self.profile, self.arguments
        );
        run(docker.args([&script, self.name]))?;
        note(format_args!("{}: built in {}", self.name, time(begun.elapsed())));
        let file = folder.join(self.name);
        let size = fs::metadata(&file).with_context(|| format!("cannot read {}", file.display()))?.len();
        Ok(Program { name: self.name.to_owned(), file: Some(file), size: size as f64 })
    }
}

/// What the Dockerfile's builds tell the compiler: told the same, cargo takes what they built.
fn flags(dockerfile: &str) -> anyhow::Result<String> {
    let file = project::root().join(dockerfile);
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let line = text.lines().map(str::trim).find(|line| line.starts_with("export RUSTFLAGS="));
    let line = line.with_context(|| format!("{dockerfile} exports no RUSTFLAGS"))?;
    Ok(line.trim_end_matches(['\\', ' ', ';']).to_owned())
}

/// What was seen of a program, once a round.
#[derive(Default)]
struct Tried {
    starts: Vec<std::time::Duration>,
    /// Resident after the load, in bytes.
    memory: Vec<f64>,
    /// Answers a second to each of the reports.
    answers: [Vec<f64>; 2],
}

impl Tried {
    fn once(
        &mut self,
        engine: &Engine,
        store: &Store<'_>,
        built: &Built,
        program: &Program,
    ) -> anyhow::Result<()> {
        let mut arguments = service::arguments(store, NAME, &store.authority());
        arguments.push(format!("--network-alias={SERVICE}"));
        if let Some(file) = &program.file {
            arguments.push(format!("--volume={}:/{PROGRAM}:ro", file.display()));
        }
        arguments.push(built.name.clone());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let service = Container::run(engine, &arguments)?;
        self.starts.push(ready(&service)?);
        for (path, answers) in REPORTS.iter().zip(&mut self.answers) {
            answers.push(store.load(SERVICE, path, SECONDS)?.per_second);
        }
        self.memory.push(service.resident()?);
        Ok(())
    }

    fn speeds(&self) -> [f64; 2] {
        [middle(&self.answers[0]), middle(&self.answers[1])]
    }
}

fn middle(numbers: &[f64]) -> f64 {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_choice_asks_of_cargo_is_there() {
        let manifest = fs::read_to_string(project::root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[profile.image]"));
        let flags = flags("musl.Dockerfile").unwrap();
        assert!(flags.ends_with("=/\"") && flags.contains("--remap-path-prefix="), "{flags}");
        let service = fs::read_to_string(project::root().join("service/Cargo.toml")).unwrap();
        assert!(service.contains("musl-allocator = []") && service.contains("mimalloc.workspace = true"));
    }

    #[test]
    fn one_slow_round_does_not_count() {
        assert_eq!(middle(&[900.0, 1000.0, 10.0]), 900.0);
    }
}
