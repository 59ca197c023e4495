//! Asks the schemas about each object, once for all rules that want to know.

use super::findings::{Findings, Subject};
use super::view::{Misfit, Object};
use super::{Look, Options, Rule};
use crate::bundle::{Bundle, Facts};
use crate::diagnostic::Diagnostic;
use crate::schema::custom::Definitions;
use crate::schema::{Defect, Version, check, is_somebodys};

/// What objects must conform to.
#[derive(Debug)]
pub(super) struct Conformance<'o> {
    versions: Vec<Version>,
    allowed_kinds: &'o [String],
    definitions: Definitions,
}

impl<'o> Conformance<'o> {
    /// The versions that the options name, or else the environment's, or else the newest; the definitions of the options.
    pub(super) fn new(options: &'o Options, facts: &Facts) -> Self {
        let named =
            if options.kubernetes.is_empty() { facts.kubernetes.as_slice() } else { &options.kubernetes };
        let mut versions: Vec<Version> = named.iter().map(|version| Version::nearest(*version)).collect();
        if versions.is_empty() {
            versions.push(Version::newest());
        }
        versions.sort();
        versions.dedup();
        let definitions = options.definitions.clone();
        Self { versions, allowed_kinds: &options.allowed_kinds, definitions }
    }

    /// The same, with the definitions that stand among the documents of a bundle.
    pub(super) fn with_definitions_of(&self, bundle: &Bundle) -> Self {
        let Self { versions, allowed_kinds, definitions } = self;
        let mut definitions = definitions.clone();
        for (document, node) in bundle.objects() {
            if Definitions::is_one(node) {
                // One that defines nothing is no reason to stop: its own faults are found as any object's.
                let _ = definitions.add(document.clone());
            }
        }
        Self { versions: versions.clone(), allowed_kinds, definitions }
    }

    /// Whether an object's kind is somebody's own, and its definition may stand among the documents.
    pub(super) fn awaits_definition(&self, object: &Object<'_>) -> bool {
        is_somebodys(object.api_version, object.kind)
            && self.definitions.find(object.api_version, object.kind).is_empty()
    }

    /// Shows each misfit of an object to the rules that look at such.
    pub(super) fn look_at(
        &self,
        object: &Object<'_>,
        selected: &[&'static Rule],
        found: &mut Vec<Diagnostic>,
    ) {
        let is_asked = |rule: &&'static Rule| matches!(rule.look, Look::Schema(_) | Look::Definition(_));
        if !selected.iter().any(is_asked) {
            return;
        }
        let faults = self.definitions.check(object.node, &self.versions);
        let faults = faults.unwrap_or_else(|| check(object.node, &self.versions));
        for fault in &faults {
            let is_unknown = matches!(fault.defect, Defect::NoSchema | Defect::NotServed { .. });
            if is_unknown && self.allows(object) {
                continue;
            }
            let misfit = Misfit { object, fault, asked: &self.versions };
            for rule in selected {
                if let Look::Schema(function) = rule.look {
                    function(&misfit, &mut Findings::new(rule, true, Subject::Object(object), found));
                }
            }
        }
    }

    /// Shows each definition to the rules that look at such, after all objects were looked at.
    pub(super) fn look_at_definitions(
        &self,
        facts: &Facts,
        selected: &[&'static Rule],
        found: &mut Vec<Diagnostic>,
    ) {
        for definition in self.definitions.all() {
            let Some(root) = definition.document.root() else { continue };
            let object = Object::new(&definition.document, facts, root);
            for rule in selected {
                if let Look::Definition(function) = rule.look {
                    function(definition, &mut Findings::new(rule, true, Subject::Object(&object), found));
                }
            }
        }
    }

    fn allows(&self, object: &Object<'_>) -> bool {
        let group = object.api_version.split_once('/').map_or("", |(group, _)| group);
        self.allowed_kinds.iter().any(|allowed| match allowed.split_once('.') {
            Some((kind, of)) => kind == object.kind && of == group,
            None => allowed == object.kind,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::bundle;
    use crate::lint::{Options, lint};

    fn messages(yaml: &str, options: Options) -> Vec<String> {
        let only = ["unknown-field", "kind-without-schema", "unknown-kind"].map(str::to_owned);
        let options = Options { select: Some(only.to_vec()), ..options };
        lint(&bundle(yaml), &options).diagnostics.into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn a_kind_is_allowed_by_its_name() {
        let yaml = "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\n";
        let allowing = |kind: &str| Options { allowed_kinds: vec![kind.to_owned()], ..Options::default() };
        assert_eq!(messages(yaml, Options::default()).len(), 1);
        assert_eq!(messages(yaml, allowing("Issuer")).len(), 1);
        assert_eq!(messages(yaml, allowing("Certificate.example.com")).len(), 1);
        assert!(messages(yaml, allowing("Certificate")).is_empty());
        assert!(messages(yaml, allowing("Certificate.cert-manager.io")).is_empty());
        let own = "apiVersion: v1\nkind: Certificate\nmetadata: {name: a}\n";
        assert_eq!(messages(own, allowing("Certificate")).len(), 1, "Kubernetes' own groups are known whole");
    }

    #[test]
    fn a_kind_is_allowed_though_its_definition_is_older() {
        let yaml = "apiVersion: example.com/v2\nkind: Till\nmetadata: {name: a}\n---\n\
            apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
            spec: {group: example.com, scope: Namespaced, names: {kind: Till}, versions: [{name: v1, served: true}]}\n";
        assert_eq!(messages(yaml, Options::default()), ["`example.com/v2` has no kind `Till`"]);
        let allowed_kinds = vec!["Till".to_owned()];
        assert!(messages(yaml, Options { allowed_kinds, ..Options::default() }).is_empty());
    }

    #[test]
    fn each_version_is_asked_and_named_where_they_differ() {
        let yaml = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n\
            spec: {hostnameOverride: b, contaners: [], containers: []}\n";
        let options = Options { kubernetes: vec![(1, 36), (1, 31)], ..Options::default() };
        let found = messages(yaml, options);
        assert_eq!(
            found,
            [
                "`Pod` has no field `spec.hostnameOverride` in Kubernetes 1.31",
                "`Pod` has no field `spec.contaners`"
            ]
        );
        assert_eq!(messages(yaml, Options::default()).len(), 1, "the newest alone");
        let facts = format!("{yaml}---\napiVersion: infragen.dev/v1\nkind: Facts\nkubernetes: '1.31'\n");
        assert_eq!(messages(&facts, Options::default()).len(), 2, "the environment's");
    }
}
