//! What the rules' tests share: bundles from YAML, facts too, and one rule alone on them.

use super::{Linter, Look, Options, Rule, lint};
use crate::bundle::{
    Bundle, Capacity, Connection, Content, Contract, Document, Endpoint, External, Facts, ReadVariable,
    Waiver,
};
use crate::diagnostic::Diagnostic;
use crate::node::Node;
use crate::origin::Origin;
use crate::read;

const HERE: Origin = Origin::Default("a test");

/// A bundle of these documents. One of the kind `Facts` of `infragen.dev/v1` becomes the bundle's facts; one with a
/// `version` and no kind is a buildspec.
pub(super) fn bundle(yaml: &str) -> Bundle {
    let mut bundle = Bundle { environment: Some("test".to_owned()), ..Bundle::default() };
    for (index, node) in read::objects(yaml).unwrap().into_iter().enumerate() {
        if node.text_at(&["kind"]) == Some("Facts") {
            bundle.facts = facts(&node);
        } else {
            let is_buildspec = node.get("kind").is_none() && node.get("version").is_some();
            let content = if is_buildspec { Content::Buildspec(node) } else { Content::Object(node) };
            bundle.documents.push(Document::rendered(format!("{index}.yaml"), content));
        }
    }
    bundle
}

/// What one rule finds there, as it looks alone; a rule about waivers looks when the others have.
pub(super) fn found(rule: &Rule, yaml: &str) -> Vec<Diagnostic> {
    let options = match rule.look {
        Look::Waiver(_) => Options::default(),
        _ => Options::only(rule),
    };
    let diagnostics = look(bundle(yaml), &options);
    diagnostics.into_iter().filter(|diagnostic| diagnostic.rule == rule.id).collect()
}

/// What one rule says of documents that came from no environment, all from one folder.
pub(super) fn messages_of_foreign(rule: &Rule, yaml: &str) -> Vec<String> {
    let bundle = Bundle { environment: None, ..bundle(yaml) };
    let diagnostics = look(bundle, &Options::only(rule));
    diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

/// What is found when the documents come one by one, and the most of each is forgotten, which is the same.
fn look(mut bundle: Bundle, options: &Options) -> Vec<Diagnostic> {
    let whole = lint(&bundle, options).diagnostics;
    let documents = std::mem::take(&mut bundle.documents);
    let linter = Linter::new(bundle, options);
    let looked = linter.look_at(documents, None);
    let one_by_one = linter.finish(Vec::new(), vec![looked], &|_, _| false).diagnostics;
    let told = |found: &[Diagnostic]| found.iter().map(|one| format!("{one:?}")).collect::<Vec<_>>();
    assert_eq!(told(&one_by_one), told(&whole), "a rule asks for what `lint/forget.rs` forgets");
    whole
}

/// Whether it finds anything.
pub(super) fn finds(rule: &Rule, yaml: &str) -> bool {
    !found(rule, yaml).is_empty()
}

/// What it says.
pub(super) fn messages(rule: &Rule, yaml: &str) -> Vec<String> {
    found(rule, yaml).into_iter().map(|diagnostic| diagnostic.message).collect()
}

fn facts(node: &Node) -> Facts {
    let list = |name: &str| node.get(name).map_or(&[][..], Node::items).iter();
    Facts {
        kubernetes: node.text_at(&["kubernetes"]).map(minor_version),
        externals: list("externals").map(external).collect(),
        contracts: list("contracts").map(contract).collect(),
        connections: list("connections").map(connection).collect(),
        capacity: node.get("capacity").map(|capacity| Capacity {
            millicores: number(capacity, "millicores"),
            bytes: number(capacity, "bytes"),
            nodes: number(capacity, "nodes").try_into().unwrap(),
            origin: HERE,
        }),
        waivers: list("waivers").map(waiver).collect(),
        applied: list("applied")
            .map(|node| Document::rendered("applied.yaml", Content::Object(node.clone())))
            .collect(),
    }
}

fn text(node: &Node, name: &str) -> String {
    node.text_at(&[name]).unwrap_or_else(|| panic!("`{name}` in {node:?}")).to_owned()
}

fn number(node: &Node, name: &str) -> u64 {
    node.get(name).and_then(Node::as_i64).unwrap_or_default().try_into().unwrap()
}

fn minor_version(text: &str) -> (u32, u32) {
    let (major, minor) = text.split_once('.').unwrap();
    (major.parse().unwrap(), minor.parse().unwrap())
}

fn external(node: &Node) -> External {
    let keys = node.get("keys").map_or(&[][..], Node::items);
    External {
        kind: text(node, "kind"),
        name: text(node, "name"),
        keys: keys.iter().filter_map(|key| key.as_str().map(str::to_owned)).collect(),
        origin: HERE,
    }
}

fn contract(node: &Node) -> Contract {
    let truth = |variable: &Node, name| variable.get(name).and_then(Node::as_bool) == Some(true);
    let variable = |variable: &Node| ReadVariable {
        name: text(variable, "name"),
        required: truth(variable, "required"),
        secret: truth(variable, "secret"),
    };
    Contract {
        kind: text(node, "kind"),
        workload: text(node, "workload"),
        container: text(node, "container"),
        variables: node.get("variables").unwrap().items().iter().map(variable).collect(),
        origin: HERE,
    }
}

fn connection(node: &Node) -> Connection {
    let to = node.text_at(&["to", "workload"]).map(|name| Endpoint::Workload(name.to_owned()));
    Connection {
        from: text(node, "from"),
        to: to.unwrap_or_else(|| Endpoint::Host(node.text_at(&["to", "host"]).unwrap().to_owned())),
        port: number(node, "port").try_into().unwrap(),
        origin: HERE,
    }
}

fn waiver(node: &Node) -> Waiver {
    Waiver {
        rule: text(node, "rule"),
        object: node.text_at(&["object"]).map(str::to_owned),
        reason: text(node, "reason"),
        origin: HERE,
    }
}
