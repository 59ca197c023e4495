//! How an app is reached.

use super::quantity::{Cidr, DnsLabel, HostName, LabelKey, Port, UrlPath};
use super::workload::{App, AppHandle};
use crate::origin::Chosen;

/// How an app is reached from outside its namespace. Inside the cluster every app has a Service.
#[derive(Clone, Debug)]
pub enum Exposure {
    /// By a load balancer of its own.
    LoadBalancer(LoadBalancer),
    /// By an Ingress of its own.
    Ingress(Ingress),
}

/// A Service of type LoadBalancer.
#[derive(Clone, Debug)]
pub struct LoadBalancer {
    pub(crate) internal: bool,
    pub(crate) port: Port,
    pub(crate) sources: Vec<Cidr>,
    pub(crate) annotations: Vec<(LabelKey, String)>,
}

impl LoadBalancer {
    const fn new(internal: bool) -> Self {
        Self { internal, port: crate::port!(80), sources: Vec::new(), annotations: Vec::new() }
    }

    /// Reached from inside the network alone.
    #[must_use]
    pub const fn internal() -> Self {
        Self::new(true)
    }

    /// Reached from the internet, or from the sources given.
    #[must_use]
    pub const fn public() -> Self {
        Self::new(false)
    }

    /// The port that it listens on. Default: 80.
    #[must_use]
    pub const fn port(mut self, port: Port) -> Self {
        self.port = port;
        self
    }

    /// Only these addresses may call.
    #[must_use]
    pub fn from(mut self, sources: impl IntoIterator<Item = Cidr>) -> Self {
        self.sources.extend(sources);
        self
    }

    /// An annotation for the controller that makes the load balancer.
    #[must_use]
    pub fn annotation(mut self, key: LabelKey, value: impl Into<String>) -> Self {
        self.annotations.push((key, value.into()));
        self
    }
}

/// Which controller answers an Ingress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IngressClass {
    /// The AWS Load Balancer Controller.
    Alb {
        /// Whether it is reached from the internet.
        public: bool,
    },
    /// ingress-nginx, in this namespace.
    Nginx {
        /// Where the controller runs.
        namespace: DnsLabel,
    },
    /// Another class, whose controller runs in this namespace.
    Other {
        /// The class.
        name: DnsLabel,
        /// Where the controller runs.
        namespace: DnsLabel,
    },
}

impl IngressClass {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Alb { .. } => "alb",
            Self::Nginx { .. } => "nginx",
            Self::Other { name, .. } => name.as_str(),
        }
    }
}

/// Who makes the certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// cert-manager's ClusterIssuer of this name.
    ClusterIssuer(DnsLabel),
    /// A certificate of AWS Certificate Manager, which the ALB holds.
    Acm(String),
    /// A Secret with `tls.crt` and `tls.key` that exists already.
    Secret(DnsLabel),
}

/// An Ingress: a host, its certificate, and which path goes where.
#[derive(Clone, Debug)]
pub struct Ingress {
    pub(crate) class: IngressClass,
    pub(crate) host: Option<Chosen<HostName>>,
    pub(crate) tls: Option<Chosen<Certificate>>,
    pub(crate) routes: Vec<Route>,
    pub(crate) annotations: Vec<(LabelKey, String)>,
}

/// Requests under a path go to an app.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) path: Chosen<UrlPath>,
    /// Absent: the app that the Ingress belongs to.
    pub(crate) to: Option<AppHandle>,
}

impl Route {
    /// The app that it leads to: the one named, or else the Ingress' owner.
    pub(crate) fn app<'r>(&'r self, owner: Option<&'r App>) -> Option<&'r DnsLabel> {
        self.to.as_ref().map(|handle| &handle.name).or_else(|| owner.map(|app| &app.base.name))
    }
}

impl Ingress {
    /// Whether one of its routes leads to this app.
    pub(crate) fn leads_to(&self, app: &DnsLabel, owner: Option<&App>) -> bool {
        self.routes.iter().any(|route| route.app(owner) == Some(app))
    }

    const fn of(class: IngressClass) -> Self {
        Self { class, host: None, tls: None, routes: Vec::new(), annotations: Vec::new() }
    }

    /// Answered by an ALB that is reached from the internet.
    #[must_use]
    pub const fn alb() -> Self {
        Self::of(IngressClass::Alb { public: true })
    }

    /// Answered by an ALB that is reached from inside the network alone.
    #[must_use]
    pub const fn internal_alb() -> Self {
        Self::of(IngressClass::Alb { public: false })
    }

    /// Answered by ingress-nginx in its usual namespace.
    #[must_use]
    pub const fn nginx() -> Self {
        Self::of(IngressClass::Nginx { namespace: crate::name!("ingress-nginx") })
    }

    /// Answered by another class, whose controller runs in this namespace.
    #[must_use]
    pub const fn class(name: DnsLabel, namespace: DnsLabel) -> Self {
        Self::of(IngressClass::Other { name, namespace })
    }

    /// The host that it answers for.
    #[must_use]
    #[track_caller]
    pub fn host(mut self, host: HostName) -> Self {
        self.host = Some(Chosen::here(host));
        self
    }

    /// Who makes the certificate.
    #[must_use]
    #[track_caller]
    pub fn tls(mut self, tls: Certificate) -> Self {
        self.tls = Some(Chosen::here(tls));
        self
    }

    /// Sends what is under a path to the app that this Ingress is given to.
    #[must_use]
    #[track_caller]
    pub fn path(mut self, path: UrlPath) -> Self {
        self.routes.push(Route { path: Chosen::here(path), to: None });
        self
    }

    /// Sends what is under a path to an app.
    #[must_use]
    #[track_caller]
    pub fn route(mut self, path: UrlPath, app: &AppHandle) -> Self {
        self.routes.push(Route { path: Chosen::here(path), to: Some(app.clone()) });
        self
    }

    /// An annotation for the controller.
    #[must_use]
    pub fn annotation(mut self, key: LabelKey, value: impl Into<String>) -> Self {
        self.annotations.push((key, value.into()));
        self
    }
}

impl From<LoadBalancer> for Exposure {
    fn from(load_balancer: LoadBalancer) -> Self {
        Self::LoadBalancer(load_balancer)
    }
}

impl From<Ingress> for Exposure {
    fn from(ingress: Ingress) -> Self {
        Self::Ingress(ingress)
    }
}
