//! The Ingresses, and the apps behind them.

use serde::Serialize;

use crate::spec::{self, App, Environment};

/// An Ingress.
#[derive(Serialize)]
pub(super) struct Ingress<'a> {
    name: String,
    class: &'a str,
    host: Option<&'a str>,
    /// Each path and the app behind it.
    routes: Vec<(&'a str, &'a str)>,
}

impl<'a> Ingress<'a> {
    pub(super) fn all(environment: &'a Environment) -> Vec<Self> {
        let ingresses = environment.ingresses();
        ingresses.map(|(name, ingress, owner)| Self::of(name.to_string(), ingress.value, owner)).collect()
    }

    fn of(name: String, ingress: &'a spec::Ingress, owner: Option<&'a App>) -> Self {
        let routes = ingress
            .routes
            .iter()
            .filter_map(|route| Some((route.path.value.as_str(), route.app(owner)?.as_str())));
        Self {
            name,
            class: ingress.class.name(),
            host: ingress.host.as_ref().map(|host| host.value.as_str()),
            routes: routes.collect(),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn host(&self) -> Option<&'a str> {
        self.host
    }

    pub(super) fn routes(&self) -> &[(&'a str, &'a str)] {
        &self.routes
    }
}
