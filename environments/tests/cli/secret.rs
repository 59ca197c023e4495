use crate::program::{Project, Run};

const SECRET: [&str; 4] = ["secret", "dev", "coworking-database", "password"];

fn made(input: &[u8]) -> Run {
    Project::new().run_on(input, &SECRET)
}

#[test]
fn a_value_becomes_a_secret_without_its_last_line_break() {
    for input in [&b"hunter2"[..], b"hunter2\n", b"hunter2\r\n"] {
        let text = made(input).succeeds();
        assert!(text.contains("kind: Secret\n") && text.contains("\n  password: aHVudGVyMg==\n"), "{text}");
        assert!(text.contains("  name: coworking-database\n  namespace: coworking-dev\n"), "{text}");
    }
    assert!(made(b"a\n\n").succeeds().contains("  password: YQo=\n"));
    assert!(made(&[0xff, 0]).succeeds().contains("  password: /wA=\n"));
}

#[test]
fn nothing_is_made_of_nothing() {
    for input in [&b""[..], b"\n"] {
        let run = made(input);
        run.fails(2, "standard input is empty");
        assert_eq!(run.output, "");
    }
    made(&vec![b'x'; 1024 * 1024 + 1]).fails(2, "more than 1 MiB");
}

#[test]
fn the_value_is_in_no_message() {
    let project = Project::new();
    for arguments in [
        ["secret", "dv", "coworking-database", "password"],
        ["secret", "dev", "Not_A_Name", "password"],
        ["secret", "dev", "coworking-database", "no key"],
        ["secret", "prod", "coworking-database", "password"],
        ["secret", "dev", "coworking-databse", "pasword"],
    ] {
        let run = project.run_on(b"hunter2\n", &arguments);
        assert!(!run.errors.is_empty(), "{arguments:?}");
        assert!(!run.errors.contains("hunter2") && !run.errors.contains("aHVudGVyMg"), "{}", run.errors);
    }
}

#[test]
fn a_secret_that_was_probably_not_meant_is_remarked_on() {
    let project = Project::new();
    let other = project.run_on(b"x", &["secret", "dev", "coworking-databse", "password"]);
    assert_eq!(
        other.errors,
        "note: no Secret `coworking-databse` was declared; did you mean `coworking-database`?\n"
    );
    let fetched = project.run_on(b"x", &["secret", "prod", "coworking-database", "password"]);
    assert!(
        fetched.errors.contains("External Secrets fetches `coworking-database` here"),
        "{}",
        fetched.errors
    );
    assert_eq!((other.code, fetched.code), (0, 0));
}
