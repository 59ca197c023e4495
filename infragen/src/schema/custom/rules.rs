//! Asks the rules of a definition about each value that they are for.

use std::thread;

use super::super::fault::Defect;
use super::expression::Verdict;
use super::shape::Shape;
use super::value::{extent, holds_sets, seen};
use crate::node::{FieldPath, Node, Value};

/// How many times rules are asked about one object at most; the rest is left alone.
const MOST_QUESTIONS: usize = 10_000;

/// The stack that CEL gets. It takes many frames a bracket, and what is not used of it costs nothing.
const STACK: usize = 256 << 20;

/// The rules that an object breaks, each with the place.
pub(super) fn broken<'a>(object: &Node, shape: &'a Shape) -> Vec<(FieldPath, Defect<'a>)> {
    if !shape.has_rules() {
        return Vec::new();
    }
    on_a_large_stack(|| {
        let mut walk = Walk { left: MOST_QUESTIONS, found: Vec::new() };
        walk.value(object, shape, &FieldPath::root());
        walk.found
    })
}

/// Does what needs so much of it; nothing, where that cannot be had.
pub(super) fn on_a_large_stack<R: Default + Send>(work: impl FnOnce() -> R + Send) -> R {
    thread::scope(|scope| {
        let asked = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        asked.ok().and_then(|asked| asked.join().ok()).unwrap_or_default()
    })
}

struct Walk<'a> {
    left: usize,
    found: Vec<(FieldPath, Defect<'a>)>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, node: &Node, shape: &'a Shape, path: &FieldPath) {
        if node.value == Value::Null {
            return;
        }
        if !shape.rules.is_empty()
            && let Some(this) = seen(node, shape, path.steps().is_empty())
        {
            let (longest, has_sets) = extent(node, shape);
            let may_be_set = |name: &str| holds_sets(shape, name);
            let may_be_set: Option<&dyn Fn(&str) -> bool> = has_sets.then_some(&may_be_set);
            for rule in &shape.rules {
                if self.left == 0 {
                    return;
                }
                self.left -= 1;
                if let Some(Verdict::Broken { message }) = rule.ask(&this, longest, may_be_set) {
                    let defect = Defect::RuleBroken { rule: rule.source(), message };
                    self.found.push((rule.field(path), defect));
                }
            }
        }
        for field in node.fields() {
            if let Some(shape) = shape.field(&field.name) {
                self.value(&field.node, shape, &path.field(&field.name));
            }
        }
        if let Some(shape) = &shape.items {
            for (index, item) in node.items().iter().enumerate() {
                self.value(item, shape, &path.index(index));
            }
        }
    }
}
