//! `infragen render`: environments to files, to standard output, or compared with what is committed.

mod check;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::definitions;
use super::exit::Exit;
use super::program;
use super::project::Project;
use super::session::Session;
use super::settings::SettingsArguments;
use super::words::{counted, listed};
use crate::diagnostic::Severity;
use crate::emit::{self, Files};
use crate::lint::{self, CheckedBundle, Options, Report};
use crate::render::render;
use crate::settings::Settings;
use crate::spec::Environment;

const AFTER_HELP: &str = "\
Examples:
  infragen render prod                        write generated/prod
  infragen render --all --check               in CI: a diff and exit code 1 where files are stale
  infragen render prod --stdout | kubectl diff -f -
  infragen render prod --set version=1.4.2    another version of every image of ours
  infragen render prod --set images.coworking-analytics.digest=sha256:…
  infragen render prod --out /tmp/rendered    write /tmp/rendered/prod

The same settings as variables and in infragen.toml:
  INFRAGEN_VERSION=1.4.2
  INFRAGEN_IMAGES__COWORKING_ANALYTICS__TAG=1.4.2             `__` for a dot, `_` for a hyphen
  INFRAGEN_IMAGES='{\"team/api.v2\" = {tag = \"1.4.2\"}}'         for names that no variable can have
  infragen.toml:  images.coworking-analytics.tag = \"1.4.2\"

What is printed: results on standard output, the linter's diagnostics on standard error.
Nothing is written while any environment that was asked for has errors.";

/// Renders environments, lints them, and writes what has no errors
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Render {
    /// The environments to render
    #[arg(value_name = "ENVIRONMENT", required_unless_present = "all", conflicts_with = "all")]
    environments: Vec<String>,
    /// Renders every environment
    #[arg(long)]
    all: bool,
    /// Writes DIR/NAME for each environment instead of generated/NAME in the project's folder
    ///
    /// The project's folder is the nearest, from the current one upwards, that holds infragen.toml, generated/ or a
    /// Cargo workspace.
    #[arg(long, value_name = "DIR", conflicts_with = "stdout")]
    out: Option<PathBuf>,
    /// Prints the Kubernetes objects as one stream, for `kubectl apply -f -`, and writes nothing
    #[arg(long, conflicts_with = "check")]
    stdout: bool,
    /// Writes nothing, and shows what differs from what a fresh render gives
    #[arg(long)]
    check: bool,
    /// How objects are written; buildspecs are always YAML
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// How objects are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Yaml,
    Json,
}

impl Render {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let project = Project::find()?;
        let settings = self.settings.read(&project)?;
        let environments = if self.all { session.all()? } else { session.named(&self.environments)? };
        let options = definitions::options(&project, &settings.validate)?;
        let Some(bundles) = checked(&environments, &settings, &options, session) else {
            return Ok(Exit::Diagnostics);
        };
        let done = if self.stdout {
            session.console.print(&Files::stream(&bundles, self.format.into())).map(|()| Exit::Clean)
        } else if self.check {
            self.check(&bundles, &project, session)
        } else {
            self.write(&bundles, &project, session)
        };
        // The process ends now: to free what it holds, value by value, would take a twentieth of its time.
        std::mem::forget((bundles, environments));
        done
    }

    fn write(
        &self,
        bundles: &[CheckedBundle],
        project: &Project,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Exit> {
        for bundle in bundles {
            let name = name(bundle);
            let folder = project.folder(self.out.as_deref(), name);
            let files = emit::plan(bundle, self.format.into());
            let written = emit::write(&files, &folder)?;
            let unchanged = files.iter().count() - written.changed.len();
            let counts = counts(written.changed.len(), written.removed.len(), unchanged);
            let line = format!("{name}: {counts} in {}{}\n", project.shown(&folder), warnings(bundle));
            session.console.print(&line)?;
        }
        Ok(Exit::Clean)
    }

    /// The command that writes these environments as this run would.
    fn command(&self, environments: &[&str]) -> String {
        let mut words = vec![program::name(), "render".to_owned()];
        words.extend(environments.iter().map(|name| program::quoted(name)));
        if let Some(out) = &self.out {
            words.extend(["--out".to_owned(), program::quoted(&out.display().to_string())]);
        }
        if self.format == Format::Json {
            words.extend(["--format", "json"].map(str::to_owned));
        }
        for assignment in &self.settings.assignments {
            words.extend(["--set".to_owned(), program::quoted(assignment)]);
        }
        words.join(" ")
    }
}

/// The bundles of all environments, if none has errors; tells what the linter found in any.
fn checked(
    environments: &[Environment],
    settings: &Settings,
    options: &Options,
    session: &mut Session<'_>,
) -> Option<Vec<CheckedBundle>> {
    let mut bundles = Vec::new();
    let mut refused = Vec::new();
    for environment in environments {
        let checked = lint::check(render(environment, settings), options);
        let report = match &checked {
            Ok(bundle) => bundle.report(),
            Err(refused) => &refused.report,
        };
        tell(report, environment, environments.len() > 1, &mut session.console);
        match checked {
            Ok(bundle) => bundles.push(bundle),
            Err(_) => refused.push(environment.name().as_str()),
        }
    }
    if refused.is_empty() {
        return Some(bundles);
    }
    let has = if refused.len() == 1 { "has" } else { "have" };
    session.console.tell(&format!("nothing was written: {} {has} errors\n", listed(&refused)));
    None
}

fn tell(report: &Report, environment: &Environment, is_one_of_many: bool, console: &mut Console) {
    if report.open().next().is_none() {
        return;
    }
    if is_one_of_many {
        console.tell(&format!("{}:\n\n", environment.name()));
    }
    console.tell(&crate::report::human(report, Console::colors_diagnostics()));
    console.tell("\n");
}

/// Such as `2 files written, 26 unchanged`.
fn counts(written: usize, removed: usize, unchanged: usize) -> String {
    let counts = [(written, "written"), (removed, "removed"), (unchanged, "unchanged")];
    let mut counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let first = counts.next().map(|(count, what)| format!("{} {what}", counted(count, "file")));
    let rest = counts.map(|(count, what)| format!("{count} {what}"));
    first.into_iter().chain(rest).collect::<Vec<_>>().join(", ")
}

fn name(bundle: &CheckedBundle) -> &str {
    bundle.bundle().environment.as_deref().unwrap_or("unnamed")
}

fn warnings(bundle: &CheckedBundle) -> String {
    match bundle.report().count(Severity::Warning) {
        0 => String::new(),
        count => format!(" ({})", counted(count, "warning")),
    }
}

impl From<Format> for emit::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Yaml => Self::Yaml,
            Format::Json => Self::Json,
        }
    }
}
