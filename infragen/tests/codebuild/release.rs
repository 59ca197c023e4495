//! The build of a release.

use infragen::spec::pipeline::Occasion;

use crate::build::{Build, Ran};
use crate::sample::IMAGE;

const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const NOT_FOUND: &str =
    "An error occurred (ImageNotFoundException) when calling the DescribeImages operation";

fn release() -> Build {
    Build::on(Occasion::Release)
        .answer("aws ecr get-login-password*", 0, "s3cret")
        .answer_times(1, "aws ecr describe-images*imageTag=1.0.0 *", 254, NOT_FOUND)
        .answer_times(1, "aws ecr describe-images*imageTag=41 *", 254, NOT_FOUND)
        .answer_times(1, "aws ecr describe-images*imageTag=0123456789ab *", 254, NOT_FOUND)
        .answer("aws ecr describe-images*", 0, DIGEST)
}

fn pushed(ran: &Ran) -> Vec<String> {
    ran.calls_of("docker push")
}

#[test]
fn a_release_builds_tags_pushes_and_notes_the_digest() {
    let ran = release().run();
    assert!(ran.succeeded, "{}", ran.output);
    let build = ran.calls_of("docker build").join("\n");
    assert!(build.starts_with("docker build --file musl.Dockerfile "), "{build}");
    assert!(build.contains("--label org.opencontainers.image.version=1.0.0 "), "{build}");
    assert!(build.ends_with(" ."), "{build}");
    for tag in ["1.0.0", "41", "0123456789ab", "latest"] {
        assert!(build.contains(&format!("--tag {IMAGE}:{tag} ")), "{tag}: {build}");
    }
    let all = ["1.0.0", "41", "0123456789ab", "latest"].map(|tag| format!("docker push {IMAGE}:{tag}"));
    assert_eq!(pushed(&ran), all);
    assert_eq!(ran.exported, DIGEST);
    let noted: serde_json::Value =
        serde_json::from_str(&ran.file("target/codebuild/image.json").unwrap()).unwrap();
    assert_eq!(
        noted,
        serde_json::json!({"image": IMAGE, "digest": DIGEST, "tags": ["1.0.0", "41", "0123456789ab", "latest"]})
    );
}

#[test]
fn the_registrys_password_is_in_no_argument_and_no_log() {
    let ran = release().run();
    assert_eq!(ran.password.as_deref(), Some("s3cret"));
    assert!(!ran.calls.join("\n").contains("s3cret"));
    assert!(!ran.output.contains("s3cret"), "{}", ran.output);
}

#[test]
fn nothing_is_pushed_when_the_build_failed() {
    let ran = Build::on(Occasion::Release).answer("docker build*", 1, "no such file").run();
    assert!(!ran.succeeded);
    assert_eq!(pushed(&ran), Vec::<String>::new());
    assert!(ran.output.contains("nothing is pushed"), "{}", ran.output);
}

#[test]
fn nothing_is_built_without_docker_or_a_login() {
    for (call, told) in
        [("docker info", "privileged mode"), ("aws ecr get-login-password*", ""), ("docker login*", "")]
    {
        let ran = Build::on(Occasion::Release).answer(call, 1, "").run();
        assert!(!ran.succeeded, "{call}");
        assert_eq!(ran.calls_of("docker build"), Vec::<String>::new(), "{call}");
        assert_eq!(pushed(&ran), Vec::<String>::new(), "{call}");
        assert!(ran.output.contains(told), "{}", ran.output);
    }
}

#[test]
fn no_tag_that_was_pushed_before_is_moved_but_latest() {
    let ran = Build::on(Occasion::Release)
        .answer_times(1, "aws ecr describe-images*imageTag=41 *", 254, NOT_FOUND)
        .answer("aws ecr describe-images*", 0, DIGEST)
        .run();
    assert!(ran.succeeded, "{}", ran.output);
    assert_eq!(pushed(&ran), ["41", "latest"].map(|tag| format!("docker push {IMAGE}:{tag}")));
    assert!(ran.output.contains(":1.0.0 was pushed before"), "{}", ran.output);
}

#[test]
fn a_failed_push_or_an_unknown_digest_fails_the_release() {
    assert!(!release().answer("docker push*:41", 1, "").run().succeeded);
    let ran = Build::on(Occasion::Release).answer("aws ecr describe-images*", 254, "AccessDenied").run();
    assert!(!ran.succeeded);
    assert_eq!(pushed(&ran), Vec::<String>::new());
    let ran = Build::on(Occasion::Release)
        .answer_times(1, "aws ecr describe-images*", 254, NOT_FOUND)
        .answer("aws ecr describe-images*", 0, "None")
        .run();
    assert!(!ran.succeeded);
    assert_eq!(ran.exported, "");
}
