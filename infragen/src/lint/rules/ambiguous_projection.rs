use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Value;

declare_rule! {
    /// Flags entries of projected volumes with several sources, and files of the downward API that do not have exactly one.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: it cannot tell which is meant.
    ///
    /// ## Fields
    /// `sources[]` of projected volumes, and `items[]` of `downwardAPI`.
    ///
    /// ## Allowed values
    /// One source an entry; one of `fieldRef` and `resourceFieldRef` a file.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes: [{name: pod, downwardAPI: {items: [{path: name}]}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes: [{name: pod, downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}]
    /// ```
    AMBIGUOUS_PROJECTION = {
        id: "ambiguous-projection",
        category: Admission,
        severity: Error,
        look: Workload(&[], ambiguous_projection),
    }
}

/// What has sources.
#[derive(PartialEq)]
enum Entry {
    Source,
    File,
}

static ENTRIES: Fields<Entry> = Fields::new(&[
    (Where::Pod("volumes[].projected.sources[]"), Entry::Source),
    (Where::Projection("downwardAPI.items[]"), Entry::File),
]);

fn ambiguous_projection(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(workload) else { return };
    ENTRIES.each(&scene, |entry, node, spot| {
        let is_mapping = |name: &str| *entry == Entry::Source || name.ends_with("Ref");
        let sources = node.fields().iter().filter(|field| is_mapping(&field.name));
        let count = sources.filter(|field| matches!(field.node.value, Value::Mapping(_))).count();
        let help = match entry {
            Entry::File if count != 1 => "set one of `fieldRef` and `resourceFieldRef`",
            Entry::Source if count > 1 => "give each source an entry of its own",
            _ => return,
        };
        findings.report(spot.path(), format!("this entry has {count} sources in place of one")).help(help);
    });
}
