use crate::lint::findings::Findings;
use crate::lint::mend;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::schema::{Defect, Version, nearest_kind, same_shape};

declare_rule! {
    /// Flags API versions that are still served and that Kubernetes, or the definition of somebody's own kind, advises against.
    ///
    /// ## Why is this bad?
    /// The API server warns today, and refuses the object after some upgrade.
    ///
    /// ## Fields
    /// `apiVersion`.
    ///
    /// ## Allowed values
    /// Those that are not deprecated in any version of Kubernetes that is asked about.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1beta1
    /// kind: ServiceCIDR
    /// metadata: {name: more}
    /// spec: {cidrs: [10.1.0.0/16]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: ServiceCIDR
    /// metadata: {name: more}
    /// spec: {cidrs: [10.1.0.0/16]}
    /// ```
    DEPRECATED_API_VERSION = {
        id: "deprecated-api-version",
        category: Schema,
        severity: Warning,
        covers: ["API-01"],
        look: Schema(deprecated_api_version),
    }
}

fn deprecated_api_version(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    if let Defect::DeprecatedByDefinition { definition, warning } = misfit.fault.defect {
        let (api_version, kind) = (misfit.object.api_version, misfit.object.kind);
        let others: Vec<String> = definition.served().filter(|served| served != api_version).collect();
        let help = match (warning, &others[..]) {
            (Some(warning), _) => warning.trim_end_matches('.').to_owned(),
            (None, []) => "its definition serves no other".to_owned(),
            (None, others) => format!("its definition serves `{}` too", others.join("`, `")),
        };
        let message = format!("`{kind}` of `{api_version}` is deprecated by its definition");
        findings.report(misfit.path(), message).help(help);
        return;
    }
    let Defect::Deprecated { life } = misfit.fault.defect else { return };
    let since = life.deprecated.unwrap_or_default();
    let until = life.removed.map(|minor| format!(", and gone in 1.{minor}")).unwrap_or_default();
    let message = format!("`{}` of `{}` is deprecated since 1.{since}{until}", life.kind, life.api_version);
    let replacement = life.replacement.or_else(|| stable(life.api_version, life.kind));
    let help = match replacement {
        Some((version, kind)) if kind == life.kind => format!("write `apiVersion: {version}`"),
        Some((version, kind)) => format!("use `{kind}` of `{version}`"),
        None => "use a newer API version, where the cluster has one".to_owned(),
    };
    let becomes = replacement.filter(|(_, kind)| *kind == life.kind).map(|(version, _)| version);
    let is_same = |becomes: &&str| {
        let versions = misfit.asked.iter();
        versions.copied().all(|version| same_shape(life.kind, life.api_version, becomes, version))
    };
    let fix = becomes
        .filter(is_same)
        .and_then(|becomes| mend::replaced(misfit.object.document, &misfit.path(), becomes));
    findings.report(misfit.path(), message).fix(fix).help(help);
}

/// The stable API version of the same group, where there is one and nobody announced it.
fn stable(api_version: &str, kind: &str) -> Option<(&'static str, &'static str)> {
    let near = nearest_kind(api_version, kind, Version::newest())?;
    let group = |api_version: &'static str| api_version.split_once('/').map(|(group, _)| group);
    let is_better = near.name() == kind
        && api_version.starts_with(group(near.api_version())?)
        && !near.api_version().contains("alpha")
        && !near.api_version().contains("beta");
    is_better.then(|| (near.api_version(), near.name()))
}
