//! Which level is in force for what, and which parts of a Pod it reaches.

use infragen::diagnostic::Severity;
use infragen::lint::Options;
use infragen::lint::pod_security::Level;

use crate::{bundle, findings, refusals};

/// Refused at `restricted`, and taken at `baseline`.
const SPEC: &str = "{containers: [{name: a, securityContext: {capabilities: {drop: [ALL]}, runAsNonRoot: true, \
                    allowPrivilegeEscalation: false}}]}";
const REFUSED: [&str; 1] = ["seccomp-profile-missing"];
const TAKEN: [&str; 0] = [];

fn namespace(labels: &str) -> String {
    format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{labels}}}}}\n---\n")
}

fn pod(namespace: &str, spec: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a{namespace}}}\nspec: {spec}\n")
}

fn refused(yaml: &str) -> Vec<&'static str> {
    refusals(&bundle(yaml), &Options::default())
}

#[test]
fn the_labels_of_the_namespace_say_the_level() {
    let enforce = "pod-security.kubernetes.io/enforce";
    for (labels, expected) in [
        (String::new(), &TAKEN[..]),
        (format!("{enforce}: privileged"), &TAKEN),
        (format!("{enforce}: baseline"), &TAKEN),
        (format!("{enforce}: restricted"), &REFUSED),
        (format!("{enforce}: restricted, {enforce}-version: latest"), &REFUSED),
        (format!("{enforce}: restricted, {enforce}-version: v1.18"), &TAKEN),
        (format!("{enforce}: restricted, {enforce}-version: v1.19"), &REFUSED),
        // What cannot be read is taken most strictly.
        (format!("{enforce}: restrictive"), &REFUSED),
        (format!("{enforce}: restricted, {enforce}-version: \"1.18\""), &REFUSED),
        // Neither refuses anything.
        ("pod-security.kubernetes.io/warn: restricted".to_owned(), &TAKEN),
        ("pod-security.kubernetes.io/audit: restricted".to_owned(), &TAKEN),
        (format!("{enforce}-version: v1.33"), &TAKEN),
    ] {
        assert_eq!(refused(&(namespace(&labels) + &pod(", namespace: shop", SPEC))), expected, "{labels}");
    }
}

#[test]
fn labels_hold_for_the_objects_of_their_namespace() {
    let restricted = namespace("pod-security.kubernetes.io/enforce: restricted");
    assert_eq!(refused(&(restricted.clone() + &pod(", namespace: other", SPEC))), TAKEN);
    assert_eq!(refused(&(restricted.clone() + &pod("", SPEC))), TAKEN);
    let default = restricted.replace("name: shop", "name: default");
    assert_eq!(refused(&(default + &pod("", SPEC))), REFUSED);
    // The order of the documents does not matter.
    let reversed = format!("{}---\n{restricted}", pod(", namespace: shop", SPEC));
    assert_eq!(refused(&reversed), REFUSED);
}

#[test]
fn a_level_given_goes_before_the_labels() {
    let level = |level| Options { pod_security: Some(level), ..Options::default() };
    let refused = |labels: &str, options: &Options| {
        refusals(&bundle(&(namespace(labels) + &pod(", namespace: shop", SPEC))), options)
    };
    assert_eq!(refused("", &level(Level::Restricted)), REFUSED);
    assert_eq!(refused("pod-security.kubernetes.io/enforce: baseline", &level(Level::Restricted)), REFUSED);
    assert_eq!(refused("pod-security.kubernetes.io/enforce: restricted", &level(Level::Baseline)), TAKEN);
    // Then the labels' version is not meant either.
    let old =
        "pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/enforce-version: v1.18";
    assert_eq!(refused(old, &level(Level::Restricted)), REFUSED);
}

#[test]
fn an_api_server_knows_no_controls_newer_than_itself() {
    let labels =
        "pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/enforce-version: v1.33";
    let mut bundle = bundle(&(namespace(labels) + &pod(", namespace: shop", SPEC)));
    let servers = |minors: &[u32]| Options {
        kubernetes: minors.iter().map(|minor| (1, *minor)).collect(),
        ..Options::default()
    };
    assert_eq!(refusals(&bundle, &servers(&[18])), TAKEN);
    assert_eq!(refusals(&bundle, &servers(&[])), REFUSED);
    bundle.facts.kubernetes = Some((1, 18));
    assert_eq!(refusals(&bundle, &servers(&[])), TAKEN);
    assert_eq!(refusals(&bundle, &servers(&[36])), REFUSED);
}

/// Will it survive the upgrade? What any of the versions refuses is refused, and told once.
#[test]
fn several_versions_are_judged_in_one_run() {
    let judged = |minors: &[u32], spec: &str| {
        let options = Options {
            pod_security: Some(Level::Baseline),
            kubernetes: minors.iter().map(|minor| (1, *minor)).collect(),
            ..Options::default()
        };
        let found = findings(&bundle(&pod("", spec)), &options);
        found.into_iter().map(|diagnostic| (diagnostic.rule, diagnostic.severity)).collect::<Vec<_>>()
    };
    // A control that is new, one that was relaxed, and one that never changed.
    let contained = "securityContext: {allowPrivilegeEscalation: false";
    let probe = format!("{{containers: [{{{contained}}}, startupProbe: {{httpGet: {{host: a}}}}}}]}}");
    let unmasked = format!("{{hostUsers: false, containers: [{{{contained}, procMount: Unmasked}}}}]}}");
    for (spec, rule, refusing, taking) in
        [(&probe, "host-in-probe-or-hook", 34, 33), (&unmasked, "proc-mount-unmasked", 34, 35)]
    {
        let told = [(rule, Severity::Error)];
        assert_eq!(judged(&[taking], spec), [], "{rule}");
        for minors in
            [&[refusing][..], &[refusing, taking], &[taking, refusing], &[refusing, refusing, 32, 36]]
        {
            assert_eq!(judged(minors, spec), told, "{rule} in {minors:?}");
        }
    }
    assert_eq!(judged(&[33, 34, 35, 36], "{hostPID: true}"), [("host-namespace-shared", Severity::Error)]);
    // What is advice in an old version, and demanded since, weighs as it does since.
    let escalation = Options {
        pod_security: Some(Level::Restricted),
        kubernetes: vec![(1, 7), (1, 36)],
        select: Some(vec!["privilege-escalation-allowed".to_owned()]),
        ..Options::default()
    };
    let found = findings(&bundle(&pod("", "{containers: [{name: a}]}")), &escalation);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Error);
}

#[test]
fn every_kind_with_a_pod_template_is_judged_by_the_pods_that_it_makes() {
    let restricted = Options { pod_security: Some(Level::Restricted), ..Options::default() };
    let template = format!("{{spec: {SPEC}}}");
    let below_template =
        ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"];
    let mut objects: Vec<_> = below_template
        .iter()
        .map(|kind| (format!("kind: {kind}\nspec: {{template: {template}}}\n"), "spec.template.spec"))
        .collect();
    objects.push((format!("kind: Pod\nspec: {SPEC}\n"), "spec"));
    objects.push((format!("kind: PodTemplate\ntemplate: {template}\n"), "template.spec"));
    objects.push((
        format!("kind: CronJob\nspec: {{jobTemplate: {{spec: {{template: {template}}}}}}}\n"),
        "spec.jobTemplate.spec.template.spec",
    ));
    for (object, spec) in objects {
        let found = findings(&bundle(&object), &restricted);
        let paths: Vec<_> = found.iter().map(|diagnostic| diagnostic.path.to_string()).collect();
        assert_eq!(paths, [format!("{spec}.containers[0].securityContext.seccompProfile.type")], "{object}");
    }
}

#[test]
fn every_list_of_containers_is_judged() {
    let baseline = Options { pod_security: Some(Level::Baseline), ..Options::default() };
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for (rule, container) in [
            ("app-armor-profile-unconfined", "securityContext: {appArmorProfile: {}}"),
            ("capability-added-beyond-baseline", "securityContext: {capabilities: {add: [NET_RAW]}}"),
            ("custom-se-linux-options", "securityContext: {seLinuxOptions: {user: a}}"),
            ("host-in-probe-or-hook", "lifecycle: {postStart: {httpGet: {host: a}}}"),
            ("host-port-taken", "ports: [{hostPort: 0}, {hostPort: 80}]"),
            ("privileged-container", "securityContext: {privileged: true}"),
            ("proc-mount-unmasked", "securityContext: {procMount: Unmasked}"),
            ("seccomp-profile-unconfined", "securityContext: {seccompProfile: {type: Unconfined}}"),
            ("windows-host-process", "securityContext: {windowsOptions: {hostProcess: true}}"),
        ] {
            let spec = format!("{{{list}: [{{name: a, {container}}}]}}");
            assert_eq!(refusals(&bundle(&pod("", &spec)), &baseline), [rule], "{spec}");
        }
    }
}

#[test]
fn the_pod_s_own_security_context_is_judged() {
    let baseline = Options { pod_security: Some(Level::Baseline), ..Options::default() };
    for (rule, context) in [
        ("app-armor-profile-unconfined", "appArmorProfile: {type: Unconfined}"),
        ("custom-se-linux-options", "seLinuxOptions: {type: spc_t}"),
        ("seccomp-profile-unconfined", "seccompProfile: {}"),
        ("unsafe-sysctl", "sysctls: [{name: kernel.msgmax}]"),
        ("windows-host-process", "windowsOptions: {hostProcess: true}"),
    ] {
        let spec = format!("{{securityContext: {{{context}}}}}");
        assert_eq!(refusals(&bundle(&pod("", &spec)), &baseline), [rule], "{spec}");
    }
}

/// As the API server reads them, before it judges.
#[test]
fn null_and_empty_are_none() {
    let baseline = Options { pod_security: Some(Level::Baseline), ..Options::default() };
    for spec in [
        "null",
        "{hostNetwork: null, hostPID: false, volumes: null, containers: null}",
        "{volumes: [{name: a, hostPath: null}]}",
        "{securityContext: null, containers: [{name: a, securityContext: null}]}",
        "{securityContext: {appArmorProfile: null, seccompProfile: null, seLinuxOptions: {type: null, user: ''}}}",
        "{containers: [{name: a, securityContext: {procMount: null, privileged: null, capabilities: {add: null}}}]}",
        "{containers: [{name: a, ports: [{hostPort: 0}, {hostPort: null}]}]}",
        "{containers: [{name: a, livenessProbe: {httpGet: {host: ''}}, lifecycle: {preStop: null}}]}",
    ] {
        assert_eq!(refusals(&bundle(&pod("", spec)), &baseline), TAKEN, "{spec}");
    }
    let restricted = Options { pod_security: Some(Level::Restricted), ..Options::default() };
    for (volume, expected) in [
        ("{name: a}", &TAKEN[..]),
        ("{name: a, nfs: null}", &TAKEN),
        ("{name: a, unheard: {}}", &TAKEN),
        ("{name: a, nfs: {}, emptyDir: {}}", &TAKEN),
        ("{name: a, nfs: {}}", &["volume-type-beyond-restricted"]),
        ("{name: a, nfs: {}, emptyDir: null}", &["volume-type-beyond-restricted"]),
    ] {
        let spec = format!("{{volumes: [{volume}]}}");
        assert_eq!(refusals(&bundle(&pod("", &spec)), &restricted), expected, "{volume}");
    }
}

/// Where no level demands it, not to be privileged is advice.
#[test]
fn what_no_level_demands_is_advised_once() {
    let yaml = pod("", "{containers: [{name: a, securityContext: {privileged: true}}]}");
    let found = |level| {
        let options = Options { pod_security: level, ..Options::default() };
        let found = findings(&bundle(&yaml), &options);
        found.into_iter().map(|diagnostic| (diagnostic.rule, diagnostic.severity)).collect::<Vec<_>>()
    };
    let (privileged, escalation) = ("privileged-container", "privilege-escalation-allowed");
    let advice = [(escalation, Severity::Warning), (privileged, Severity::Warning)];
    assert_eq!(found(None), advice);
    assert_eq!(found(Some(Level::Privileged)), advice);
    assert_eq!(
        found(Some(Level::Baseline)),
        [(escalation, Severity::Warning), (privileged, Severity::Error)]
    );
    let restricted = found(Some(Level::Restricted));
    for rule in [escalation, privileged] {
        assert_eq!(restricted.iter().filter(|(found, _)| *found == rule).count(), 1, "{rule}");
        assert!(restricted.contains(&(rule, Severity::Error)), "{rule}");
    }
}
