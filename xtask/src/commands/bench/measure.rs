//! Time by hyperfine, peak memory by GNU time.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use super::contestants::Contestant;
use crate::run::{command, output, shown, text};

/// Peaks are the greatest of so many runs.
const PEAKS: usize = 5;

/// Milliseconds, and megabytes of 1,000,000 bytes.
pub(in crate::commands) struct Figures {
    pub(in crate::commands) median: f64,
    pub(in crate::commands) fastest: f64,
    /// Of all processors, the mean.
    pub(in crate::commands) processor: f64,
    pub(in crate::commands) peak: f64,
}

/// Runs one of them again and again, after as many runs that do not count.
pub(in crate::commands) fn measure(
    contestant: &Contestant,
    runs: u32,
    warmup: u32,
    folder: &Path,
) -> anyhow::Result<Figures> {
    let export = folder.join("hyperfine.json");
    let mut hyperfine = command("hyperfine");
    hyperfine.args([
        "--shell=none",
        "--style=none",
        "--warmup",
        &warmup.to_string(),
        "--runs",
        &runs.to_string(),
    ]);
    hyperfine.arg("--export-json").arg(&export);
    if let Some(prepare) = &contestant.prepare {
        hyperfine.args(["--prepare", prepare]);
    }
    text(hyperfine.arg(contestant.command.join(" ")))?;
    let exported: Value = serde_json::from_str(&fs::read_to_string(&export)?)?;
    let result = &exported["results"][0];
    let milliseconds = |name: &str| {
        result[name]
            .as_f64()
            .map(|seconds| seconds * 1000.0)
            .with_context(|| format!("hyperfine gave no {name}"))
    };
    Ok(Figures {
        median: milliseconds("median")?,
        fastest: milliseconds("min")?,
        processor: milliseconds("user")? + milliseconds("system")?,
        peak: peak(contestant)?,
    })
}

fn peak(contestant: &Contestant) -> anyhow::Result<f64> {
    let mut peak: f64 = 0.0;
    for _ in 0..PEAKS {
        if let Some(prepare) = &contestant.prepare {
            text(command("sh").args(["-c", prepare]))?;
        }
        let mut time = command("/usr/bin/time");
        let output = output(time.args(["--format=%M"]).args(&contestant.command))?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            bail!("`{}` failed: {complaint}", shown(&time));
        }
        let kibibytes: f64 = complaint.lines().last().unwrap_or_default().trim().parse()?;
        peak = peak.max(kibibytes * 1024.0 / 1e6);
    }
    ensure!(peak > 0.0, "GNU time gave no peak");
    Ok(peak)
}
