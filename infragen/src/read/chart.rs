//! The files of a Helm chart that are no manifests: templates become some when the chart is rendered, values never.

use std::path::{Path, PathBuf};

use super::NoManifest;

/// What makes a folder a chart.
const CHART: &str = "Chart.yaml";

/// What a template of Go has, and other engines too, where something is put in.
const ACTION: &str = "{{";

/// What engines like Jinja have around what they do.
const STATEMENT: &str = "{%";

/// Whether a text has what an engine for templates takes out.
#[must_use]
pub fn is_template(text: &str) -> bool {
    text.contains(ACTION) || text.contains(STATEMENT)
}

/// Why a file is no manifest, where it belongs to a chart.
///
/// A file among a chart's templates that has nothing of a template in it is a manifest as any other.
#[must_use]
pub fn of_chart(file: &Path, text: &str) -> Option<NoManifest> {
    let name = file.file_name()?.to_string_lossy();
    let folder = file.parent()?;
    if text.contains(ACTION) {
        // Who is inside of the chart names no folder above.
        let whole = || folder.canonicalize().ok();
        let chart = chart_above(folder).or_else(|| chart_above(&whole()?));
        if let Some(chart) = chart {
            return Some(NoManifest::Template { chart });
        }
    }
    // Values may have a `kind` at their top: of the workload that the chart makes.
    let is_values = name.starts_with("values") && folder.join(CHART).is_file()
        || folder.ends_with("ci") && folder.parent().is_some_and(|chart| chart.join(CHART).is_file());
    is_values.then_some(NoManifest::Other)
}

/// The chart among whose templates a folder is.
fn chart_above(folder: &Path) -> Option<PathBuf> {
    // Charts keep in `files` what their templates put in, often as a template itself.
    let is_rendered = |folder: &&Path| folder.ends_with("templates") || folder.ends_with("files");
    let templates = folder.ancestors().filter(is_rendered);
    let mut charts = templates.filter_map(Path::parent).filter(|chart| chart.join(CHART).is_file());
    charts.next().map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{NoManifest, of_chart};

    #[test]
    fn templates_and_values_of_a_chart_are_told_from_manifests() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["web/templates/jobs", "web/files", "web/ci", "web/crds", "plain/templates"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        fs::write(at("web/Chart.yaml"), "").unwrap();
        let template = Some(NoManifest::Template { chart: at("web") });
        let cases = [
            ("web/templates/a.yaml", "name: {{ .Release.Name }}", template.clone()),
            ("web/templates/jobs/a.yaml", "name: \"{{ .Release.Name }}\"", template.clone()),
            ("web/files/a.yaml", "name: {{ .Release.Name }}", template),
            ("web/templates/a.yaml", "kind: Pod", None),
            ("web/crds/a.yaml", "description: as {{ .Name }}", None),
            ("web/values.yaml", "kind: DaemonSet", Some(NoManifest::Other)),
            ("web/values-prod.yaml", "kind: DaemonSet", Some(NoManifest::Other)),
            ("web/ci/small.yaml", "kind: DaemonSet", Some(NoManifest::Other)),
            ("web/pod.yaml", "kind: Pod", None),
            ("plain/values.yaml", "kind: Pod", None),
            ("plain/templates/a.yaml", "name: {{ .Release.Name }}", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(of_chart(&at(name), text), expected, "{name}: {text}");
        }
    }
}
