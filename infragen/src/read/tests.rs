use std::path::Path;

use proptest::prelude::*;

use super::{documents, file, objects};
use crate::bundle::{Content, Place};
use crate::node::FieldPath;

#[test]
fn documents_are_read_and_empty_ones_left_out() {
    let nodes = objects("# nothing\n---\nkind: A\n---\n---\nkind: B\nitems: [1, 2.5, null, true]\n").unwrap();
    let kinds: Vec<_> = nodes.iter().map(|node| node.text_at(&["kind"])).collect();
    assert_eq!(kinds, [Some("A"), Some("B")]);
    assert_eq!(objects("").unwrap(), []);
}

#[test]
fn keys_are_text_as_kubernetes_takes_them() {
    let nodes = objects("{80: a, true: b, plain: c}").unwrap();
    let names: Vec<_> = nodes[0].fields().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["80", "true", "plain"]);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let cases = [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "line 4, column 3: the key `c` stands here twice"),
        ("a: 1\n---\nb: [\n", "line 4"),
        ("a: !Ref x\n", "the tag `!Ref` has no meaning here"),
        ("{[a]: 1}", "a key must be text"),
        ("a: *nobody\n", "unknown anchor"),
        ("<<: 1\n", "`<<` takes a mapping"),
    ];
    for (text, expected) in cases {
        let error = objects(text).unwrap_err();
        assert!(error.to_string().contains(expected), "{text:?}: {error}");
        assert!(error.place.is_some(), "{error} has no place");
    }
}

#[test]
fn every_value_knows_where_it_stands() {
    let text = "\u{FEFF}# é\nkind: Pod\nspec:\n  names: [\"ö\", b]\n";
    let read = file(Path::new("pod.yaml"), text.as_bytes()).unwrap();
    let place = |path: &str| read.documents[0].place(&FieldPath::parse(path)).unwrap();
    assert_eq!(place("kind"), Place::Yaml { line: 2, column: 7 });
    assert_eq!(place("spec.names"), Place::Yaml { line: 4, column: 10 });
    assert_eq!(place("spec.names[1]"), Place::Yaml { line: 4, column: 16 });
}

#[test]
fn anchors_and_merge_keys_are_followed() {
    let nodes = objects("base: &base {a: 1, b: 2}\nmore:\n  <<: *base\n  b: 3\nlist: [*base]\n").unwrap();
    let more = nodes[0].get("more").unwrap();
    assert_eq!(more.get("a").unwrap().as_i64(), Some(1));
    assert_eq!(more.get("b").unwrap().as_i64(), Some(3));
    assert_eq!(nodes[0].get("list").unwrap().items()[0], *nodes[0].get("base").unwrap());
}

#[test]
fn a_billion_laughs_are_not_laughed() {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let error = objects(&text).unwrap_err();
    assert!(error.message.contains("aliases repeat more than"), "{error}");
}

#[test]
fn nesting_ends_somewhere() {
    for text in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000)] {
        assert!(objects(&text).is_err());
    }
    let block: String = (0..1000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert!(objects(&block).unwrap_err().message.contains("128 deep"));
}

#[test]
fn lists_are_taken_apart_and_other_yaml_passed_over() {
    let list = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: v1, kind: Service}\n";
    let text = format!("{list}---\nreplicas: 3\n---\nversion: 0.2\nphases: {{}}\n");
    let read = file(Path::new("all.yaml"), text.as_bytes()).unwrap();
    let kinds: Vec<_> = read
        .documents
        .iter()
        .map(|document| match &document.content {
            Content::Object(node) => node.text_at(&["kind"]).unwrap_or("?"),
            Content::Buildspec(_) => "buildspec",
            Content::Text(_) => "text",
        })
        .collect();
    assert_eq!(kinds, ["Pod", "Service", "buildspec"]);
    assert_eq!(read.others, 1);
}

#[test]
fn a_list_may_hold_nothing() {
    for items in ["[]", "null", ""] {
        let text = format!("apiVersion: v1\nkind: ConfigMapList\nitems: {items}\n");
        let read = file(Path::new("none.yaml"), text.as_bytes()).unwrap();
        assert_eq!((read.documents.len(), read.others), (0, 0), "{items}");
    }
}

#[test]
fn a_buildspec_is_known_by_two_of_its_marks() {
    for (name, text, expected) in [
        ("a.yml", "version: 0.2\nphases: {build: {commands: []}}", true),
        ("a.yml", "version: '0.2'\nbuild: {commands: [make]}", true),
        ("buildspec.yml", "phases: {build: {commands: []}}", true),
        ("buildspec-test.yaml", "version: 0.2\nenv: {}", true),
        ("compose.yaml", "version: '3'\nservices: {}", false),
        ("ci.yml", "phases: [a, b]", false),
        ("buildspec.md.yaml", "title: how to write one", false),
    ] {
        let read = file(Path::new(name), text.as_bytes()).unwrap();
        assert_eq!(read.documents.len() == 1, expected, "{name}: {text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let refused = |bytes: &[u8]| file(Path::new("x"), bytes).unwrap_err().to_string();
    assert!(refused(b"\xFF\xFEa\0").contains("UTF-16"));
    assert_eq!(refused(b"a: 1\nb: \xC3\n"), "line 2, column 4: this is no UTF-8, and so no YAML");
}

#[test]
fn json_is_yaml() {
    let nodes = objects("{\n\t\"kind\": \"Pod\",\n\t\"spec\": {\"a\": [1, true, null, \"\\u00e9\\/\"]}\n}\n")
        .unwrap();
    assert_eq!(nodes[0].at(&["spec", "a"]).unwrap().items()[3].as_str(), Some("é/"));
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC*") {
        let _ = documents(&text);
    }

    #[test]
    fn no_text_of_yaml_signs_makes_the_reader_panic(text in "[-:?,\\[\\]{}&*!|>'\"%@`#~ \n\ta1<é]{0,60}") {
        let _ = documents(&text);
    }

    #[test]
    fn places_lie_in_the_text(text in "[-:?,\\[\\]{}a1é \n]{0,40}") {
        if let Ok(nodes) = documents(&text) {
            for node in nodes {
                prop_assert!(node.place.0 as usize <= text.len());
                prop_assert!(text.is_char_boundary(node.place.0 as usize));
            }
        }
    }
}
