//! `coworking-analytics import` and `seed`: all of the rows, or none, and what is wrong is told by its place.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::harness::{Database, Program, command};

const USERS: &str = "id,first_name,last_name,joined_at\n1,Ada,\"O'Hara, \"\"B\"\"\",2023-02-01 10:11:12.1\n2,Ünï,B,2023-02-02\n";
const TOKENS: &str = "created_at,user_id,token,used_at\n2023-02-07 10:00,1,abc,2023-02-07 10:05\n\
    2023-02-07T23:59:59.999999,1,def,\ninfinity,2,ghi,2023-02-08\n";

fn migrated() -> Database {
    let database = Database::new();
    database.migrate();
    database
}

fn import(folder: &Path, variables: &[(&str, String)], users: &str, tokens: &str) -> Output {
    fs::write(folder.join("users.csv"), users).unwrap();
    fs::write(folder.join("tokens.csv"), tokens).unwrap();
    let mut command = command(folder, variables);
    command.args(["import", "users.csv", "tokens.csv"]).stderr(std::process::Stdio::piped()).output().unwrap()
}

/// Where rows go, and how many tokens and users are there.
fn everywhere(test: impl Fn(&Path, &[(&str, String)])) {
    let database = migrated();
    test(tempfile::tempdir().unwrap().path(), &database.variables());
    test(tempfile::tempdir().unwrap().path(), &[("SQLITE_FILE", "it.sqlite3".to_owned())]);
}

#[test]
fn what_was_brought_in_is_reported() {
    everywhere(|folder, variables| {
        let output = import(folder, variables, USERS, TOKENS);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.starts_with("2 users and 3 tokens in "), "{said}");
        let program = Program::start(folder, variables);
        let daily = program.get("/api/reports/daily_usage").body;
        assert_eq!(daily, "{\"2023-02-07\":1,\"9999-12-31\":1}\n");
        let users = program.get("/api/reports/user_visits").body;
        assert_eq!(
            users,
            "{\"1\":{\"joined_at\":\"2023-02-01 10:11:12.100000\",\"visits\":2},\
             \"2\":{\"joined_at\":\"2023-02-02 00:00:00\",\"visits\":1}}\n"
        );
    });
}

#[test]
fn nothing_comes_in_if_anything_is_wrong() {
    let numbered = "id,user_id,token,created_at,used_at\n5,1,a,2023-02-07,\n";
    for (users, tokens, told) in [
        (
            USERS,
            &*format!("{TOKENS}2023-02-07,1,jkl,soon\n"),
            "tokens.csv:5: column `used_at`: `soon` is no moment between the years 1 and 9999",
        ),
        (
            USERS,
            &format!("{TOKENS}2023-02-07,3,jkl,\n"),
            "tokens.csv:5: column `user_id`: there is no user 3",
        ),
        (
            USERS,
            &format!("{TOKENS}2023-02-07,1,jklmnop,\n"),
            "tokens.csv:5: column `token`: it has 7 characters, of which 6 fit",
        ),
        (
            &format!("{USERS}1,C,D,2023-02-03\n"),
            TOKENS,
            "users.csv:4: column `id`: 1 stands in line 2 already",
        ),
        (
            USERS,
            &format!("{numbered}5,2,b,2023-02-07,\n"),
            "tokens.csv:3: column `id`: 5 stands in line 2 already",
        ),
        (
            USERS,
            &format!("{numbered},2,b,2023-02-07,\n"),
            "some tokens have an `id` and some do not, such as one of user 2",
        ),
        (
            "id,name\n",
            TOKENS,
            "users.csv:1: there is no column `name`; expected is id,first_name,last_name,joined_at, and is_active if it is to be read",
        ),
    ] {
        everywhere(|folder, variables| {
            let output = import(folder, variables, users, tokens);
            assert_eq!(output.status.code(), Some(1));
            assert_eq!(String::from_utf8_lossy(&output.stderr), format!("error: {told}\n"));
            // All of it is still to come in.
            let output = import(folder, variables, USERS, TOKENS);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let output = import(folder, variables, USERS, TOKENS);
            assert_eq!(
                String::from_utf8_lossy(&output.stderr),
                "error: users.csv:2: column `id`: 1 is in the table `users` already\n"
            );
        });
    }
}

#[test]
fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path(), &[]);
    let output =
        command.args(["import", "a.csv", "b.csv"]).stderr(std::process::Stdio::piped()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(told, "error: a.csv: cannot be read: No such file or directory (os error 2)\n");
}

/// Numbers that were brought in are not given again.
#[test]
fn tokens_go_on_after_those_that_were_brought_in() {
    let database = migrated();
    let folder = tempfile::tempdir().unwrap();
    let numbered = "id,user_id,token,created_at,used_at\n1,1,a,2023-02-07,\n2,1,b,2023-02-07,\n";
    assert!(import(folder.path(), &database.variables(), USERS, numbered).status.success());
    database.run("INSERT INTO tokens (user_id, token) VALUES (1, 'c')");
    assert_eq!(database.count("tokens WHERE id = 3"), 1);
}

#[test]
fn a_seed_is_always_the_same() {
    let seeded = |folder: &Path, variables: &[(&str, String)]| {
        let run = || {
            let mut command = command(folder, variables);
            command
                .args(["seed", "--users", "50", "--tokens", "3000"])
                .stderr(std::process::Stdio::piped())
                .output()
                .unwrap()
        };
        let output = run();
        assert!(output.stdout.starts_with(b"50 users and 3000 tokens in "), "{output:?}");
        assert_eq!(
            String::from_utf8_lossy(&run().stderr),
            "error: there are users already: only an empty database is filled\n"
        );
        let program = Program::start(folder, variables);
        ["/api/reports/daily_usage", "/api/reports/user_visits"].map(|path| program.get(path).body)
    };
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let sqlite = seeded(first.path(), &[]);
    assert_eq!(sqlite, seeded(second.path(), &migrated().variables()));
    assert!(sqlite[0].len() > 500 * 15, "{}", sqlite[0]);
}
