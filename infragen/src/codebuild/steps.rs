//! What a build runs, as a buildspec.

use std::collections::BTreeMap;

use super::buildspec::{
    ArtifactFiles, Artifacts, BuildVariable, Buildspec, Cache, Environment, FileFormat, Install, Key, List,
    OnFailure, Phase, Phases, Report, Reports, Retry, RetryCount, SecretReference, Shell, Source,
};
use super::commands::Commands;
use crate::node::FieldPath;
use crate::origin::Origin;
use crate::spec::pipeline::{self as spec, Build, BuildValue, PhaseName, ReportFormat, Store};

/// The buildspec of a build, and the lines that its parts come from. None when a template is broken, or nothing is run.
pub(super) fn buildspec(
    build: &Build,
    commands: &mut Commands,
) -> Option<(Buildspec, Vec<(FieldPath, Origin)>)> {
    let mut marks = Marks(Vec::new());
    let mut spec = Buildspec::new(phases(build, commands, &mut marks)?);
    // The commands are written for it, and `sh` differs between images.
    spec.env.shell = Some(Shell::Bash);
    marks.note(&["env", "shell"], Origin::Default("the commands are written for bash"));
    variables(build, &mut spec.env, &mut marks);
    spec.reports = reports(build, &mut marks);
    spec.artifacts = build.artifacts.as_ref().and_then(|artifacts| {
        marks.note(&["artifacts"], artifacts.origin.clone());
        List::try_from(artifacts.value.files.clone())
            .ok()
            .map(|files| Artifacts::from(ArtifactFiles::new(files)))
    });
    spec.cache = build.cache.as_ref().and_then(|cache| {
        marks.note(&["cache"], cache.origin.clone());
        self::cache(&cache.value)
    });
    Some((spec, marks.0))
}

struct Marks(Vec<(FieldPath, Origin)>);

impl Marks {
    fn note(&mut self, path: &[&str], origin: Origin) {
        self.0.push((FieldPath::root().fields(path), origin));
    }
}

/// All phases; every template is rendered, so that all that is wrong is told at once.
fn phases(build: &Build, commands: &mut Commands, marks: &mut Marks) -> Option<Phases> {
    let rendered: Vec<_> = build
        .phases
        .iter()
        .map(|(name, phase)| {
            marks.note(&["phases", key(*name)], phase.origin.clone());
            self::phase(*name, &phase.value, commands)
        })
        .collect();
    rendered.into_iter().collect::<Option<Vec<Phases>>>()?.into_iter().reduce(Phases::and)
}

fn phase(name: PhaseName, phase: &spec::Phase, commands: &mut Commands) -> Option<Phases> {
    let mut texts = |templates: &[spec::Template]| {
        let texts: Vec<_> = templates.iter().map(|template| commands.render(template)).collect();
        texts.into_iter().collect::<Option<Vec<String>>>()
    };
    let (run, finally) = (texts(&phase.commands), texts(&phase.finally));
    let mut rendered = Phase::new(List::try_from(run?).ok()?);
    rendered.finally = List::try_from(finally?).ok();
    rendered.on_failure = phase.on_failure.map(on_failure);
    Some(match name {
        PhaseName::Install => Phases::install(Install {
            on_failure: rendered.on_failure,
            commands: Some(rendered.commands),
            finally: rendered.finally,
            ..Install::default()
        }),
        PhaseName::PreBuild => Phases::pre_build(rendered),
        PhaseName::Build => Phases::build(rendered),
        PhaseName::PostBuild => Phases::post_build(rendered),
    })
}

const fn key(name: PhaseName) -> &'static str {
    match name {
        PhaseName::Install => "install",
        PhaseName::PreBuild => "pre_build",
        PhaseName::Build => "build",
        PhaseName::PostBuild => "post_build",
    }
}

fn on_failure(then: spec::OnFailure) -> OnFailure {
    match then {
        spec::OnFailure::Abort => OnFailure::Abort,
        spec::OnFailure::Continue => OnFailure::Continue,
        spec::OnFailure::Retry(times) => {
            OnFailure::Retry(Retry { count: RetryCount::try_from(times).ok(), pattern: None })
        }
    }
}

fn variables(build: &Build, env: &mut Environment, marks: &mut Marks) {
    for (name, value) in &build.variables {
        // The setter has refused CodeBuild's own names.
        let Ok(variable) = BuildVariable::try_from(name.as_str()) else { continue };
        let (section, source) = match &value.value {
            BuildValue::Plain(text) => ("variables", Source::Plain { value: text.clone(), exported: false }),
            BuildValue::Parameter(parameter) => ("parameter-store", Source::Parameter(parameter.clone())),
            BuildValue::Secret { secret, key } => {
                let reference =
                    SecretReference { secret: secret.clone(), key: Some(key.clone()), version: None };
                ("secrets-manager", Source::Secret(reference))
            }
            BuildValue::Commands => ("exported-variables", Source::Commands),
        };
        marks.note(&["env", section, name], value.origin.clone());
        env.variables.insert(variable, source);
    }
}

fn reports(build: &Build, marks: &mut Marks) -> Reports {
    let groups: BTreeMap<_, _> = build
        .reports
        .iter()
        .filter_map(|(group, report)| {
            marks.note(&["reports", group], report.origin.clone());
            let mut written = Report::new(List::try_from(report.value.files.clone()).ok()?);
            written.file_format = Some(format(report.value.format));
            Some((group.clone(), written))
        })
        .collect();
    Reports::try_from(groups).unwrap_or_default()
}

const fn format(format: ReportFormat) -> FileFormat {
    match format {
        ReportFormat::Junit => FileFormat::JunitXml,
        ReportFormat::Cucumber => FileFormat::CucumberJson,
        ReportFormat::Nunit => FileFormat::NunitXml,
        ReportFormat::Nunit3 => FileFormat::Nunit3Xml,
        ReportFormat::TestNg => FileFormat::TestngXml,
        ReportFormat::VisualStudio => FileFormat::VisualStudioTrx,
        ReportFormat::Clover => FileFormat::CloverXml,
        ReportFormat::Cobertura => FileFormat::CoberturaXml,
        ReportFormat::Jacoco => FileFormat::JacocoXml,
        ReportFormat::SimpleCov => FileFormat::Simplecov,
    }
}

fn cache(cache: &spec::Cache) -> Option<Cache> {
    let key = match &cache.store {
        Store::S3 { key: Some((name, file)), .. } => Some(Key {
            key: format!("{name}-$(codebuild-hash-files {file})"),
            fallback_keys: Some(List::of([format!("{name}-")])),
        }),
        Store::S3 { key: None, .. } | Store::Local => None,
    };
    Some(Cache { key, action: None, paths: List::try_from(cache.paths.clone()).ok()? })
}
