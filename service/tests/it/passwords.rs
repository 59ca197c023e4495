//! Passwords are taken literally, and are nowhere to be seen.

use std::fs;

use crate::harness::{Database, Program, TABLES};

#[test]
fn every_character_works() {
    let database = Database::new();
    database.run(TABLES);
    for (count, password) in
        ["0123", "true", r"p@ s'\%", "p%40ss", "a=b c", "ünï", r"\"].into_iter().enumerate()
    {
        let username = format!("{}'s {count}", database.name);
        let quoted = password.replace('\'', "''");
        database.run(&format!("CREATE ROLE \"{username}\" LOGIN PASSWORD '{quoted}'"));
        database.run(&format!("GRANT SELECT ON tokens TO \"{username}\""));
        let folder = tempfile::tempdir().unwrap();
        let mut variables = database.variables_of(&username, password);
        let mut program = Program::start(folder.path(), &variables);
        assert_eq!(program.get("/readiness_check").status, 200, "{password}");
        let cautioned = program.seen.iter().any(|line| line.contains("percent-escape"));
        assert_eq!(cautioned, password == "p%40ss");

        let file = folder.path().join("password");
        fs::write(&file, format!("{password}\n")).unwrap();
        variables.retain(|(name, _)| *name != "DB_PASSWORD");
        variables.push(("DB_PASSWORD_FILE", file.to_str().unwrap().to_owned()));
        program = Program::start(folder.path(), &variables);
        assert_eq!(program.get("/readiness_check").status, 200, "{password}, from a file");
    }
}

#[test]
fn a_wrong_password_is_told_without_it() {
    let database = Database::new();
    let folder = tempfile::tempdir().unwrap();
    let mut variables = database.variables_of("postgres", "hunter2%41");
    variables.push(("LOG_LEVEL", "trace".to_owned()));
    let mut program = Program::start(folder.path(), &variables);
    assert_eq!(program.get("/readiness_check").body, "failed");
    program.wait_for("password authentication failed");
    program.terminate();
    program.wait();
    assert!(!program.seen.iter().any(|line| line.contains("hunter2")), "{:#?}", program.seen);
}
