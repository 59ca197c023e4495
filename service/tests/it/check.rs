//! `coworking-analytics check`.

use crate::harness::{self, Database, SECRET, TABLES};

fn check(variables: &[(&str, String)]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = harness::check(folder.path(), variables);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn says_what_the_service_would_do_and_no_secret() {
    let database = Database::new();
    database.run(TABLES);
    let mut variables = database.variables();
    variables.push(("SHARED_JWT_SECRET", SECRET.to_owned()));
    let (code, said) = check(&variables);
    assert_eq!(code, Some(0), "{said}");
    for part in ["DB_PASSWORD", "SHARED_JWT_SECRET", "access: by tokens", "sslmode prefer", "it answers"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains(SECRET) && !said.contains("admin"), "{said}");
}

#[test]
fn fails_where_the_service_would() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let open = ("AUTH_MODE", "none".to_owned());
    let absent = [
        open.clone(),
        ("DB_USERNAME", "u".to_owned()),
        ("DB_PASSWORD", "p".to_owned()),
        ("DB_PORT", nobody.to_string()),
    ];
    for (variables, reason) in [
        (&[][..], "AUTH_MODE=none"),
        (&absent, "cannot be reached"),
        (&[("APP_PORT", "x".to_owned())], "APP_PORT"),
    ] {
        let (code, said) = check(variables);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(reason), "{said}");
    }
    let (code, said) = check(&[open]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("makes it when it starts"), "{said}");
}
