//! What an Ingress leads to.

use super::{Graph, PortTarget};
use crate::lint::view::Object;
use crate::node::{FieldPath, Node};

/// One place of an Ingress that names a Service.
#[derive(Clone, Debug)]
pub struct Backend<'a> {
    /// The Service's name.
    pub service: &'a str,
    /// The field that names it.
    pub path: FieldPath,
    /// Its port, and the field that names it.
    pub port: Option<(PortTarget<'a>, FieldPath)>,
}

/// One path of a rule.
#[derive(Clone, Debug)]
pub struct Route<'a> {
    /// The host; none stands for every host.
    pub host: Option<&'a str>,
    /// How `path` is read.
    pub path_type: &'a str,
    /// The path.
    pub path: &'a str,
    /// The field that holds the route.
    pub place: FieldPath,
    backend: Option<&'a Node>,
}

impl<'a> Graph<'a> {
    /// The Ingresses of Kubernetes' own groups.
    pub fn ingresses(&self) -> impl Iterator<Item = &Object<'a>> {
        self.of_kind("Ingress").filter(|ingress| {
            ["networking.k8s.io", "extensions"].iter().any(|group| ingress.is_in_group(group))
        })
    }
}

impl<'a> Object<'a> {
    /// The routes of an Ingress.
    pub fn routes(&self) -> impl Iterator<Item = Route<'a>> {
        let rules = self.at(&["spec", "rules"]).map_or(&[][..], Node::items);
        rules.iter().enumerate().flat_map(|(index, rule)| {
            let place = FieldPath::root().fields(&["spec", "rules"]).index(index).fields(&["http", "paths"]);
            let paths = rule.at(&["http", "paths"]).map_or(&[][..], Node::items);
            paths.iter().enumerate().map(move |(index, path)| Route {
                host: rule.text_at(&["host"]).filter(|host| !host.is_empty()),
                path_type: path.text_at(&["pathType"]).unwrap_or("ImplementationSpecific"),
                path: path.text_at(&["path"]).unwrap_or("/"),
                place: place.index(index),
                backend: path.get("backend"),
            })
        })
    }

    /// The Services that an Ingress names, in the form of every version of it.
    ///
    /// Left out are those that stand for an action of the AWS Load Balancer Controller.
    #[must_use]
    pub fn backends(&self) -> Vec<Backend<'a>> {
        let default = ["defaultBackend", "backend"].into_iter().filter_map(|field| {
            Some((self.at(&["spec", field])?, FieldPath::root().fields(&["spec", field])))
        });
        let routes = self.routes().filter_map(|route| Some((route.backend?, route.place.field("backend"))));
        let is_action =
            |backend: &Backend<'_>| matches!(backend.port, Some((PortTarget::Name("use-annotation"), _)));
        let all = default.chain(routes).filter_map(|(node, path)| backend(node, &path));
        all.filter(|backend| !is_action(backend)).collect()
    }

    /// The class of an Ingress, by field or by annotation.
    #[must_use]
    pub fn ingress_class(&self) -> Option<&'a str> {
        self.node
            .text_at(&["spec", "ingressClassName"])
            .or_else(|| self.node.text_at(&["metadata", "annotations", "kubernetes.io/ingress.class"]))
    }
}

fn backend<'a>(node: &'a Node, path: &FieldPath) -> Option<Backend<'a>> {
    if let Some(service) = node.get("service") {
        let path = path.field("service");
        let port = ["name", "number"].into_iter().find_map(|field| {
            let target = PortTarget::of(service.at(&["port", field])?)?;
            Some((target, path.fields(&["port", field])))
        });
        return Some(Backend { service: service.text_at(&["name"])?, path: path.field("name"), port });
    }
    let port = node.get("servicePort").and_then(PortTarget::of);
    Some(Backend {
        service: node.text_at(&["serviceName"])?,
        path: path.field("serviceName"),
        port: port.map(|port| (port, path.field("servicePort"))),
    })
}
