//! Fields that a grammar holds for, found in one walk of an object, however many there are.

use std::sync::OnceLock;

use super::place::{Base, Ways};
use super::{Scene, Where};
use crate::node::{FieldPath, Node, Value};

/// Fields, each with what a grammar asks of it.
///
/// The patterns are made a tree when they are first needed: a walk follows those fields of an object that any of them
/// names, and no other.
#[derive(Debug)]
pub struct Fields<T: 'static> {
    list: &'static [(Where, T)],
    tree: OnceLock<Tree>,
}

/// What is asked, by the way to it. A branch is known by its index.
#[derive(Debug, Default)]
struct Tree {
    branches: Vec<Branch>,
    kinds: Vec<(&'static str, usize)>,
    any: Option<usize>,
    pod: Option<usize>,
    template: Option<usize>,
}

/// A place on the way: what is asked there, and where the way goes on, in the order of the names.
#[derive(Debug, Default)]
struct Branch {
    here: Vec<usize>,
    next: Vec<(&'static str, How, usize)>,
}

/// What is meant by a field on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Itself,
    Items,
    Entries,
}

/// One step to a field, as long as nobody wants to keep it.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Field(&'a str),
    Index(usize),
}

/// The way to a field that was found.
#[derive(Debug)]
pub struct Spot<'s, 'a> {
    scene: &'s Scene<'a>,
    base: Base,
    steps: &'s [Step<'a>],
}

impl Spot<'_, '_> {
    /// The path of the field.
    #[must_use]
    pub fn path(&self) -> FieldPath {
        let base = match (self.base, &self.scene.workload) {
            (Base::Pod, Some(workload)) => workload.pod_path(&[]),
            (Base::Template, Some(workload)) => workload.template_path(&[]),
            _ => FieldPath::root(),
        };
        self.steps.iter().fold(base, |path, step| match step {
            Step::Field(name) => path.field(name),
            Step::Index(index) => path.index(*index),
        })
    }

    /// The last name on the way.
    #[must_use]
    pub fn name(&self) -> &str {
        let names = self.steps.iter().rev().filter_map(|step| match step {
            Step::Field(name) => Some(*name),
            Step::Index(_) => None,
        });
        names.into_iter().next().unwrap_or_default()
    }
}

impl<T> Fields<T> {
    /// Fields by where they stand.
    #[must_use]
    pub const fn new(list: &'static [(Where, T)]) -> Self {
        Self { list, tree: OnceLock::new() }
    }

    /// Shows each of the fields that the object has, with what is asked of it. A field that is null is absent; an item
    /// that is null is shown, since the server takes it for an empty one.
    pub fn each<'a>(&self, scene: &Scene<'a>, mut found: impl FnMut(&T, &'a Node, &Spot<'_, 'a>)) {
        let tree = self.tree.get_or_init(|| Tree::of(self.list.iter().map(|(place, _)| *place)));
        let kind = tree.kinds.binary_search_by_key(&scene.object.kind, |(kind, _)| kind).ok();
        let beginnings = [
            (Base::Kinds(&[]), kind.map(|index| tree.kinds[index].1), Some(scene.object.node)),
            (Base::Kinds(&[]), tree.any, Some(scene.object.node)),
            (Base::Pod, tree.pod, scene.workload.and_then(|workload| workload.pod(&[]))),
            (Base::Template, tree.template, scene.workload.map(|workload| workload.template)),
        ];
        let mut steps = Vec::new();
        for (base, branch, root) in beginnings {
            if let (Some(branch), Some(root)) = (branch, root) {
                tree.walk(branch, root, &mut steps, &mut |index, node, steps| {
                    found(&self.list[index].1, node, &Spot { scene, base, steps });
                });
            }
        }
    }
}

impl Tree {
    fn of(places: impl Iterator<Item = Where>) -> Self {
        let mut tree = Self::default();
        for (index, place) in places.enumerate() {
            let (ways, pattern) = place.ways();
            match ways {
                Ways::One(base) => tree.add(base, &[pattern], index),
                Ways::Many(beginnings) => {
                    beginnings.iter().for_each(|(base, way)| tree.add(*base, &[way, pattern], index));
                }
            }
        }
        tree.kinds.sort_unstable();
        tree.branches.iter_mut().for_each(|branch| branch.next.sort_unstable_by_key(|(name, ..)| *name));
        tree
    }

    fn add(&mut self, base: Base, patterns: &[&'static str], index: usize) {
        match base {
            Base::Kinds([]) => {
                let branch = self.any.unwrap_or_else(|| self.branch());
                self.any = Some(branch);
                self.grow(branch, patterns, index);
            }
            Base::Kinds(kinds) => {
                for kind in kinds {
                    let known = self.kinds.iter().find(|(known, _)| known == kind).map(|(_, branch)| *branch);
                    let branch = known.unwrap_or_else(|| {
                        let branch = self.branch();
                        self.kinds.push((kind, branch));
                        branch
                    });
                    self.grow(branch, patterns, index);
                }
            }
            Base::Pod => {
                let branch = self.pod.unwrap_or_else(|| self.branch());
                self.pod = Some(branch);
                self.grow(branch, patterns, index);
            }
            Base::Template => {
                let branch = self.template.unwrap_or_else(|| self.branch());
                self.template = Some(branch);
                self.grow(branch, patterns, index);
            }
        }
    }

    fn branch(&mut self) -> usize {
        self.branches.push(Branch::default());
        self.branches.len() - 1
    }

    fn grow(&mut self, branch: usize, patterns: &[&'static str], index: usize) {
        let Some((pattern, later)) = patterns.split_first() else {
            return self.branches[branch].here.push(index);
        };
        if pattern.is_empty() {
            return self.grow(branch, later, index);
        }
        let (head, rest) = pattern.split_once('.').unwrap_or((pattern, ""));
        let (names, how) = match (head.strip_suffix("[]"), head.strip_suffix("{}")) {
            (Some(names), _) => (names, How::Items),
            (_, Some(names)) => (names, How::Entries),
            _ => (head, How::Itself),
        };
        let rest: Vec<&'static str> = std::iter::once(rest).chain(later.iter().copied()).collect();
        for name in names.split('|') {
            let known = self.branches[branch]
                .next
                .iter()
                .find(|next| next.0 == name && next.1 == how)
                .map(|next| next.2);
            let next = known.unwrap_or_else(|| {
                let next = self.branch();
                self.branches[branch].next.push((name, how, next));
                next
            });
            self.grow(next, &rest, index);
        }
    }

    fn walk<'a>(
        &self,
        branch: usize,
        node: &'a Node,
        steps: &mut Vec<Step<'a>>,
        found: &mut dyn FnMut(usize, &'a Node, &[Step<'a>]),
    ) {
        let branch = &self.branches[branch];
        for index in &branch.here {
            found(*index, node, steps);
        }
        if branch.next.is_empty() {
            return;
        }
        for field in node.fields() {
            let first = branch.next.partition_point(|(name, ..)| *name < field.name.as_str());
            for (_, how, next) in branch.next[first..].iter().take_while(|(name, ..)| *name == field.name) {
                steps.push(Step::Field(&field.name));
                match how {
                    How::Itself if field.node.value == Value::Null => {}
                    How::Itself => self.walk(*next, &field.node, steps, found),
                    How::Items => {
                        for (index, item) in field.node.items().iter().enumerate() {
                            steps.push(Step::Index(index));
                            self.walk(*next, item, steps, found);
                            steps.pop();
                        }
                    }
                    How::Entries => {
                        for entry in field.node.fields() {
                            steps.push(Step::Field(&entry.name));
                            self.walk(*next, &entry.node, steps, found);
                            steps.pop();
                        }
                    }
                }
                steps.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scene, Where};
    use super::Fields;
    use crate::bundle::Facts;
    use crate::lint::testing::bundle;
    use crate::lint::view::Object;

    /// The paths of the fields that are found, with what is asked of them.
    fn found(fields: &Fields<u8>, yaml: &str) -> Vec<String> {
        let bundle = bundle(yaml);
        let document = &bundle.documents[0];
        let facts = Facts::default();
        let object = Object::new(document, &facts, document.root().unwrap());
        let mut found = Vec::new();
        let scene = Scene::of(&object).unwrap();
        fields.each(&scene, |asked, _, spot| found.push(format!("{} {asked}", spot.path())));
        found.sort();
        found
    }

    #[test]
    fn patterns_lead_to_their_fields() {
        static FIELDS: Fields<u8> = Fields::new(&[
            (Where::Of(&["Service"], "spec.ports[].port|targetPort"), 1),
            (Where::Of(&["Service"], "spec.ports"), 2),
            (Where::Of(&["Service"], "spec.selector{}"), 3),
            (Where::Of(&["Ingress"], "spec.rules"), 4),
            (Where::Metadata("labels|annotations"), 5),
        ]);
        let yaml = "{kind: Service, metadata: {labels: {a: b}, annotations: null}, \
            spec: {selector: {a: b}, rules: [], ports: [{port: 80}, {targetPort: 81}]}}";
        let expected = [
            "metadata.labels 5",
            "spec.ports 2",
            "spec.ports[0].port 1",
            "spec.ports[1].targetPort 1",
            "spec.selector.a 3",
        ];
        assert_eq!(found(&FIELDS, yaml), expected);
    }

    #[test]
    fn a_pod_is_found_in_whatever_makes_it() {
        static FIELDS: Fields<u8> = Fields::new(&[
            (Where::Container("image"), 1),
            (Where::Template("metadata.labels"), 2),
            (Where::Pod("hostname"), 3),
        ]);
        let pod = "metadata: {labels: {}}, spec: {hostname: a, initContainers: [{image: b}]}";
        let expected = ["metadata.labels 2", "spec.hostname 3", "spec.initContainers[0].image 1"];
        assert_eq!(found(&FIELDS, &format!("{{kind: Pod, {pod}}}")), expected);
        let job = format!("{{kind: Job, spec: {{template: {{{pod}}}}}}}");
        assert_eq!(found(&FIELDS, &job), expected.map(|path| format!("spec.template.{path}")));
    }
}
