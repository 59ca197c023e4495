//! The Ingresses, and the apps behind them.

use serde::Serialize;

use crate::spec::{self, Environment, Exposure, Runs};

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
        let shared = environment
            .contents
            .ingresses
            .iter()
            .map(|(name, ingress)| Self::of(name.to_string(), &ingress.value, None));
        let own = environment.contents.workloads.iter().flat_map(|workload| {
            let exposures = match workload {
                Runs::App(app) => app.kind.exposures.as_slice(),
                _ => &[],
            };
            let name = workload.base().name.as_str();
            exposures.iter().filter_map(move |exposure| match &exposure.value {
                Exposure::Ingress(ingress) => Some(Self::of(name.to_owned(), ingress, Some(name))),
                Exposure::LoadBalancer(_) => None,
            })
        });
        shared.chain(own).collect()
    }

    fn of(name: String, ingress: &'a spec::Ingress, owner: Option<&'a str>) -> Self {
        let routes = ingress.routes.iter().filter_map(|route| {
            let app = route.to.as_ref().map(|app| app.name.as_str()).or(owner)?;
            Some((route.path.value.as_str(), app))
        });
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
