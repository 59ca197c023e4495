use crate::lint::findings::Findings;
use crate::lint::graph::{Config, Graph, Uses};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags ConfigMaps and Secrets that nothing uses.
    ///
    /// ## Why is this bad?
    /// Who changes one believes to have changed something. A Secret that nobody uses can still be stolen.
    ///
    /// ## Fields
    /// ConfigMaps, Secrets and ExternalSecrets of an environment; all that names one: variables, volumes,
    /// `imagePullSecrets`, Ingresses, roles, and objects of other kinds.
    ///
    /// ## Allowed values
    /// Those that something of the same namespace names; those with a label that no other object has, as a controller
    /// may look for it.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {A: x}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", env: []}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {A: x}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0", envFrom: [{configMapRef: {name: web}}]}]}
    /// ```
    UNUSED_CONFIG = {
        id: "unused-config",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-52", "USE-01"],
        look: Bundle(unused_config),
    }
}

fn unused_config(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for config in graph.configs() {
        let has_own_label = config.object.at(&["metadata", "labels"]).is_some_and(|labels| {
            labels.fields().iter().any(|label| !graph.is_shared_label(config.object, &label.name))
        });
        if !has_own_label && graph.uses(&config) == Uses::Nobody {
            let Config { kind, name, object } = config;
            findings
                .report_on(
                    object,
                    object.path(&["metadata", "name"]),
                    format!("nothing uses the {kind} `{name}`"),
                )
                .help(format!("name `{name}` where it was meant to be used, or remove it"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UNUSED_CONFIG;
    use crate::lint::testing::{finds, messages_of_foreign};

    #[test]
    fn whatever_names_it_uses_it() {
        let map = "kind: ConfigMap\nmetadata: {name: settings}\n---\n";
        let cases = [
            ("kind: Pod\nspec: {volumes: [{configMap: {name: settings}}]}", false),
            ("kind: Pod\nspec: {volumes: [{secret: {secretName: settings}}]}", true),
            ("kind: Role\nrules: [{resourceNames: [settings]}]", false),
            ("kind: Gateway\nspec: {parametersRef: {name: settings}}", false),
            ("kind: Service\nmetadata: {name: settings}", true),
        ];
        for (other, expected) in cases {
            assert_eq!(finds(&UNUSED_CONFIG, &format!("{map}{other}\n")), expected, "{other}");
        }
        assert!(messages_of_foreign(&UNUSED_CONFIG, map).is_empty());
    }

    #[test]
    fn what_is_found_or_filled_otherwise_is_left_alone() {
        let found = "kind: ConfigMap\nmetadata: {name: board, labels: {grafana_dashboard: \"1\"}}\n";
        let token = "kind: Secret\nmetadata: {name: token}\ntype: kubernetes.io/service-account-token\n";
        let pulled = "kind: Secret\nmetadata: {name: pull}\n---\nkind: ServiceAccount\nimagePullSecrets: [{name: pull}]\n";
        for yaml in [found, token, pulled] {
            assert!(!finds(&UNUSED_CONFIG, yaml), "{yaml}");
        }
    }
}
