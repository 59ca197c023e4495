use super::{beside_a_good_file, is_refused};

#[test]
fn a_billion_laughs() {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    is_refused("laughs.yaml", text.as_bytes(), "more than 100000 values");
    let merged: String =
        (1..30).map(|level| format!("a{level}: &a{level}\n  <<: [*a{0}, *a{0}]\n", level - 1)).collect();
    let run = beside_a_good_file("merged.yaml", format!("a0: &a0 {{b: 1}}\n{merged}").as_bytes());
    assert_eq!(run.code, 1, "merge keys bring nothing twice: {run:?}");
}

/// Each document laughs as much as one may.
#[test]
fn many_laughs() {
    let list = vec!["lol"; 1000].join(", ");
    let document = format!("---\na: &a [{list}]\nb: [{}]\n", vec!["*a"; 90].join(", "));
    is_refused("laughs.yaml", document.repeat(50).as_bytes(), "aliases repeat more than 100000 values");
}

/// Each level would be kept once more than the one within it.
#[test]
fn anchors_within_anchors() {
    let open: String = (0..100).map(|level| format!("&a{level} [")).collect();
    let text = format!("{open}{}{}", "1, ".repeat(5000), "]".repeat(100));
    is_refused("anchors.yaml", text.as_bytes(), "anchors name more than 100000 values");
}

#[test]
fn nesting() {
    for (name, text) in [
        ("flow.yaml", "[".repeat(10_000)),
        ("flow-mapping.yaml", "{a: ".repeat(10_000)),
        ("sequences.yaml", "- ".repeat(10_000)),
        ("array.json", format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))),
        ("object.json", format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000))),
        ("block.yaml", (0..10_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect()),
    ] {
        is_refused(name, text.as_bytes(), "nested");
    }
}

#[test]
fn bytes_that_are_no_text() {
    is_refused("latin.yaml", b"kind: Pod\nname: caf\xe9\n", "this is no UTF-8");
    is_refused("program.yaml", b"\x7fELF\x02\x01\x01\0\0\0\0", "there is a NUL byte");
    is_refused("nul.yaml", b"kind: Pod\n\0metadata: {name: a}\n", "there is a NUL byte");
    let noise: Vec<u8> =
        (0..100_000_u32).map(|byte| (byte.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    is_refused("noise.yaml", &noise, "this is no UTF-8");
    for (name, mark) in [("little.yaml", [0xFF, 0xFE]), ("big.yaml", [0xFE, 0xFF])] {
        let units = "kind: Pod\n".encode_utf16();
        let bytes =
            units.flat_map(|unit| if mark[0] == 0xFF { unit.to_le_bytes() } else { unit.to_be_bytes() });
        is_refused(
            name,
            &mark.into_iter().chain(bytes).collect::<Vec<_>>(),
            "this is UTF-16; save it as UTF-8",
        );
    }
}

#[test]
fn a_key_a_thousand_times() {
    let text = format!("kind: Pod\ndata:\n{}", "  a: 1\n".repeat(10_000));
    is_refused("twice.yaml", text.as_bytes(), "the key `a` stands here twice");
}

/// To compare each key with each takes minutes.
#[test]
fn a_hundred_thousand_keys() {
    let keys: String = (0..100_000).map(|key| format!("  k{key}: v\n")).collect();
    let text = format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n{keys}");
    let run = beside_a_good_file("keys.yaml", text.as_bytes());
    assert!(!run.output.contains("keys.yaml:"), "{run:?}");
    let merged = format!("a: &a\n{keys}b:\n  <<: *a\n{keys}");
    is_refused("merged.yaml", merged.as_bytes(), "anchors name more than 100000 values");
}

#[test]
fn a_long_line_is_shown_in_part() {
    let pad = "x".repeat(1_000_000);
    let text = format!(
        "{{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"a\"}}, \
         \"data\": {{\"a\": \"{pad}\"}}, \"dat\": \"{pad}\"}}"
    );
    let run = beside_a_good_file("line.json", text.as_bytes());
    assert!(run.output.contains("error[unknown-field]"), "{}", &run.output[..run.output.len().min(2000)]);
    assert!(run.output.len() < 10_000, "{} bytes are printed", run.output.len());
}

#[test]
fn lines_may_end_as_on_windows() {
    let text = "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: a\r\nspec:\r\n  containers: two\r\n";
    let run = beside_a_good_file("windows.yaml", text.as_bytes());
    assert!(run.output.contains("deploy/windows.yaml:6:"), "{run:?}");
    assert!(!run.output.contains('\r'), "{run:?}");
}
