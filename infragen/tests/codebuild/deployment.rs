//! The build of a deployment.

use infragen::codebuild::TargetCluster;
use infragen::name;
use infragen::spec::pipeline::Occasion;

use crate::build::{Build, Ran};

const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const RENDERED: &str = "target/deployment/rendered/prod/kubernetes/";

/// A deployment to a cluster that the environment runs in already.
fn deployment() -> Build {
    running()
        .answer("kubectl apply view-last-applied*config-map*", 0, "{\"kind\": \"OldConfigMap\"}")
        .answer("kubectl apply view-last-applied*", 0, "{\"kind\": \"OldDeployment\"}")
        .answer("kubectl diff*", 1, "-  replicas: 2\\n+  replicas: 3\\n")
}

/// The same, but what was applied before is not known.
fn running() -> Build {
    first_deployment()
        .answer("kubectl get namespace*", 0, "namespace/analytics\\n")
        .answer("kubectl get --filename *config-map*", 0, "configmap/settings\\n")
        .answer("kubectl get --filename *", 0, "deployment.apps/coworking\\nstatefulset.apps/database\\n")
        .answer("kubectl get deployment/coworking *--output name", 0, "deployment.apps/coworking\\n")
        .answer("kubectl get statefulset/database *--output name", 0, "statefulset.apps/database\\n")
        .answer_times(1, "kubectl get statefulset/database *updateRevision*", 0, "database-old")
        .answer("kubectl get statefulset/database *updateRevision*", 0, "database-new")
        .answer(
            "kubectl rollout history *",
            0,
            "REVISION  CHANGE-CAUSE\\n3         <none>\\n7         <none>\\n",
        )
}

fn first_deployment() -> Build {
    Build::on(Occasion::Deployment).variable("IMAGE_DIGEST", DIGEST)
}

fn applied(ran: &Ran) -> Vec<String> {
    ran.calls_of("kubectl apply --filename")
}

#[test]
fn a_deployment_renders_with_the_digest_shows_the_difference_applies_and_waits() {
    let ran = deployment().run();
    assert!(ran.succeeded, "{}", ran.output);
    assert_eq!(
        ran.calls_of("aws"),
        ["aws eks update-kubeconfig --region eu-central-1 --name coworking --alias coworking \
          --kubeconfig target/deployment/kubeconfig"]
    );
    assert_eq!(
        ran.calls_of("cargo"),
        [format!(
            "cargo infragen render prod --set images.coworking-analytics.digest={DIGEST} \
             --out target/deployment/rendered"
        )]
    );
    assert!(ran.output.contains("+  replicas: 3"), "{}", ran.output);
    assert_eq!(applied(&ran), [format!("kubectl apply --filename {RENDERED}")]);
    assert_eq!(
        ran.calls_of("kubectl rollout"),
        [
            "kubectl rollout status statefulset/database --namespace analytics --timeout 600s",
            "kubectl rollout status deployment/coworking --namespace analytics --timeout 300s",
        ]
    );
}

#[test]
fn nothing_is_applied_when_the_difference_cannot_be_told() {
    let ran = Build::on(Occasion::Deployment)
        .variable("IMAGE_DIGEST", DIGEST)
        .answer("kubectl get namespace*", 0, "namespace/analytics\\n")
        .answer("kubectl diff*", 2, "")
        .run();
    assert!(!ran.succeeded);
    assert_eq!(applied(&ran), Vec::<String>::new());
}

#[test]
fn nothing_is_applied_when_the_render_or_the_login_or_a_look_at_the_cluster_fails() {
    for call in [
        "cargo infragen*",
        "aws eks*",
        "kubectl get namespace*",
        "kubectl get --filename*",
        "kubectl apply view-last-applied*",
        "kubectl get deployment/coworking*",
        "kubectl get statefulset/database *updateRevision*",
    ] {
        let ran = deployment().answer_before_all(call, 1, "").run();
        assert!(!ran.succeeded, "{call}");
        assert_eq!(applied(&ran), Vec::<String>::new(), "{call}");
    }
}

#[test]
fn a_failed_rollout_is_explained_and_what_was_applied_before_is_put_back() {
    let ran = deployment()
        .answer_times(1, "kubectl rollout status deployment/coworking*", 1, "deadline exceeded")
        .answer("kubectl get events*", 0, "Back-off pulling image")
        .run();
    assert!(!ran.succeeded);
    assert!(ran.output.contains("Back-off pulling image"), "{}", ran.output);
    // The last phase runs all the same: it shows what runs now, and forgets how to reach the cluster.
    assert_eq!(ran.calls_of("kubectl get deployments,statefulsets,pods --namespace analytics").len(), 1);
    assert_eq!(ran.file("target/deployment/kubeconfig"), None);
    assert!(ran.output.contains("What ran before runs again."), "{}", ran.output);
    assert_eq!(
        applied(&ran),
        [
            format!("kubectl apply --filename {RENDERED}"),
            "kubectl apply --filename target/deployment/before/".to_owned()
        ]
    );
    assert_eq!(
        ran.file("target/deployment/before/10-config-map.yaml.json").as_deref(),
        Some("{\"kind\": \"OldConfigMap\"}")
    );
    // `apply` has given the workloads new revisions; the old numbers are gone.
    assert_eq!(ran.calls_of("kubectl rollout undo"), Vec::<String>::new());
    // A StatefulSet would wait for its broken Pod for ever.
    assert_eq!(
        ran.calls_of("kubectl delete"),
        [
            "kubectl delete pods --namespace analytics --selector controller-revision-hash=database-new --wait=false"
        ]
    );
    // Once for the new, once for the old.
    assert_eq!(ran.calls_of("kubectl rollout status deployment/coworking").len(), 2);
    assert_eq!(ran.calls_of("kubectl logs deployment/coworking").len(), 2);
}

#[test]
fn what_was_not_made_by_apply_goes_back_to_its_revision() {
    let ran = running()
        .answer("kubectl apply view-last-applied*", 1, "")
        .errors("no last-applied-configuration annotation found on resource")
        .answer_times(1, "kubectl rollout status deployment/coworking*", 1, "")
        .run();
    assert!(!ran.succeeded);
    assert_eq!(applied(&ran).len(), 1);
    let mut undone = ran.calls_of("kubectl rollout undo");
    undone.sort();
    assert_eq!(
        undone,
        [
            "kubectl rollout undo deployment/coworking --namespace analytics --to-revision 7",
            "kubectl rollout undo statefulset/database --namespace analytics --to-revision 7",
        ]
    );
}

#[test]
fn half_an_apply_is_put_back_too() {
    let ran = deployment().answer_times(1, "kubectl apply --filename *", 1, "").run();
    assert!(!ran.succeeded);
    assert_eq!(applied(&ran).len(), 2);
}

#[test]
fn a_way_back_that_fails_is_told() {
    let ran = deployment().answer("kubectl rollout status deployment/coworking*", 1, "").run();
    assert!(!ran.succeeded);
    assert!(ran.output.contains("going back failed too"), "{}", ran.output);
}

#[test]
fn a_first_deployment_has_no_difference_to_show_and_nothing_to_go_back_to() {
    let ran = first_deployment().run();
    assert!(ran.succeeded, "{}", ran.output);
    assert_eq!(ran.calls_of("kubectl diff"), Vec::<String>::new());

    let ran = first_deployment().answer("kubectl rollout status*", 1, "").run();
    assert!(!ran.succeeded);
    assert_eq!(applied(&ran).len(), 1);
    assert_eq!(ran.calls_of("kubectl rollout undo"), Vec::<String>::new());
    assert!(ran.output.contains("nothing to go back to"), "{}", ran.output);
}

#[test]
fn what_is_not_a_digest_is_not_deployed() {
    for digest in ["", "latest", "sha256:e3b0", "sha256:e3b0; rm -rf /"] {
        let ran = Build::on(Occasion::Deployment).variable("IMAGE_DIGEST", digest).run();
        assert!(!ran.succeeded, "{digest}");
        assert_eq!(ran.calls_of("cargo"), Vec::<String>::new(), "{digest}");
    }
}

#[test]
fn a_tag_is_deployed_as_the_digest_that_it_has() {
    let ran = Build::on(Occasion::Deployment)
        .variable("IMAGE_TAG", "41")
        .answer("aws ecr describe-images*imageTag=41*", 0, DIGEST)
        .run();
    assert!(ran.succeeded, "{}", ran.output);
    assert!(ran.calls_of("cargo")[0].contains(DIGEST));
}

#[test]
fn another_cluster_is_reached_by_the_kubeconfig_of_a_variable_that_no_log_shows() {
    let other = || Build::on(Occasion::Deployment).cluster(TargetCluster::Any { context: name!("attic") });
    let ran = other().variable("IMAGE_DIGEST", DIGEST).variable("KUBECONFIG_TEXT", "token: s3cret").run();
    assert!(ran.succeeded, "{}", ran.output);
    assert_eq!(ran.calls_of("kubectl config"), ["kubectl config use-context attic"]);
    assert!(!ran.output.contains("s3cret"), "{}", ran.output);
    assert_eq!(ran.file("target/deployment/kubeconfig"), None);

    let ran = other().variable("IMAGE_DIGEST", DIGEST).run();
    assert!(!ran.succeeded);
    assert_eq!(applied(&ran), Vec::<String>::new());
}

#[test]
fn a_job_is_waited_for_by_the_name_that_this_render_gave_it() {
    let ran = deployment().run();
    let wait = "kubectl wait job/migrate-0a1b2c3d --namespace analytics --for";
    assert_eq!(
        ran.calls_of("kubectl wait"),
        [
            format!("{wait} jsonpath={{.status.conditions}} --timeout 660s"),
            format!("{wait} condition=Complete --timeout 30s"),
        ]
    );
}

#[test]
fn a_failed_job_fails_the_deployment() {
    let ran =
        deployment().answer_times(1, "kubectl wait job/migrate-0a1b2c3d *Complete*", 1, "timed out").run();
    assert!(!ran.succeeded);
    assert!(ran.output.contains("What ran before runs again."), "{}", ran.output);
}
