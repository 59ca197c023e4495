//! `cargo xtask test`: every test, with what they need installed first.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::console::{note, say, skipped, time};
use crate::debian::{self, CC, MAKE, PERL, POSTGRESQL, PYYAML, Program, SHELLCHECK};
use crate::run::{cargo, shown};

/// Runs every test, PostgreSQL's included
///
/// On Debian, as root or with sudo, it installs what is missing; elsewhere it says what to install.
#[derive(Args)]
pub(crate) struct Test {
    /// Passed on to `cargo test`: `-- reports` runs what has `reports` in its name
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Without these nothing is tested.
const NEEDED: [&Program; 4] = [&CC, &MAKE, &PERL, &POSTGRESQL];
/// Without these some tests pass without having looked.
const WANTED: [&Program; 2] = [&SHELLCHECK, &PYYAML];

impl Test {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let missing = debian::provide(&[&NEEDED[..], &WANTED[..]].concat())?;
        if let Some((program, why)) =
            missing.iter().find(|(missing, _)| NEEDED.iter().any(|needed| needed.name == missing.name))
        {
            bail!("the tests need {}: {why}", program.name);
        }
        let start = Instant::now();
        let mut test = cargo();
        test.args(["test", "--workspace", "--no-fail-fast"]).args(&self.arguments).stdout(Stdio::piped());
        note(format_args!("$ {}", shown(&test)));
        let mut child = test.spawn().context("cannot run cargo")?;
        let mut counts = Counts::default();
        for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()) {
            let line = line.context("cannot read what the tests print")?;
            counts.add(&line);
            say(line);
        }
        let status = child.wait()?;
        for (program, why) in &missing {
            skipped(format_args!("the tests that ask {}", program.name), why);
        }
        say(format_args!(
            "tests: {} passed, {} failed, {} ignored, in {}; {}; the API server's word is `cargo xtask cluster`",
            counts.passed,
            counts.failed,
            counts.ignored,
            time(start.elapsed()),
            match missing.as_slice() {
                [] => "PostgreSQL, shellcheck and PyYAML were there, nothing was skipped".to_owned(),
                missing => format!("skipped for want of {}", names(missing)),
            },
        ));
        if !status.success() {
            bail!("`cargo test` failed: {status}");
        }
        Ok(())
    }
}

fn names(missing: &[(&Program, String)]) -> String {
    missing.iter().map(|(program, _)| program.name).collect::<Vec<_>>().join(" and ")
}

/// The sums of all `test result:` lines.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Counts {
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        for part in result.split([';', '.']) {
            let mut words = part.split_whitespace();
            let count = words.next().and_then(|word| word.parse::<u32>().ok()).unwrap_or(0);
            match words.next() {
                Some("passed") => self.passed += count,
                Some("failed") => self.failed += count,
                Some("ignored") => self.ignored += count,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_add_up() {
        let mut counts = Counts::default();
        counts.add(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s",
        );
        counts.add("test reports::daily ... ok");
        counts.add("test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 3.50s");
        assert_eq!(counts, Counts { passed: 7, failed: 1, ignored: 1 });
    }
}
