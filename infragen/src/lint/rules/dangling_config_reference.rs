use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Keys, Reference};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags references to a ConfigMap or a Secret, or to a key in one, that does not exist.
    ///
    /// ## Why is this bad?
    /// The container never starts: the kubelet waits for what is not there.
    ///
    /// ## Fields
    /// `env[].valueFrom` and `envFrom[]` of all containers; `volumes[].configMap`, `volumes[].secret` and
    /// `volumes[].projected.sources[]` with their `items[].key`, of Pods and Pod templates.
    ///
    /// ## Allowed values
    /// An object of the same namespace, of a controller (ExternalSecret, SealedSecret, Certificate) or an external, and
    /// a key that it has; anything where the reference is `optional`.
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
    ///     env: [{name: DB_HOST, valueFrom: {configMapKeyRef: {name: web, key: DB_HOTS}}}]
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {DB_HOST: db.example.com}
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
    ///     env: [{name: DB_HOST, valueFrom: {configMapKeyRef: {name: web, key: DB_HOST}}}]
    ///     envFrom: [{secretRef: {name: web, optional: true}}]
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {DB_HOST: db.example.com}
    /// ```
    DANGLING_CONFIG_REFERENCE = {
        id: "dangling-config-reference",
        category: Reference,
        severity: Error,
        covers: ["REF-01", "REF-02", "REF-03", "OBJ-06", "OBJ-07", "OBJ-08", "OBJ-09"],
        look: Bundle(dangling_config_reference),
    }
}

fn dangling_config_reference(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        for reference in Reference::all_of(workload).into_iter().filter(|reference| !reference.optional) {
            let Reference { kind, name, key, path, .. } = reference;
            let keys = graph.keys(workload, kind, name);
            if keys == Keys::NoObject {
                findings
                    .report_on(workload, path, format!("there is no {kind} `{name}`"))
                    .help(format!("add the {kind} `{name}`, or declare it as an external"));
            } else if let (Some(key), Keys::Known(known)) = (key.filter(|key| !keys.may_hold(key)), &keys) {
                findings.report_on(workload, path, format!("the {kind} `{name}` has no key `{key}`")).help(
                    format!(
                        "it has {}",
                        known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
                    ),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DANGLING_CONFIG_REFERENCE;
    use crate::lint::testing::messages;

    /// What is said of a Pod with this `spec`, beside a ConfigMap and an external Secret.
    fn of(spec: &str) -> Vec<String> {
        messages(
            &DANGLING_CONFIG_REFERENCE,
            &format!(
                "kind: Pod\nmetadata: {{name: a}}\nspec: {spec}\n---\n\
                 kind: ConfigMap\nmetadata: {{name: settings}}\ndata: {{A: x}}\nbinaryData: {{B: eA==}}\n---\n\
                 kind: ExternalSecret\nmetadata: {{name: made}}\nspec: {{data: [{{secretKey: C}}]}}\n---\n\
                 apiVersion: infragen.dev/v1\nkind: Facts\n\
                 externals: [{{kind: Secret, name: elsewhere, keys: [D]}}, {{kind: Secret, name: opaque, keys: []}}]\n"
            ),
        )
    }

    #[test]
    fn every_way_to_name_one_is_followed() {
        let env =
            |from: &str| format!("{{containers: [{{name: a, env: [{{name: X, valueFrom: {{{from}}}}}]}}]}}");
        let volume = |volume: &str| format!("{{volumes: [{{name: v, {volume}}}]}}");
        let good = [
            env("configMapKeyRef: {name: settings, key: B}"),
            env("secretKeyRef: {name: made, key: C}"),
            env("secretKeyRef: {name: elsewhere, key: D}"),
            env("secretKeyRef: {name: opaque, key: E}"),
            env("secretKeyRef: {name: none, key: E, optional: true}"),
            env("fieldRef: {fieldPath: metadata.name}"),
            volume("configMap: {name: kube-root-ca.crt}"),
            volume("secret: {secretName: elsewhere, items: [{key: D, path: d}]}"),
            volume("projected: {sources: [{configMap: {name: settings, items: [{key: A, path: a}]}}]}"),
        ];
        for spec in good {
            assert_eq!(of(&spec), [""; 0], "{spec}");
        }
        let bad = [
            (env("configMapKeyRef: {name: settings, key: Z}"), "the ConfigMap `settings` has no key `Z`"),
            (env("configMapKeyRef: {name: none, key: A}"), "there is no ConfigMap `none`"),
            (env("secretKeyRef: {name: made, key: Z}"), "the Secret `made` has no key `Z`"),
            (env("secretKeyRef: {name: elsewhere, key: Z}"), "the Secret `elsewhere` has no key `Z`"),
            (volume("secret: {secretName: none}"), "there is no Secret `none`"),
            (
                volume("configMap: {name: settings, items: [{key: Z, path: z}]}"),
                "the ConfigMap `settings` has no key `Z`",
            ),
            (volume("projected: {sources: [{secret: {name: none}}]}"), "there is no Secret `none`"),
            (
                "{initContainers: [{name: a, envFrom: [{configMapRef: {name: none}}]}]}".to_owned(),
                "there is no ConfigMap `none`",
            ),
        ];
        for (spec, message) in bad {
            assert_eq!(of(&spec), [message], "{spec}");
        }
    }
}
