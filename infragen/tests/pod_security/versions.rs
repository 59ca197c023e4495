//! What changed from one version of Kubernetes to another, each just before and just then.

use infragen::lint::Options;
use infragen::lint::pod_security::Level::{self, Baseline, Restricted};

use crate::{bundle, refusals};

/// Whether one rule refuses a Pod of this spec, and of these annotations, at this level and minor version.
fn refuses(rule: &str, level: Level, minor: u32, annotations: &str, spec: &str) -> bool {
    let yaml = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a, annotations: {{{annotations}}}}}\nspec: {{{spec}}}\n"
    );
    let options = Options {
        select: Some(vec![rule.to_owned()]),
        pod_security: Some(level),
        kubernetes: vec![(1, minor)],
        ..Options::default()
    };
    !refusals(&bundle(&yaml), &options).is_empty()
}

/// The specs of Pods which a rule refuses from this minor version on, and not before.
const REFUSED_SINCE: [(u32, &str, Level, &str); 11] = [
    (8, "privilege-escalation-allowed", Restricted, "containers: [{name: a}]"),
    (19, "seccomp-profile-unconfined", Baseline, "securityContext: {seccompProfile: {type: Unconfined}}"),
    (19, "seccomp-profile-missing", Restricted, "containers: [{name: a}]"),
    (22, "capability-beyond-restricted", Restricted, "containers: [{name: a}]"),
    (23, "root-user-set", Restricted, "securityContext: {runAsUser: 0}"),
    (
        34,
        "host-in-probe-or-hook",
        Baseline,
        "containers: [{name: a, startupProbe: {tcpSocket: {host: b, port: 1}}}]",
    ),
    (
        34,
        "host-in-probe-or-hook",
        Restricted,
        "initContainers: [{name: a, lifecycle: {preStop: {httpGet: {host: b, port: 1}}}}]",
    ),
    (
        34,
        "host-in-probe-or-hook",
        Baseline,
        "ephemeralContainers: [{name: a, livenessProbe: {httpGet: {host: b, port: 1}}}]",
    ),
    (
        35,
        "proc-mount-not-default",
        Restricted,
        "hostUsers: false, containers: [{name: a, securityContext: {procMount: Unmasked}}]",
    ),
    (
        35,
        "proc-mount-not-default",
        Restricted,
        "containers: [{name: a, securityContext: {procMount: Unmasked}}]",
    ),
    (0, "host-namespace-shared", Baseline, "hostPID: true"),
];

/// The specs of Pods which a rule takes from this minor version on, and not before.
const TAKEN_SINCE: [(u32, &str, Level, &str); 19] = [
    (
        22,
        "capability-added-beyond-baseline",
        Restricted,
        "containers: [{name: a, securityContext: {capabilities: {add: [NET_ADMIN]}}}]",
    ),
    (25, "privilege-escalation-allowed", Restricted, "os: {name: windows}, containers: [{name: a}]"),
    (25, "capability-beyond-restricted", Restricted, "os: {name: windows}, containers: [{name: a}]"),
    (25, "seccomp-profile-missing", Restricted, "os: {name: windows}, containers: [{name: a}]"),
    (27, "unsafe-sysctl", Baseline, "securityContext: {sysctls: [{name: net.ipv4.ip_local_reserved_ports}]}"),
    (29, "unsafe-sysctl", Baseline, "securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_time}]}"),
    (29, "unsafe-sysctl", Baseline, "securityContext: {sysctls: [{name: net.ipv4.tcp_fin_timeout}]}"),
    (29, "unsafe-sysctl", Baseline, "securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_intvl}]}"),
    (29, "unsafe-sysctl", Baseline, "securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_probes}]}"),
    (
        31,
        "custom-se-linux-options",
        Baseline,
        "securityContext: {seLinuxOptions: {type: container_engine_t}}",
    ),
    (32, "unsafe-sysctl", Baseline, "securityContext: {sysctls: [{name: net.ipv4.tcp_rmem}]}"),
    (32, "unsafe-sysctl", Restricted, "securityContext: {sysctls: [{name: net.ipv4.tcp_wmem}]}"),
    (
        35,
        "proc-mount-unmasked",
        Baseline,
        "hostUsers: false, containers: [{name: a, securityContext: {procMount: Unmasked}}]",
    ),
    (
        35,
        "proc-mount-unmasked",
        Restricted,
        "containers: [{name: a, securityContext: {procMount: Unmasked}}]",
    ),
    (35, "root-user-allowed", Restricted, "hostUsers: false, containers: [{name: a}]"),
    (35, "root-user-allowed", Restricted, "hostUsers: false, securityContext: {runAsNonRoot: false}"),
    (35, "root-user-set", Restricted, "hostUsers: false, securityContext: {runAsUser: 0}"),
    (
        37,
        "unsafe-sysctl",
        Baseline,
        "securityContext: {sysctls: [{name: net.ipv4.tcp_slow_start_after_idle}]}",
    ),
    (37, "unsafe-sysctl", Baseline, "securityContext: {sysctls: [{name: net.ipv4.tcp_notsent_lowat}]}"),
];

#[test]
fn each_control_begins_with_its_version() {
    for (since, rule, level, spec) in REFUSED_SINCE {
        for minor in 0..45 {
            assert_eq!(refuses(rule, level, minor, "", spec), minor >= since, "{rule} at 1.{minor}: {spec}");
        }
    }
}

#[test]
fn each_relaxation_begins_with_its_version() {
    for (since, rule, level, spec) in TAKEN_SINCE {
        for minor in since.saturating_sub(3)..45 {
            assert_eq!(refuses(rule, level, minor, "", spec), minor < since, "{rule} at 1.{minor}: {spec}");
        }
    }
}

#[test]
fn windows_has_no_exemption_from_users_and_volumes() {
    let windows = |rest: &str| format!("os: {{name: windows}}, containers: [{{name: a}}], {rest}");
    for (rule, rest) in [
        ("root-user-allowed", ""),
        ("root-user-set", "securityContext: {runAsUser: 0}"),
        ("volume-type-beyond-restricted", "volumes: [{name: a, nfs: {}}]"),
        ("windows-host-process", "securityContext: {windowsOptions: {hostProcess: true}}"),
    ] {
        assert!(refuses(rule, Restricted, 36, "", &windows(rest)), "{rule}");
    }
}

/// Only until there was a field, seccomp profiles were set by annotations; those of AppArmor still count.
#[test]
fn annotations_count_as_long_as_the_plugin_reads_them() {
    let seccomp = "seccomp.security.alpha.kubernetes.io";
    let app_armor = "container.apparmor.security.beta.kubernetes.io";
    let (seccomp_rule, app_armor_rule) = ("seccomp-profile-unconfined", "app-armor-profile-unconfined");
    for (rule, minor, annotation, expected) in [
        (seccomp_rule, 18, format!("{seccomp}/pod: unconfined"), true),
        (seccomp_rule, 19, format!("{seccomp}/pod: unconfined"), false),
        (seccomp_rule, 18, format!("{seccomp}/pod: docker/default"), false),
        (seccomp_rule, 18, format!("{seccomp}/pod: localhost/a"), false),
        (seccomp_rule, 18, format!("{seccomp}/pod: \"\""), true),
        (seccomp_rule, 18, format!("container.{seccomp}/a: unconfined"), true),
        (seccomp_rule, 18, format!("container.{seccomp}/other: unconfined"), false),
        (app_armor_rule, 18, format!("{app_armor}/a: unconfined"), true),
        (app_armor_rule, 36, format!("{app_armor}/other: unconfined"), true),
        (app_armor_rule, 36, format!("{app_armor}/a: runtime/default"), false),
        (app_armor_rule, 36, format!("{app_armor}/a: localhost/a"), false),
        (app_armor_rule, 36, format!("{app_armor}/a: \"\""), false),
    ] {
        let refused = refuses(rule, Baseline, minor, &annotation, "containers: [{name: a}]");
        assert_eq!(refused, expected, "{rule} at 1.{minor}: {annotation}");
    }
}
