//! The build of a pull request.

use infragen::spec::pipeline::Occasion;

use crate::build::Build;

#[test]
fn the_committed_output_is_checked_and_then_the_tests_run() {
    let ran = Build::on(Occasion::PullRequest).run();
    assert!(ran.succeeded, "{}", ran.output);
    assert_eq!(
        ran.calls_of("cargo"),
        ["cargo infragen render --all --check", "cargo infragen validate generated/", "cargo xtask test"]
    );
}

#[test]
fn no_test_runs_when_the_committed_output_is_stale() {
    let ran = Build::on(Occasion::PullRequest).answer("cargo infragen*", 1, "").run();
    assert!(!ran.succeeded);
    assert_eq!(ran.calls_of("cargo xtask"), Vec::<String>::new());
}

#[test]
fn a_failing_test_fails_the_build() {
    assert!(!Build::on(Occasion::PullRequest).answer("cargo xtask test", 101, "").run().succeeded);
}

#[test]
fn rust_is_not_run_before_its_checksum_is_right() {
    // The stand-in for curl writes nothing, so that what was downloaded is not there.
    let ran = Build::on(Occasion::PullRequest).answer_times(0, "curl*", 0, "");
    let ran = ran.variable("TOOLS", "/nonexistent").run_without_rust();
    assert!(!ran.succeeded);
    assert_eq!(ran.calls_of("cargo"), Vec::<String>::new());
    assert!(ran.calls_of("curl")[0].contains("https://static.rust-lang.org/rustup/archive/1.28.2/"));
}
