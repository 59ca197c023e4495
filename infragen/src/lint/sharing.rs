//! What is equal in many documents, held once: labels, ports, probes, resources, names of fields.

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::node::{Field, List, Node, Text, Value};

/// So many threads seldom wait for each other.
const SHARDS: usize = 64;

/// What was seen so far, to be found again by what it says.
#[derive(Debug)]
pub(super) struct Shared {
    hashes: DefaultHashBuilder,
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Debug, Default)]
struct Shard {
    fields: HashTable<List<Field>>,
    items: HashTable<List<Node>>,
    texts: HashTable<Text>,
}

impl Default for Shared {
    fn default() -> Self {
        Self { hashes: DefaultHashBuilder::default(), shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl Shared {
    /// A text that others may share; a short one is held in place.
    pub(super) fn text(&self, text: &Text) -> Text {
        if text.is_inline() {
            return text.clone();
        }
        let hash = self.hashes.hash_one(text.as_str());
        self.in_shard(hash, |shard, hashes| {
            let hash_of = |text: &Text| hashes.hash_one(text.as_str());
            shard
                .texts
                .entry(hash, |known| known == text, hash_of)
                .or_insert_with(|| text.clone())
                .get()
                .clone()
        })
    }

    /// The fields at the end of a list, taken from it. What they hold is shared already.
    pub(super) fn fields(&self, all: &mut Vec<Field>, start: usize) -> List<Field> {
        self.list(all, start, |shard| &mut shard.fields)
    }

    /// As [`Shared::fields`], for items.
    pub(super) fn items(&self, all: &mut Vec<Node>, start: usize) -> List<Node> {
        self.list(all, start, |shard| &mut shard.items)
    }

    fn list<T: Part>(
        &self,
        all: &mut Vec<T>,
        start: usize,
        table: fn(&mut Shard) -> &mut HashTable<List<T>>,
    ) -> List<T> {
        let part = &all[start..];
        if part.is_empty() {
            return List::default();
        }
        let hash = hash_of(&self.hashes, part);
        let is_equal = |known: &List<T>| {
            known.len() == part.len() && known.iter().zip(part).all(|(one, other)| one.is_same(other))
        };
        let known = self.in_shard(hash, |shard, _| table(shard).find(hash, is_equal).cloned());
        if let Some(known) = known {
            all.truncate(start);
            return known;
        }
        let list: List<T> = all.drain(start..).collect();
        let is_equal = |known: &List<T>| {
            known.len() == list.len() && known.iter().zip(&list).all(|(one, other)| one.is_same(other))
        };
        // Another thread may have brought it in between.
        self.in_shard(hash, |shard, hashes| {
            let entry = table(shard).entry(hash, is_equal, |known| hash_of(hashes, known));
            entry.or_insert_with(|| list.clone()).get().clone()
        })
    }

    fn in_shard<R>(&self, hash: u64, work: impl FnOnce(&mut Shard, &DefaultHashBuilder) -> R) -> R {
        // The table takes its own bits from both ends of the hash.
        let shard = &self.shards[(hash >> 32) as usize % SHARDS];
        work(&mut shard.lock().unwrap_or_else(PoisonError::into_inner), &self.hashes)
    }
}

fn hash_of<T: Part>(hashes: &DefaultHashBuilder, parts: &[T]) -> u64 {
    let mut hasher = hashes.build_hasher();
    parts.iter().for_each(|part| part.feed(&mut hasher));
    hasher.finish()
}

/// One value of a list, whose own lists are shared: two that say the same are one in memory.
trait Part: Clone {
    fn feed(&self, hasher: &mut impl Hasher);
    fn is_same(&self, other: &Self) -> bool;
}

impl Part for Field {
    fn feed(&self, hasher: &mut impl Hasher) {
        self.name.as_str().hash(hasher);
        self.node.feed(hasher);
    }

    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.node.is_same(&other.node)
    }
}

impl Part for Node {
    fn feed(&self, hasher: &mut impl Hasher) {
        std::mem::discriminant(&self.value).hash(hasher);
        match &self.value {
            Value::Null => {}
            Value::Bool(truth) => truth.hash(hasher),
            Value::Integer(number) => number.hash(hasher),
            Value::Float(number) => number.to_bits().hash(hasher),
            Value::String(text) => text.as_str().hash(hasher),
            Value::Sequence(items) => items.as_ptr().hash(hasher),
            Value::Mapping(fields) => fields.as_ptr().hash(hasher),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.place, self.key) == (other.place, other.key)
            && match (&self.value, &other.value) {
                (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
                (Value::Sequence(one), Value::Sequence(other)) => one.is_shared_with(other),
                (Value::Mapping(one), Value::Mapping(other)) => one.is_shared_with(other),
                (one, other) => one == other,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::Shared;
    use crate::bundle::{Content, Document};
    use crate::lint::forget::{Keep, forget};
    use crate::node::{List, Node, Value};
    use crate::read;

    fn kept(shared: &Shared, yaml: &str) -> Node {
        let node = read::objects(yaml).unwrap().remove(0);
        let mut document = Document::rendered("a.yaml", Content::Object(node));
        forget(&mut document, Keep::Names, shared);
        document.root().unwrap().clone()
    }

    fn items<'n>(node: &'n Node, names: &[&str]) -> &'n List<Node> {
        let Value::Sequence(items) = &node.at(names).unwrap().value else { panic!("{node:?}") };
        items
    }

    #[test]
    fn what_is_equal_in_two_documents_is_one() {
        let shared = Shared::default();
        let document = |name: &str, last: &str| {
            kept(&shared, &format!("metadata: {{name: {name}}}\nspec: {{ports: [{{port: 80}}, {last}]}}\n"))
        };
        let (one, same, other) = (document("a", "0.0"), document("b", "0.0"), document("c", "-0.0"));
        let ports = |node| items(node, &["spec", "ports"]);
        assert!(ports(&one).is_shared_with(ports(&same)));
        assert!(!ports(&one).is_shared_with(ports(&other)), "they are written differently");
        assert_eq!(same.text_at(&["metadata", "name"]), Some("b"));
    }

    #[test]
    fn a_long_text_is_held_once() {
        let shared = Shared::default();
        let text = || kept(&shared, "spec: registry.example.com/team/program:1.2.3\n");
        let (one, other) = (text(), text());
        let at = |node: &Node| node.text_at(&["spec"]).unwrap().as_ptr();
        assert_eq!(at(&one), at(&other));
    }
}
