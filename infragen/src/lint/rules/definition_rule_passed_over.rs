use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::schema::custom::{Definition, PassedOver};

declare_rule! {
    /// Flags definitions of somebody's own kinds with rules that objects could not be judged by.
    ///
    /// ## Why is this bad?
    /// It is not, but what the API server says about these objects is not known whole.
    ///
    /// ## Fields
    /// `x-kubernetes-validations` and `pattern` of CustomResourceDefinitions, as far as some object had to be judged by them.
    ///
    /// ## Allowed values
    /// Expressions in CEL that need no function beyond CEL's own and those of Kubernetes that infragen has (`matches`, `isURL`,
    /// `url`, `isIP`, `ip`, `isCIDR`, `cidr`, `duration`, and comparisons of `quantity`), and that do not compare with what the
    /// object was before.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: tills.example.com}
    /// spec:
    ///   group: example.com
    ///   scope: Namespaced
    ///   names: {kind: Till, plural: tills}
    ///   versions:
    ///   - name: v1
    ///     served: true
    ///     storage: true
    ///     schema:
    ///       openAPIV3Schema:
    ///         type: object
    ///         properties:
    ///           spec:
    ///             type: object
    ///             properties:
    ///               address: {type: string}
    ///             x-kubernetes-validations:
    ///             - {rule: ip.isCanonical(self.address)}
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Till
    /// metadata: {name: front}
    /// spec: {address: 127.0.0.1}
    /// ```
    /// ```yaml good
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: tills.example.com}
    /// spec:
    ///   group: example.com
    ///   scope: Namespaced
    ///   names: {kind: Till, plural: tills}
    ///   versions:
    ///   - name: v1
    ///     served: true
    ///     storage: true
    ///     schema:
    ///       openAPIV3Schema:
    ///         type: object
    ///         properties:
    ///           spec:
    ///             type: object
    ///             properties:
    ///               address: {type: string}
    ///             x-kubernetes-validations:
    ///             - {rule: isIP(self.address)}
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Till
    /// metadata: {name: front}
    /// spec: {address: 127.0.0.1}
    /// ```
    DEFINITION_RULE_PASSED_OVER = {
        id: "definition-rule-passed-over",
        category: Schema,
        severity: Info,
        look: Definition(definition_rule_passed_over),
    }
}

/// How many rules are told by their text.
const TOLD: usize = 3;

fn definition_rule_passed_over(definition: &Definition, findings: &mut Findings<'_>) {
    let passed_over = definition.passed_over();
    let Some(first) = passed_over.first() else { return };
    let count = passed_over.len();
    let rules = if count == 1 { "1 rule".to_owned() } else { format!("{count} rules") };
    let message =
        format!("objects of the kind `{}` were not judged by {rules} of its definition", definition.kind);
    let mut told: Vec<String> = passed_over.iter().take(TOLD).map(tell).collect();
    if count > TOLD {
        told.push(format!("{} more", count - TOLD));
    }
    findings
        .report(first.path.clone(), message)
        .help(format!("ask a cluster by `kubectl apply --dry-run=server`; passed over: {}", told.join("; ")));
}

fn tell(rule: &PassedOver<'_>) -> String {
    let source = rule.source.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("`{source}`, as {}", rule.reason)
}
