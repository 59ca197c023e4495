use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, schemas};
use crate::node::FieldPath;
use crate::schema::custom::faults_of_rules;

declare_rule! {
    /// Flags rules of custom kinds that the API server does not compile.
    ///
    /// ## Why is this bad?
    /// The API server refuses the CustomResourceDefinition.
    ///
    /// ## Fields
    /// `x-kubernetes-validations[]` anywhere in `spec.versions[].schema.openAPIV3Schema` of CustomResourceDefinitions.
    ///
    /// ## Allowed values
    /// A `rule` in CEL that is true or false, of fields that the schema has and of words that CEL knows; a
    /// `messageExpression` that is a text; a `reason` that the server knows; a `fieldPath` that leads to a field;
    /// `optionalOldSelf` with `oldSelf` alone. Types of values and costs are not looked at.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widgets.example.com}
    /// spec:
    ///   versions:
    ///   - name: v1
    ///     schema:
    ///       openAPIV3Schema:
    ///         type: object
    ///         properties:
    ///           spec:
    ///             type: object
    ///             properties: {least: {type: integer}, most: {type: integer}}
    ///             x-kubernetes-validations: [{rule: self.lest <= self.most}]
    /// ```
    /// ```yaml good
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widgets.example.com}
    /// spec:
    ///   versions:
    ///   - name: v1
    ///     schema:
    ///       openAPIV3Schema:
    ///         type: object
    ///         properties:
    ///           spec:
    ///             type: object
    ///             properties: {least: {type: integer}, most: {type: integer}}
    ///             x-kubernetes-validations: [{rule: self.least <= self.most}]
    /// ```
    MALFORMED_VALIDATION_RULE = {
        id: "malformed-validation-rule",
        category: Admission,
        severity: Error,
        look: Object(&["CustomResourceDefinition"], malformed_validation_rule),
    }
}

fn malformed_validation_rule(object: &Object<'_>, findings: &mut Findings<'_>) {
    for (path, schema) in schemas(object) {
        for fault in faults_of_rules(schema) {
            let path = fault.path.steps().iter().fold(path.clone(), FieldPath::step);
            findings.report(path, fault.message).help("mend the rule, or the schema that it is for");
        }
    }
}
