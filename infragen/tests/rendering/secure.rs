//! Defaults are secure, and nothing is open that nobody declared.

use infragen::prelude::*;

use crate::sample::{app, at, bundle, bundle_of, environment, object};

#[test]
fn a_pod_is_hardened_without_a_word() {
    let bundle = bundle_of(app());
    let deployment = object(&bundle, "Deployment", "shop");
    for (path, value) in [
        ("spec.template.spec.securityContext.runAsNonRoot", "true"),
        ("spec.template.spec.securityContext.seccompProfile.type", "RuntimeDefault"),
        ("spec.template.spec.automountServiceAccountToken", "false"),
        ("spec.template.spec.enableServiceLinks", "false"),
        ("spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation", "false"),
        ("spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem", "true"),
        ("spec.template.spec.containers[0].securityContext.capabilities.drop", "- ALL"),
        ("spec.template.spec.containers[0].resources.limits.memory", "128Mi"),
        ("spec.strategy.rollingUpdate.maxUnavailable", "0"),
    ] {
        assert_eq!(at(deployment, path), value, "{path}");
    }
    let namespace = object(&bundle, "Namespace", "test");
    assert_eq!(at(namespace, "metadata.labels[\"pod-security.kubernetes.io/enforce\"]"), "restricted");
    assert_eq!(at(object(&bundle, "ServiceAccount", "shop"), "automountServiceAccountToken"), "false");
    assert_eq!(at(object(&bundle, "PodDisruptionBudget", "shop"), "spec.maxUnavailable"), "1");
}

#[test]
fn everything_is_shut_that_nobody_declared() {
    let bundle = bundle_of(app());
    let deny = object(&bundle, "NetworkPolicy", "default-deny");
    assert_eq!(at(deny, "spec.podSelector"), "{}");
    let policy = object(&bundle, "NetworkPolicy", "shop");
    assert_eq!(at(policy, "spec.ingress"), "");
    assert_eq!(at(policy, "spec.egress"), "", "who calls nobody needs no DNS");
}

#[test]
fn a_dependency_opens_both_ends_and_dns() {
    let mut environment = environment();
    let callee = environment.app(app());
    let caller = App::new(name!("caller")).image(image!("caller:1")).variable(variable!("URL"), callee.url());
    environment.app(caller);
    let bundle = bundle(&environment);
    let egress = at(object(&bundle, "NetworkPolicy", "caller"), "spec.egress");
    assert!(egress.contains("port: 8080") && egress.contains("app.kubernetes.io/name: shop"), "{egress}");
    assert!(egress.contains("protocol: UDP") && egress.contains("k8s-app: kube-dns"), "{egress}");
    let ingress = at(object(&bundle, "NetworkPolicy", "shop"), "spec.ingress");
    assert!(
        ingress.contains("port: 8080") && ingress.contains("app.kubernetes.io/name: caller"),
        "{ingress}"
    );
    assert_eq!(at(object(&bundle, "ConfigMap", "caller"), "data.URL"), "http://shop:8080");
}

#[test]
fn a_token_is_mounted_only_where_there_is_access() {
    let access = ServiceAccount::new().may(Access::core(["configmaps"]).verbs([Verb::Get]));
    let bundle = bundle_of(app().service_account(access));
    let deployment = object(&bundle, "Deployment", "shop");
    assert_eq!(at(deployment, "spec.template.spec.automountServiceAccountToken"), "true");
    assert_eq!(at(object(&bundle, "Role", "shop"), "rules[0].verbs"), "- get");
    assert_eq!(at(object(&bundle, "RoleBinding", "shop"), "subjects[0].name"), "shop");
}

#[test]
fn a_secret_is_never_written() {
    let mut environment = environment();
    let secret = environment.secret(ExternalSecret::new(name!("door")).key(key!("code"), "shop/door"));
    environment.app(app().variable(variable!("CODE"), secret.key(key!("code"))));
    let bundle = bundle(&environment);
    assert!(!bundle.kinds().contains_key("Secret"));
    let variable = at(object(&bundle, "Deployment", "shop"), "spec.template.spec.containers[0].env[0]");
    assert_eq!(variable, "name: CODE\nvalueFrom:\n  secretKeyRef:\n    name: door\n    key: code");
}
