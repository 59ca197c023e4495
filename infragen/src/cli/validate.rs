//! `infragen validate`: lints environments, files, folders, and standard input.

mod applied;
mod asked;
mod mending;
mod passed_over;
mod progress;
mod sources;
mod watch;

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::console::Console;
use super::exit::Exit;
use super::project::Project;
use super::session::Session;
use super::settings::SettingsArguments;
use crate::diagnostic::Severity;
use crate::lint::Report;
use crate::lint::pod_security::Level;
use crate::report::Format;
use crate::spec::quantity::KubernetesVersion;
use sources::{Asked, Texts};

const AFTER_HELP: &str = "\
Examples:
  infragen validate                           every environment, as it would be rendered now
  infragen validate prod                      one environment
  infragen validate generated/                what is committed, each environment with what it declares
  infragen validate deploy/ service.yaml      anybody's manifests
  kubectl kustomize . | infragen validate -   standard input: what a kustomization becomes
  helm template . | infragen validate -       what a chart becomes
  infragen validate deploy/ --output json     for a program
  infragen validate deploy/ --crds crds/      objects of somebody's own kinds too, by their definitions
  infragen validate deploy/ --fix --diff      what has one safe mend, as a diff; without --diff it is written
  infragen validate deploy/ --watch           again whenever a file has changed
  infragen validate deploy/ --pod-security restricted
                                              what the admission plugin would refuse

A name that is an environment means the environment; write ./prod for a folder of that name. Folders are read with all
below them (.yaml, .yml, .json); other YAML, such as a chart's values, its templates, and a kustomization's patches, is
named and passed over.

What a project always asks for stands in infragen.toml, and an argument takes the place of the key of its name:
  [validate]
  kubernetes-version = [\"1.34\", \"1.36\"]
  optional = [\"missing-image-digest\"]
  ignore = [\"single-replica\"]
  severity = \"warning\"
  crds = [\"crds/\"]
  pod-security = \"restricted\"
  severities = { latest-image-tag = \"error\" }    single rules, as they weigh here

A file that cannot be read does not keep the others from being looked at, but makes the exit code 2.

In somebody's manifests, where nobody says what lives elsewhere, a reference to what is not there is a warning.
A rule is left alone on one object by its annotation `infragen.dev/allow.<rule>: <reason>`.";

/// Lints environments, manifests and buildspecs
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Validate {
    /// Environments, files, folders, or `-` for standard input; every environment when there are none
    #[arg(value_name = "ENVIRONMENT|PATH")]
    sources: Vec<PathBuf>,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t)]
    output: Format,
    /// Runs these rules alone
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Runs these rules too, which do not run by default
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    optional: Vec<String>,
    /// Leaves these rules out
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The minor versions of Kubernetes to check against, such as `1.34,1.36`: will it survive the upgrade?
    ///
    /// Without them it is the environment's own, or else the newest that is known.
    #[arg(long, value_name = "VERSION", value_delimiter = ',', value_parser = version)]
    kubernetes_version: Vec<KubernetesVersion>,
    /// Kinds of somebody's own definitions that need no schema: `Certificate`, or `Certificate.cert-manager.io`
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    allow_kind: Vec<String>,
    /// Files, or folders of files, with CustomResourceDefinitions: their kinds are then checked as Kubernetes' own are
    ///
    /// Definitions that stand among what is validated need not be named.
    #[arg(long, value_name = "PATH")]
    crds: Vec<PathBuf>,
    /// Files, or a folder of files, that are applied now: fields that can never change must be as they are there
    ///
    /// Such as what the main branch has of the environment that is validated.
    #[arg(long, value_name = "PATH")]
    applied: Vec<PathBuf>,
    /// The Pod Security level that every Pod is held to, in place of what the labels of its Namespace enforce
    ///
    /// By the policy of each version that --kubernetes-version names, or else of the environment's, or else the latest.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pod_security: Option<Level>,
    /// The least severity that makes the exit code 1; `error` when nobody says
    #[arg(long, value_enum)]
    severity: Option<Severity>,
    /// Mends in place what has one safe mend, such as a misspelt field, and tells what is left
    ///
    /// Comments and layout stay. What an environment is rendered to is left alone: its source is what to mend.
    #[arg(long)]
    fix: bool,
    /// Prints what `--fix` would change, and writes nothing
    #[arg(long, requires = "fix")]
    diff: bool,
    /// Looks again whenever a file has changed, until Ctrl-C
    ///
    /// Of files and folders: an environment changes only when it is compiled.
    #[arg(long, conflicts_with = "fix")]
    watch: bool,
    #[command(flatten)]
    settings: SettingsArguments,
}

impl Validate {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        if self.watch { self.watch(session) } else { self.once(session) }
    }

    fn once(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let start = Instant::now();
        let project = Project::find()?;
        let settings = self.settings.read(&project)?;
        let options = self.options(&project, &settings)?;
        let severity = self.severity.or(settings.validate.severity).unwrap_or(Severity::Error);
        let asked = Asked {
            sources: &self.sources,
            environments: session.all()?,
            project: &project,
            settings: &settings,
            options: &options,
            applied: applied::read(&self.applied)?,
            input: sources::input(&self.sources)?,
        };
        let mut found = asked.look_at(session, &Texts::new())?;
        if self.fix {
            let mended = mending::mend(found, &|texts| asked.look_at(session, texts))?;
            if self.diff {
                return mended.show(session);
            }
            found = mended.write(session)?;
        }
        let mut whole = Report::default();
        for report in found.reports {
            whole.add(report);
        }
        let printed = self.output.print(&whole, severity, Console::colors_results());
        session.console.print(&printed)?;
        if self.output == Format::Human {
            session.console.tell(&passed_over::told(&found.passed_over, &project));
        }
        session.console.murmur(&format!("in {:.2} s\n", start.elapsed().as_secs_f64()));
        if !found.unreadable.is_empty() {
            for error in found.unreadable {
                session.console.fail(&anyhow::Error::new(error));
            }
            return Ok(Exit::Failed);
        }
        let fails = whole.worst().is_some_and(|worst| worst >= severity);
        Ok(if fails { Exit::Diagnostics } else { Exit::Clean })
    }
}

fn version(text: &str) -> Result<KubernetesVersion, String> {
    KubernetesVersion::parse(text).map_err(|nonsense| format!("{nonsense}; {}", nonsense.help()))
}
