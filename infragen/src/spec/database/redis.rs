//! Redis, in the cluster or elsewhere.

use crate::origin::{Chosen, Origin};
use crate::spec::image::Image;
use crate::spec::network::{Callee, Dependency};
use crate::spec::probes::{Probe, Probes};
use crate::spec::problem::Problems;
use crate::spec::quantity::{Cidr, Cpu, DnsLabel, HostName, ImageRef, Input, Memory, Port};
use crate::spec::rollout::Drain;
use crate::spec::variables::Text;
use crate::spec::volumes::{Storage, Volume};
use crate::spec::workload::Singleton;

/// The user that the official image runs Redis as.
const REDIS_USER: u32 = 999;

/// A Redis server: [`Redis::in_cluster`] or [`Redis::at`].
#[derive(Clone, Debug)]
pub enum Redis {
    /// A StatefulSet of this environment.
    InCluster(Box<InClusterRedis>),
    /// A server that exists already, such as ElastiCache.
    Outside(Box<OutsideRedis>),
}

/// A Redis server in the cluster.
#[derive(Clone, Debug)]
pub struct InClusterRedis {
    name: Option<Chosen<DnsLabel>>,
    image: Chosen<ImageRef>,
    storage: Option<(Memory, Storage)>,
    resources: (Cpu, Memory),
    pub(crate) origin: Origin,
    pub(crate) problems: Problems,
}

/// A Redis server that exists already.
#[derive(Clone, Debug)]
pub struct OutsideRedis {
    host: Option<Chosen<HostName>>,
    port: Chosen<Port>,
    tls: bool,
    network: Option<Cidr>,
    pub(crate) problems: Problems,
}

/// A Redis server that an environment holds.
#[derive(Clone, Debug)]
pub struct RedisHandle {
    pub(crate) host: String,
    pub(crate) port: Port,
    scheme: &'static str,
    dependency: Dependency,
}

impl Redis {
    /// A server in the cluster, of this name.
    #[must_use]
    #[track_caller]
    pub fn in_cluster(name: impl Input<DnsLabel>) -> InClusterRedis {
        let mut problems = Problems::default();
        let name = problems.take("redis.name", name);
        InClusterRedis {
            name,
            image: Chosen::default(crate::image!("redis:7.4.5"), "the newest of the major version in use"),
            storage: None,
            resources: (crate::cpu!("100m"), crate::memory!("256Mi")),
            origin: Origin::here(),
            problems,
        }
    }

    /// A server that exists already at this host.
    #[must_use]
    #[track_caller]
    pub fn at(host: impl Input<HostName>) -> OutsideRedis {
        let mut problems = Problems::default();
        let host = problems.take("redis.host", host);
        OutsideRedis {
            host,
            port: Chosen::default(crate::port!(6379), "Redis' own"),
            tls: true,
            network: None,
            problems,
        }
    }
}

impl InClusterRedis {
    /// The image, which must run as user 999.
    #[must_use]
    #[track_caller]
    pub fn image(mut self, image: impl Input<ImageRef>) -> Self {
        if let Some(image) = self.problems.take("redis.image", image) {
            self.image = image;
        }
        self
    }

    /// Keeps its data on a claim (append-only file). Without this it forgets everything when it stops.
    #[must_use]
    pub fn storage(mut self, size: Memory, storage: Storage) -> Self {
        self.storage = Some((size, storage));
        self
    }

    /// What the scheduler sets aside for it; the memory is its limit too. Default: 100m and 256Mi.
    #[must_use]
    pub fn requests(mut self, cpu: Cpu, memory: Memory) -> Self {
        self.resources = (cpu, memory);
        self
    }

    fn label(&self) -> DnsLabel {
        self.name.as_ref().map_or_else(|| crate::name!("unnamed"), |name| name.value.clone())
    }

    pub(crate) fn handle(&self) -> RedisHandle {
        let port = crate::port!(6379);
        RedisHandle {
            host: self.label().to_string(),
            port,
            scheme: "redis",
            dependency: Dependency::Workload { name: self.label(), port },
        }
    }

    /// The server as a workload.
    pub(crate) fn server(&self) -> Singleton {
        let (cpu, memory) = self.resources;
        // Three quarters, so that a background save has room before the limit kills it.
        let max_memory = memory.bytes() / 4 * 3;
        let mut arguments = vec!["--maxmemory".to_owned(), max_memory.to_string()];
        let append_only = if self.storage.is_some() { "yes" } else { "no" };
        arguments.extend(["--appendonly", append_only, "--save", ""].map(str::to_owned));
        let data = match self.storage.clone() {
            Some((size, storage)) => Volume::claim(crate::name!("data"), size, storage),
            None => Volume::scratch(crate::name!("data"), crate::memory!("64Mi")),
        };
        let ping = ["redis-cli", "ping"];
        let mut server = Singleton::new(self.label())
            .image(Image::Fixed(self.image.value.clone()))
            .arguments(arguments)
            .port(crate::port_name!("redis"), crate::port!(6379))
            .requests(cpu, memory)
            .probes(
                Probes::new()
                    .start(Probe::exec(ping).every(crate::seconds!(2)).failures(30))
                    .live(Probe::tcp().every(crate::seconds!(20)).failures(6))
                    .ready(Probe::exec(ping).every(crate::seconds!(5))),
            )
            .volume(data.at(crate::mount!("/data")))
            .user(REDIS_USER)
            .drain(Drain::new().sleep(crate::seconds!(0)).finish(crate::seconds!(25)));
        server.base.component = "cache";
        server.base.adopt(&self.origin);
        server
    }
}

impl OutsideRedis {
    /// The TCP port. Default: 6379.
    #[must_use]
    #[track_caller]
    pub fn port(mut self, port: impl Input<Port>) -> Self {
        if let Some(port) = self.problems.take("redis.port", port) {
            self.port = port;
        }
        self
    }

    /// Talks to it in the clear: for a server that knows no TLS, in a network that nobody else is in.
    #[must_use]
    pub const fn without_tls(mut self) -> Self {
        self.tls = false;
        self
    }

    /// The addresses that it may have. Default: the cluster's network, else any address.
    #[must_use]
    pub fn within(mut self, network: Cidr) -> Self {
        self.network = Some(network);
        self
    }

    pub(crate) fn handle(&self, cluster_network: Option<&Cidr>) -> RedisHandle {
        let host =
            self.host.as_ref().map_or_else(|| crate::host!("unknown.invalid"), |host| host.value.clone());
        RedisHandle {
            host: host.to_string(),
            port: self.port.value,
            scheme: if self.tls { "rediss" } else { "redis" },
            dependency: Dependency::Host {
                host,
                port: self.port.value,
                network: self.network.clone().or_else(|| cluster_network.cloned()),
            },
        }
    }
}

impl RedisHandle {
    /// The URL to connect to, such as `redis://cache:6379`.
    #[must_use]
    pub fn url(&self) -> Text {
        Text::needing(
            format!("{}://{}:{}", self.scheme, self.host, self.port.number()),
            self.dependency.clone(),
        )
    }

    /// The host name to connect to.
    #[must_use]
    pub fn host(&self) -> Text {
        Text::needing(self.host.clone(), self.dependency.clone())
    }

    /// The port to connect to.
    #[must_use]
    pub fn port(&self) -> Text {
        Text::plain(self.port.number().to_string())
    }
}

impl Callee for RedisHandle {
    fn dependencies(&self) -> Vec<Dependency> {
        vec![self.dependency.clone()]
    }
}

impl From<InClusterRedis> for Redis {
    fn from(redis: InClusterRedis) -> Self {
        Self::InCluster(Box::new(redis))
    }
}

impl From<OutsideRedis> for Redis {
    fn from(redis: OutsideRedis) -> Self {
        Self::Outside(Box::new(redis))
    }
}
