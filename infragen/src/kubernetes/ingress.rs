//! Ingress: a host, its certificate, and which path goes to which app.

use k8s_openapi::api::networking::v1::{
    HTTPIngressPath, HTTPIngressRuleValue, Ingress, IngressBackend, IngressRule, IngressServiceBackend,
    IngressSpec, IngressTLS, ServiceBackendPort,
};

use super::context::{Context, Texts};
use super::objects::{Marks, Objects, order};
use crate::spec::{self, App, Certificate, IngressClass, Route, Runs};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for (name, ingress, owner) in context.environment.ingresses() {
        let labels = owner.map_or_else(|| context.labels(), |app| context.workload_labels(&app.base));
        let mut metadata = context.metadata(name.as_str(), labels);
        metadata.annotations = Some(annotations(ingress.value)).filter(|texts| !texts.is_empty());
        let mut marks = Marks::default();
        if let Some(host) = &ingress.value.host {
            marks.add("spec.rules[0].host", &host.origin);
        }
        if let Some(tls) = &ingress.value.tls {
            marks.add("spec.tls", &tls.origin);
        }
        for (index, route) in ingress.value.routes.iter().enumerate() {
            marks.add(format!("spec.rules[0].http.paths[{index}]"), &route.path.origin);
        }
        let object = Ingress {
            metadata,
            spec: Some(IngressSpec {
                ingress_class_name: Some(ingress.value.class.name().to_owned()),
                rules: Some(vec![IngressRule {
                    host: ingress.value.host.as_ref().map(|host| host.value.to_string()),
                    http: Some(HTTPIngressRuleValue {
                        paths: ingress.value.routes.iter().map(|route| path(context, route, owner)).collect(),
                    }),
                }]),
                tls: tls(name.as_str(), ingress.value),
                ..IngressSpec::default()
            }),
            status: None,
        };
        objects.push(order::INGRESS, &object, &ingress.origin, marks);
    }
}

fn path(context: &Context<'_>, route: &Route, owner: Option<&App>) -> HTTPIngressPath {
    let service = route.app(owner).map(ToString::to_string).unwrap_or_default();
    let port = context.workloads().find_map(|workload| match workload {
        Runs::App(app) if app.base.name.as_str() == service => {
            app.base.ports.first().map(|port| port.value.name.to_string())
        }
        _ => None,
    });
    HTTPIngressPath {
        path: Some(route.path.value.to_string()),
        path_type: "Prefix".to_owned(),
        backend: IngressBackend {
            service: Some(IngressServiceBackend {
                name: service,
                port: Some(ServiceBackendPort { name: port, number: None }),
            }),
            resource: None,
        },
    }
}

fn tls(name: &str, ingress: &spec::Ingress) -> Option<Vec<IngressTLS>> {
    let secret = match &ingress.tls.as_ref()?.value {
        Certificate::ClusterIssuer(_) => format!("{name}-tls"),
        Certificate::Secret(secret) => secret.to_string(),
        // The ALB holds the certificate itself.
        Certificate::Acm(_) => return None,
    };
    let hosts = ingress.host.iter().map(|host| host.value.to_string()).collect();
    Some(vec![IngressTLS { hosts: Some(hosts), secret_name: Some(secret) }])
}

fn annotations(ingress: &spec::Ingress) -> Texts {
    let mut annotations = Texts::new();
    if let IngressClass::Alb { public } = ingress.class {
        let scheme = if public { "internet-facing" } else { "internal" };
        annotations.insert("alb.ingress.kubernetes.io/scheme".to_owned(), scheme.to_owned());
        annotations.insert("alb.ingress.kubernetes.io/target-type".to_owned(), "ip".to_owned());
    }
    match ingress.tls.as_ref().map(|tls| &tls.value) {
        Some(Certificate::ClusterIssuer(issuer)) => {
            annotations.insert("cert-manager.io/cluster-issuer".to_owned(), issuer.to_string());
        }
        Some(Certificate::Acm(arn)) => {
            annotations.insert("alb.ingress.kubernetes.io/certificate-arn".to_owned(), arn.clone());
            let ports = r#"[{"HTTP":80},{"HTTPS":443}]"#.to_owned();
            annotations.insert("alb.ingress.kubernetes.io/listen-ports".to_owned(), ports);
            annotations.insert("alb.ingress.kubernetes.io/ssl-redirect".to_owned(), "443".to_owned());
        }
        Some(Certificate::Secret(_)) | None => {}
    }
    annotations.extend(ingress.annotations.iter().map(|(key, value)| (key.to_string(), value.clone())));
    annotations
}
