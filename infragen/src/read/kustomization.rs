//! What a kustomization says of the files around it: which it takes as they are, and which only change others.

use std::path::{Component, Path, PathBuf};

use crate::node::Node;

/// The names that kustomize looks for.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The files that a kustomization lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kustomization {
    /// Where it stands.
    pub folder: PathBuf,
    /// Files of manifests, and folders of other kustomizations.
    pub resources: Vec<PathBuf>,
    /// Files that are no manifests: patches, transformers, and what is put into ConfigMaps and Secrets.
    ///
    /// A patch is written like the object that it changes, and lacks all that it does not change.
    pub ingredients: Vec<PathBuf>,
}

impl Kustomization {
    /// What a document of a file lists, if it is a kustomization.
    pub(super) fn read(node: &Node, file: &Path) -> Option<Self> {
        let is_named = file.file_name().is_some_and(|name| NAMES.iter().any(|known| name == *known));
        if !is_named && !is_kustomization(node) {
            return None;
        }
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let paths = |names: Vec<&str>| names.into_iter().map(|name| beside(&folder, name)).collect();
        let (resources, ingredients) = (paths(resources(node)), paths(ingredients(node)));
        Some(Self { folder, resources, ingredients })
    }
}

/// Whether it says that it lists what kustomize puts together; kustomize does without the version.
pub(super) fn is_kustomization(node: &Node) -> bool {
    let version = node.text_at(&["apiVersion"]).unwrap_or_default();
    let is_own =
        version.starts_with("kustomize.config.k8s.io/") || version.is_empty() && node.get("spec").is_none();
    is_own && matches!(node.text_at(&["kind"]), Some("Kustomization" | "Component"))
}

fn resources(node: &Node) -> Vec<&str> {
    ["resources", "bases", "components"]
        .into_iter()
        .flat_map(|list| items(node, list))
        .filter_map(Node::as_str)
        .collect()
}

fn ingredients(node: &Node) -> Vec<&str> {
    let by_path =
        ["patches", "patchesJson6902", "replacements"].into_iter().flat_map(|list| items(node, list));
    let by_path = by_path.filter_map(|one| one.text_at(&["path"]));
    // Of these each is a file's name, or the thing itself.
    let named =
        ["patches", "patchesStrategicMerge", "transformers", "generators", "validators", "configurations"];
    let named = named.into_iter().flat_map(|list| items(node, list)).filter_map(Node::as_str);
    let named = named.filter(|text| !text.contains('\n'));
    let put_in = ["configMapGenerator", "secretGenerator"].into_iter().flat_map(|list| items(node, list));
    let put_in =
        put_in.filter_map(|generator| generator.get("files")).flat_map(Node::items).filter_map(Node::as_str);
    // `key=file`, or the file alone.
    let put_in = put_in.map(|file| file.split_once('=').map_or(file, |(_, file)| file));
    by_path.chain(named).chain(put_in).collect()
}

fn items<'n>(node: &'n Node, list: &str) -> &'n [Node] {
    node.get(list).map_or(&[], Node::items)
}

/// A path that starts in this folder, without its `.` and, where that is possible, its `..`.
fn beside(folder: &Path, path: &str) -> PathBuf {
    let mut found = folder.to_owned();
    for step in Path::new(path).components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir if matches!(found.components().next_back(), Some(Component::Normal(_))) => {
                found.pop();
            }
            step => found.push(step),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::Kustomization;
    use crate::read;

    fn read(file: &str, text: &str) -> Option<Kustomization> {
        Kustomization::read(&read::objects(text).unwrap().remove(0), Path::new(file))
    }

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn a_kustomization_names_its_files() {
        let text = "patches: [{path: a.yaml}, {patch: 'kind: Pod'}, old.yaml]\n\
             patchesStrategicMerge: [b.yaml, \"kind: Pod\\nmetadata: {name: a}\"]\n\
             patchesJson6902: [{path: ../c.yaml}]\n\
             replacements: [{path: r.yaml}, {source: {kind: Pod}}]\n\
             transformers: [labels.yaml]\n\
             configMapGenerator: [{name: a, files: [settings.yaml, key=./more.json]}]\n\
             resources: [d.yaml, ../base]\n";
        let found = read("prod/kustomization.yaml", text).unwrap();
        assert_eq!(found.folder, Path::new("prod"));
        assert_eq!(found.resources, paths(&["prod/d.yaml", "base"]));
        let ingredients = [
            "prod/a.yaml",
            "c.yaml",
            "prod/r.yaml",
            "prod/old.yaml",
            "prod/b.yaml",
            "prod/labels.yaml",
            "prod/settings.yaml",
            "prod/more.json",
        ];
        assert_eq!(found.ingredients, paths(&ingredients));
    }

    #[test]
    fn a_kustomization_is_known_by_its_name_or_kind() {
        for (file, text, expected) in [
            ("kustomization.yml", "resources: []", true),
            ("a.yaml", "resources: []", false),
            ("a.yaml", "kind: Kustomization", true),
            ("a.yaml", "{apiVersion: kustomize.config.k8s.io/v1alpha1, kind: Component}", true),
            // Flux has a kind of this name, whose objects a cluster takes.
            ("a.yaml", "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization}", false),
            ("a.yaml", "{kind: Kustomization, spec: {path: a}}", false),
        ] {
            assert_eq!(read(file, text).is_some(), expected, "{file}: {text}");
        }
    }
}
