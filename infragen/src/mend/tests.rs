use std::path::Path;

use proptest::prelude::*;

use super::mend;
use crate::bundle::Bundle;
use crate::diagnostic::Fix;
use crate::lint::{Options, lint};
use crate::read;

/// The text after all safe mends, again and again until there is none.
fn mended(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..10 {
        let documents = read::file(Path::new("a.yaml"), text.as_bytes()).unwrap().documents;
        let report = lint(&Bundle { documents, ..Bundle::default() }, &Options::default());
        let (next, count) = mend(&text, report.diagnostics.iter().filter_map(|one| one.fix.as_ref()));
        if count == 0 {
            return text;
        }
        text = next;
    }
    panic!("there is no end of mending\n{text}");
}

#[test]
fn each_safe_mend_changes_no_more_than_it_must() {
    let pod = |rest: &str| {
        format!("# head\napiVersion: v1\nkind: Pod # a Pod\nmetadata: {{name: web}}\nspec:\n{rest}")
    };
    let set = "    securityContext: {allowPrivilegeEscalation: false}\n";
    let cases = [
        // A misspelt field keeps its quotes, its comments and its blanks.
        (
            pod(&format!("  containers:\n  - name: web\n    imagePullPolcy:   Always # why\n{set}")),
            pod(&format!("  containers:\n  - name: web\n    imagePullPolicy:   Always # why\n{set}")),
        ),
        (
            pod("  containers: [{name: web, \"imgae\": a, securityContext: {allowPrivilegeEscalation: false}}]\n"),
            pod("  containers: [{name: web, \"image\": a, securityContext: {allowPrivilegeEscalation: false}}]\n"),
        ),
        // A field that is there already is not made twice.
        (
            pod(&format!("  containers:\n  - name: web\n    image: a\n    imgae: b\n{set}")),
            pod(&format!("  containers:\n  - name: web\n    image: a\n    imgae: b\n{set}")),
        ),
        // What is missing goes where no comment is torn from its line.
        (
            pod("  containers:\n  # first\n  - name: web\n    image: a # here\n    # the port\n    ports: []\n"),
            pod(
                "  containers:\n  # first\n  - name: web\n    securityContext:\n      allowPrivilegeEscalation: false\n    image: a # here\n    # the port\n    ports: []\n",
            ),
        ),
        (
            pod("  containers:\n  - name: web\n    securityContext:\n      runAsNonRoot: true\n      # last\n"),
            pod(
                "  containers:\n  - name: web\n    securityContext:\n      allowPrivilegeEscalation: false\n      runAsNonRoot: true\n      # last\n",
            ),
        ),
        (
            pod("  containers:\n  - name: web\n"),
            pod("  containers:\n  - securityContext:\n      allowPrivilegeEscalation: false\n    name: web\n"),
        ),
        (
            pod("  containers: [{name: web}]\n"),
            pod("  containers: [{securityContext: {allowPrivilegeEscalation: false}, name: web}]\n"),
        ),
        // A privileged container may not be told that it has no privileges.
        (
            pod("  containers:\n  - name: web\n    securityContext: {privileged: true}\n"),
            pod("  containers:\n  - name: web\n    securityContext: {privileged: true}\n"),
        ),
        // Text that YAML takes for something else.
        (
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  debug: yes # on\n  mode: 0755\n  list: |\n    a: 1\n  x: {}\n".to_owned(),
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  debug: \"yes\" # on\n  mode: \"0755\"\n  list: |\n    a: 1\n  x: {}\n".to_owned(),
        ),
        (
            "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"spec\": {\"replicas\": \"2\"}}".to_owned(),
            "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"spec\": {\"replicas\": 2}}".to_owned(),
        ),
        // An API version that only changed its name.
        (
            "apiVersion: networking.k8s.io/v1beta1 # old\nkind: ServiceCIDR\nmetadata: {name: a}\nspec: {cidrs: [10.1.0.0/16]}\n".to_owned(),
            "apiVersion: networking.k8s.io/v1 # old\nkind: ServiceCIDR\nmetadata: {name: a}\nspec: {cidrs: [10.1.0.0/16]}\n".to_owned(),
        ),
    ];
    for (before, after) in cases {
        assert_eq!(mended(&before), after);
        assert_eq!(mended(&after), after, "a second time changes nothing");
        let windows = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        assert_eq!(mended(&windows(&before)), windows(&after), "line endings and the mark at the start stay");
    }
}

#[test]
fn no_line_with_a_secret_is_touched() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  pin: 1234\n";
    assert_eq!(mended(secret), secret);
}

#[test]
fn what_overlaps_or_is_not_there_is_left_alone() {
    let fix =
        |start, was: &str, becomes: &str| Fix { start, was: was.to_owned(), becomes: becomes.to_owned() };
    let fixes =
        [fix(0, "ab", "x"), fix(1, "bc", "y"), fix(3, "nothing", "z"), fix(4, "e", "E"), fix(4, "e", "E")];
    assert_eq!(mend("abcdef", &fixes), ("xcdEf".to_owned(), 2));
    assert_eq!(mend("é", &[fix(1, "", "x"), fix(9, "", "x")]), ("é".to_owned(), 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever the layout, mends leave YAML, every comment, and everything but the faults.
    #[test]
    fn a_mended_text_is_read_and_keeps_its_comments(
        name in "nmae|name|image|imgae|prots|ports|enx|\"imgae\"|args",
        value in "yes|0755|a|\"x\"|'1'|12|[yes, 1]|\\{a: b\\}",
        comments in prop::collection::vec("# [a-z{}:'\"]{1,9}", 4),
        is_flow in any::<bool>(),
        blanks in 1_usize..4,
    ) {
        let gap = " ".repeat(blanks);
        let body = if is_flow {
            format!("  containers:\n  - {{name: web, {name}:{gap}{value}}} {}\n", comments[0])
        } else {
            format!("  containers:\n  {}\n  - name: web {}\n    {}\n    {name}:{gap}{value} {}\n", comments[0], comments[1], comments[2], comments[3])
        };
        let text = format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations: {{k: {value}}}\nspec:\n{body}");
        if read::documents(&text).is_ok() {
            let after = mended(&text);
            prop_assert!(read::documents(&after).is_ok(), "{after}");
            let kept = |text: &str| comments.iter().filter(|comment| text.contains(comment.as_str())).count();
            prop_assert_eq!(kept(&text), kept(&after), "{}", after);
        }
    }
}

#[test]
fn of_two_mends_that_say_one_thing_twice_the_first_is_made() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    imag: a:1\n    imagee: b:1\n";
    let documents = read::file(Path::new("a.yaml"), text.as_bytes()).unwrap().documents;
    let report = lint(&Bundle { documents, ..Bundle::default() }, &Options::default());
    let fixes: Vec<&Fix> = report.diagnostics.iter().filter_map(|one| one.fix.as_ref()).collect();
    assert_eq!(fixes.iter().filter(|fix| fix.becomes == "image").count(), 2);
    let (mended, _) = mend(text, fixes);
    assert!(mended.contains("    image: a:1\n") && mended.contains("    imagee: b:1\n"), "{mended}");
    read::documents(&mended).unwrap();
}
