use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::schema::Defect;

declare_rule! {
    /// Flags objects of somebody's own kind that break a rule of its definition.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// Those for which the CustomResourceDefinition has `x-kubernetes-validations`, after defaults are filled in.
    ///
    /// ## Allowed values
    /// Those of which each rule, an expression in CEL, is true. A rule that compares with what the object was before is
    /// passed over, and so is one that cannot be evaluated here: `definition-rule-passed-over` tells which.
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
    ///               least: {type: integer}
    ///               most: {type: integer}
    ///             x-kubernetes-validations:
    ///             - {rule: self.least <= self.most, message: "`least` is above `most`"}
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Till
    /// metadata: {name: front}
    /// spec: {least: 3, most: 2}
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
    ///               least: {type: integer}
    ///               most: {type: integer}
    ///             x-kubernetes-validations:
    ///             - {rule: self.least <= self.most, message: "`least` is above `most`"}
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Till
    /// metadata: {name: front}
    /// spec: {least: 2, most: 3}
    /// ```
    DEFINITION_RULE_VIOLATED = {
        id: "definition-rule-violated",
        category: Schema,
        severity: Error,
        covers: ["SCH-08"],
        look: Schema(definition_rule_violated),
    }
}

fn definition_rule_violated(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::RuleBroken { rule, message } = &misfit.fault.defect else { return };
    let path = misfit.path();
    let message = message.trim().trim_end_matches('.');
    let told = match path.to_string() {
        path if path.is_empty() => format!("`{}` is refused: {message}", misfit.object.kind),
        path => format!("`{path}` is refused: {message}"),
    };
    let rule = rule.split_whitespace().collect::<Vec<_>>().join(" ");
    findings.report(path, told).help(format!("make this true, which its definition asks for: `{rule}`"));
}
