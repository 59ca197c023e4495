use crate::lint::findings::Findings;
use crate::lint::mend;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::lint::view::misfit::versions;
use crate::node::FieldPath;
use crate::schema::{Defect, nearest};

declare_rule! {
    /// Flags fields that the object's kind does not have.
    ///
    /// ## Why is this bad?
    /// `kubectl apply` refuses them. What does not refuse them passes them over, and the setting that somebody meant is not
    /// there: a misspelt `readinessProbe` is no probe at all.
    ///
    /// ## Fields
    /// All, names as they stand: `Image` is not `image`.
    ///
    /// ## Allowed values
    /// The names that Kubernetes' schemas have for the kind, in each version that is asked about; for somebody's own kind,
    /// those that its CustomResourceDefinition has.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replica: 2
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "example/web:1.2.0"}]
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, Image: "example/web:1.2.0"}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {any: name}, annotations: {any/other: name}}
    /// spec:
    ///   containers: [{name: web, image: "example/web:1.2.0"}]
    /// status: {}
    /// ```
    UNKNOWN_FIELD = {
        id: "unknown-field",
        category: Schema,
        severity: Error,
        covers: ["SCH-02", "SRV-16"],
        look: Schema(unknown_field),
    }
}

fn unknown_field(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let path = misfit.path();
    if misfit.object.is_encrypted() && path == FieldPath::root().field("sops") {
        return;
    }
    let (name, known) = match &misfit.fault.defect {
        Defect::UnknownField { name, id, definition } => {
            let elsewhere = Defect::known_in(name, *id);
            if !elsewhere.is_empty() {
                let help =
                    format!("leave it out, or ask for a version that has it: {}", versions(&elsewhere));
                findings.report(path, message(misfit)).help(help);
                return;
            }
            (*name, definition.fields().map(|field| field.name()).collect())
        }
        Defect::UndeclaredField { name, known } => (*name, known.clone()),
        _ => return,
    };
    let meant = meant(name, &known);
    let fix = meant.and_then(|meant| mend::renamed(misfit.object.document, &path, meant));
    findings.report(path, message(misfit)).fix(fix).help(help(name, &known));
}

fn message(misfit: &Misfit<'_>) -> String {
    format!("`{}` has no field `{}`{}", misfit.object.kind, misfit.path(), misfit.in_some_versions())
}

/// The only name that is a slip of the finger away.
fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let slips = |one: &str| strsim::damerau_levenshtein(&one.to_lowercase(), &name.to_lowercase());
    let most = if name.chars().count() > 5 { 2 } else { 1 };
    let mut near = known.iter().copied().filter(|one| slips(one) <= most);
    let first = near.next()?;
    near.next().is_none().then_some(first)
}

fn help(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the fields here are {}", listed(known)),
    }
}

/// The first of the names that are there.
fn listed(known: &[&str]) -> String {
    const MOST: usize = 12;
    let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => "none".to_owned(),
        count if count > MOST => format!("{} and {} more", names[..MOST].join(", "), count - MOST),
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_FIELD;
    use crate::lint::testing::found;

    #[test]
    fn the_nearest_name_is_told() {
        let cases = [
            ("{replica: 2}", "did you mean `replicas`?"),
            ("{Replicas: 2}", "did you mean `replicas`?"),
            ("{template: {spec: {hostnetwork: true}}}", "did you mean `hostNetwork`?"),
            ("{template: {spec: {containers: [{ressources: {}}]}}}", "did you mean `resources`?"),
            ("{strategy: {zzz: 1}}", "the fields here are `rollingUpdate`, `type`"),
        ];
        for (spec, expected) in cases {
            let yaml = format!("{{apiVersion: apps/v1, kind: Deployment, spec: {spec}}}");
            let found = found(&UNKNOWN_FIELD, &yaml);
            assert_eq!(found.len(), 1, "{spec}");
            assert_eq!(found[0].help, expected, "{spec}");
        }
    }

    #[test]
    fn what_another_version_has_is_told() {
        let yaml = "{apiVersion: v1, kind: Pod, spec: {hostnameOverride: a}}\n---\n\
            {apiVersion: infragen.dev/v1, kind: Facts, kubernetes: '1.31'}";
        let help = &found(&UNKNOWN_FIELD, yaml)[0].help;
        assert!(help.starts_with("leave it out, or ask for a version that has it: Kubernetes 1.3"), "{help}");
    }
}
