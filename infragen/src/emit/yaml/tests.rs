use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::{serialized, simple, yaml};
use crate::node::{Field, Node, Value};
use crate::read;

/// Strings that some reader of YAML takes for something else, or that are hard to print.
const NASTY: &[&str] = &[
    "",
    " ",
    "  a",
    "a ",
    "~",
    "null",
    "Null",
    "true",
    "True",
    "false",
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "off",
    "Off",
    "y",
    "Y",
    "n",
    "N",
    "0755",
    "0o14",
    "0x1F",
    "0b101",
    "1e3",
    "1E3",
    "1e",
    "1.5e-7",
    "1.",
    ".5",
    "1_000",
    "12:30",
    "1:30:00",
    "190:20:30",
    "190:20:30.15",
    "685_230.15",
    "+1",
    "-1",
    "+.inf",
    "-.INF",
    ".nan",
    ".NaN",
    "nan",
    "inf",
    "2023-01-02",
    "2001-12-14t21:59:43.10-05:00",
    "2001-12-14 21:59:43",
    "=",
    "<<",
    "-",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "#a",
    "!a",
    "&a",
    "*a",
    "%a",
    "@a",
    "`a`",
    "|",
    ">",
    "[a]",
    "{a}",
    "'a'",
    "\"a\"",
    "it's",
    "---",
    "--- a",
    "...",
    "a\nb",
    "a\nb\n",
    "a\n\n",
    "\na",
    "\n",
    " a\nb",
    "a \nb",
    "a\n b\n",
    "#a\nb",
    "a\tb",
    "\ta",
    "a\r\nb",
    "a\rb",
    "\r",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{2029}",
    "a\nb\u{85}",
    "\u{FEFF}",
    "\u{FEFF}a",
    "a\u{FEFF}",
    "\u{0}",
    "\u{7f}",
    "\u{9f}",
    "é",
    "日本",
    "\u{1F600}",
    "\u{E000}",
    "\u{E000}: on",
    "\u{E000}X",
    "\u{E000}F1",
    "\u{E000}\u{FEFF}a",
    "\"\\uFEFFa",
    "a\\b",
    "10.0.0.1",
    "500m",
    "1Gi",
    "2E",
    "1.34",
    "5153",
    "127.0.0.1:80",
    "_1",
    "-_1",
    "+",
    ".",
    "..",
];

fn text(value: &str) -> Node {
    Node::new(Value::String(value.into()))
}

fn mapping(fields: Vec<(String, Node)>) -> Node {
    let mut unique: Vec<Field> = Vec::new();
    for (name, node) in fields {
        if unique.iter().all(|field| field.name != name) {
            unique.push(Field::new(name, node));
        }
    }
    Node::new(Value::Mapping(unique.into()))
}

fn nasty_tree() -> Node {
    mapping(vec![
        ("values".to_owned(), Node::new(Value::Sequence(NASTY.iter().map(|value| text(value)).collect()))),
        ("keys".to_owned(), mapping(NASTY.iter().map(|name| ((*name).to_owned(), text(name))).collect())),
    ])
}

/// Any text, with what is hard about YAML far more often than chance would have it.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-+.0-9eExob_:tTzZ ]{0,8}",
        "[ \n\r\t#:'\"\\-a\u{85}\u{2028}\u{FEFF}\u{E000}XF]{0,10}",
        prop::sample::select(NASTY).prop_map(str::to_owned),
    ]
}

fn any_tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Integer),
        prop::num::f64::NORMAL.prop_map(Value::Float),
        prop::num::f64::ZERO.prop_map(Value::Float),
        any_text().prop_map(|text| Value::String(text.into())),
    ]
    .prop_map(Node::new);
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|items| Node::new(Value::Sequence(items.into()))),
            prop::collection::vec((any_text(), inner), 0..6).prop_map(mapping),
        ]
    })
}

fn read_back(node: &Node) -> Node {
    let printed = yaml(node);
    let mut documents = read::objects(&printed).unwrap_or_else(|error| panic!("{error}\n{printed}"));
    assert!(documents.len() <= 1, "{printed}");
    documents.pop().unwrap_or_else(|| Node::new(Value::Null))
}

#[test]
fn a_manifest_prints_as_people_write_it() {
    let node = read::objects(
        "{a: {b: [1, {c: d, e: 500m}]}, \"on\": \"yes\", script: \"one\\ntwo\\n\", f: 0.5, ip: 10.0.0.1}",
    )
    .unwrap();
    let expected = "a:\n  b:\n  - 1\n  - c: d\n    e: 500m\n'on': 'yes'\nscript: |\n  one\n  two\nf: 0.5\nip: '10.0.0.1'\n";
    assert_eq!(yaml(&node[0]), expected);
}

#[test]
fn what_only_yaml_1_1_takes_for_a_line_break_is_escaped() {
    for (value, printed) in
        [("a\u{2028}b", "\"a\\Lb\"\n"), ("a\nb\u{85}", "\"a\\nb\\N\"\n"), ("\r\n", "\"\\r\\n\"\n")]
    {
        assert_eq!(yaml(&text(value)), printed);
    }
}

#[test]
fn nasty_strings_read_back() {
    assert_eq!(read_back(&nasty_tree()), nasty_tree());
}

#[test]
fn numbers_read_back() {
    for number in [0.0, -0.0, 0.1, 1e16, 1e17, 1.5e300, -2.5e-300, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY]
    {
        assert_eq!(read_back(&Node::new(Value::Float(number))), Node::new(Value::Float(number)));
    }
    for number in [0, -1, i64::MAX, i64::MIN] {
        assert_eq!(read_back(&Node::new(Value::Integer(number))), Node::new(Value::Integer(number)));
    }
}

proptest! {
    #[test]
    fn any_tree_reads_back(tree in any_tree()) {
        prop_assert_eq!(read_back(&tree), tree);
    }
}

/// Words as manifests have them, and what is nearly one.
fn any_word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9/._@() :,;=+-]{0,12}",
        "[a-z0-9/.:-]{60,120}( [a-z]{3,9}){0,20}",
        "[-+.0-9eExob_:tTzZ ]{0,8}",
        prop::sample::select(NASTY).prop_map(str::to_owned),
    ]
}

fn any_manifest() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Integer),
        any_word().prop_map(|text| Value::String(text.into())),
    ]
    .prop_map(Node::new);
    let node = leaf.prop_recursive(5, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| Node::new(Value::Sequence(items.into()))),
            prop::collection::vec((any_word(), inner), 0..4).prop_map(mapping),
        ]
    });
    prop::collection::vec((any_word(), node), 1..4).prop_map(mapping)
}

#[test]
fn simple_trees_print_as_the_serializer_prints_them() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut simple = 0;
    for _ in 0..5_000 {
        let tree = any_manifest().new_tree(&mut runner).unwrap().current();
        if let Some(printed) = simple::print(&tree) {
            simple += 1;
            assert_eq!(printed, serialized(&tree));
        }
    }
    assert!(simple > 300, "only {simple}");
    for nasty in NASTY {
        let tree = mapping(vec![((*nasty).to_owned(), text(nasty))]);
        if let Some(printed) = simple::print(&tree) {
            assert_eq!(printed, serialized(&tree));
        }
    }
}

/// Takes pairs of YAML and the value meant as JSON, reads the YAML with PyYAML, a reader of YAML 1.1, and prints
/// the indices of the pairs that differ.
const PYTHON: &str = "import sys, json, yaml\n\
    def typed(value):\n\
    \x20   if isinstance(value, dict): return {typed(k): typed(v) for k, v in value.items()}\n\
    \x20   if isinstance(value, list): return [typed(item) for item in value]\n\
    \x20   return (type(value).__name__, value)\n\
    pairs = json.load(sys.stdin)\n\
    differ = [i for i, (text, value) in enumerate(pairs) if typed(yaml.safe_load(text)) != typed(value)]\n\
    json.dump(differ, sys.stdout)";

/// Which texts PyYAML reads as something else; nothing where there is no PyYAML.
fn python_misreads(pairs: &[(String, &Node)]) -> Option<Vec<usize>> {
    let present = Command::new("python3").args(["-c", "import yaml"]).stderr(Stdio::null()).status();
    if !present.is_ok_and(|status| status.success()) {
        println!("skipped: there is no python3 with PyYAML to read YAML 1.1 with");
        return None;
    }
    let mut python = Command::new("python3")
        .args(["-c", PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = python.stdin.take().unwrap();
    input.write_all(&serde_json::to_vec(pairs).unwrap()).unwrap();
    drop(input);
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "PyYAML refused what was printed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn a_reader_of_yaml_1_1_reads_the_same() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut trees = vec![nasty_tree()];
    trees.extend((0..400).map(|_| any_tree().new_tree(&mut runner).unwrap().current()));
    let pairs: Vec<_> = trees.iter().map(|tree| (yaml(tree), tree)).collect();
    let Some(misread) = python_misreads(&pairs) else { return };
    let texts: Vec<_> = misread.iter().map(|index| &pairs[*index].0).collect();
    assert!(texts.is_empty(), "read as something else: {texts:#?}");
}
