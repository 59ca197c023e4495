use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::schema::{Defect, Kind, Version, nearest_kind};

declare_rule! {
    /// Flags objects of a group of Kubernetes' own that has no such kind.
    ///
    /// ## Why is this bad?
    /// The API server refuses them: `no matches for kind`.
    ///
    /// ## Fields
    /// `apiVersion` and `kind`.
    ///
    /// ## Allowed values
    /// The kinds that can be created in each version of Kubernetes that is asked about. A group without a dot, and each
    /// `*.k8s.io` that Kubernetes serves, is its own.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deploymnet
    /// metadata: {name: web}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// ```
    UNKNOWN_KIND = {
        id: "unknown-kind",
        category: Schema,
        severity: Error,
        covers: ["SCH-04"],
        look: Schema(unknown_kind),
    }
}

fn unknown_kind(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let (api_version, kind) = (misfit.object.api_version, misfit.object.kind);
    if let Defect::NotServed { definition } = misfit.fault.defect {
        let served: Vec<String> = definition.served().map(|version| format!("`{version}`")).collect();
        let help = match &served[..] {
            [] => "its definition serves no version at all".to_owned(),
            served => format!(
                "its definition in `{}` serves {}; one that serves it can be given by `--crds`",
                definition.document.file.display(),
                served.join(", ")
            ),
        };
        findings.report(misfit.path(), format!("`{api_version}` has no kind `{kind}`")).help(help);
        return;
    }
    let Defect::UnknownKind = misfit.fault.defect else { return };
    let message = format!("`{api_version}` has no kind `{kind}` in {}", misfit.versions());
    findings.report(misfit.path(), message).help(mend(api_version, kind, &misfit.fault.versions));
}

fn mend(api_version: &str, name: &str, versions: &[Version]) -> String {
    let later =
        Kind::find(api_version, name).and_then(|kind| Version::all().find(|version| kind.is_in(*version)));
    if let Some(later) = later {
        return format!("it is there since Kubernetes {later}");
    }
    let version = versions.last().copied().unwrap_or(Version::newest());
    match nearest_kind(api_version, name, version) {
        Some(near) if near.api_version() == api_version => format!("did you mean `{}`?", near.name()),
        Some(near) => format!("did you mean `{}` of `{}`?", near.name(), near.api_version()),
        None => "`kubectl api-resources` lists the kinds of a cluster".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_KIND;
    use crate::lint::testing::found;

    #[test]
    fn the_nearest_kind_is_told() {
        let cases = [
            ("apps/v1", "Deploymnet", "did you mean `Deployment`?"),
            ("v1", "pod", "did you mean `Pod`?"),
            ("v1", "Deployment", "did you mean `Deployment` of `apps/v1`?"),
            ("batch/v2", "CronJob", "did you mean `CronJob` of `batch/v1`?"),
            (
                "autoscaling/v3",
                "HorizontalPodAutoscaler",
                "did you mean `HorizontalPodAutoscaler` of `autoscaling/v2`?",
            ),
            ("apps/v1", "Deplyment", "did you mean `Deployment`?"),
            ("v1", "Zebra", "`kubectl api-resources` lists the kinds of a cluster"),
        ];
        for (api_version, kind, expected) in cases {
            let found = found(&UNKNOWN_KIND, &format!("{{apiVersion: {api_version}, kind: {kind}}}"));
            assert_eq!(found.len(), 1, "{kind}");
            assert_eq!(found[0].help, expected, "{api_version} {kind}");
        }
    }

    #[test]
    fn a_kind_of_a_later_version_is_told() {
        let yaml = "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim}\n---\n\
            {apiVersion: infragen.dev/v1, kind: Facts, kubernetes: '1.32'}";
        let found = found(&UNKNOWN_KIND, yaml);
        assert_eq!(found[0].message, "`resource.k8s.io/v1` has no kind `ResourceClaim` in Kubernetes 1.32");
        assert_eq!(found[0].help, "it is there since Kubernetes 1.34");
    }
}
