//! The way to the fields that a grammar holds for, told as patterns.

use crate::lint::view::{Object, Workload};
use crate::node::{FieldPath, Node};

/// Where fields stand, as a pattern: names between dots, `|` between names that are alike, `[]` behind a list and `{}`
/// behind a map of which each entry is meant.
#[derive(Clone, Copy, Debug)]
pub enum Where {
    /// In objects of these kinds; of every kind when there is none.
    Of(&'static [&'static str], &'static str),
    /// In the `spec` of a Pod or of a Pod template.
    Pod(&'static str),
    /// In the template of a Pod, or in the Pod itself.
    Template(&'static str),
}

/// An object of Kubernetes' own, and its Pod's `spec` where it has one.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    object: Object<'a>,
    workload: Option<Workload<'a>>,
}

/// One step to a field, as long as nobody wants to keep it.
#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Index(usize),
}

impl<'a> Scene<'a> {
    /// The object, unless its group is somebody else's.
    #[must_use]
    pub fn of(object: &Object<'a>) -> Option<Self> {
        let workload = Workload::of(*object);
        super::group::is_own(object.api_version).then_some(Self { object: *object, workload })
    }

    /// Shows each field that the pattern leads to; its path is made for those that `wanted` picks.
    pub fn each(
        &self,
        place: Where,
        wanted: impl Fn(&'a Node) -> bool,
        mut found: impl FnMut(FieldPath, &'a Node),
    ) {
        let (root, base, pattern) = match place {
            Where::Of(kinds, pattern) if kinds.is_empty() || kinds.contains(&self.object.kind) => {
                (Some(self.object.node), FieldPath::root(), pattern)
            }
            Where::Of(..) => return,
            Where::Pod(pattern) | Where::Template(pattern) => {
                let Some(workload) = self.workload else { return };
                match place {
                    Where::Pod(_) => (workload.pod(&[]), workload.pod_path(&[]), pattern),
                    _ => (Some(workload.template), workload.template_path(&[]), pattern),
                }
            }
        };
        let Some(root) = root else { return };
        walk(root, pattern, &mut Vec::new(), &mut |steps, node| {
            if wanted(node) {
                let path = steps.iter().fold(base.clone(), |path, step| match step {
                    Step::Field(name) => path.field(name),
                    Step::Index(index) => path.index(*index),
                });
                found(path, node);
            }
        });
    }

    /// The fields that the pattern leads to.
    #[must_use]
    pub fn all(&self, place: Where) -> Vec<(FieldPath, &'a Node)> {
        let mut all = Vec::new();
        self.each(place, |_| true, |path, node| all.push((path, node)));
        all
    }
}

fn walk<'a>(
    node: &'a Node,
    pattern: &str,
    steps: &mut Vec<Step<'a>>,
    found: &mut dyn FnMut(&[Step<'a>], &'a Node),
) {
    if pattern.is_empty() {
        return found(steps, node);
    }
    let (head, rest) = pattern.split_once('.').unwrap_or((pattern, ""));
    let (names, is_list, is_map) = match (head.strip_suffix("[]"), head.strip_suffix("{}")) {
        (Some(names), _) => (names, true, false),
        (_, Some(names)) => (names, false, true),
        _ => (head, false, false),
    };
    for name in names.split('|') {
        let Some(field) = node.fields().iter().find(|field| field.name == name) else { continue };
        steps.push(Step::Field(&field.name));
        if is_list {
            for (index, item) in field.node.items().iter().enumerate() {
                steps.push(Step::Index(index));
                walk(item, rest, steps, found);
                steps.pop();
            }
        } else if is_map {
            for entry in field.node.fields() {
                steps.push(Step::Field(&entry.name));
                walk(&entry.node, rest, steps, found);
                steps.pop();
            }
        } else {
            walk(&field.node, rest, steps, found);
        }
        steps.pop();
    }
}
