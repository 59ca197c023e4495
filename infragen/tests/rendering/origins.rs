//! Each value knows the line that it came from.

use infragen::bundle::{Bundle, Place};
use infragen::node::FieldPath;
use infragen::prelude::*;

use crate::sample::{app, bundle_of};

fn origin(bundle: &Bundle, file: &str, path: &str) -> String {
    let (document, _) = bundle.objects().find(|(document, _)| document.file.ends_with(file)).unwrap();
    match document.place(&FieldPath::parse(path)) {
        Some(Place::Rust(origin)) => origin.to_string(),
        other => panic!("{file} {path} came from {other:?}"),
    }
}

#[test]
fn a_value_names_the_line_of_its_setter() {
    let line = line!() + 1;
    let bundle = bundle_of(app().limits(cpu!("200m"), memory!("256Mi")));
    let here = format!("infragen/tests/rendering/origins.rs:{line}");
    let container = "spec.template.spec.containers[0]";
    let limits = format!("{container}.resources.limits.memory");
    assert_eq!(origin(&bundle, "130-deployment-shop.yaml", &limits), here);
    // The request was said in the sample, and what was said by nobody gives its reason.
    let request = origin(&bundle, "130-deployment-shop.yaml", &format!("{container}.resources.requests.cpu"));
    assert!(request.starts_with("infragen/tests/rendering/sample.rs:"), "{request}");
    let user = origin(&bundle, "130-deployment-shop.yaml", "spec.template.spec.securityContext.runAsUser");
    assert!(user.starts_with("default: "), "{user}");
    let variable = origin(&bundle, "070-configmap-shop.yaml", "data.GREETING");
    assert!(variable.starts_with("infragen/tests/rendering/sample.rs:"), "{variable}");
}

#[test]
fn every_value_of_every_object_has_an_origin() {
    let bundle = bundle_of(app().expose(LoadBalancer::public()));
    for (document, _) in bundle.objects() {
        let place = document.place(&FieldPath::root());
        assert!(place.is_some(), "{} came from nowhere", document.file.display());
    }
}
