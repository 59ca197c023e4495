//! `coworking-analytics healthcheck`, and what the command line refuses.

use crate::harness::{Backend, command};

fn code(arguments: &[&str], variables: &[(&str, String)]) -> Option<i32> {
    let folder = tempfile::tempdir().unwrap();
    command(folder.path(), variables).args(arguments).output().unwrap().status.code()
}

#[test]
fn tells_whether_the_service_is_well() {
    let fixture = Backend::Sqlite.with("");
    let port = [("APP_PORT", fixture.program.port.to_string())];
    assert_eq!(code(&["healthcheck"], &port), Some(0));
    drop(fixture);
    assert_eq!(code(&["healthcheck"], &port), Some(1));
}

#[test]
fn what_cannot_be_used_ends_with_an_error() {
    assert_eq!(code(&["help", "me"], &[]), Some(2));
    assert_eq!(code(&[], &[("APP_PORT", "http".to_owned())]), Some(1));
    assert_eq!(code(&[], &[("DB_HOST", "db".to_owned())]), Some(1));
    let taken = Backend::Sqlite.with("");
    assert_eq!(code(&[], &[("APP_PORT", taken.program.port.to_string())]), Some(1));
}
