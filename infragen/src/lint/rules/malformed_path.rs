use crate::lint::findings::Findings;
use crate::lint::grammar::Scene;
use crate::lint::grammar::paths::FIELDS;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags paths that lead out of the folder that they belong to, or begin at another place than their field asks for.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: a path with `..` could reach what belongs to the node or to other Pods.
    ///
    /// ## Fields
    /// `subPath`, `items[].path`, paths of tokens, `localhostProfile`, and the paths of `hostPath`, `local` and `nfs` volumes.
    ///
    /// ## Allowed values
    /// What the help says: relative paths without `..` inside of volumes, absolute ones on servers.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', volumeMounts: [{name: data, mountPath: /data, subPath: ../other}]}
    ///   volumes: [{name: data, emptyDir: {}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: 'example/web:1.2.0', volumeMounts: [{name: data, mountPath: /data, subPath: other}]}
    ///   volumes: [{name: data, emptyDir: {}}]
    /// ```
    MALFORMED_PATH = {
        id: "malformed-path",
        category: Admission,
        severity: Error,
        look: Object(&[], malformed_path),
    }
}

fn malformed_path(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    FIELDS.each(&scene, |grammar, node, spot| {
        let Some(text) = node.as_str().filter(|text| !text.is_empty() && !grammar.takes(text)) else {
            return;
        };
        findings
            .report(spot.path(), format!("`{text}` is no path that this field takes"))
            .help(format!("it must {}", grammar.asks()));
    });
}
