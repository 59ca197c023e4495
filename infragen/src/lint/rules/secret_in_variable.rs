use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags secrets that reach a container as environment variables.
    ///
    /// ## Why is this bad?
    /// Variables are inherited by every process that a program starts, and printed by crash reports and debug pages. A
    /// file can be read by one, and changes when the Secret does. Many programs know no other way: therefore the rule
    /// is optional.
    ///
    /// ## Fields
    /// `env[].valueFrom.secretKeyRef` and `envFrom[].secretRef` of all containers.
    ///
    /// ## Allowed values
    /// None; mount the Secret as a volume.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: web, key: password}}}]
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     envFrom: [{secretRef: {name: web}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     env: [{name: PASSWORD_FILE, value: /run/secrets/password}]
    /// ```
    SECRET_IN_VARIABLE = {
        id: "secret-in-variable",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["ENV-03"],
        look: Container(Containers::Every, secret_in_variable),
    }
}

fn secret_in_variable(container: &Container<'_>, findings: &mut Findings<'_>) {
    for (list, reference) in [("env", &["valueFrom", "secretKeyRef"][..]), ("envFrom", &["secretRef"][..])] {
        for (index, source) in container.items(list).iter().enumerate() {
            let Some(secret) = source.at(reference) else { continue };
            let name = secret.text_at(&["name"]).unwrap_or_default();
            findings
                .report(
                    container.path(&[list]).index(index).fields(reference),
                    format!("container `{}` has the Secret `{name}` in its variables", container.name()),
                )
                .help("mount it as a volume, and let the program read the file");
        }
    }
}
